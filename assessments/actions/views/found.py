"""What the pages on one action share: finding it."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from assessments.models import Action, Assessment
from assessments.permissions import Right, assessment_for


def assessment_to_write(request: HttpRequest, code: str) -> Assessment:
    """Return the assessment for whoever may write its actions, or answer 404 or 403."""
    return assessment_for(request, code, Right.EDIT_ACTIONS)


def action_to_write(request: HttpRequest, code: str, action: str) -> Action:
    """Return an action of an assessment for whoever may write it, or answer 404 or 403."""
    assessment = assessment_to_write(request, code)
    found = get_object_or_404(
        Action.objects.select_related("carried_to__assessment"), assessment=assessment, code=action
    )
    found.assessment = assessment
    return found
