"""Invitations by e-mail: a random link of which only the hash is stored, for one role in one process."""

from dataclasses import dataclass
from datetime import timedelta
from email.utils import formataddr
from smtplib import SMTPException
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.address_lists import read_addresses
from assessments.exceptions import NotAllowed
from assessments.mail_limits import queue_mails
from assessments.mail_texts import sender_of
from assessments.models import Invitation, Membership, Process
from assessments.processes.services.members import admit
from assessments.rating.services.asking import rater_joined
from assessments.reviewing.services.inviting import invitation_accepted, invitation_replaced
from assessments.signals import process_event
from assessments.vocabulary import InvitationState
from assessments.zones import end_of, today_in
from attributes.codes import new_token, token_hash

if TYPE_CHECKING:
    from msgov.accounts.models import User

VALID_DAYS = 14
# So that nobody sends advertising through this site: rows of the last 24 hours are counted.
MAX_PER_PROCESS = 50
MAX_PER_PERSON = 100
MAX_AT_ONCE = 20  # each mail is sent while the page waits


@transaction.atomic
def invite(*, process: Process, user: "User", email: str, role: str) -> tuple[Invitation, str]:
    """Store an invitation and return it with its token, which exists nowhere else. Sends nothing.

    An open invitation of the same address to the same process is replaced. Raises NotAllowed for a member,
    and after MAX_PER_PROCESS or MAX_PER_PERSON invitations within a day.
    """
    Process.objects.select_for_update().get(pk=process.pk)
    email = email.strip().lower()
    if Membership.objects.filter(process=process, user__email__iexact=email).exists():
        raise NotAllowed(_("%(email)s is a member already. Change the role in the list.") % {"email": email})
    _refuse_too_many(process, user)
    queue_mails(user, 1)
    token = new_token()
    now = timezone.now()
    replaced = list(Invitation.objects.open().filter(process=process, email__iexact=email))
    Invitation.objects.filter(pk__in=[old.pk for old in replaced]).update(revoked_at=now)
    invitation = Invitation.objects.create(
        process=process,
        email=email,
        role=role,
        token_hash=token_hash(token),
        invited_by=user,
        expires_at=end_of(today_in(process.zone) + timedelta(days=VALID_DAYS), process.zone),
    )
    for old in replaced:
        invitation_replaced(old=old, new=invitation)
    process_event.send(
        sender=invite,
        action="member.invited",
        user=user,
        obj=process,
        details={"invitation": invitation.pk, "role": str(role)},
    )
    return invitation, token


@dataclass(frozen=True)
class InvitedPeople:
    """What became of a list: those invited with their tokens; the lines that could not be, and why, in order."""

    invited: list[tuple[Invitation, str]]
    left: list[str]
    problems: list[str]


@transaction.atomic
def invite_several(*, process: Process, user: "User", lines: str, role: str) -> InvitedPeople:
    """Invite each address of a list as `invite` does. What is wrong with one keeps nobody else from being invited."""
    found = InvitedPeople([], [], [])
    seen = set[str]()
    for number, (_line, address) in enumerate(read_addresses(lines), 1):
        try:
            _refuse_line(address, number, seen)
            found.invited.append(invite(process=process, user=user, email=address, role=role))
        except NotAllowed as refused:
            found.left.append(address)
            place = {"line": len(found.left), "problem": refused.message}
            found.problems.append(_("Line %(line)s: %(problem)s") % place)
    return found


def _refuse_line(address: str, number: int, seen: set[str]) -> None:
    if number > MAX_AT_ONCE:
        raise NotAllowed(_("At most %(max)s people can be invited at once.") % {"max": MAX_AT_ONCE})
    try:
        validate_email(address)
    except ValidationError as error:
        raise NotAllowed(_("“%(line)s” is not an e-mail address.") % {"line": address[:100]}) from error
    if address in seen:
        raise NotAllowed(_("%(address)s stands in the list twice.") % {"address": address})
    seen.add(address)


def _refuse_too_many(process: Process, user: "User") -> None:
    today = Invitation.objects.filter(created_at__gt=timezone.now() - timedelta(days=1))
    if today.filter(process=process).count() >= MAX_PER_PROCESS:
        limit = MAX_PER_PROCESS
    elif today.filter(invited_by=user).count() >= MAX_PER_PERSON:
        limit = MAX_PER_PERSON
    else:
        return
    raise NotAllowed(
        ngettext(
            "No more than %(limit)s invitation can be sent in 24 hours. Try again tomorrow.",
            "No more than %(limit)s invitations can be sent in 24 hours. Try again tomorrow.",
            limit,
        )
        % {"limit": limit}
    )


def send_invitation(*, invitation: Invitation, link: str) -> bool:
    """Mail the link; False if the mail server did not take it. Call it outside a transaction."""
    context = {"invitation": invitation, "process": invitation.process, "link": link}
    subject = " ".join(render_to_string("assessments/processes/mail/invitation_subject.txt", context).split())
    try:
        EmailMessage(
            subject[:200],
            render_to_string("assessments/processes/mail/invitation.txt", context),
            formataddr(sender_of(invitation.process.name)),
            [invitation.email],
            reply_to=[invitation.invited_by.email] if invitation.invited_by else None,
        ).send()
    except (SMTPException, OSError):
        return False
    Invitation.objects.filter(pk=invitation.pk).update(sent_at=timezone.now())
    return True


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, user: "User") -> None:
    """Withdraw an invitation: its link stops working. Raises NotAllowed if it was accepted."""
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if locked.state == InvitationState.ACCEPTED:
        raise NotAllowed(_("This invitation has been accepted. Remove the member instead."))
    if locked.revoked_at is None:
        locked.revoked_at = timezone.now()
        locked.save(update_fields=["revoked_at"])
        process_event.send(
            sender=revoke_invitation,
            action="invitation.revoked",
            user=user,
            obj=locked.process,
            details={"invitation": locked.pk},
        )


@transaction.atomic
def accept_invitation(*, invitation: Invitation, user: "User", other_address: bool = False) -> Membership:
    """Make the user a member with the role offered and use the invitation up.

    `other_address`: the person confirmed that the invitation went to another address than the account's.
    Raises NotAllowed if it is used up, withdrawn or expired, or if that confirmation is missing.
    """
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if locked.state != InvitationState.PENDING:
        raise NotAllowed(_("This invitation can no longer be accepted."))
    if not is_addressed_to(locked, user) and not other_address:
        raise NotAllowed(_("Confirm that you want to join with the account you are signed in to."))
    membership = admit(process=locked.process, user=user, role=locked.role)
    locked.accepted_at, locked.accepted_by = timezone.now(), user
    locked.save(update_fields=["accepted_at", "accepted_by"])
    rater_joined(invitation=locked, user=user)
    invitation_accepted(invitation=locked, user=user)
    process_event.send(
        sender=accept_invitation,
        action="invitation.accepted",
        user=user,
        obj=locked.process,
        details={"invitation": locked.pk, "role": str(membership.role)},
    )
    return membership


def is_addressed_to(invitation: Invitation, user: "User") -> bool:
    """Whether the invitation went to the address of the user's account."""
    return invitation.email.casefold() == user.email.casefold()
