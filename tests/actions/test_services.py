"""Actions and decisions: what is written, what is refused, and the history that stays."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from assessments.actions.reading import actions_of, decision_of
from assessments.actions.services import actions
from assessments.actions.services.decisions import remove_decision, save_decision
from assessments.exceptions import Conflict, InvalidAnswer, NotAllowed
from assessments.models import Action, ActionEvent, Assessment, Decision, LateNotice
from assessments.vocabulary import ActionChange
from msgov.accounts.erasure import erase
from msgov.accounts.models import User
from msgov.accounts.own_data import data_of
from msgov.site.sentences import SENTENCES
from tests import builders

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 31)
NEW_DAY = date(2099, 1, 31)
PLANNED = {"text": "Ask", "owner": "Ann", "due": DAY, "known_by": "They say so", "is_public": False}


@pytest.fixture
def action(round_one: Assessment, organiser: User) -> Action:
    return actions.add_action(assessment=round_one, user=organiser, fields=PLANNED)


def kinds(action: Action) -> list[str]:
    return list(ActionEvent.objects.filter(action=action).values_list("kind", flat=True))


def test_every_change_has_a_sentence_in_the_trail() -> None:
    assert {f"action.{change.value}" for change in ActionChange} <= set(SENTENCES)


def test_steps_become_actions_once_and_again_after_they_were_dropped(round_one: Assessment, organiser: User) -> None:
    take = {"assessment": round_one, "user": organiser, "items": ["IT1a", "CR1a", "IT1a"]}
    first, _second = actions.take_steps(**take)
    assert [row.item for row in Action.objects.all()] == ["IT1a", "CR1a"]
    assert actions.take_steps(**take) == []
    actions.drop_action(action=first, user=organiser, version=1, reason="No money", closed_on=DAY)
    assert [row.item for row in actions.take_steps(**take)] == ["IT1a"]


def test_an_action_of_ones_own_needs_words(round_one: Assessment, organiser: User) -> None:
    with pytest.raises(InvalidAnswer):
        actions.add_action(assessment=round_one, user=organiser, fields={"text": ""})
    assert not Action.objects.exists()


def test_a_round_takes_so_many(round_one: Assessment, organiser: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MAX_ACTIONS", 1)
    actions.add_action(assessment=round_one, user=organiser, fields=PLANNED)
    with pytest.raises(InvalidAnswer, match="at most 1"):
        actions.add_action(assessment=round_one, user=organiser, fields=PLANNED)


def test_history_keeps_what_stood_there(action: Action, organiser: User) -> None:
    changed = {**PLANNED, "owner": "Bo", "due": None}
    edited = actions.edit_action(action=action, user=organiser, version=1, fields=changed)
    assert (edited.owner, edited.due, edited.version) == ("Bo", None, 2)
    event = ActionEvent.objects.get(kind="changed")
    assert (event.before, event.by_name) == ({"owner": "Ann", "due": "2026-01-31"}, "Ada Lovelace")
    assert actions.edit_action(action=action, user=organiser, version=2, fields=changed).version == 2


def test_two_who_write_at_once_do_not_overwrite_each_other(action: Action, organiser: User) -> None:
    actions.edit_action(action=action, user=organiser, version=1, fields={**PLANNED, "owner": "Bo"})
    with pytest.raises(Conflict) as conflict:
        actions.edit_action(action=action, user=organiser, version=1, fields={**PLANNED, "owner": "Cy"})
    assert conflict.value.current.owner == "Bo"
    with pytest.raises(Conflict):
        actions.finish_action(action=action, user=organiser, version=1, happened="Done", closed_on=DAY)


def test_done_dropped_and_open_again(action: Action, organiser: User) -> None:
    done = actions.finish_action(action=action, user=organiser, version=1, happened="It was asked.", closed_on=DAY)
    assert (done.state, done.happened, done.closed_on, done.reason) == ("done", "It was asked.", DAY, "")
    opened = actions.reopen_action(action=action, user=organiser)
    assert (opened.state, opened.happened, opened.closed_on) == ("open", "", None)
    dropped = actions.drop_action(action=action, user=organiser, version=3, reason="No money", closed_on=DAY)
    assert (dropped.state, dropped.reason) == ("dropped", "No money")
    assert kinds(action) == ["made", "done", "reopened", "dropped"]
    assert ActionEvent.objects.get(kind="reopened").before["happened"] == "It was asked."
    assert ActionEvent.objects.get(kind="dropped").note == "No money"


def test_what_happened_so_far_is_said_of_what_is_open(action: Action, organiser: User) -> None:
    said = {**PLANNED, "happened": "Half of them were asked."}
    edited = actions.edit_action(action=action, user=organiser, version=1, fields=said)
    assert (edited.state, edited.happened, edited.closed_on) == ("open", "Half of them were asked.", None)
    assert ActionEvent.objects.get(kind="changed").before == {"happened": ""}
    done = actions.finish_action(action=action, user=organiser, version=2, happened="All were.", closed_on=DAY)
    assert (done.happened, ActionEvent.objects.get(kind="done").before["happened"]) == (
        "All were.",
        "Half of them were asked.",
    )
    kept = actions.edit_action(action=action, user=organiser, version=3, fields={**said, "owner": "Bo"})
    assert (kept.owner, kept.happened) == ("Bo", "All were.")


def test_what_became_of_it_has_words_and_a_day_that_has_come(action: Action, organiser: User) -> None:
    tomorrow = timezone.localdate() + timedelta(days=2)
    how = {"action": action, "user": organiser, "version": 1}
    with pytest.raises(InvalidAnswer, match="Say what happened"):
        actions.finish_action(**how, happened="", closed_on=DAY)
    with pytest.raises(InvalidAnswer, match="Say why"):
        actions.drop_action(**how, reason="", closed_on=DAY)
    with pytest.raises(InvalidAnswer, match="not in the future"):
        actions.finish_action(**how, happened="Soon", closed_on=tomorrow)
    assert kinds(action) == ["made"]


def test_only_what_nobody_was_shown_is_deleted(round_one: Assessment, organiser: User) -> None:
    made = [actions.add_action(assessment=round_one, user=organiser, fields=PLANNED) for _each in range(4)]
    fresh, public, printed, done = made
    actions.set_public(action=public, user=organiser, is_public=True)
    actions.set_public(action=public, user=organiser, is_public=False)
    actions.finish_action(action=done, user=organiser, version=1, happened="Done", closed_on=DAY)
    Action.objects.filter(pk=printed.pk).update(shown_at=timezone.now())
    for shown in (public, printed, done):
        with pytest.raises(NotAllowed, match="Drop it"):
            actions.delete_action(action=shown, user=organiser)
    actions.delete_action(action=fresh, user=organiser)
    assert list(Action.objects.order_by("pk")) == [public, printed, done]


def test_order(round_one: Assessment, organiser: User) -> None:
    made = [
        actions.add_action(assessment=round_one, user=organiser, fields={**PLANNED, "text": name}) for name in "abc"
    ]

    def order() -> str:
        return "".join(Action.objects.values_list("text", flat=True))

    actions.move_action(action=made[2], user=organiser, up=True)
    assert order() == "acb"
    actions.move_action(action=made[0], user=organiser, up=False)
    assert order() == "cab"
    actions.move_action(action=made[2], user=organiser, up=True)
    assert order() == "cab"


def test_what_is_open_is_carried_over_once_and_the_promise_stays(action: Action, organiser: User) -> None:
    with pytest.raises(NotAllowed, match="current round"):
        actions.carry_over(action=action, user=organiser, due=NEW_DAY)
    later = builders.assessment(action.assessment.process)
    with pytest.raises(InvalidAnswer, match="not over"):
        actions.carry_over(action=action, user=organiser, due=timezone.localdate() - timedelta(days=2))
    carried = actions.carry_over(action=action, user=organiser, due=NEW_DAY)
    assert (carried.assessment, carried.carried_from, carried.text) == (later, action, "Ask")
    assert (carried.due, action.due) == (NEW_DAY, PLANNED["due"])
    assert actions.carry_over(action=action, user=organiser, due=NEW_DAY) == carried
    assert kinds(carried) == ["carried"]
    (then,), (now,) = actions_of(action.assessment), actions_of(later)
    assert (then.state, then.carried, then.carried_on) == ("open", False, True)
    assert (now.carried, now.carried_on) == (True, False)
    with pytest.raises(NotAllowed, match="carried over"):
        actions.finish_action(action=action, user=organiser, version=1, happened="Done", closed_on=DAY)
    with pytest.raises(NotAllowed):
        actions.delete_action(action=action, user=organiser)
    done = actions.add_action(assessment=action.assessment, user=organiser, fields=PLANNED)
    actions.drop_action(action=done, user=organiser, version=1, reason="No", closed_on=DAY)
    with pytest.raises(NotAllowed, match="open"):
        actions.carry_over(action=done, user=organiser, due=NEW_DAY)


def test_readers_outside_have_the_public_ones(round_one: Assessment, organiser: User) -> None:
    for public in (True, False):
        actions.add_action(
            assessment=round_one, user=organiser, fields={**PLANNED, "text": str(public), "is_public": public}
        )
    assert [part.text for part in actions_of(round_one)] == ["True", "False"]
    assert [part.text for part in actions_of(round_one, public_only=True)] == ["True"]


def test_a_new_day_can_be_late_anew(action: Action, organiser: User) -> None:
    LateNotice.objects.create(action=action, user=organiser, told_at=timezone.now())
    actions.edit_action(action=action, user=organiser, version=1, fields={**PLANNED, "owner": "Bo"})
    assert LateNotice.objects.exists()
    actions.edit_action(action=action, user=organiser, version=2, fields={**PLANNED, "due": date(2026, 2, 1)})
    assert not LateNotice.objects.exists()


def test_decision_is_written_changed_and_taken_away(round_one: Assessment, organiser: User) -> None:
    fields = {"body": "The board", "decided_on": DAY, "decision": "Agreed.", "comment": ""}
    save = {"assessment": round_one, "user": organiser}
    save_decision(**save, version=0, fields=fields)
    found = decision_of(round_one)
    assert found is not None
    assert (found.body, found.decided_on, found.decision) == ("The board", "2026-01-31", "Agreed.")
    with pytest.raises(Conflict):
        save_decision(**save, version=0, fields=fields)
    with pytest.raises(InvalidAnswer, match="future"):
        save_decision(**save, version=1, fields={**fields, "decided_on": timezone.localdate() + timedelta(days=2)})
    save_decision(**save, version=1, fields={**fields, "comment": "With thanks."})
    assert Decision.objects.get().entered_by_name == "Ada Lovelace"
    remove_decision(**save)
    assert decision_of(round_one) is None


def test_names_go_with_the_account_and_what_was_done_stays(action: Action, organiser: User) -> None:
    fields = {"body": "The board", "decided_on": DAY, "decision": "Agreed.", "comment": ""}
    save_decision(assessment=action.assessment, user=organiser, version=0, fields=fields)
    assert data_of(organiser)["assessments.ActionEvent"]
    assert data_of(organiser)["assessments.Decision"]
    builders.member(action.assessment.process, builders.user(), "organiser")
    erase(user=organiser, by=organiser)
    assert ActionEvent.objects.get().by_name == ""
    assert Decision.objects.get().entered_by_name == ""
