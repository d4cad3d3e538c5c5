"""What was promised on a result and what was decided on it, for pages and documents."""

from assessments.documents.actions import ActionPart, DecisionPart
from assessments.models import Action, Assessment, Decision


def actions_of(assessment: Assessment, *, public_only: bool = False) -> list[ActionPart]:
    """Return the actions promised on the result of a round, in their order. One query."""
    found = Action.objects.filter(assessment=assessment)
    return [action_part(action) for action in (found.public() if public_only else found)]


def action_part(action: Action) -> ActionPart:
    """Return an action as documents carry it."""
    return ActionPart(
        code=action.code,
        item=action.item,
        text=action.text,
        owner=action.owner,
        due=action.due.isoformat() if action.due else "",
        known_by=action.known_by,
        state=action.state,
        happened=action.happened,
        closed_on=action.closed_on.isoformat() if action.closed_on else "",
        reason=action.reason,
        is_public=action.is_public,
        carried=action.carried_from_id is not None,
    )


def decision_of(assessment: Assessment) -> DecisionPart | None:
    """Return what was decided on the result of a round; None where nothing was. One query."""
    found = Decision.objects.filter(assessment=assessment).first()
    return found and DecisionPart(
        body=found.body,
        decided_on=found.decided_on.isoformat(),
        decision=found.decision,
        comment=found.comment,
    )
