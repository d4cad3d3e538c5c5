"""Writes to actions: they are entered, changed, done, dropped, opened again, ordered and carried over to a later round.

Each change leaves an event that is never changed. What others may have read is dropped with a reason, not deleted.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.exceptions import Conflict, InvalidAnswer, NotAllowed
from assessments.models import Action, ActionEvent, Assessment, LateNotice
from assessments.retrying import retrying
from assessments.signals import process_event
from assessments.vocabulary import ActionChange, ActionState
from assessments.zones import today_in

if TYPE_CHECKING:
    from msgov.accounts.models import User

MAX_ACTIONS = 60
PLANNED = ("text", "owner", "due", "known_by", "is_public")
# What is said of an action: what happened so far is said of open ones only.
SAID = (*PLANNED, "happened")
# What is kept of the fields that closing fills.
FATE = ("state", "happened", "closed_on", "reason")
Fields = Mapping[str, Any]


@retrying
@transaction.atomic
def add_action(*, assessment: Assessment, user: "User", fields: Fields, item: str = "") -> Action:
    """Enter an action, on the step of an item or of one's own. Raises InvalidAnswer for one too many."""
    _locked(assessment)
    return _add(assessment, user, item, fields)


@retrying
@transaction.atomic
def take_steps(*, assessment: Assessment, user: "User", items: Sequence[str]) -> list[Action]:
    """Make the steps of items into actions, but for those that are among the actions already."""
    _locked(assessment)
    found = Action.objects.filter(assessment=assessment, item__in=items).exclude(state=ActionState.DROPPED)
    taken = set(found.values_list("item", flat=True))
    return [_add(assessment, user, item, {}) for item in dict.fromkeys(items) if item not in taken]


def _locked(assessment: Assessment) -> None:
    """Actions of one round are written one after the other: they have an order."""
    Assessment.objects.select_for_update().get(pk=assessment.pk)


def _add(assessment: Assessment, user: "User", item: str, fields: Fields, **more: Any) -> Action:
    rows = Action.objects.filter(assessment=assessment)
    if rows.count() >= MAX_ACTIONS:
        raise InvalidAnswer(_("A round takes at most %(limit)d actions.") % {"limit": MAX_ACTIONS})
    last = rows.aggregate(last=Max("position"))["last"]
    planned = {name: fields[name] for name in PLANNED if name in fields}
    _check(item, planned)
    action = Action(assessment=assessment, item=item, position=0 if last is None else last + 1, **planned, **more)
    if action.is_public and not assessment.is_draft:
        action.shown_at = timezone.now()
    action.save(force_insert=True)
    kind = ActionChange.CARRIED if action.carried_from_id else ActionChange.MADE
    _record(action, kind, user)
    return action


def _check(item: str, planned: Fields) -> None:
    if not item and not planned.get("text"):
        problem = _("Say what will be done.")
        raise InvalidAnswer(problem, {"text": problem})


@retrying
@transaction.atomic
def edit_action(*, action: Action, user: "User", version: int, fields: Fields) -> Action:
    """Change what is planned, and of an open action what `happened` so far, where `fields` says it.

    Raises Conflict, with what is stored, if somebody saved since the page was drawn.
    """
    row = _at_version(action, version)
    _check(row.item, fields)
    names = SAID if row.is_open and "happened" in fields else PLANNED
    before = {name: _plain(getattr(row, name)) for name in names if fields[name] != getattr(row, name)}
    if not before:
        return row  # a double click
    if "due" in before:
        LateNotice.objects.filter(action=row).delete()  # with a new day it can be late anew
    for name in before:
        setattr(row, name, fields[name])
    shown = before.pop("is_public", None)
    _store(row)
    if before:
        _record(row, ActionChange.CHANGED, user, before=before)
    if shown is not None:
        _record(row, ActionChange.PUBLISHED if row.is_public else ActionChange.HIDDEN, user)
    return row


@retrying
@transaction.atomic
def finish_action(*, action: Action, user: "User", version: int, happened: str, closed_on: date) -> Action:
    """Mark an action as done: what happened, and when. Said again of one that is done, it is put right."""
    if not happened:
        problem = _("Say what happened.")
        raise InvalidAnswer(problem, {"happened": problem})
    return _close(action, user, version, ActionState.DONE, closed_on, happened=happened)


@retrying
@transaction.atomic
def drop_action(*, action: Action, user: "User", version: int, reason: str, closed_on: date) -> Action:
    """Drop an action, with the reason. Said again of one that was dropped, it is put right."""
    if not reason:
        problem = _("Say why it is dropped.")
        raise InvalidAnswer(problem, {"reason": problem})
    return _close(action, user, version, ActionState.DROPPED, closed_on, reason=reason)


def _close(action: Action, user: "User", version: int, state: ActionState, day: date, **words: str) -> Action:
    row = _at_version(action, version)
    if Action.objects.filter(carried_from=row).exists():
        raise NotAllowed(_("This action was carried over to a later round. Say there what became of it."))
    if day > today_in(row.assessment.process.zone):
        problem = _("Choose a day that is not in the future.")
        raise InvalidAnswer(problem, {"closed_on": problem})
    before = {name: _plain(getattr(row, name)) for name in FATE} if row.happened or not row.is_open else {}
    row.state, row.closed_on = state, day
    row.happened, row.reason = words.get("happened", ""), words.get("reason", "")
    _store(row)
    kind = ActionChange.DONE if state == ActionState.DONE else ActionChange.DROPPED
    _record(row, kind, user, before=before, note=row.happened or row.reason)
    return row


@retrying
@transaction.atomic
def reopen_action(*, action: Action, user: "User") -> Action:
    """Open an action again that was done or dropped; what was said of it stays in its history."""
    row = _row(action)
    if row.is_open:
        return row  # a double click
    before = {name: _plain(getattr(row, name)) for name in FATE}
    row.state, row.happened, row.closed_on, row.reason = ActionState.OPEN, "", None, ""
    _store(row)
    _record(row, ActionChange.REOPENED, user, before=before)
    return row


@retrying
@transaction.atomic
def set_public(*, action: Action, user: "User", is_public: bool) -> Action:
    """Let everybody who may read the result read the action too, or the members alone."""
    row = _row(action)
    if row.is_public == is_public:
        return row
    row.is_public = is_public
    _store(row)
    _record(row, ActionChange.PUBLISHED if is_public else ActionChange.HIDDEN, user)
    return row


@retrying
@transaction.atomic
def move_action(*, action: Action, user: "User", up: bool) -> None:
    """Put an action before the one above it, or behind the one below it; at the end nothing happens."""
    _locked(action.assessment)
    rows = list(Action.objects.filter(assessment=action.assessment_id))
    at = next((place for place, row in enumerate(rows) if row.pk == action.pk), None)
    if at is None:
        return
    to = at - 1 if up else at + 1
    if not 0 <= to < len(rows):
        return
    rows[at], rows[to] = rows[to], rows[at]
    for place, row in enumerate(rows):
        row.position = place
    Action.objects.bulk_update(rows, ["position"])
    details = {"assessment": action.assessment.code}
    process_event.send(sender=move_action, action="action.moved", user=user, obj=action, details=details)


@retrying
@transaction.atomic
def delete_action(*, action: Action, user: "User") -> None:
    """Delete an action that was never shown, with its history. Raises NotAllowed for any other."""
    row = _row(action)
    if not row.never_shown or Action.objects.filter(carried_from=row).exists():
        raise NotAllowed(_("Others may have read of this action. Drop it, and say why."))
    details = {"assessment": row.assessment.code}
    process_event.send(sender=delete_action, action="action.deleted", user=user, obj=row, details=details)
    row.delete()


def round_to_carry_to(action: Action) -> Assessment:
    """Return the current round of the process of an open action, which it can be carried over to.

    Raises NotAllowed where it is not open, or in the current round already.
    """
    current = Assessment.objects.filter(process=action.assessment.process_id).order_by("-round")[0]
    if current.pk == action.assessment_id:
        raise NotAllowed(_("This action is in the current round already."))
    if not action.is_open:
        raise NotAllowed(_("Only an action that is open can be carried over."))
    return current


@retrying
@transaction.atomic
def carry_over(*, action: Action, user: "User", due: date | None) -> Action:
    """Carry an open action over to the current round, with a new day; the earlier one stays, and says so.

    Raises NotAllowed as `round_to_carry_to`, and InvalidAnswer for a day that is over. A second press changes nothing.
    """
    row = _row(action)
    there = Action.objects.filter(carried_from=row).first()
    if there is not None:
        return there
    current = round_to_carry_to(row)
    _locked(current)
    if due is not None and due < today_in(current.process.zone):
        problem = _("Choose a day that is not over.")
        raise InvalidAnswer(problem, {"due": problem})
    fields = {name: getattr(row, name) for name in PLANNED} | {"due": due}
    return _add(current, user, row.item, fields, carried_from=row)


def mark_as_shown(*assessments: Assessment) -> None:
    """Note that a paper with the actions of these rounds was asked for. One statement."""
    Action.objects.filter(assessment__in=assessments, shown_at=None).update(shown_at=timezone.now())


def _row(action: Action) -> Action:
    return Action.objects.select_for_update(of=("self",)).select_related("assessment__process").get(pk=action.pk)


def _at_version(action: Action, version: int) -> Action:
    row = _row(action)
    if row.version != version:
        raise Conflict(_("Somebody else changed this action while you were writing."), row)
    return row


def _store(row: Action) -> None:
    row.version += 1
    if row.is_public and row.shown_at is None and not row.assessment.is_draft:
        row.shown_at = timezone.now()
    row.save()


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _record(action: Action, kind: ActionChange, user: "User", **more: Any) -> None:
    ActionEvent.objects.create(action=action, kind=kind, by=user, by_name=user.get_short_name()[:150], **more)
    details = {"assessment": action.assessment.code}
    process_event.send(sender=_record, action=f"action.{kind.value}", user=user, obj=action, details=details)
