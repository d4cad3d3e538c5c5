"""The command line: exit status and words, and JSON for programs."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from assessments.reports.signing import new_key
from tests.verifying.given import issue, submitted, with_files

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small")]


def run(path: Path, *options: str) -> str:
    out = StringIO()
    call_command("verify_report", str(path), *options, stdout=out)
    return out.getvalue()


def test_genuine_and_current_report_passes(tmp_path: Path) -> None:
    content, issued = issue(submitted())
    file = tmp_path / "report.pdf"
    file.write_bytes(content)
    said = run(file)
    assert said.startswith("Genuine and current: ")
    assert "Computed again: All figures of assessment" in said
    found = json.loads(run(file, "--json"))
    assert (found["standing"], found["number"], found["differences"]) == ("current", issued.number, [])


def test_anything_else_fails_with_its_reason(tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(with_files())
    with pytest.raises(CommandError, match="Unknown: The file carries nothing that msgov puts into its reports"):
        run(file)
    with pytest.raises(CommandError, match="No such file"):
        run(tmp_path / "missing.pdf")


def test_new_key_is_printed_in_the_form_of_the_settings() -> None:
    out = StringIO()
    call_command("make_report_key", stdout=out)
    secret = out.getvalue().splitlines()[0].partition("=")[2]
    assert len(secret) == 44
    assert secret not in "".join(new_key())
