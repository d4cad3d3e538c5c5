"""Throw a draft away."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.permissions import Right, assessment_for, signed_in
from assessments.rounds.forms import DiscardForm
from assessments.rounds.services.discarding import discard_draft, discard_losses, why_not_discarded
from attributes.pages import form_page, sent, taken


@require_http_methods(["GET", "HEAD", "POST"])
def assessment_discard(request: HttpRequest, code: str) -> HttpResponse:
    """Say what would be lost, and throw the draft away."""
    assessment = assessment_for(request, code, Right.DISCARD)
    process = assessment.process
    if why_not := why_not_discarded(assessment):
        messages.error(request, why_not)
        return redirect("assessments:process-detail", process.code)
    losses = discard_losses(assessment)
    form = DiscardForm(sent(request), is_empty=not any(losses.values()))

    def discard() -> HttpResponse:
        discard_draft(assessment=assessment, user=signed_in(request))
        messages.success(
            request,
            _("The draft of round %(round)s has been thrown away. You can start again.") % {"round": assessment.round},
        )
        return redirect("assessments:process-detail", process.code)

    if done := taken(form, discard):
        return done
    return form_page(request, "assessments/rounds/discard.html", form, {"assessment": assessment, "losses": losses})
