"""Invite somebody by mail to join the process and rate a round a second time."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from assessments.processes.forms.members import InviteRaterForm
from assessments.processes.services.invitations import invite
from assessments.processes.views.invitation_mails import send_and_say
from assessments.rating.access import asked_from
from assessments.rating.services.asking import ask_invited
from assessments.vocabulary import Role
from attributes.pages import form_page, refusals_lead_to, sent, taken

OVERVIEW = "assessments:second-rating"


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to(OVERVIEW, "code")
def second_rating_invite(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for the address; whoever accepts joins as a reader and is asked to rate."""
    place = asked_from(request, code)
    assessment = place.assessment
    form = InviteRaterForm(sent(request))

    def invited() -> HttpResponse:
        with transaction.atomic():
            invitation, token = invite(
                process=assessment.process, user=place.user, email=form.cleaned_data["email"], role=Role.REVIEWER
            )
            ask_invited(assessment=assessment, user=place.user, invitation=invitation)
        send_and_say(request, invitation, token)
        return redirect(OVERVIEW, code)

    return taken(form, invited, at="email") or form_page(
        request, "assessments/rating/invite.html", form, {"assessment": assessment}
    )
