"""The first steps of a result, with what was promised on them: by whom, until when, and how one will know."""

import datetime
from dataclasses import dataclass, replace

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.documents.actions import ActionPart
from assessments.documents.result import ResultDocument
from assessments.documents.steps import StepPart, StepsPart
from assessments.documents.values import Text
from attributes.texts import localise

ROWS = 5
SHOWN = 3  # strengths, concerns, and steps for which nothing need be planned
STEP_HEADINGS: dict[str, Promise] = {
    "find_out": gettext_lazy("Find out"),
    "show_it": gettext_lazy("Show it"),
    "improve_it": gettext_lazy("Improve it"),
}


@dataclass(frozen=True)
class PlannedStep:
    """A row of the table of steps. `owner`, `due` and `known_by` are "" where nobody was named, no day, and no sign.

    `short` is the name of its item where `text` says that and nothing more was planned, to be marked up as such.
    """

    item: str
    text: str
    short: Text
    kind: str
    owner: str
    due: str
    known_by: str


def planned_steps(
    steps: StepsPart, actions: list[ActionPart], document: ResultDocument, limit: int = ROWS
) -> list[PlannedStep]:
    """Return the first steps with what was promised on them, then what else was promised. Not what was dropped."""
    kept = [action for action in actions if action.state != "dropped"]
    by_item = {action.item: action for action in kept if action.item}
    kinds = {step.item: step for step in steps.steps}
    first = steps.head[:SHOWN]
    rows = [_planned(step, by_item.get(step.item)) for step in first]
    done = {step.item for step in first}
    items = document.items()
    rows += [
        PlannedStep(
            item=action.item,
            text=action.text or (localise(items[action.item].short) if action.item in items else ""),
            short=items[action.item].short if action.item in items and not action.text else {},
            kind=str(STEP_HEADINGS[kinds[action.item].kind]) if action.item in kinds else "",
            owner=action.owner,
            due=when(action),
            known_by=action.known_by,
        )
        for action in kept
        if action.item not in done
    ]
    return rows[:limit]


def with_room(rows: list[PlannedStep], left: int) -> list[PlannedStep]:
    """The rows, with how one will know as long as letters are left: two pages have to hold."""
    found = []
    for row in rows:
        left -= len(row.known_by)
        found.append(row if left >= 0 else replace(row, known_by=""))
    return found


def _planned(step: StepPart, action: ActionPart | None) -> PlannedStep:
    return PlannedStep(
        item=step.item,
        text=action.text if action and action.text else localise(step.short),
        short={} if action and action.text else step.short,
        kind=str(STEP_HEADINGS[step.kind]),
        owner=action.owner if action else "",
        due=when(action) if action else "",
        known_by=action.known_by if action else "",
    )


def when(action: ActionPart) -> str:
    """By when an action is to be done, or when it was."""
    if action.state == "done":
        return _("done, %(day)s") % {"day": day_in_words(action.closed_on)}
    return day_in_words(action.due)


def day_in_words(iso: str) -> str:
    """A day as it is written on paper; "" where there is none."""
    return date_format(datetime.date.fromisoformat(iso), "SHORT_DATE_FORMAT") if iso else ""
