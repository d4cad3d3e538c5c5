"""The right of reply: one reply of each stakeholder group, and one answer of the organiser to it.

Nobody here edits what a group wrote. Whoever reads comments may take a reply off the page, for one of two reasons and
with a note that stands in its place. An invitation to reply has nothing to do with links of the panel.
"""

from datetime import timedelta
from email.utils import formataddr
from smtplib import SMTPException
from typing import TYPE_CHECKING

from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.exceptions import InvalidAnswer, NotAllowed
from assessments.mail_limits import queue_mails
from assessments.mail_texts import sender_of
from assessments.models import GroupReply, PublicRecord, ReplyInvitation
from assessments.models.record import DAYS_TO_REPLY
from assessments.signals import process_event
from assessments.vocabulary import ReplyState
from attributes.codes import new_token, token_hash

if TYPE_CHECKING:
    from msgov.accounts.models import User

INVITATIONS_A_RECORD = 100


@transaction.atomic
def invite_group(
    *, record: PublicRecord, user: "User", group: str, email: str, groups: list[str]
) -> tuple[ReplyInvitation, str]:
    """Store an invitation of a contact of a group to reply, and return it with its token. Sends nothing.

    `groups` are those named in what is published. An open invitation of the same group is replaced. Raises NotAllowed
    for a group that is not named there or has replied, and where too many were invited.
    """
    locked = _open(record)
    if group not in groups:
        raise InvalidAnswer(_("Choose one of the groups."), errors={"group": _("Choose one of the groups.")})
    _refuse_second(locked, group)
    if locked.reply_invitations.count() >= INVITATIONS_A_RECORD:
        raise NotAllowed(_("No more invitations can be sent for this record."))
    queue_mails(user, 1)
    locked.reply_invitations.filter(group=group, used_at=None).delete()
    token = new_token()
    invitation = ReplyInvitation.objects.create(
        record=locked,
        group=group,
        email=email.strip().lower(),
        token_hash=token_hash(token),
        expires_at=timezone.now() + timedelta(days=DAYS_TO_REPLY),
    )
    details = {"record": locked.number, "group": group}
    process_event.send(
        sender=invite_group, action="record.reply_asked", user=user, obj=locked.assessment, details=details
    )
    return invitation, token


def send_reply_invitation(*, invitation: ReplyInvitation, user: "User", link: str, page: str) -> bool:
    """Mail the link; False if the mail server did not take it. Call it outside a transaction."""
    record = invitation.record
    context = {"invitation": invitation, "record": record, "link": link, "page": page, "days": DAYS_TO_REPLY}
    subject = " ".join(render_to_string("assessments/records/mail/reply_subject.txt", context).split())
    try:
        EmailMessage(
            subject[:200],
            render_to_string("assessments/records/mail/reply.txt", context),
            formataddr(sender_of(record.name)),
            [invitation.email],
            reply_to=[user.email],
        ).send()
    except (SMTPException, OSError):
        return False
    ReplyInvitation.objects.filter(pk=invitation.pk).update(sent_at=timezone.now())
    return True


def invitation_of(token: str) -> ReplyInvitation | None:
    """Return the invitation that a link belongs to, used or not, or None. One query."""
    return ReplyInvitation.objects.select_related("record").filter(token_hash=token_hash(token)).first()


@transaction.atomic
def file_reply(*, invitation: ReplyInvitation, text: str, filed_by: str, capacity: str) -> GroupReply:
    """Put the reply of a group on the record, by its personal link. The address of the contact goes.

    Raises NotAllowed where the link was used or is over, the record was withdrawn, or the group has replied.
    """
    locked = _open(invitation.record)
    row = ReplyInvitation.objects.select_for_update().get(pk=invitation.pk)
    if not row.is_open:
        raise NotAllowed(_("This link can no longer be used."))
    reply = _filed(locked, row.group, text=text, filed_by=filed_by, capacity=capacity)
    row.used_at, row.email = timezone.now(), ""
    row.save(update_fields=["used_at", "email"])
    details = {"record": locked.number, "group": row.group}
    process_event.send(sender=file_reply, action="record.replied", user=None, obj=locked.assessment, details=details)
    return reply


@transaction.atomic
def enter_reply(
    *, record: PublicRecord, user: "User", group: str, text: str, filed_by: str, capacity: str, groups: list[str]
) -> GroupReply:
    """Put a reply on the record that came another way: whoever reads comments types it in, and is named.

    Raises NotAllowed as above.
    """
    locked = _open(record)
    if group not in groups:
        raise InvalidAnswer(_("Choose one of the groups."), errors={"group": _("Choose one of the groups.")})
    reply = _filed(locked, group, text=text, filed_by=filed_by, capacity=capacity, entered_by=str(user))
    locked.reply_invitations.filter(group=group, used_at=None).delete()
    details = {"record": locked.number, "group": group}
    process_event.send(sender=enter_reply, action="record.replied", user=user, obj=locked.assessment, details=details)
    return reply


@transaction.atomic
def decide_on_reply(*, reply: GroupReply, user: "User", state: ReplyState, note: str) -> GroupReply:
    """Take a reply off the page, or show it again. Its words are kept, and never changed.

    Raises InvalidAnswer without the note that stands in its place.
    """
    locked = GroupReply.objects.select_for_update().select_related("record").get(pk=reply.pk)
    if state != ReplyState.SHOWN and not note.strip():
        message = _("Write the note that stands in its place.")
        raise InvalidAnswer(message, errors={"note": message})
    locked.state = state
    locked.note = note.strip() if state != ReplyState.SHOWN else ""
    locked.decided_by_name, locked.decided_at = str(user), timezone.now()
    locked.save(update_fields=["state", "note", "decided_by_name", "decided_at"])
    action = "record.reply_shown" if state == ReplyState.SHOWN else "record.reply_hidden"
    details = {"record": locked.record.number, "group": locked.group, "state": str(state)}
    process_event.send(sender=decide_on_reply, action=action, user=user, obj=locked.record.assessment, details=details)
    return locked


@transaction.atomic
def answer_reply(*, reply: GroupReply, user: "User", text: str) -> GroupReply:
    """Answer a reply, once. Raises NotAllowed where it was answered, is not shown, or the record was withdrawn."""
    record = _open(reply.record)
    locked = GroupReply.objects.select_for_update().get(pk=reply.pk)
    if locked.answer:
        raise NotAllowed(_("This reply was answered before. An answer is given once."))
    if not locked.is_shown:
        raise NotAllowed(_("This reply is not shown, so there is nothing to answer."))
    locked.answer, locked.answered_by_name, locked.answered_at = text.strip(), str(user), timezone.now()
    locked.save(update_fields=["answer", "answered_by_name", "answered_at"])
    details = {"record": record.number, "group": locked.group}
    process_event.send(
        sender=answer_reply, action="record.reply_answered", user=user, obj=record.assessment, details=details
    )
    return locked


def forget_contact(user: "User") -> None:
    """Forget the address of a person who is erased: links sent to it stop working. What groups replied stays."""
    ReplyInvitation.objects.filter(email__iexact=user.email).delete()


def _open(record: PublicRecord) -> PublicRecord:
    """The record, locked until the transaction ends. Raises NotAllowed if it was withdrawn."""
    locked = PublicRecord.objects.select_for_update(of=("self",)).select_related("assessment").get(pk=record.pk)
    if locked.is_withdrawn:
        raise NotAllowed(_("This record was withdrawn."))
    return locked


def _refuse_second(record: PublicRecord, group: str) -> None:
    if record.replies.filter(group=group).exists():
        raise NotAllowed(_("This group has replied. A group replies once."))


def _filed(
    record: PublicRecord, group: str, *, text: str, filed_by: str, capacity: str, entered_by: str = ""
) -> GroupReply:
    _refuse_second(record, group)
    newest = record.versions.order_by("-version").values_list("version", flat=True)[0]
    record.changed_at = timezone.now()
    record.save(update_fields=["changed_at"])
    return GroupReply.objects.create(
        record=record,
        group=group,
        text=text.strip(),
        filed_by=filed_by.strip(),
        capacity=capacity.strip(),
        entered_by_name=entered_by,
        to_version=newest,
    )
