"""What the pages on one action share: finding it, and asking again where somebody else was faster."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from assessments.exceptions import Conflict
from assessments.models import Action, Assessment
from assessments.permissions import Right, assessment_for

if TYPE_CHECKING:
    from django import forms


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


def ask_again(form: "forms.Form", conflict: Conflict) -> None:
    """Keep what was typed, and let it be saved over what somebody else wrote once that was said."""
    data: dict[str, Any] = dict(form.data.items())
    data["version"] = str(conflict.current.version)
    form.data = data
    text = _("%(what)s What you typed stands below. If you save again, it replaces what they wrote.")
    form.add_error(NON_FIELD_ERRORS, text % {"what": conflict.message})
