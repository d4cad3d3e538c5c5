import io
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
from django.core.management import CommandError, call_command

from assessments.models import Assessment

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_one_code_gives_the_report_on_one(submitted: Callable[..., Assessment], tmp_path: Path) -> None:
    assessment = submitted(name="Forum")
    out = io.StringIO()
    call_command("render_report", assessment.code, output=tmp_path / "one.pdf", stdout=out)
    document = pypdf.PdfReader(tmp_path / "one.pdf")
    assert document.metadata.title == "Assessment of Forum"
    assert f"{len(document.pages)} pages" in out.getvalue()


def test_several_codes_give_a_comparison(submitted: Callable[..., Assessment], tmp_path: Path) -> None:
    codes = [submitted(name=name).code for name in ("A", "B")]
    call_command("render_report", *codes, output=tmp_path / "two.pdf", stdout=io.StringIO())
    assert pypdf.PdfReader(tmp_path / "two.pdf").metadata.title == "Comparison of 2 processes"


def test_unknown_code_is_an_error_and_writes_nothing(submitted: Callable[..., Assessment], tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No assessment has the code nosuchcode"):
        call_command("render_report", submitted().code, "nosuchcode", output=tmp_path / "x.pdf")
    assert not (tmp_path / "x.pdf").exists()


def test_file_that_cannot_be_written_is_an_error(submitted: Callable[..., Assessment], tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file or directory"):
        call_command("render_report", submitted().code, output=tmp_path / "no" / "x.pdf")
