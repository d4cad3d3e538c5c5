"""Invite somebody by mail to join the process and rate a round a second time."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.exceptions import NotAllowed
from assessments.processes.forms.members import InviteRaterForm
from assessments.processes.services.invitations import invite, send_invitation
from assessments.rating.access import managed_for
from assessments.rating.candidates import why_no_rating
from assessments.rating.services.asking import ask_invited
from assessments.vocabulary import Role
from attributes.pages import form_page, refusals_lead_to, sent, taken

OVERVIEW = "assessments:second-rating"


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to(OVERVIEW, "code")
def second_rating_invite(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for the address; whoever accepts joins as a reader and is asked to rate."""
    place = managed_for(request, code)
    assessment = place.assessment
    if not assessment.is_draft:
        raise NotAllowed(_("This round has been submitted: its result can be read, so that nobody can rate it blind."))
    if reason := why_no_rating(assessment):
        raise NotAllowed(reason)
    form = InviteRaterForm(sent(request))

    def invited() -> HttpResponse:
        with transaction.atomic():
            invitation, token = invite(
                process=assessment.process, user=place.user, email=form.cleaned_data["email"], role=Role.REVIEWER
            )
            ask_invited(assessment=assessment, user=place.user, invitation=invitation)
        link = request.build_absolute_uri(reverse("assessments:invitation-link", args=[token]))
        if send_invitation(invitation=invitation, link=link):
            messages.success(request, _("An invitation has been sent to %(email)s.") % {"email": invitation.email})
        else:
            messages.error(
                request,
                _("The mail to %(email)s could not be sent. The invitation is kept: send it again later.")
                % {"email": invitation.email},
            )
        return redirect(OVERVIEW, code)

    return taken(form, invited, at="email") or form_page(
        request, "assessments/rating/invite.html", form, {"assessment": assessment}
    )
