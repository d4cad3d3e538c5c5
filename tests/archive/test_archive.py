"""Export and import: what goes out comes back, and what does not fit is refused by its path."""

import base64
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command

from assessments.archive.reading import ArchiveError, read_archive
from assessments.archive.services import export_archive, import_archive
from assessments.archive.writing import archive_bytes
from assessments.models import (
    Answer,
    AnswerVersion,
    Assessment,
    AssessmentEvent,
    EvidenceFile,
    EvidenceOpening,
    FrozenResult,
    Goal,
    Membership,
    Process,
)
from assessments.rounds.services.submission import reopen_assessment, submit_assessment
from tests import builders
from tests.archive.given import as_json, change, filled, import_json

pytestmark = pytest.mark.django_db


def everything() -> tuple[int, ...]:
    models = (Process, Assessment, Answer, EvidenceFile, EvidenceOpening, FrozenResult, Goal, AssessmentEvent)
    return tuple(model._default_manager.count() for model in models)


@cache
def submitted_archive() -> str:
    """An archive, made once: whoever refuses it, for a reason that stands in it, need not have its assessment."""
    return json.dumps(as_json(filled(submitted=True)))


@pytest.mark.parametrize("submitted", [False, True])
def test_export_of_an_import_is_the_same_file(submitted: bool) -> None:
    first = archive_bytes(export_archive(assessment=filled(submitted=submitted)))
    imported = import_archive(archive=read_archive(first))
    assert archive_bytes(export_archive(assessment=imported)) == first


def test_zone_of_the_process_comes_along() -> None:
    archive = as_json(filled(submitted=True))
    assert archive["process"]["time_zone"] == "Africa/Nairobi"
    assert archive["results"][0]["document"]["process"]["time_zone"] == "Africa/Nairobi"
    assert import_json(archive).process.time_zone == "Africa/Nairobi"


def test_what_the_process_does_comes_along_with_its_changes() -> None:
    archive = as_json(filled(submitted=True))
    assert [change["kind"] for change in archive["process"]["kind_changes"]] == ["dialogues", "recommends"]
    frozen = archive["results"][0]["document"]["process"]
    assert (frozen["kind"], frozen["country"], frozen["language"]) == ("recommends", "East Africa", "sw")
    process = import_json(archive).process
    assert (process.kind, process.country, process.language) == ("recommends", "East Africa", "sw")
    assert [change.kind for change in process.kind_changes.all()] == ["dialogues", "recommends"]


def test_import_makes_new_codes_and_the_owner_organiser() -> None:
    original = filled(submitted=True)
    owner = builders.user()
    imported = import_archive(archive=export_archive(assessment=original), owner=owner)
    assert imported.code != original.code
    assert imported.origin_code == original.code
    assert Membership.objects.get(process=imported.process).user == owner
    upload = EvidenceFile.objects.get(response__assessment=imported)
    with upload.file.open("rb") as stream:
        assert stream.read() == b"%PDF-1.7 minutes"
    entries = AnswerVersion.objects.filter(answer__response__assessment=imported)
    assert list(entries.values_list("reason", "user")) == [("imported", owner.pk)] * 5


def test_export_has_results_exact_and_printed() -> None:
    document = as_json(filled(submitted=True))["results"][1]["document"]
    inclusiveness = document["attributes"][0]
    assert document["assessment"]["number"] == 2
    assert inclusiveness["score"] is None
    # IT1a at L counts with weight 1/5, IT2b with 1/5 but one of four options known.
    assert inclusiveness["coverage"] == {"exact": "1/4", "printed": "25 %"}


def test_export_of_a_draft_has_the_result_as_it_stands() -> None:
    archive = as_json(filled(submitted=False))
    assert archive["results"] == []
    assert archive["computed"]["assessment"]["status"] == "draft"


@pytest.mark.alike
@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        ("format", "msgov-archive/9", "$.format: Input should be 'msgov-archive/1'"),
        ("extra", 1, "$.extra: Extra inputs are not permitted"),
        ("question_set/digest", "0" * 64, "$.question_set.digest: isoc"),
        ("question_set/version", "9.9.9", "$.question_set: isoc"),
        ("answers/0/item", "XX9z", "$.answers[0].item: “XX9z” is not an item"),
        ("answers/0/revision", 7, "$.answers[0].revision: the item has revision 1, not 7"),
        ("answers/0/value", {"level": 4}, "$.answers[0].value.level: is not between 0 and 3"),
        ("answers/0/value", {"level": True}, "$.answers[0].value.level: is not a whole number"),
        ("answers/0/value", {}, "$.answers[0].value.level: is missing"),
        ("answers/0/state", "not_applicable", "$.answers[0].state: “IT1a” cannot be not applicable"),
        ("answers/1/value", {"options": {"x": {}}}, "$.answers[1].value.options.x: is not an option"),
        (
            "answers/1/value",
            {"options": {"language": {"state": "great"}}},
            "$.answers[1].value.options.language.state: “great” is not a state",
        ),
        ("answers/1/item", "IT1a", "$.answers[1].item: “IT1a” is answered twice"),
        (
            "answers/1/value",
            {"options": {"language": {"state": ["mitigated"]}}},
            "$.answers[1].value.options.language.state: “['mitigated']” is not a state",
        ),
        ("files/0/sha256", "0" * 64, "$.files[0].sha256: does not match the content"),
        ("files/0/content_type", "text/html\r\nX-Header: 1", "$.files[0].content_type: is not a type of file"),
        ("files/0/uploaded_at", "2026-01-01T00:00:00", "$.files[0].uploaded_at: Input should have timezone info"),
        ("assessment/created_at", "0001-01-01T00:00:00+14:00", "$.assessment.created_at: Value error, is not between"),
        ("files/0/content", "%%%", "$.files[0].content: is not base64"),
        ("results/0/number", 5, "$.results: the numbers do not run 1, 2, 3, …"),
        ("results", [], "$.results: a submitted assessment needs its frozen result"),
        ("process/time_zone", "", "$.process.time_zone: Value error, “” is not a time zone that is known here"),
        ("process/name", "a\x00b", "$.process.name: contains a NUL character"),
        ("process/name", "a\ud83db", "$.process.name: contains half a surrogate pair"),
        (
            "process/time_zone",
            "Mars/Base",
            "$.process.time_zone: Value error, “Mars/Base” is not a time zone that is known here",
        ),
        ("process/kind", "rules", "$.process.kind: Input should be '', 'decides', 'recommends', 'sets_standards' or"),
        (
            "process/kind",
            "decides",
            "$.process: Value error, kind is “decides”, but the last of kind_changes is “recommends”",
        ),
        (
            "process/kind_changes",
            [],
            "$.process: Value error, kind is “recommends”, but the last of kind_changes is",
        ),
        (
            "process/kind_changes/0/at",
            "2999-01-01T00:00:00Z",
            "$.process: Value error, kind_changes are not in the order of time",
        ),
        ("process/language", "Swahili, English", "$.process.language: String should match pattern"),
        ("process/groups", ["A", "A"], "$.process.groups: “A” is listed twice"),
        (
            "results/1/document/attributes/0/coverage/printed",
            "99.0",
            "$.results[1].digest: does not match the document",
        ),
    ],
)
def test_import_refuses_what_does_not_fit_and_changes_nothing(
    path: str, value: Any, problem: str, tmp_path: Path
) -> None:
    archive = json.loads(submitted_archive())
    change(archive, path, value)
    file = tmp_path / "archive.json"
    file.write_text(json.dumps(archive))
    before = everything()
    with pytest.raises(CommandError) as caught:
        call_command("import_assessment", str(file))
    assert any(line.startswith(problem) for line in str(caught.value).splitlines()), str(caught.value)
    assert everything() == before


def test_import_refuses_figures_that_the_answers_do_not_give() -> None:
    archive = as_json(filled(submitted=False))
    change(archive, "answers/0/value", {"level": 3})
    before = everything()
    with pytest.raises(ArchiveError) as caught:
        import_json(archive)
    assert "$.computed.attributes[0].questions[0].items[0].level: stored 2, now 3" in caught.value.problems
    assert everything() == before


def test_import_takes_a_result_frozen_before_the_resource_was_renamed() -> None:
    original = filled(submitted=True)
    Process.objects.filter(pk=original.process_id).update(resource="the forest")
    first = archive_bytes(export_archive(assessment=Assessment.objects.get(pk=original.pk)))
    imported = import_archive(archive=read_archive(first))
    assert imported.process.resource == "the forest"
    assert archive_bytes(export_archive(assessment=imported)) == first


def test_import_takes_what_was_imported_and_submitted_again() -> None:
    owner = builders.user()
    imported = import_archive(archive=export_archive(assessment=filled(submitted=True)), owner=owner)
    reopen_assessment(assessment=imported, user=owner, reason="Our own view")
    submit_assessment(assessment=imported, user=owner)
    again = export_archive(assessment=Assessment.objects.get(pk=imported.pk))
    assert import_archive(archive=again).results.count() == 3


def test_full_disk_during_an_import_leaves_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "archive.json"
    file.write_bytes(archive_bytes(export_archive(assessment=filled(submitted=True))))
    before, files = everything(), stored_files()

    def half(self: ContentFile, *args: Any) -> Iterator[bytes]:
        yield b"%PDF"
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(ContentFile, "chunks", half)
    with pytest.raises(CommandError, match=r"Nothing was imported; .* No space left"):
        call_command("import_assessment", str(file))
    assert (everything(), stored_files()) == (before, files)


def stored_files() -> list[Path]:
    return sorted(path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())


@pytest.mark.alike
@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "$: line 1, column 1: Expecting value"),
        (b"[]", "$: an archive is a JSON object"),
        (b"\xff", "$: not UTF-8 text (byte 0)"),
        (b'{"a": 1, "a": 2}', "$: the key 'a' occurs twice in one object"),
        (b'{"a": ' + b"[" * 50 + b"]" * 50 + b"}", "$: is nested too deeply"),
        (b"[" * 100_000, "$: is nested too deeply"),
    ],
)
def test_read_archive_names_what_is_not_json(data: bytes, problem: str) -> None:
    with pytest.raises(ArchiveError) as caught:
        read_archive(data)
    assert caught.value.problems == [problem]


def test_export_command_writes_the_file_and_import_prints_the_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    original = filled(submitted=False)
    file = tmp_path / "archive.json"
    call_command("export_assessment", original.code, output=str(file))
    call_command("import_assessment", str(file))
    code = capsys.readouterr().out.strip()
    assert Assessment.objects.get(code=code).origin_code == original.code
    assert base64.b64decode(json.loads(file.read_text())["files"][0]["content"]) == b"%PDF-1.7 minutes"


def test_commands_name_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"There is no assessment nosuchcode\."):
        call_command("export_assessment", "nosuchcode")
    with pytest.raises(CommandError, match="could not be read"):
        call_command("import_assessment", str(tmp_path / "none.json"))
    file = tmp_path / "a.json"
    file.write_text("{}")
    with pytest.raises(CommandError, match="There is no account"):
        call_command("import_assessment", str(file), owner="nobody@example.org")
