"""Handing mails to the mail server, and what it said in words of our own."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import formataddr
from smtplib import SMTPException, SMTPResponseException, SMTPServerDisconnected
from typing import Any

from django.core.mail import EmailMessage, get_connection
from django.utils.translation import gettext as _

from assessments.panels.mail_marks import message_id, returns_to

logger = logging.getLogger(__name__)

HUNG_UP = 2  # addresses in a row at which it ended the connection: it is the server then, and not the address


@dataclass(frozen=True)
class WrittenMail:
    """A mail as whoever gets it sees it; `reply_to` is empty where answers would go to this site."""

    sender_name: str
    sender_address: str
    reply_to: str
    subject: str
    body: str


@dataclass(frozen=True)
class MailOutcome:
    """What became of a mail: `failure` in words, empty if it was taken. `is_reachable`: the mail server said
    something about it; `is_there`: it takes connections at all."""

    failure: str = ""
    is_reachable: bool = True
    is_there: bool = True


@contextmanager
def mail_connection() -> Iterator[Any]:
    """A connection that is closed in the end, also where the mail server was quicker."""
    connection = get_connection()
    try:
        yield connection
    finally:
        try:
            connection.close()
        except (SMTPException, OSError):
            logger.info("The mail server ended the connection before it was closed")


def is_there() -> bool:
    """Whether the mail server takes mails at all."""
    with mail_connection() as connection:
        try:
            connection.open()
        except (SMTPException, OSError):
            return False
    return True


class WatchedServer:
    """Tells a mail server that is away from one that hangs up at an address.

    At one address it is the address, if others are taken: that one is passed over in silence, because only who has not
    answered is reminded, and who it was must not be learned from what is tried again.
    """

    def __init__(self) -> None:
        self.missed = 0  # of the last mails so many were not answered
        self.is_away = False

    def note(self, outcome: MailOutcome) -> None:
        """Take in what became of the next mail."""
        self.missed = 0 if outcome.is_reachable else self.missed + 1
        self.is_away = self.missed >= HUNG_UP or not outcome.is_there

    def was_away(self) -> bool:
        """Whether it was the server at the last of all mails, where it is looked whether there is one."""
        return self.is_away or (self.missed > 0 and not is_there())


def send(mail: WrittenMail, address: str, connection: Any, mark: str = "") -> MailOutcome:
    """Send a mail. Only invitations have a mark: what comes back of others must lead nowhere."""
    # Automatic replies to it go nowhere (RFC 3834; the second is what Exchange reads).
    headers = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
    reply_to = [mail.reply_to] if mail.reply_to else None
    sender = formataddr((mail.sender_name, mail.sender_address))
    comes_back_to = returns_to(mark)
    if comes_back_to:
        headers["From"], sender = sender, comes_back_to  # what is given to the mail server, and nobody reads
    if mark:
        headers["Message-ID"] = message_id(mark, mail.sender_address)
    message = EmailMessage(
        mail.subject, mail.body, sender, [address], connection=connection, headers=headers, reply_to=reply_to
    )
    has_brought_others = bool(getattr(connection, "connection", None))
    outcome = _handed_over(message, connection)
    # Servers end connections that have brought enough mails: the next one may bring this one.
    return _handed_over(message, connection) if has_brought_others and not outcome.is_reachable else outcome


def _handed_over(message: EmailMessage, connection: Any) -> MailOutcome:
    try:
        connection.open()  # else each mail would have a connection of its own
    except SMTPException as error:
        # Such as a password that is wrong: nothing gets in.
        return MailOutcome(_refused(error), is_reachable=False, is_there=False)
    except OSError:
        connection.connection = None
        return MailOutcome(not_reached(), is_reachable=False, is_there=False)
    try:
        message.send()
    except OSError as error:
        if isinstance(error, SMTPException) and not isinstance(error, SMTPServerDisconnected):
            return MailOutcome(_refused(error))
        connection.connection = None  # the next one connects anew
        return MailOutcome(not_reached(), is_reachable=False)
    return MailOutcome()


def not_reached() -> str:
    """What is said of a mail server that takes no connection, or ends it."""
    return _("The mail server could not be reached.")


def _refused(error: SMTPException) -> str:
    """In our words and with the number alone: what servers answer may quote the mail, and the mail has the link."""
    code = error.smtp_code if isinstance(error, SMTPResponseException) else None
    recipients = getattr(error, "recipients", None)
    if isinstance(recipients, dict) and recipients:
        code = next(iter(recipients.values()))[0]
    if code is None:
        return _("The mail server refused the mail.")
    return _("The mail server refused the mail (%(code)s).") % {"code": code}
