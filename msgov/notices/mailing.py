"""Writes and sends notices: what happened, where to look, and why one gets the mail."""

import logging
from dataclasses import asdict, dataclass, field
from email.utils import formataddr
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.translation import override

from assessments.mail_texts import mail_text, sender_of
from assessments.models import Assessment, AssessmentEvent, Membership, Process
from assessments.vocabulary import Role
from msgov.accounts.models import User

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Notice:
    """What the queue keeps of a notice: numbers and an address, no text that anybody wrote."""

    kind: str
    process: int
    assessment: int | None
    people: list[int]
    person: int | None
    actor: int | None
    address: str
    words: dict[str, str] = field(default_factory=dict)
    stop: str = ""  # where these mails can be stopped

    def as_json(self) -> dict[str, Any]:
        """For the queue."""
        return asdict(self)


def send_notice(notice: Notice) -> None:
    """Mail a notice to those who still belong to the process, one after the other."""
    process = Process.objects.filter(pk=notice.process).first()
    if process is None:
        return
    # No language of a person is stored: the mails are in that of the site.
    with override(settings.LANGUAGE_CODE):
        context = _context(notice, process)
        memberships = Membership.objects.filter(process=process, user__in=notice.people, user__is_active=True)
        with get_connection() as connection:
            for membership in memberships.select_related("user").order_by("pk"):
                _send(notice.kind, {**context, "membership": membership}, membership.user.email, connection)


def _context(notice: Notice, process: Process) -> dict[str, Any]:
    people = User.objects.in_bulk([pk for pk in (notice.actor, notice.person) if pk])
    reopened = AssessmentEvent.objects.filter(assessment=notice.assessment, kind=AssessmentEvent.Kind.REOPENED)
    labels = dict(Role.choices)
    return {
        "process": process,
        "assessment": Assessment.objects.filter(pk=notice.assessment).first() if notice.assessment else None,
        "actor": people.get(notice.actor) if notice.actor else None,
        "person": people.get(notice.person) if notice.person else None,
        "reopening": reopened.order_by("-at", "-pk").first() if notice.kind == "reopened" else None,
        "address": notice.address,
        "stop": notice.stop,
        **{name: labels.get(value, value) for name, value in notice.words.items()},
    }


def _send(kind: str, context: dict[str, Any], address: str, connection: Any) -> None:
    subject, body = mail_text(f"notices/mail/{kind}", context)
    sender = formataddr(sender_of(context["process"].name))
    post(kind, EmailMessage(subject, body, sender, [address], connection=connection))


def post(kind: str, mail: EmailMessage) -> None:
    """Send a notice of some kind. One that the mail server does not take is left at that: what it told is on pages."""
    mail.extra_headers["Auto-Submitted"] = "auto-generated"  # automatic replies to it go nowhere (RFC 3834)
    try:
        mail.send()
    except (SMTPException, OSError):
        logger.warning("A notice (%s) was not sent: the mail server did not take it", kind)
