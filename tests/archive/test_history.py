"""The history in an archive is whole: what did not happen, or not in that order, is refused by its path."""

from collections.abc import Callable
from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any

import pytest

from assessments.answers.evidence import piece_digest
from assessments.archive.reading import ArchiveError
from assessments.models import EvidenceOpening
from tests.archive.given import as_json, digested, filled, import_json

pytestmark = pytest.mark.django_db

Change = Callable[[dict[str, Any]], object]


@pytest.fixture(scope="module", autouse=True)
def built(build_once: Callable[[Callable[[], Any]], Any]) -> dict[str, Any]:
    return build_once(lambda: as_json(filled(submitted=True)))


@pytest.fixture
def archive(built: dict[str, Any]) -> dict[str, Any]:
    return deepcopy(built)


def refused(archive: dict[str, Any]) -> list[str]:
    with pytest.raises(ArchiveError) as caught:
        import_json(digested(archive))
    return caught.value.problems


def later(moment: str, **by: float) -> str:
    return (datetime.fromisoformat(moment) + timedelta(**by)).isoformat()


def events(archive: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = archive["assessment"]["events"]
    return found


def document(archive: dict[str, Any], number: int = 2) -> dict[str, Any]:
    found: dict[str, Any] = archive["results"][number - 1]["document"]
    return found


def first_item(archive: dict[str, Any], number: int = 2) -> dict[str, Any]:
    found: dict[str, Any] = document(archive, number)["attributes"][0]["questions"][0]["items"][0]
    return found


def drop_first_result(archive: dict[str, Any]) -> None:
    del archive["results"][0]
    archive["results"][0]["number"] = document(archive, 1)["assessment"]["number"] = 1


def test_untouched_archive_is_taken_with_what_was_opened(archive: dict[str, Any]) -> None:
    imported = import_json(archive)
    opening = EvidenceOpening.objects.get(response__assessment=imported)
    assert (opening.user_name, opening.user, opening.shows) == ("Rita Reviewer", None, True)
    assert first_item(archive)["opened_on"] == opening.day.isoformat()


ITEM = "attributes[0].questions[0].items[0]"


@pytest.mark.alike
@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (
            lambda a: events(a).pop(1),
            "$.assessment.events[1].kind: it was submitted already, and has not been reopened",
        ),
        (lambda a: events(a).pop(), "$.results: there are 2, but $.assessment.events has 1 submissions"),
        (lambda a: events(a)[1].update(reason=" "), "$.assessment.events[1].reason: is missing"),
        (lambda a: events(a)[0].update(kind="reopened"), "$.assessment.events[0].kind: what has not been submitted"),
        (lambda a: events(a)[2].update(kind="superseded"), "$.assessment.events[2].kind: what has not been submitted"),
        (lambda a: events(a)[1].update(kind="started"), "$.assessment.events[1].kind: an assessment is begun once"),
        (lambda a: events(a)[2].update(kind="moved"), "$.assessment.events[2].kind: the move is not in the archive"),
        (lambda a: events(a)[2].update(kind="moved_back"), "$.assessment.events[2].kind: no move was undone"),
        (lambda a: events(a).reverse(), "$.assessment.events[1].at: is before what happened before it"),
        (lambda a: events(a)[2].update(at="2999-01-01T00:00:00Z"), "$.assessment.events[2].at: is later than now"),
        (lambda a: events(a)[2].update(by="Somebody"), "$.assessment.submitted_by: is not who submitted it last"),
        (lambda a: a["assessment"].update(state="superseded"), "$.assessment.state: is “superseded”, but after"),
        (lambda a: a["assessment"].update(state="draft"), "$.assessment.state: is “draft”, but after its events"),
        (lambda a: a["assessment"].update(submitted_at=None), "$.assessment.submitted_at: does not fit"),
        (
            lambda a: a["assessment"].update(submitted_at=later(events(a)[0]["at"], days=-1)),
            "$.assessment.submitted_at: is not the time of the last submission",
        ),
        (
            lambda a: a["assessment"].update(created_at=later(events(a)[0]["at"], seconds=60)),
            "$.assessment.events[0].at: is before what happened before it",
        ),
        (
            lambda a: a["assessment"].update(created_at=later(events(a)[0]["at"], days=-40)),
            "$.results[0].document.assessment.started_on: is not the day on which the assessment was begun",
        ),
        (drop_first_result, "$.results: there are 1, but $.assessment.events has 2 submissions"),
        (
            lambda a: a["results"][0].update(created_at=events(a)[2]["at"]),
            "$.results[0].created_at: is not the time of its submission",
        ),
        (
            lambda a: a["results"][0].update(method_version="1.1.1"),
            "$.results[0].method_version: is not that of the document",
        ),
        (
            lambda a: document(a, 1)["assessment"].update(submitted_by="Somebody"),
            "$.results[0].document.assessment.submitted_by: is not who submitted it",
        ),
        (
            lambda a: document(a)["assessment"].update(submitted_on="2020-01-01"),
            "$.results[1].document.assessment.submitted_on: is not the day of its submission",
        ),
        (
            lambda a: document(a)["assessment"].update(code="other-code"),
            "$.results[1].document.assessment.code: is the result of another assessment",
        ),
        (
            lambda a: document(a, 1)["process"].update(code="other-code"),
            "$.results[0].document.process.code: is the result of another process",
        ),
        (lambda a: document(a)["assessment"].update(round=7), "$.results[1].document.assessment.round: is the result"),
        (lambda a: document(a)["assessment"].update(number=7), "$.results[1].document.assessment.number: is not 2"),
        (
            lambda a: document(a)["assessment"].update(show_index=True),
            "$.results[1].document.assessment.show_index: is not that of the assessment",
        ),
        (
            lambda a: document(a)["process"].update(is_invented=True),
            "$.results[1].document.process.is_invented: is not what the process is",
        ),
        (
            lambda a: document(a)["process"].update(time_zone="Mars/Base"),
            "$.results[1].document.process.time_zone: “Mars/Base” is not a time zone",
        ),
        (
            lambda a: document(a)["process"]["kind_changes"].pop(0),
            "$.results[1].document.process.kind_changes: are not those of the process up to then",
        ),
        (
            lambda a: a["process"]["kind_changes"].pop(0),
            "$.results[0].document.process.kind_changes: are not those of the process up to then",
        ),
        (
            lambda a: document(a)["question_set"].update(slug="another"),
            "$.results[1].document.question_set.slug: is that of another question set",
        ),
        (
            lambda a: document(a)["question_set"].update(version="9.9.9"),
            "$.results[1].document.question_set.version: is not one of the versions",
        ),
        (lambda a: a.update(computed=document(a)), "$.computed: a draft has its result"),
        (lambda a: a["openings"].clear(), f"$.results[0].document.{ITEM}.openings[0]: nobody had opened this"),
        (
            lambda a: a["openings"][0].update(shows=False),
            f"$.results[0].document.{ITEM}.openings[0]: the last to open it found something else",
        ),
        (
            lambda a: a["openings"][0].update(at=later(events(a)[1]["at"])),
            f"$.results[0].document.{ITEM}.openings[0]: nobody had opened this, with this sentence, when",
        ),
        (lambda a: a["openings"][0].update(day="2020-01-01"), "$.openings[0].day: is not the day of"),
        (
            lambda a: a["openings"][0].update(item="IT3c", made_for=piece_digest("", a["openings"][0]["reference"])),
            "$.openings[0].reference: is no evidence",
        ),
        (lambda a: a["openings"][0].update(item="XX9z"), "$.openings[0].item: “XX9z” has no answer"),
        (
            lambda a: first_item(a)["evidence_files"][0].update(name="other.pdf"),
            f"$.results[1].document.{ITEM}.evidence_files[0].name: is not that of the file in the archive",
        ),
        (
            lambda a: first_item(a, 1)["evidence_files"][0].update(code="abcd-efgh"),
            f"$.results[0].document.{ITEM}.evidence_files[0].code: “abcd-efgh” is no file of this item",
        ),
        (
            lambda a: a["files"][0].update(uploaded_at=later(a["assessment"]["created_at"], seconds=-1)),
            "$.files[0].uploaded_at: is before the assessment was begun",
        ),
        (
            lambda a: a["files"][0].update(uploaded_at=events(a)[1]["at"]),
            f"$.results[0].document.{ITEM}.evidence_files[0].code: the file was not there",
        ),
        (
            lambda a: a["files"][0].update(removed_at=a["assessment"]["created_at"]),
            "$.files[0].removed_at: is before it was uploaded",
        ),
        (
            lambda a: a.update(moves=[a_move()]),
            "$.moves[0].from_version: what was answered in 0.9.0 is not in the archive",
        ),
    ],
)
def test_what_cannot_have_happened_is_refused(archive: dict[str, Any], change: Change, problem: str) -> None:
    change(archive)
    found = refused(archive)
    assert any(line.startswith(problem) for line in found), found


def a_move() -> dict[str, Any]:
    return {
        "from_version": "0.9.0",
        "to_version": "1.0.0",
        "decisions": {},
        "by": "",
        "at": "2026-01-01T00:00:00Z",
        "undone_at": None,
        "undone_by": "",
    }


@pytest.mark.alike
@pytest.mark.parametrize("version", ["2.0.0", "1.9.9", "", "not a version"])
@pytest.mark.parametrize("number", [1, 2])
def test_unknown_version_of_the_method_is_refused(archive: dict[str, Any], version: str, number: int) -> None:
    archive["results"][number - 1]["method_version"] = document(archive, number)["method_version"] = version
    assert refused(archive) == [
        f"$.results[{number - 1}].document.method_version: “{version}” is no version of the method that is known here"
        " (1.1); nothing was computed again"
    ]


def test_file_opened_before_it_was_uploaded_is_refused(archive: dict[str, Any]) -> None:
    upload = archive["files"][0]
    opening = {**archive["openings"][0], "reference": f"sha256:{upload['sha256']}"}
    archive["openings"].append({**opening, "at": later(upload["uploaded_at"], seconds=-1)})
    assert "$.openings[1].at: it was opened before the file was uploaded" in refused(archive)
    no_file = f"sha256:{'0' * 64}"
    made_for = piece_digest(first_item(archive)["evidence_text"], no_file)
    archive["openings"][1] = {**opening, "reference": no_file, "made_for": made_for}
    assert "$.openings[1].reference: is no file of “IT1a”" in refused(archive)
    # Of an earlier sentence it is kept, and of no effect.
    archive["openings"][1]["made_for"] = piece_digest("Earlier words.", no_file)
    assert import_json(digested(archive)).responses.get().openings.count() == 2


def test_draft_needs_its_result_as_it_stands() -> None:
    archive = as_json(filled(submitted=False))
    archive["computed"]["method_version"] = "1.0.0"
    assert refused(archive)[0].startswith("$.computed.method_version: “1.0.0” is no version of the method")
    archive["computed"] = None
    assert refused(archive)[0].startswith("$.computed: a draft has its result as it stands here")
