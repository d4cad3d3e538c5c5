"""Mails with links to questionnaires, sent in the background.

A token is made when its mail is sent and goes nowhere but into it: the queue keeps what a job was started with, so
it gets the number of a group and nothing else. Works below the services, like the drawing of reports.
"""

import logging
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from assessments.mail_texts import sender_of
from assessments.models.panel_stores import PanelLink, UnfinishedQuestionnaire, WaveGroup
from assessments.models.process import Membership
from assessments.panels.mail_marks import mark_of
from assessments.panels.mail_server import (
    MailOutcome,
    WatchedServer,
    WrittenMail,
    is_there,
    mail_connection,
    not_reached,
    send,
)
from assessments.panels.mail_words import MailWriter
from assessments.vocabulary import MailKind, Role
from assessments.wording import say, speaking
from attributes.codes import new_token, token_hash
from attributes.memory import Statement

logger = logging.getLogger(__name__)

PER_CONNECTION = 50  # mail servers end connections that bring too many
GIVE_UP_AFTER = 3  # times in a row that the mail server could not be reached


_groups = Statement(
    lambda pk: (
        WaveGroup.objects.select_related("wave__assessment__process", "wave__assessment__question_set")
        .filter(pk=pk)
        .order_by()
    )
)
_locked = Statement(lambda pk: PanelLink.objects.select_for_update().filter(pk=pk).order_by())


def _group(pk: int) -> WaveGroup:
    (found,) = _groups(pk)
    return found


def mail_links(group_id: int, root: str, *, is_reminder: bool, day: date | None = None) -> bool:
    """Mail what waits in a group, one after the other. Stops where nothing can be begun any more.

    Invitations that fail get the reason, in words. Reminders do not: only who has not answered gets any, so a reason
    would tell who that is. Returns whether the mail server could be reached; for reminders it is tried first, whether
    any wait or not, so that this does not tell either. `day`: of a reminder that is made up for.
    """
    group = _group(group_id)
    if is_reminder and group.wave.takes_new and not is_there():
        return False
    server = WatchedServer()
    since = day or group.wave.today
    waiting = list(_waiting(group, is_reminder, since).values_list("pk", flat=True))
    for start in range(0, len(waiting), PER_CONNECTION):
        group = _group(group_id)
        if not group.wave.takes_new:
            return True
        writer = writer_for(group, root)
        with mail_connection() as connection:
            for pk in waiting[start : start + PER_CONNECTION]:
                if server.missed >= GIVE_UP_AFTER:
                    break
                server.note(_mail_one(writer, pk, connection, since if is_reminder else None))
                if is_reminder and server.is_away:
                    return False
    if is_reminder:
        return not server.was_away()
    if server.missed >= GIVE_UP_AFTER:
        _waiting(group, is_reminder, since).update(failure=not_reached())
    return not server.missed


def thank_group(group_id: int, root: str, *, after: int = 0) -> int | None:
    """Thank everybody of a group who was invited by mail and whose link comes after this one, whoever answered.

    Returns the link after which to go on where the mail server could not be reached, else None. Nothing is stored: a
    mail that is refused, or comes back, is dropped.
    """
    group = _group(group_id)
    writer = writer_for(group, root)
    links = PanelLink.objects.mailed().filter(group=group, pk__gt=after).exclude(sent_on=None)
    waiting = list(links.order_by("pk").values_list("pk", "email", "language"))
    server = WatchedServer()
    for start in range(0, len(waiting), PER_CONNECTION):
        with mail_connection() as connection:
            for pk, email, language in waiting[start : start + PER_CONNECTION]:
                mail = written(writer, "", MailKind.THANKS, language)
                server.note(send(mail, email, connection))
                if server.is_away:
                    return after
                if not server.missed:
                    after = pk
    return after if server.was_away() else None


def _waiting(group: WaveGroup, is_reminder: bool, since: date) -> Any:
    """What waits in a group: of reminders those to whom none has gone out since that day."""
    links = PanelLink.objects.mailed().filter(group=group, failure="").order_by("pk")
    if is_reminder:
        not_yet = Q(reminded_on=None) | Q(reminded_on__lt=since)
        return links.filter(not_yet, is_used=False).exclude(sent_on=None)
    return links.filter(sent_on=None)


def _mail_one(writer: MailWriter, pk: int, connection: Any, reminder_of: date | None) -> MailOutcome:
    """Give a link a new token and mail it: an invitation, or the reminder of a day. Where the mail is not taken, the
    link has its former token again."""
    token, is_reminder = new_token(), reminder_of is not None
    before = _claim(writer.group, pk, token, reminder_of)
    if before is None:
        return MailOutcome()
    link = writer.root.rstrip("/") + reverse("assessments:respond-link", args=[token])
    kind = MailKind.REMINDER if is_reminder else MailKind.INVITATION
    mail = written(writer, link, kind, before.language, is_used=before.is_used)
    outcome = send(mail, before.email, connection, "" if is_reminder else _mark(before))
    if outcome.failure:
        _give_back(before, token, outcome, is_reminder)
    return outcome


@transaction.atomic
def _claim(group: WaveGroup, pk: int, token: str, reminder_of: date | None) -> PanelLink | None:
    """Put the token into a link that still waits, and return it as it was before; None if somebody was quicker."""
    before = _locked.first(pk)
    is_reminder, since = reminder_of is not None, reminder_of or group.wave.today
    if before is None or not _waiting(group, is_reminder, since).filter(pk=pk).exists():
        return None
    is_answering = UnfinishedQuestionnaire.objects.filter(link=pk).exists()
    changes: dict[str, Any] = {"reminded_on" if is_reminder else "sent_on": group.wave.today}
    if not before.is_used:
        changes["token_hash"] = token_hash(token)
        changes["former_hash"] = before.token_hash if is_answering else ""
    PanelLink.objects.filter(pk=pk).update(**changes)
    return before


def _give_back(before: PanelLink, token: str, outcome: MailOutcome, is_reminder: bool) -> None:
    links = PanelLink.objects.filter(pk=before.pk)
    links.filter(token_hash=token_hash(token)).update(token_hash=before.token_hash, former_hash=before.former_hash)
    if not is_reminder:
        links.update(sent_on=None, failure=outcome.failure[:300])
    elif not outcome.is_reachable:
        links.update(reminded_on=before.reminded_on)  # it is tried again; one that was refused is not


def written(writer: MailWriter, link: str, kind: MailKind, language: str = "", *, is_used: bool = False) -> WrittenMail:
    """Write a mail to somebody of a group.

    It comes from this site under the name of the process: people know that, and not us.
    """
    words = writer.write(kind, link, language, is_used=is_used)
    name, address = sender_of(words.sender_name)
    return WrittenMail(
        sender_name=name,
        sender_address=address,
        # Reminders go only to those who have not answered. An automatic reply to one must not reach the organiser:
        # it would tell who that is.
        reply_to="" if kind == MailKind.REMINDER else writer.contact,
        subject=words.subject,
        body=words.body,
    )


def writer_for(group: WaveGroup, root: str = "") -> MailWriter:
    """Who writes the mails of a group, which comes with its wave, assessment and process."""
    return MailWriter.of(group, contact_of(group), root)


def contact_of(group: WaveGroup) -> str:
    """Whom those who are asked can write to; empty for none.

    Waves launched before an address was asked for have that of the organiser who prepared them, else of the first.
    """
    wave = group.wave
    if wave.contact:
        return wave.contact
    organisers = Membership.objects.filter(
        process=wave.assessment.process_id, role=Role.ORGANISER, user__is_active=True
    )
    found = dict(organisers.order_by("pk").values_list("user_id", "user__email"))
    return found.get(wave.created_by_id or 0) or next(iter(found.values()), "")


def mail_test(group_id: int, user_id: int, kind: MailKind, root: str, language: str) -> None:
    """Mail what people of a group get to the person who wants to see it, without a link that works."""
    groups = WaveGroup.objects.select_related("wave__assessment__process", "wave__assessment__question_set")
    group = groups.filter(pk=group_id).first()
    user = get_user_model().objects.filter(pk=user_id, is_active=True).first()
    if group is None or user is None:
        return
    mail = written(writer_for(group, root), link_placeholder(language), kind, language)
    with mail_connection() as connection:
        outcome = send(mail, user.email, connection)
    if outcome.failure:
        logger.warning("A test mail was not sent: %s", outcome.failure)


def link_placeholder(language: str) -> str:
    """What stands where a link would: nobody is given one to look at a mail."""
    with speaking(language):
        return say("mails.placeholder")


def _mark(link: PanelLink) -> str:
    """By which an invitation is known that comes back, where this site learns of that."""
    return mark_of(link) if settings.BOUNCE_ADDRESS or settings.BOUNCE_WEBHOOK_SECRET else ""
