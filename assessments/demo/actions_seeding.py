"""What was decided on the results of the invented process, and what became of what was promised."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from assessments.actions.services import actions
from assessments.actions.services.decisions import save_decision
from assessments.demo.earlier_seeding import days_ago
from assessments.demo.spec import ActionSpec, DecisionSpec, RoundSpec
from assessments.models import Action, ActionEvent, Assessment, Decision
from assessments.vocabulary import ActionChange

if TYPE_CHECKING:
    from msgov.accounts.models import User


def seed_actions(*, spec: RoundSpec, assessment: Assessment, organiser: "User") -> None:
    """Write down what was decided on a round and what was promised, on the days on which that was."""
    if spec.decided:
        _decide(spec.decided, assessment, organiser)
    for entry in spec.actions:
        action = _promise(entry, assessment, organiser)
        made = days_ago(entry.made_days_ago)
        ActionEvent.objects.filter(action=action).update(at=made)
        Action.objects.filter(pk=action.pk, is_public=True).update(shown_at=made)
        if entry.so_far:
            _tell_so_far(entry, action, organiser)
        if entry.closed_days_ago is not None:
            _close(entry, action, organiser, entry.closed_days_ago)


def _decide(spec: DecisionSpec, assessment: Assessment, organiser: "User") -> None:
    moment = days_ago(spec.days_ago)
    fields = {**spec.model_dump(include={"body", "decision", "comment"}), "decided_on": moment.date()}
    save_decision(assessment=assessment, user=organiser, version=0, fields=fields)
    Decision.objects.filter(assessment=assessment).update(entered_at=moment)


def _promise(spec: ActionSpec, assessment: Assessment, organiser: "User") -> Action:
    due = timezone.localdate() + timedelta(days=spec.due_in) if spec.due_in is not None else None
    if spec.carried:
        before = Action.objects.get(
            assessment__process=assessment.process_id, assessment__round=assessment.round - 1, item=spec.item
        )
        return actions.carry_over(action=before, user=organiser, due=due)
    fields = {
        "text": spec.text,
        "owner": spec.owner,
        "due": due,
        "known_by": spec.known_by,
        "is_public": spec.public,
    }
    return actions.add_action(assessment=assessment, user=organiser, fields=fields, item=spec.item)


def _tell_so_far(spec: ActionSpec, action: Action, organiser: "User") -> None:
    fields = {name: getattr(action, name) for name in actions.PLANNED}
    version = action.version
    actions.edit_action(action=action, user=organiser, version=version, fields={**fields, "happened": spec.so_far})
    ActionEvent.objects.filter(action=action, kind=ActionChange.CHANGED).update(at=days_ago(spec.so_far_days_ago))


def _close(spec: ActionSpec, action: Action, organiser: "User", days: int) -> None:
    moment = days_ago(days)
    how: dict[str, Any] = {"action": action, "user": organiser, "version": action.version, "closed_on": moment.date()}
    if spec.done:
        actions.finish_action(**how, happened=spec.done)
    else:
        actions.drop_action(**how, reason=spec.dropped)
    newest = ActionEvent.objects.filter(action=action).order_by("-pk")[0]
    ActionEvent.objects.filter(pk=newest.pk).update(at=moment)
