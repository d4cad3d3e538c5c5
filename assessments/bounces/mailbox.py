"""Reading the mailbox of mails that come back, over IMAP and always encrypted. What was read is deleted, all of it."""

import imaplib
import logging
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from assessments.bounces.reading import MAX_BYTES
from assessments.bounces.services import take_mail
from assessments.models import BounceReading

logger = logging.getLogger(__name__)

TIMEOUT = 20  # seconds
AT_ONCE = 500  # mails; the others are read the next time
ONLY_ROW = 1
PLAIN_PORT, TLS_PORT = 143, 993

# In our words: what servers say may quote the name of the account.
NOT_ENCRYPTED = _("The connection could not be encrypted, or the certificate does not hold.")
REFUSED = _("The mail server refused the name, the password or the folder, or broke off.")
NOT_REACHED = _("The mail server could not be reached.")


@dataclass(frozen=True)
class Mailbox:
    """Where it is, and how to get in."""

    host: str
    port: int
    user: str
    password: str
    folder: str
    encrypts_later: bool

    @classmethod
    def named(cls, url: str) -> "Mailbox":
        """That of an address such as imaps://user:password@mail.example.org/INBOX. Raises ValueError."""
        parts = urlsplit(url)
        starts_plain = parts.scheme == "imap+tls"
        if parts.scheme not in ("imaps", "imap+tls") or not parts.hostname or not parts.username or not parts.password:
            raise ValueError("no mailbox")
        return cls(
            host=parts.hostname,
            port=parts.port or (PLAIN_PORT if starts_plain else TLS_PORT),
            user=unquote(parts.username),
            password=unquote(parts.password),
            folder=unquote(parts.path.strip("/")) or "INBOX",
            encrypts_later=starts_plain,
        )


def read_mailbox() -> bool:
    """Take in and delete the mails that came back. Returns whether they could be read; why not is kept for the page
    of administrators. Does nothing where no mailbox is set up."""
    if not settings.BOUNCE_MAILBOX:
        return True
    failure = _read()
    with override(settings.LANGUAGE_CODE):
        words = str(failure)
    now = timezone.now()
    found = {"failed_at": now, "failure": words} if words else {"read_at": now, "failed_at": None, "failure": ""}
    BounceReading.objects.update_or_create(pk=ONLY_ROW, defaults=found)
    if words:
        logger.warning("The mailbox of returned mails could not be read: %s", words)
    return not words


def _read() -> "LazyText | str":
    try:
        with _opened(Mailbox.named(settings.BOUNCE_MAILBOX)) as server:
            for number in _numbers(server):
                _take(server, number)
            server.expunge()
    except ssl.SSLError:
        return NOT_ENCRYPTED
    except (imaplib.IMAP4.error, UnicodeError):
        return REFUSED
    except OSError:
        return NOT_REACHED
    return ""


@contextmanager
def _opened(mailbox: Mailbox) -> Iterator[imaplib.IMAP4]:
    context = ssl.create_default_context()
    server: imaplib.IMAP4
    if mailbox.encrypts_later:
        server = imaplib.IMAP4(mailbox.host, mailbox.port, timeout=TIMEOUT)
        server.starttls(ssl_context=context)
    else:
        server = imaplib.IMAP4_SSL(mailbox.host, mailbox.port, timeout=TIMEOUT, ssl_context=context)
    try:
        server.login(mailbox.user, mailbox.password)
        status, _count = server.select(f'"{mailbox.folder}"')
        if status != "OK":
            raise imaplib.IMAP4.error("no such folder")
        yield server
    finally:
        with suppress(imaplib.IMAP4.error, OSError):
            server.logout()


def _numbers(server: imaplib.IMAP4) -> list[str]:
    _status, found = server.uid("SEARCH", "ALL")
    return [number.decode() for number in (found[0] or b"").split()][:AT_ONCE] if found else []


def _take(server: imaplib.IMAP4, number: str) -> None:
    """Take in one mail, and delete it. Of a large one only the beginning is fetched."""
    _status, found = server.uid("FETCH", number, f"(BODY.PEEK[]<0.{MAX_BYTES}>)")
    for part in found or ():
        if isinstance(part, tuple):
            take_mail(part[1])
    server.uid("STORE", number, "+FLAGS", r"(\Deleted)")
