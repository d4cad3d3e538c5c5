"""What was promised on a result and what was decided on it, for pages and documents; and what waits for a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Protocol

from django.db.models import Exists, OuterRef
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from assessments.documents.actions import ActionPart, DecisionPart
from assessments.models import Action, Assessment, Decision
from assessments.vocabulary import ActionState
from assessments.zones import FURTHEST_AHEAD, today_in
from attributes.catalogue.published import catalogue_of
from attributes.texts import TextMap, localise

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from msgov.accounts.models import User


class ShortNamed(Protocol):
    """Something with a short name in several languages: an item."""

    @property
    def short(self) -> TextMap:
        """The name."""


SOON = timedelta(days=14)


def actions_of(assessment: Assessment, *, public_only: bool = False) -> list[ActionPart]:
    """Return the actions promised on the result of a round, in their order. One query."""
    found = Action.objects.filter(assessment=assessment).as_told()
    return [action_part(action) for action in (found.public() if public_only else found)]


def with_told(assessments: "QuerySet[Assessment]") -> "QuerySet[Assessment]":
    """Assessments with what was decided on their results, and whether any action was promised on them."""
    promised = Action.objects.filter(assessment=OuterRef("pk"))
    return assessments.select_related("decided").annotate(has_actions=Exists(promised))


def told_of(row: Assessment, *, public_only: bool = False) -> tuple[DecisionPart | None, list[ActionPart]]:
    """Return what was decided on the result of a round, read `with_told`, and the actions promised on it.

    One query where there are actions.
    """
    decided = decision_part(row.decided) if hasattr(row, "decided") else None
    has_actions: bool = row.has_actions  # type: ignore[attr-defined]
    return decided, actions_of(row, public_only=public_only) if has_actions else []


def done_about(assessment: Assessment, *, public_only: bool = False) -> tuple[DecisionPart | None, list[ActionPart]]:
    """Return the same of any round. One query where there are actions, and one more unless the page of a result read
    the assessment with what stands beside it.
    """
    is_read = hasattr(assessment, "has_actions")
    row = assessment if is_read else with_told(Assessment.objects.only("decided")).get(pk=assessment.pk)
    return told_of(row, public_only=public_only)


def action_part(action: Action) -> ActionPart:
    """Return an action, read with `as_told`, as documents carry it."""
    return ActionPart.model_validate(
        {
            "code": action.code,
            "item": action.item,
            "text": action.text,
            "owner": action.owner,
            "due": action.due.isoformat() if action.due else "",
            "known_by": action.known_by,
            "state": action.state,
            "happened": action.happened,
            "closed_on": action.closed_on.isoformat() if action.closed_on else "",
            "reason": action.reason,
            "is_public": action.is_public,
            "carried": action.carried_from_id is not None,
            "carried_on": action.is_carried_on,  # type: ignore[attr-defined]
        }
    )


def name_of_part(part: ActionPart, items: Mapping[str, ShortNamed]) -> str:
    """Return what an action is called: its words, or the name of its item, of a catalogue or of a result."""
    return part.text or (localise(items[part.item].short) if part.item in items else part.item)


def standing_kind(part: ActionPart, today: str) -> str:
    """Return how an action stands on an ISO day: "done", "dropped", "open", and of those that are open what is more.

    "carried" where it was carried over to a later round, else "late" where its day is over.
    """
    if part.state != "open":
        return part.state
    if part.carried_on:
        return "carried"
    return "late" if part.due and part.due < today else "open"


def standing(part: ActionPart, today: str) -> str:
    """Return in a word or two how an action stands on an ISO day: late and carried over are said beside the states."""
    kind = standing_kind(part, today)
    beside = {"carried": _("Carried over"), "late": _("Late")}
    return beside[kind] if kind in beside else str(ActionState(kind).label)


@dataclass(frozen=True)
class DatedAction:
    """An action whose days a page writes in its own way."""

    part: ActionPart

    @property
    def due(self) -> date | None:
        """The day it is due."""
        return parse_date(self.part.due)

    @property
    def closed_on(self) -> date | None:
        """The day on which it was done or dropped."""
        return parse_date(self.part.closed_on)


def decision_of(assessment: Assessment) -> DecisionPart | None:
    """Return what was decided on the result of a round; None where nothing was. One query."""
    found = Decision.objects.filter(assessment=assessment).first()
    return decision_part(found) if found else None


def decision_part(found: Decision) -> DecisionPart:
    """Return what was decided as documents carry it."""
    return DecisionPart(
        body=found.body,
        decided_on=found.decided_on.isoformat(),
        decision=found.decision,
        comment=found.comment,
    )


def name_of(action: Action) -> str:
    """Return what an action is called: its words, or the name of the item whose step it takes.

    Its question set has to be read along; the catalogue is in memory.
    """
    if action.text:
        return action.text
    found = catalogue_of(action.assessment.question_set).items.get(action.item)
    return localise(found.short) if found else action.item


@dataclass(frozen=True)
class WaitingAction:
    """An open action whose day is over, or near. `today` is that of its process."""

    action: Action
    name: str
    today: date

    @property
    def is_late(self) -> bool:
        """Whether its day is over where the process is."""
        return self.action.is_late(self.today)


def waiting_for(user: "User") -> list[WaitingAction]:
    """Return the late and soon due actions that somebody may read as a member, the latest first. One query.

    Those that were carried over wait in the later round only. Each comes with its assessment and process.
    """
    reach = today_in(FURTHEST_AHEAD) + SOON
    found = Action.objects.going_on().readable_by(user).filter(due__lte=reach).with_names().order_by("due", "pk")
    waiting = [WaitingAction(row, name_of(row), today_in(row.assessment.process.zone)) for row in found]
    return [one for one in waiting if one.action.due is not None and one.action.due <= one.today + SOON]
