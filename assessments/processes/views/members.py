"""Who belongs to a process: list, invite, change roles, remove, leave."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assessments.exceptions import InvalidAnswer, NotAllowed
from assessments.models import Assessment, Invitation, Membership, PastRole, Process
from assessments.permissions import Right, process_for, rights_in, signed_in
from assessments.processes.forms.members import InviteMemberForm, RoleForm
from assessments.processes.services.invitations import invite, invite_several, revoke_invitation
from assessments.processes.services.members import change_role, remove_member
from assessments.processes.views.invitation_mails import send_and_say
from assessments.reviewing.services.inviting import invite_reviewer_by_mail
from assessments.vocabulary import Role
from attributes.pages import form_page, refusals_lead_to, sent, taken


@require_http_methods(["GET", "HEAD", "POST"])
def process_members(request: HttpRequest, code: str) -> HttpResponse:
    """The members and open invitations; POST invites somebody."""
    process = process_for(request, code, Right.VIEW_MEMBERS)
    may_manage = Right.MANAGE_MEMBERS in rights_in(process, request.user)
    if request.method == "POST" and not may_manage:
        raise PermissionDenied
    to_review = _to_review(process, request.GET.get("review", "")) if may_manage else None
    form = InviteMemberForm(sent(request), initial={"role": Role.REVIEWER} if to_review else None)

    def invited() -> HttpResponse:
        lines, role = form.cleaned_data["emails"], form.cleaned_data["role"]
        people = invite_several(process=process, user=signed_in(request), lines=lines, role=role)
        for invitation, token in people.invited:
            send_and_say(request, invitation, token)
        if to_review is not None and people.invited:
            _ask_to_review(request, to_review, people.invited[0][0])
        if people.problems:
            # Those who could be invited are; the others stay in the form, to be put right.
            form.data = {**request.POST.dict(), "emails": "\n".join(people.left)}
            raise InvalidAnswer(people.problems[0], {"emails": "\n".join(people.problems)})
        return redirect("assessments:process-members", process.code)

    if done := taken(form, invited):
        return done
    members = Membership.objects.filter(process=process).select_related("user").order_by("pk")
    context = {
        "process": process,
        "members": members,
        "may_manage": may_manage,
        "past_roles": PastRole.objects.filter(process=process).select_related("user"),
        "roles": Role.choices,
        "invitations": process.invitations.open() if may_manage else (),
        "is_member": any(member.user_id == request.user.pk for member in members),
        "to_review": to_review,
    }
    return form_page(request, "assessments/processes/members.html", form, context)


def _to_review(process: Process, code: str) -> Assessment | None:
    """The assessment that whoever is invited is to review, None where it is no assessment of the process."""
    return Assessment.objects.filter(process=process, code=code).first() if code else None


def _ask_to_review(request: HttpRequest, assessment: Assessment, invitation: Invitation) -> None:
    try:
        invite_reviewer_by_mail(assessment=assessment, user=signed_in(request), invitation=invitation)
    except NotAllowed as refused:
        messages.error(request, refused.message)
    else:
        text = _("Whoever accepts the invitation to %(email)s is asked to review the assessment.")
        messages.success(request, text % {"email": invitation.email})


@require_POST
@refusals_lead_to("assessments:process-members", "code")
def member_role(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Give a member another role."""
    process = process_for(request, code, Right.MANAGE_MEMBERS)
    membership = get_object_or_404(Membership.objects.select_related("user", "process"), process=process, pk=pk)
    form = RoleForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose one of the roles in the list."))
        return redirect("assessments:process-members", process.code)
    change_role(membership=membership, role=form.cleaned_data["role"], user=signed_in(request))
    messages.success(
        request,
        _("%(member)s: the role is now %(role)s.") % {"member": membership.user, "role": membership.get_role_display()},
    )
    return redirect("assessments:process-members", process.code)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("assessments:process-members", "code")
def member_remove(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Remove a member, after asking."""
    process = process_for(request, code, Right.MANAGE_MEMBERS)
    membership = get_object_or_404(Membership.objects.select_related("user", "process"), process=process, pk=pk)
    return _ask_and_remove(request, membership)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("assessments:process-members", "code")
def process_leave(request: HttpRequest, code: str) -> HttpResponse:
    """Leave a process, after asking."""
    process = process_for(request, code, Right.VIEW_PROCESS)
    own = Membership.objects.select_related("user", "process").filter(process=process, user=signed_in(request))
    membership = own.first()
    if membership is None:
        raise PermissionDenied
    return _ask_and_remove(request, membership)


def _ask_and_remove(request: HttpRequest, membership: Membership) -> HttpResponse:
    process = membership.process
    is_own = membership.user_id == request.user.pk
    if request.method != "POST":
        context = {"process": process, "membership": membership, "is_own": is_own}
        return render(request, "assessments/processes/member_remove.html", context)
    remove_member(membership=membership, user=signed_in(request))
    if is_own:
        messages.success(request, _("You have left “%(name)s”.") % {"name": process.name})
        return redirect("home")
    messages.success(request, _("%(member)s has been removed.") % {"member": membership.user})
    return redirect("assessments:process-members", process.code)


@require_POST
@refusals_lead_to("assessments:process-members", "code")
def invitation_resend(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Send a new link in place of the old one, which stops working."""
    process = process_for(request, code, Right.MANAGE_MEMBERS)
    old = get_object_or_404(Invitation.objects.open(), process=process, pk=pk)
    new, token = invite(process=process, user=signed_in(request), email=old.email, role=old.role)
    send_and_say(request, new, token)
    return redirect("assessments:process-members", process.code)


@require_POST
@refusals_lead_to("assessments:process-members", "code")
def invitation_revoke(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Withdraw an invitation."""
    process = process_for(request, code, Right.MANAGE_MEMBERS)
    invitation = get_object_or_404(Invitation, process=process, pk=pk)
    revoke_invitation(invitation=invitation, user=signed_in(request))
    text = _("The invitation to %(email)s has been withdrawn.")
    messages.success(request, text % {"email": invitation.email})
    return redirect("assessments:process-members", process.code)
