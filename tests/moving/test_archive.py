"""Archives of assessments that were moved: nothing of the other versions is lost on the way."""

import base64
import hashlib
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from assessments.answering.services.evidence import add_evidence_file
from assessments.answers.value import AnswerContent
from assessments.archive.reading import ArchiveError, read_archive
from assessments.archive.services import export_archive, import_archive
from assessments.archive.writing import archive_bytes
from assessments.models import Assessment, EvidenceFile
from assessments.moving.proposals import MoveChoice
from assessments.moving.services import move_assessment, propose, undo_move
from assessments.rounds.services.submission import reopen_assessment, submit_assessment
from attributes.catalogue.published import catalogue_of
from attributes.models import QuestionSet
from msgov.accounts.models import User
from tests.moving import snapshots
from tests.moving.test_services import save

pytestmark = pytest.mark.django_db


def exported(assessment: Assessment) -> bytes:
    return archive_bytes(export_archive(assessment=Assessment.objects.get(pk=assessment.pk)))


@pytest.fixture(autouse=True)
def true_digests(filled: Assessment) -> None:
    """Archives check what the other tests only compare."""
    for file in EvidenceFile.objects.all():
        with file.file.open("rb") as content:
            file.sha256 = hashlib.sha256(content.read()).hexdigest()
        file.save()


def test_an_assessment_that_was_never_moved_is_written_as_before(filled: Assessment) -> None:
    found = json.loads(exported(filled))
    assert {"moves", "other_versions"}.isdisjoint(found)
    assert not any("same_as" in file for file in found["files"])


@pytest.mark.parametrize("state", ["moved", "moved back", "moved again", "submitted"])
def test_export_of_an_import_is_the_same_file(
    filled: Assessment, organiser: User, newer: QuestionSet, state: str
) -> None:
    if state == "submitted":
        submit_assessment(assessment=filled, user=organiser)
        reopen_assessment(assessment=filled, user=organiser, reason="To move it")
    move_assessment(assessment=filled, user=organiser, to=newer, decisions={"ED2b": MoveChoice.TAKE})
    save(filled, organiser, "CO3d", AnswerContent(text="Since the move"))
    if state in ("moved back", "moved again"):
        undo_move(assessment=filled, user=organiser)
    if state == "moved again":
        move_assessment(assessment=filled, user=organiser, to=newer)
    if state == "submitted":
        submit_assessment(assessment=filled, user=organiser)
    first = exported(filled)
    imported = import_archive(archive=read_archive(first), owner=organiser)
    assert exported(imported) == first
    assert imported.question_set == filled.question_set


def test_an_imported_assessment_moves_back_and_again(filled: Assessment, organiser: User, newer: QuestionSet) -> None:
    old = filled.question_set
    move_assessment(assessment=filled, user=organiser, to=newer)
    save(filled, organiser, "IT1a", AnswerContent("answered", 3))
    imported = import_archive(archive=read_archive(exported(filled)), owner=organiser)
    undo_move(assessment=imported, user=organiser)
    assert imported.question_set == old
    assert snapshots.contents(imported, old) == snapshots.contents(filled, old)
    assert snapshots.file_names(imported, old) == snapshots.file_names(filled, old)
    # It is still known what somebody changed since the move, and what not.
    plan = propose(imported, newer).by_code
    assert plan["IT1a"].recommended is MoveChoice.KEEP
    assert plan["IT2a"].recommended is MoveChoice.TAKE


def test_shared_files_are_in_the_archive_once_and_shared_again(
    filled: Assessment, organiser: User, newer: QuestionSet
) -> None:
    move_assessment(assessment=filled, user=organiser, to=newer)
    found = json.loads(exported(filled))
    files = [*found["files"], *found["other_versions"][0]["files"]]
    assert [base64.b64decode(file["content"]) for file in files] == [b"minutes", b"may", b"", b"", b""]
    assert [file.get("same_as", "") == "" for file in files] == [True, True, False, False, False]
    imported = import_archive(archive=read_archive(exported(filled)), owner=organiser)
    rows = EvidenceFile.objects.filter(response__assessment=imported)
    assert len({row.file.name for row in rows}) == 2
    assert rows.count() == 5


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        (
            ["moves", 0, "to_version"],
            "9.0.0",
            "$.moves[0].to_version: what was answered in 9.0.0 is not",
        ),
        (["other_versions", 0, "question_set", "digest"], "0" * 64, "$.other_versions[0].question_set.digest: isoc"),
        (["other_versions", 0, "question_set", "version"], "9.0.0", "$.other_versions[0].question_set: isoc"),
        (["other_versions", 0, "answers", 0, "item"], "X", "$.other_versions[0].answers[0].item: “X” is not an item"),
        (["other_versions", 0, "files", 0, "same_as"], "nosuchcode", "$.other_versions[0].files[0].same_as: there is"),
        (["other_versions", 0, "files", 0, "size"], 3, "$.other_versions[0].files[0].same_as: the file"),
        (["other_versions", 0, "files", 0, "content"], "AAAA", "$.other_versions[0].files[0].content: has to be empty"),
        (["other_versions"], [], "$.moves[0].from_version: what was answered in 1.0.0 is not in the archive"),
        (["moves", 0, "decisions", "IT1a", "choice"], "burn", "$.moves[0].decisions.IT1a.choice: Input should be"),
    ],
)
def test_what_does_not_fit_is_refused_by_its_path(
    filled: Assessment, organiser: User, newer: QuestionSet, path: list[int | str] | list[str], value: Any, problem: str
) -> None:
    move_assessment(assessment=filled, user=organiser, to=newer)
    found = json.loads(exported(filled))
    *parents, last = path
    target = found
    for part in parents:
        target = target[part]
    target[last] = value
    count = Assessment.objects.count()
    with pytest.raises(ArchiveError) as caught:
        import_archive(archive=read_archive(json.dumps(found).encode()))
    assert any(line.startswith(problem) for line in caught.value.problems), caught.value.problems
    assert Assessment.objects.count() == count


def test_earlier_results_may_be_of_a_version_it_was_moved_from_only(
    filled: Assessment, organiser: User, newer: QuestionSet
) -> None:
    submit_assessment(assessment=filled, user=organiser)
    reopen_assessment(assessment=filled, user=organiser, reason="To move it")
    move_assessment(assessment=filled, user=organiser, to=newer)
    found = json.loads(exported(filled))
    assert found["results"][0]["document"]["question_set"]["version"] == "1.0.0"
    del found["moves"], found["other_versions"]
    refused = r"\$\.results\[0\]\.document\.question_set\.version: is not one of the versions of the archive"
    with pytest.raises(ArchiveError, match=refused):
        import_archive(archive=read_archive(json.dumps(found).encode()))


def test_a_file_added_after_the_move_belongs_to_the_newer_version(
    filled: Assessment, organiser: User, newer: QuestionSet
) -> None:
    move_assessment(assessment=filled, user=organiser, to=newer)
    item = catalogue_of(newer).items["CO3a"]
    upload = SimpleUploadedFile("new.txt", b"new", "text/plain")
    add_evidence_file(assessment=filled, user=organiser, item=item, upload=upload)
    found = json.loads(exported(filled))
    assert "new.txt" in [file["name"] for file in found["files"]]
    assert "new.txt" not in [file["name"] for file in found["other_versions"][0]["files"]]
