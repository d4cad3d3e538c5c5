"""Template tags of actions: what was changed in words, and what readers of a result are shown of its actions."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import template
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.actions.reading import DatedAction, done_about, name_of_part, standing
from assessments.documents.actions import DecisionPart
from assessments.models import ActionEvent, Assessment
from assessments.permissions import Right
from assessments.vocabulary import ActionChange
from assessments.zones import today_in
from attributes.catalogue.published import catalogue_of

register = template.Library()

# A line each in the history; the state is said by the event itself.
FIELDS = {
    "text": gettext_lazy("Before, what will be done: %(value)s"),
    "owner": gettext_lazy("Before, owner: %(value)s"),
    "due": gettext_lazy("Before, by: %(value)s"),
    "known_by": gettext_lazy("Before, how one will know: %(value)s"),
    "happened": gettext_lazy("Before, what happened: %(value)s"),
    "closed_on": gettext_lazy("Before, day: %(value)s"),
    "reason": gettext_lazy("Before, why it was dropped: %(value)s"),
}
DAYS = frozenset({"due", "closed_on"})


@register.filter
def before_lines(event: ActionEvent) -> list[str]:
    """What stood in each field before it was changed, a line each."""
    return [
        words % {"value": _said(name, event.before[name])}
        for name, words in FIELDS.items()
        if event.before.get(name) or (name in event.before and event.kind == ActionChange.CHANGED)
    ]


def _said(name: str, value: Any) -> str:
    if not value:
        return _("nothing")
    day = parse_date(str(value)) if name in DAYS else None
    return date_format(day, "DATE_FORMAT") if day else str(value)


@dataclass(frozen=True)
class ActedLine(DatedAction):
    """An action as readers of a result see it, with its name."""

    name: str
    standing: str


@dataclass(frozen=True)
class ActedOn:
    """What was decided on a result and is done about it, as far as the reader may have it."""

    decision: DecisionPart | None
    decided_on: date | None
    lines: list[ActedLine]


@register.simple_tag
def acted_on(assessment: Assessment, rights: Collection[Right]) -> ActedOn:
    """What was decided on a result and is done about it. Who is no member has the public actions. One query or two."""
    decision, parts = done_about(assessment, public_only=Right.VIEW_ACTIONS not in rights)
    items = catalogue_of(assessment.question_set).items if parts else {}
    today = today_in(assessment.process.zone).isoformat()
    lines = [ActedLine(part, name_of_part(part, items), standing(part, today)) for part in parts]
    return ActedOn(decision, parse_date(decision.decided_on) if decision else None, lines)
