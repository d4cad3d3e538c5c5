"""Writes to who belongs to a process. A process always keeps an organiser."""

from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.exceptions import NotAllowed
from assessments.models import (
    ActionEvent,
    Decision,
    EvidenceOpening,
    Invitation,
    Membership,
    PastRole,
    Process,
    QuestionAssignment,
)
from assessments.permissions import WRITING_ROLES
from assessments.rating.services.asking import rater_left
from assessments.signals import process_event
from assessments.vocabulary import Role

if TYPE_CHECKING:
    from msgov.accounts.models import User

# What an invitation may raise a member to, and never lowers.
RANK = {Role.REVIEWER: 1, Role.CONTRIBUTOR: 2, Role.ORGANISER: 3}


def _locked_organisers(membership: Membership) -> int:
    """Lock the process, so that two organisers cannot both leave at once, and count its organisers.

    Reads the role again. Raises NotAllowed if somebody else has removed the member.
    """
    process = membership.process
    Process.objects.select_for_update().get(pk=process.pk)
    try:
        membership.refresh_from_db(fields=["role"])
    except Membership.DoesNotExist as error:
        raise NotAllowed(_("%(member)s is no member any more.") % {"member": membership.user}) from error
    return Membership.objects.filter(process=process, role=Role.ORGANISER).count()


def _refuse_last(membership: Membership, organisers: int) -> None:
    if membership.role == Role.ORGANISER and organisers <= 1:
        raise NotAllowed(
            _("%(member)s is the only organiser. Make somebody else an organiser first.") % {"member": membership.user}
        )


@transaction.atomic
def change_role(*, membership: Membership, role: str, user: "User") -> Membership:
    """Give a member another role. Raises NotAllowed if the process would lose its last organiser."""
    organisers = _locked_organisers(membership)
    if role == membership.role:
        return membership
    _refuse_last(membership, organisers)
    details = {"member": membership.user_id, "from": str(membership.role), "to": str(role)}
    _remember(membership)
    membership.role = role
    membership.save(update_fields=["role"])
    if role != Role.ORGANISER:
        withdraw_invitations(membership)
    if role == Role.ORGANISER:
        rater_left(user=membership.user, process=membership.process)
    if role not in WRITING_ROLES:
        # Who may not answer any more has no question to answer.
        QuestionAssignment.objects.filter(member=membership).delete()
    process_event.send(
        sender=change_role, action="member.role_changed", user=user, obj=membership.process, details=details
    )
    return membership


@transaction.atomic
def remove_member(*, membership: Membership, user: "User") -> None:
    """Remove a member, who may be the user. Raises NotAllowed for the last organiser."""
    organisers = _locked_organisers(membership)
    _refuse_last(membership, organisers)
    own = membership.user_id == user.pk
    process_event.send(
        sender=remove_member,
        action="member.left" if own else "member.removed",
        user=user,
        obj=membership.process,
        details={"member": membership.user_id, "role": str(membership.role)},
    )
    _remember(membership)
    rater_left(user=membership.user, process=membership.process)
    membership.delete()
    withdraw_invitations(membership)


def _remember(membership: Membership) -> None:
    """Keep that somebody could write in the process: they do not read comments of waves prepared before now."""
    if membership.role in WRITING_ROLES:
        PastRole.objects.create(process=membership.process, user=membership.user, role=membership.role)


def withdraw_invitations(membership: Membership) -> None:
    """Let open invitations of somebody who no longer manages members stop working: they were that person's word."""
    own = Invitation.objects.open().filter(process=membership.process, invited_by=membership.user)
    own.update(revoked_at=timezone.now())


def forget_person(user: "User") -> None:
    """Delete invitations to the person's address, let those stop working that they sent, and take the name off the
    evidence they opened, the actions they wrote and the decisions they entered: that it was done stays. A second rating
    that both had finished keeps its name."""
    rater_left(user=user)
    Invitation.objects.filter(Q(email__iexact=user.email) | Q(accepted_by=user)).delete()
    Invitation.objects.open().filter(invited_by=user).update(revoked_at=timezone.now())
    EvidenceOpening.objects.filter(user=user).update(user_name="")
    ActionEvent.objects.filter(by=user).update(by_name="")
    Decision.objects.filter(entered_by=user).update(entered_by_name="")


@transaction.atomic
def admit(*, process: Process, user: "User", role: str) -> Membership:
    """Make the user a member with at least this role; a member's role is raised, never lowered."""
    membership, created = Membership.objects.get_or_create(process=process, user=user, defaults={"role": role})
    if not created and RANK[Role(role)] > RANK[Role(membership.role)]:
        membership.role = role
        membership.save(update_fields=["role"])
    return membership


def only_organiser_of(user: "User") -> list[Process]:
    """Return the processes that nobody else could look after if the user went, by name.

    Within a transaction they are locked, so that two organisers cannot both go at once.
    """
    if connection.in_atomic_block:
        mine = Process.objects.select_for_update().filter(memberships__user=user).order_by("pk")
        list(mine.values_list("pk", flat=True))
    organisers: Any = Count("memberships", filter=Q(memberships__role=Role.ORGANISER))
    own = Membership.objects.filter(user=user, role=Role.ORGANISER).values("process")
    return list(Process.objects.filter(pk__in=own).annotate(organisers=organisers).filter(organisers=1))
