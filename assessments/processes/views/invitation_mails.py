"""Sending an invitation, and saying whether the mail went out."""

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.models import Invitation
from assessments.processes.services.invitations import send_invitation


def send_and_say(request: HttpRequest, invitation: Invitation, token: str) -> None:
    """Mail the link of an invitation, and say on the next page whether that worked. The invitation is kept anyway."""
    link = request.build_absolute_uri(reverse("assessments:invitation-link", args=[token]))
    if send_invitation(invitation=invitation, link=link):
        messages.success(request, _("An invitation has been sent to %(email)s.") % {"email": invitation.email})
    else:
        messages.error(
            request,
            _("The mail to %(email)s could not be sent. The invitation is kept: send it again later.")
            % {"email": invitation.email},
        )
