"""What was decided on a result and is done about it, in an archive.

That an action was carried over stands in its history; which one it was is not in the archive of one round.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone

from assessments.archive.paths import Problem
from assessments.archive.schema import Archive
from assessments.archive.schema_acted import ActionEntry, BoardDecisionEntry
from assessments.models import Action, ActionEvent, Assessment, Decision
from assessments.zones import FURTHEST_AHEAD

# What the archive has of the rows; `events` beside it.
ACTION = ("item", "text", "owner", "due", "known_by", "state", "happened", "reason", "closed_on", "is_public")
EVENT = ("kind", "before", "note")


def action_entries(assessment: Assessment) -> list[ActionEntry]:
    """Return the actions of a round with their history. Two queries."""
    rows = Action.objects.filter(assessment=assessment).prefetch_related("events")
    return [ActionEntry.model_validate(_row(row, ACTION) | {"events": _events(row)}) for row in rows]


def _events(action: Action) -> list[dict[str, Any]]:
    return [_row(row, EVENT) | {"by": row.by_name, "at": row.at.astimezone(UTC)} for row in action.events.all()]


def _row(row: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def decision_entry(assessment: Assessment) -> BoardDecisionEntry | None:
    """Return what was decided on a round, or None. One query."""
    row = Decision.objects.filter(assessment=assessment).first()
    if row is None:
        return None
    return BoardDecisionEntry(
        body=row.body,
        decided_on=row.decided_on,
        decision=row.decision,
        comment=row.comment,
        entered_by=row.entered_by_name,
        entered_at=row.entered_at.astimezone(UTC),
    )


def store_actions(entries: Sequence[ActionEntry], assessment: Assessment) -> None:
    """Store actions with their history. Others have read them in the file: none of them is deleted any more."""
    now = timezone.now()
    for position, entry in enumerate(entries):
        fields = entry.model_dump(exclude={"events"})
        action = Action.objects.create(assessment=assessment, position=position, shown_at=now, **fields)
        ActionEvent.objects.bulk_create(
            ActionEvent(
                action=action, kind=event.kind, before=event.before, note=event.note, by_name=event.by, at=event.at
            )
            for event in entry.events
        )


def store_decision(entry: BoardDecisionEntry, assessment: Assessment) -> None:
    """Store what was decided."""
    fields = entry.model_dump(exclude={"entered_by"})
    Decision.objects.create(assessment=assessment, entered_by_name=entry.entered_by, **fields)


def acted_problems(archive: Archive, latest: datetime) -> Iterator[Problem]:
    """Return what cannot be true of actions and decisions: days to come, a history that is not in the order of time."""
    board = archive.assessment.board
    if board is None:
        return
    last_day = latest.astimezone(FURTHEST_AHEAD).date()
    where = "$.assessment.board"
    if board.decided is not None and board.decided.decided_on > last_day:
        yield f"{where}.decided.decided_on: is later than now"
    for index, action in enumerate(board.actions):
        path = f"{where}.actions[{index}]"
        if not action.item and not action.text:
            yield f"{path}.text: neither says what will be done nor names an item"
        if action.closed_on is not None and action.closed_on > last_day:
            yield f"{path}.closed_on: is later than now"
        moments = [event.at for event in action.events]
        if moments != sorted(moments):
            yield f"{path}.events: are not in the order of time"
