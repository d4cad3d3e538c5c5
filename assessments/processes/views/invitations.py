"""The invited person's side. The link only leads to a page; nothing starts before a button is pressed there."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.exceptions import NotAllowed
from assessments.models import Invitation
from assessments.permissions import role_in, signed_in
from assessments.processes.forms.members import AcceptForm
from assessments.processes.services.invitations import accept_invitation, is_addressed_to
from assessments.vocabulary import InvitationState
from attributes.codes import token_hash
from attributes.pages import form_page

SESSION_KEY = "invitation"


@login_not_required
@never_cache
@require_safe
def invitation_link(request: HttpRequest, token: str) -> HttpResponse:
    """Take the token out of the address at once: it would stay in histories and logs. The session keeps the hash."""
    hashed = token_hash(token)
    if not Invitation.objects.filter(token_hash=hashed).exists():
        raise Http404
    request.session[SESSION_KEY] = hashed
    response = redirect("assessments:invitation-accept")
    response["X-Robots-Tag"] = "noindex"
    return response


@require_POST
def invitation_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Open an invitation to the address of one's own account, without the mail."""
    invitation = get_object_or_404(Invitation.objects.open().filter(email__iexact=signed_in(request).email), pk=pk)
    request.session[SESSION_KEY] = invitation.token_hash
    return redirect("assessments:invitation-accept")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_accept(request: HttpRequest) -> HttpResponse:
    """Show the invitation that was opened; POST accepts it."""
    invitation = (
        Invitation.objects.filter(token_hash=request.session.get(SESSION_KEY, ""))
        .select_related("process", "invited_by")
        .first()
    )
    if invitation is None:
        return render(request, "assessments/processes/invitation_none.html", status=404)
    if invitation.state != InvitationState.PENDING:
        return _gone(request, invitation)
    if request.method == "POST":
        return _accept(request, invitation)
    return _show(request, invitation, AcceptForm())


def _show(request: HttpRequest, invitation: Invitation, form: AcceptForm) -> HttpResponse:
    user = request.user
    context = {
        "invitation": invitation,
        "process": invitation.process,
        "other_address": user.is_authenticated and not is_addressed_to(invitation, user),
        "role_now": role_in(invitation.process, user),
    }
    return form_page(request, "assessments/processes/invitation_accept.html", form, context)


def _gone(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    newer = Invitation.objects.open().filter(process=invitation.process_id, email__iexact=invitation.email)
    context = {
        "invitation": invitation,
        "process": invitation.process,
        "state": invitation.state,
        "is_replaced": invitation.state == InvitationState.REVOKED and newer.exists(),
        "is_member": role_in(invitation.process, request.user) is not None,
    }
    return render(request, "assessments/processes/invitation_gone.html", context, status=410)


def _accept(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    user = signed_in(request)
    confirmed = is_addressed_to(invitation, user)
    form = AcceptForm(request.POST)
    if not confirmed and not form.is_valid():
        return _show(request, invitation, form)
    try:
        accept_invitation(invitation=invitation, user=user, other_address=not confirmed)
    except NotAllowed:
        # Withdrawn or used in this very moment: say which.
        invitation.refresh_from_db()
        return _gone(request, invitation)
    del request.session[SESSION_KEY]
    messages.success(request, _("Welcome to “%(name)s”.") % {"name": invitation.process.name})
    return redirect("assessments:process-detail", invitation.process.code)
