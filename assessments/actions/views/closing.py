"""What becomes of an action: done, dropped with a reason, or open again."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assessments.actions.forms import DoneForm, DropForm
from assessments.actions.reading import name_of
from assessments.actions.services import actions
from assessments.actions.views.found import action_to_write
from assessments.locked_forms import LockedForm, taken_or_asked_again
from assessments.models import Action
from assessments.permissions import signed_in
from assessments.vocabulary import ActionState
from assessments.zones import today_in
from attributes.pages import form_page, refusals_lead_to, sent


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("assessments:actions", "code")
def action_done(request: HttpRequest, code: str, action: str) -> HttpResponse:
    """Mark an action as done: what happened, and when."""
    found = action_to_write(request, code, action)
    form = DoneForm(sent(request), initial=_initial(found, ActionState.DONE))
    return _closed(request, found, form, actions.finish_action, "happened", _("The action is done."))


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("assessments:actions", "code")
def action_drop(request: HttpRequest, code: str, action: str) -> HttpResponse:
    """Drop an action, with the reason."""
    found = action_to_write(request, code, action)
    form = DropForm(sent(request), initial=_initial(found, ActionState.DROPPED))
    return _closed(request, found, form, actions.drop_action, "reason", _("The action has been dropped."))


def _initial(action: Action, state: ActionState) -> dict[str, Any]:
    """What was said of it before, where it is in that state already; today, where it is not."""
    today = today_in(action.assessment.process.zone)
    words = {"happened": action.happened, "reason": action.reason}
    day = action.closed_on if action.state == state else today
    return {**words, "closed_on": day, "version": action.version}


def _closed(
    request: HttpRequest,
    action: Action,
    form: LockedForm,
    close: Callable[..., Action],
    words: str,
    said: str,
) -> HttpResponse:
    """Close an action as the form says, or show the form."""
    code = action.assessment.code

    def save() -> HttpResponse:
        close(action=action, user=signed_in(request), **form.cleaned_data)
        messages.success(request, said)
        return redirect(f"{reverse('assessments:actions', args=[code])}#{action.code}")

    context = {
        "assessment": action.assessment,
        "process": action.assessment.process,
        "action": action,
        "name": name_of(action),
        "is_drop": words == "reason",
    }
    return taken_or_asked_again(form, save) or form_page(request, "assessments/actions/close.html", form, context)


@require_POST
@refusals_lead_to("assessments:actions", "code")
def action_reopen(request: HttpRequest, code: str, action: str) -> HttpResponse:
    """Open an action again that was done or dropped."""
    found = action_to_write(request, code, action)
    actions.reopen_action(action=found, user=signed_in(request))
    messages.success(request, _("The action is open again. What was said of it stands in its history."))
    return redirect(f"{reverse('assessments:actions', args=[code])}#{found.code}")
