"""Moving and moving back: what is stored, what counts, and what is refused."""

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from assessments.answering.services.answers import AnswerToSave, save_answers
from assessments.answering.services.evidence import remove_evidence_file
from assessments.answers.value import AnswerContent
from assessments.exceptions import Conflict, MovedMeanwhile, NotAllowed, NotEditable
from assessments.models import Answer, AnswerVersion, Assessment, AssessmentEvent, EvidenceEntry, EvidenceFile, Move
from assessments.moving.proposals import MoveChoice
from assessments.moving.services import active_move, may_undo, move_assessment, newer_versions, propose, undo_move
from assessments.processes.services.process import delete_process, losses
from assessments.rounds.services.submission import reopen_assessment, submit_assessment
from attributes.catalogue.published import catalogue_of
from attributes.loading import store_spec
from attributes.models import QuestionSet
from msgov.accounts.models import AuditEvent, User
from tests import builders
from tests.builders import versions
from tests.moving import snapshots

pytestmark = pytest.mark.django_db


def move(assessment: Assessment, organiser: User, to: QuestionSet, **decisions: Any) -> Move:
    return move_assessment(assessment=assessment, user=organiser, to=to, decisions=decisions)


def save(assessment: Assessment, organiser: User, code: str, content: AnswerContent) -> Any:
    """As a page drawn a moment ago would."""
    item = catalogue_of(assessment.question_set).items[code]
    row = Answer.objects.filter(response__assessment=assessment, item_id=item.pk).first()
    entry = AnswerToSave(item, content, row.version if row else 0)
    return save_answers(assessment=assessment, user=organiser, entries=[entry])


def test_every_proposal_is_made_and_the_old_rows_stay(filled: Assessment, organiser: User, newer: QuestionSet) -> None:
    first = filled.question_set
    before = snapshots.rows(filled, first)
    move(filled, organiser, newer)
    assert filled.question_set == newer
    assert Assessment.objects.get(pk=filled.pk).question_set == newer
    assert snapshots.rows(filled, first) == before
    found = snapshots.contents(filled, newer)
    words = "cultural norms: Formal dress\n\nOther: Time zones"
    assert found == {
        "IT1a": ("answered", {"level": 2}, "As known"),
        "IT2a": ("answered", {"options": {"language": {"state": "exists"}}}, words),
        "IT3c": ("unanswered", {}, "Why it was not applicable: No formal rule"),
        "IT4a": ("unanswered", {}, "Everybody says so"),
        "ED2b": ("unanswered", {}, ""),
        "ED2c": ("unanswered", {}, ""),
        "CO4c": ("answered", {"level": 2}, "CO4a: Here\n\nCO4b: There"),
        "CR1e": ("unanswered", {}, "Nobody knows"),
        "ED1b": ("answered", {"level": 1}, ""),
    }
    assert snapshots.file_names(filled, newer) == [("ED2b", "may.txt"), ("ED2c", "may.txt"), ("IT1a", "minutes.txt")]


def test_a_move_is_told_and_recorded(filled: Assessment, organiser: User, newer: QuestionSet) -> None:
    made = move(filled, organiser, newer, ED2b=MoveChoice.TAKE, ED2c=MoveChoice.START)
    event = filled.events.get()
    assert (event.kind, event.reason, event.by_name) == (AssessmentEvent.Kind.MOVED, "1.0.0 → 1.1.0", "Olu Organiser")
    audit = AuditEvent.objects.get(action="assessment.moved")
    assert audit.details == {"from": "1.0.0", "to": "1.1.0", "question_set": newer.slug}
    choices = {code: decision["choice"] for code, decision in made.decisions.items()}
    assert (choices["ED2b"], choices["ED2c"], choices["IT1a"]) == ("take", "start", "take")
    entry = AnswerVersion.objects.get(answer__item_id=catalogue_of(newer).items["ED2b"].pk)
    assert (entry.reason, entry.detail, entry.user, entry.value) == ("moved", "1.0.0", organiser, {"level": 1})


def test_starting_unanswered_makes_no_row_and_takes_no_file(
    filled: Assessment, organiser: User, newer: QuestionSet
) -> None:
    start = dict.fromkeys(propose(filled, newer).by_code, MoveChoice.START)
    move(filled, organiser, newer, **start)
    assert snapshots.contents(filled, newer) == {}
    assert snapshots.file_names(filled, newer) == []


def test_moving_back_restores_everything(filled: Assessment, organiser: User, newer: QuestionSet) -> None:
    first, before = filled.question_set, snapshots.rows(filled, filled.question_set)
    document = snapshots.document(filled)
    move(filled, organiser, newer)
    assert snapshots.document(filled) != document
    undone = undo_move(assessment=filled, user=organiser)
    assert filled.question_set == first
    assert snapshots.rows(filled, first) == before
    assert snapshots.document(filled) == document
    undone.refresh_from_db()
    assert (undone.undone_by, undone.undone_by_name) == (organiser, "Olu Organiser")
    assert [event.kind for event in filled.events.all()] == ["moved", "moved_back"]
    assert active_move(filled) is None


def test_answers_of_the_newer_version_come_back_when_moved_again(
    filled: Assessment, organiser: User, newer: QuestionSet
) -> None:
    move(filled, organiser, newer)
    save(filled, organiser, "CO3d", AnswerContent(text="Written in 1.1.0"))
    save(filled, organiser, "IT1a", AnswerContent("answered", 3, comment="Changed in 1.1.0"))
    there = snapshots.rows(filled, newer)
    undo_move(assessment=filled, user=organiser)
    save(filled, organiser, "IT1a", AnswerContent("answered", 0))
    plan = propose(filled, newer).by_code
    assert plan["IT1a"].recommended is MoveChoice.KEEP
    assert plan["IT1a"].becomes[MoveChoice.TAKE].content.level == 0
    assert plan["CO3d"].recommended is MoveChoice.KEEP
    assert list(plan["CO3d"].becomes) == [MoveChoice.START, MoveChoice.KEEP]
    # Nobody touched these: what they become is worked out anew.
    assert plan["IT2a"].recommended is MoveChoice.TAKE
    assert MoveChoice.KEEP not in plan["IT2a"].becomes
    move(filled, organiser, newer)
    assert snapshots.rows(filled, newer) == there
    # And again: what was kept once is still somebody's.
    undo_move(assessment=filled, user=organiser)
    assert propose(filled, newer).by_code["IT1a"].recommended is MoveChoice.KEEP


def test_answers_changed_before_moving_again_are_worked_out_anew(
    filled: Assessment, organiser: User, newer: QuestionSet
) -> None:
    move(filled, organiser, newer)
    undo_move(assessment=filled, user=organiser)
    save(filled, organiser, "IT1a", AnswerContent("answered", 0))
    save(filled, organiser, "CO4b", AnswerContent("dont_know"))
    move(filled, organiser, newer)
    found = snapshots.contents(filled, newer)
    assert found["IT1a"] == ("answered", {"level": 0}, "")
    assert found["CO4c"] == ("unanswered", {}, "Here")
    assert snapshots.file_names(filled, newer) == [("ED2b", "may.txt"), ("ED2c", "may.txt"), ("IT1a", "minutes.txt")]


def test_starting_unanswered_again_clears_what_is_there_and_keeps_it_in_the_history(
    filled: Assessment, organiser: User, newer: QuestionSet
) -> None:
    move(filled, organiser, newer)
    save(filled, organiser, "IT1a", AnswerContent("answered", 3))
    undo_move(assessment=filled, user=organiser)
    move(filled, organiser, newer, IT1a=MoveChoice.START)
    item = catalogue_of(newer).items["IT1a"].pk
    row = Answer.objects.get(item_id=item)
    assert (row.state, row.value) == ("unanswered", {})
    assert [entry.value for entry in row.history.order_by("version")] == [{"level": 2}, {"level": 3}, {}]
    assert not EvidenceFile.objects.filter(item_id=item).exists()
    assert EvidenceFile.everything.filter(item_id=item).count() == 1


def test_moving_twice_can_be_undone_step_by_step(filled: Assessment, organiser: User, newer: QuestionSet) -> None:
    first, third = filled.question_set, versions.third()
    move(filled, organiser, newer)
    second_rows = snapshots.rows(filled, newer)
    move(filled, organiser, third, CO4d=MoveChoice.TAKE)
    assert snapshots.contents(filled, third)["CO4d"] == ("answered", {"level": 2}, "CO4a: Here\n\nCO4b: There")
    undo_move(assessment=filled, user=organiser, back_to="1.1.0")
    assert filled.question_set == newer
    assert snapshots.rows(filled, newer) == second_rows
    with pytest.raises(NotAllowed):
        undo_move(assessment=filled, user=organiser, back_to="1.1.0")  # a second click
    undo_move(assessment=filled, user=organiser, back_to="1.0.0")
    assert filled.question_set == first


def test_moving_over_a_version_in_between(filled: Assessment, organiser: User, newer: QuestionSet) -> None:
    move(filled, organiser, versions.third(), ED2b=MoveChoice.TAKE)
    found = snapshots.contents(filled, filled.question_set)
    assert found["ED2b"] == ("answered", {"level": 1}, "")
    assert found["CO4d"] == found["CO4e"] == ("answered", {"level": 2}, "CO4a: Here\n\nCO4b: There")


def test_newer_versions_are_published_and_of_the_same_set(assessment: Assessment, newer: QuestionSet) -> None:
    retired = versions.third()
    retired.retire()
    store_spec(builders.netmundial_spec())
    assert newer_versions(assessment) == [newer]


@pytest.mark.parametrize("of", ["same", "retired", "older"])
def test_it_moves_to_newer_published_versions_only(
    assessment: Assessment, organiser: User, newer: QuestionSet, of: str
) -> None:
    first = assessment.question_set
    if of == "older":
        move(assessment, organiser, newer)
    if of == "retired":
        newer.retire()
    with pytest.raises(NotAllowed):
        move(assessment, organiser, newer if of == "retired" else first)
    assert Move.objects.count() == (of == "older")


def test_only_drafts_move(filled: Assessment, organiser: User, newer: QuestionSet) -> None:
    submit_assessment(assessment=filled, user=organiser)
    with pytest.raises(NotEditable):
        move(filled, organiser, newer)
    reopen_assessment(assessment=filled, user=organiser, reason="To move it")
    move(filled, organiser, newer)
    submit_assessment(assessment=filled, user=organiser)
    with pytest.raises(NotEditable):
        undo_move(assessment=filled, user=organiser)


def test_what_was_submitted_since_stays_at_its_version(filled: Assessment, organiser: User, newer: QuestionSet) -> None:
    move(filled, organiser, newer)
    assert may_undo(filled, active_move(filled))
    submit_assessment(assessment=filled, user=organiser)
    reopen_assessment(assessment=filled, user=organiser, reason="A typing error")
    assert not may_undo(filled, active_move(filled))
    with pytest.raises(NotAllowed, match="submitted since"):
        undo_move(assessment=filled, user=organiser)
    assert filled.question_set == newer


def test_changed_answers_stop_a_move_drawn_before(filled: Assessment, organiser: User, newer: QuestionSet) -> None:
    drawn_from = propose(filled, newer).fingerprint
    save(filled, organiser, "IT1a", AnswerContent("answered", 0))
    with pytest.raises(Conflict) as caught:
        move_assessment(assessment=filled, user=organiser, to=newer, drawn_from=drawn_from)
    assert caught.value.current.by_code["IT1a"].before[0].level == 0
    assert filled.question_set.version == "1.0.0"
    assert not Move.objects.exists()


def test_what_was_loaded_before_the_move_writes_nothing_after_it(
    filled: Assessment, organiser: User, newer: QuestionSet
) -> None:
    loaded = Assessment.objects.with_question_set().get(pk=filled.pk)
    file = EvidenceFile.objects.get(name="minutes.txt", response__assessment=filled)
    move(filled, organiser, newer)
    rows = [snapshots.rows(filled, version) for version in (loaded.question_set, newer)]
    with pytest.raises(MovedMeanwhile):
        save(loaded, organiser, "IT1a", AnswerContent("answered", 0))
    item = catalogue_of(loaded.question_set).items["IT1a"]
    with pytest.raises(MovedMeanwhile):
        remove_evidence_file(assessment=loaded, user=organiser, item=item, file=file)
    with pytest.raises(MovedMeanwhile):
        move(loaded, organiser, newer)
    assert [snapshots.rows(filled, version) for version in (loaded.question_set, newer)] == rows


def test_answers_of_other_versions_alone_cannot_be_submitted(
    filled: Assessment, organiser: User, newer: QuestionSet
) -> None:
    move(filled, organiser, newer, **dict.fromkeys(propose(filled, newer).by_code, MoveChoice.START))
    with pytest.raises(NotAllowed):
        submit_assessment(assessment=filled, user=organiser)


def test_a_shared_file_stays_in_the_register_when_the_last_answer_lets_it_go(
    filled: Assessment,
    organiser: User,
    newer: QuestionSet,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    old = EvidenceFile.objects.get(name="minutes.txt")
    storage, name = old.file.storage, old.file.name
    move(filled, organiser, newer)
    item = catalogue_of(newer).items["IT1a"]
    copy = EvidenceFile.objects.get(item_id=item.pk)
    assert (copy.file.name, copy.code != old.code) == (old.file.name, True)
    with django_capture_on_commit_callbacks(execute=True):
        remove_evidence_file(assessment=filled, user=organiser, item=item, file=copy)
    assert storage.exists(name)
    undo_move(assessment=filled, user=organiser)
    assert snapshots.file_names(filled, filled.question_set) == [("ED2a", "may.txt"), ("IT1a", "minutes.txt")]
    first = catalogue_of(filled.question_set).items["IT1a"]
    with django_capture_on_commit_callbacks(execute=True):
        remove_evidence_file(assessment=filled, user=organiser, item=first, file=old)
    assert not EvidenceFile.everything.filter(file=name).exists()
    assert storage.exists(name)
    assert EvidenceEntry.objects.get(file=name).process == filled.process


def test_deleting_the_process_deletes_every_version(
    filled: Assessment,
    organiser: User,
    newer: QuestionSet,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    stored = EvidenceFile.objects.get(name="minutes.txt").file
    before = losses(filled.process)
    move(filled, organiser, newer)
    # Counted once, whatever was carried along.
    assert (before["answers"], before["files"]) == (11, 2)
    assert (losses(filled.process)["answers"], losses(filled.process)["files"]) == (9, 2)
    with django_capture_on_commit_callbacks(execute=True):
        delete_process(process=filled.process, user=organiser)
    assert not Answer.objects.exists()
    assert not AnswerVersion.objects.exists()
    assert not Move.objects.exists()
    assert not stored.storage.exists(stored.name)


@pytest.mark.parametrize("answers", [2, 20])
def test_a_move_costs_a_constant_number_of_queries(
    assessment: Assessment,
    organiser: User,
    newer: QuestionSet,
    answers: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for code in list(catalogue_of(assessment.question_set).items)[:answers]:
        builders.answer(assessment, code, comment="Words")
    propose(assessment, newer)  # the versions are in memory
    with django_assert_max_num_queries(20):
        move(assessment, organiser, newer)
    # One of them asks whether a wave of stakeholders is open, one takes back questions that were given to somebody.
    with django_assert_max_num_queries(11):
        undo_move(assessment=assessment, user=organiser)
