"""Files in and out from the command line: the same as in the browser."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from attributes.editor.services import drafts
from attributes.exporting import document_of, to_json, to_yaml
from attributes.loading import store_spec
from attributes.models import Draft, QuestionSet
from attributes.schema import QuestionSetSpec
from tests import builders
from tests.attributes.exchange import corpus, workbooks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_site")]
OWNER = "editor@example.org"


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def owner() -> None:
    builders.user(OWNER, is_question_set_admin=True)


def test_version_is_printed_or_written(published: QuestionSet, tmp_path: Path) -> None:
    document = document_of(published)
    assert run("export_question_set", "small@1.0.0") == to_yaml(document)
    assert run("export_question_set", "small@1.0.0", "--format", "json") == to_json(document)
    for name, content in (("a.json", to_json(document)), ("a.yml", to_yaml(document)), ("a.txt", to_yaml(document))):
        assert f"{name}: " in run("export_question_set", "small@1.0.0", "--output", str(tmp_path / name))
        assert (tmp_path / name).read_text(encoding="utf-8") == content
    run("export_question_set", "small@1.0.0", "--output", str(tmp_path / "a.xlsx"))
    assert workbooks.cells((tmp_path / "a.xlsx").read_bytes())[2][2] == "Small"


def test_draft_is_written(published: QuestionSet) -> None:
    draft = drafts.start_draft(user=builders.user(), base=published)
    assert run("export_question_set", f"draft:{draft.code}") == to_yaml(document_of(published))


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["small@2.0.0"], "There is no version or draft “small@2.0.0”"),
        (["draft:000000000000"], "There is no version or draft"),
        (["small"], "There is no version or draft"),
        (["small@1.0.0", "--format", "xlsx"], "A spreadsheet cannot be printed"),
        (["small@1.0.0", "--output", "/no/such/folder/a.yaml"], "No such file or directory"),
    ],
)
def test_what_cannot_be_written_is_said(published: QuestionSet, arguments: list[str], reason: str) -> None:
    with pytest.raises(CommandError, match=reason):
        run("export_question_set", *arguments)


@pytest.mark.usefixtures("owner")
def test_file_becomes_a_draft(published: QuestionSet, small: dict[str, Any], tmp_path: Path) -> None:
    store_spec(QuestionSetSpec.model_validate({**small, "version": "1.0.1"}))
    small["title"]["en"] = "Smaller"
    del small["scale"]
    path = tmp_path / "small.json"
    path.write_text(json.dumps(small), encoding="utf-8")
    assert (
        run("load_question_set", "--draft", "--check", "--owner", OWNER, str(path)) == f"{path}: small can be a draft\n"
    )
    assert not Draft.objects.exists()
    said = run("load_question_set", "--draft", "--owner", OWNER, str(path))
    draft = Draft.objects.get()
    assert said == f"small: draft {draft.code} based on 1.0.1\n"
    assert draft.content["title"]["en"] == "Smaller"
    assert draft.created_by is not None
    assert draft.created_by.email == OWNER
    assert "based on 1.0.0" in run("load_question_set", "--draft", "--owner", OWNER, "--base", "1.0.0", str(path))
    with pytest.raises(CommandError, match=r"small has no version 7\.0\.0"):
        run("load_question_set", "--draft", "--owner", OWNER, "--base", "7.0.0", str(path))


@pytest.mark.usefixtures("owner")
def test_bad_files_are_named_and_start_nothing(small: dict[str, Any], tmp_path: Path) -> None:
    good = tmp_path / "good.json"
    good.write_text(json.dumps(small), encoding="utf-8")
    paths = {tmp_path / f"bad{number}.yaml": bad for number, bad in enumerate(corpus.files())}
    for path, bad in paths.items():
        path.write_bytes(bad.data)
    with pytest.raises(CommandError) as caught:
        run("load_question_set", "--draft", "--owner", OWNER, str(good), *map(str, paths))
    said = str(caught.value).splitlines()
    for path, bad in paths.items():
        assert any(line.startswith(f"{path}: ") and bad.where in line and bad.reason in line for line in said), bad.name
    with pytest.raises(CommandError, match="No such file"):
        run("load_question_set", "--draft", "--owner", OWNER, str(tmp_path / "none.yaml"))
    assert not Draft.objects.exists()


def test_draft_needs_a_file_and_an_administrator(small: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "small.json"
    path.write_text(json.dumps(small), encoding="utf-8")
    builders.user("organiser@example.org")
    for arguments, reason in (
        ([str(path)], "--draft needs FILE and --owner EMAIL"),
        (["--owner", OWNER], "--draft needs FILE and --owner EMAIL"),
        (["--owner", "organiser@example.org", str(path)], "no question set administrator with the address"),
    ):
        with pytest.raises(CommandError, match=reason):
            run("load_question_set", "--draft", *arguments)
    assert not Draft.objects.exists()
