"""What a mail says that came back: that an invitation could not be delivered, and with which code. Else nothing.

Mails come from strangers. Nothing of one is stored or shown but its code, no part of it is followed or drawn, and
whatever cannot be understood counts as nothing.
"""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.utils import parseaddr

from assessments.panels.mail_marks import marks_in

logger = logging.getLogger(__name__)

MAX_BYTES = 256 * 1024  # of a mail that are looked at
MAX_PARTS = 40
MAX_TEXT = 64 * 1024
# Where the address stands that a mail came back to, and the name of the mail that did.
TELLING = (
    "To", "Delivered-To", "X-Original-To", "X-Envelope-To", "Envelope-To", "X-Forwarded-To", "References",
    "In-Reply-To", "Message-ID", "Return-Path", "X-Original-Message-ID", "Original-Envelope-Id",
)  # fmt: skip
POSTMASTERS = ("mailer-daemon", "postmaster", "mail-daemon", "mailerdaemon", "microsoftexchange")
LATER = re.compile(r"delay|warning|not yet been|still (?:being )?(?:trying|retr)|temporar|retrying", re.IGNORECASE)
FAILED = re.compile(
    r"undeliver|delivery (?:has )?fail|delivery status notification \(failure\)|returned mail|failure notice"
    r"|could not be delivered|couldn't be delivered|wasn't delivered|delivery failure",
    re.IGNORECASE,
)
ENHANCED = re.compile(r"(?<![\d.])([45]\.\d{1,3}\.\d{1,3})(?![\d.])")
BASIC = re.compile(r"(?<![\d.-])(5[0-5]\d)(?=[ -][\dA-Za-z<#])")


@dataclass(frozen=True)
class Bounce:
    """A mail that could not be delivered: the marks that are in it, and the code of the reason, such as 5.1.1."""

    marks: tuple[str, ...]
    code: str


def bounce_in(raw: bytes) -> Bounce | None:
    """Read a mail. None where it is anything but the news that an invitation could not be delivered."""
    try:
        return _bounce(message_from_bytes(raw[:MAX_BYTES]))
    except Exception:  # mails are made to be odd; none may keep the others from being read
        logger.info("A mail that came back could not be understood")
        return None


def _bounce(message: Message) -> Bounce | None:
    parts = _parts(message)
    reports = [part for part in parts if part.get_content_type() == "message/delivery-status"]
    code = _code_of_reports(reports) if reports else _code_of_words(message, parts)
    if code is None:
        return None
    marks = marks_in("\n".join(_telling(parts)))
    return Bounce(tuple(marks), code) if marks else None


def _parts(message: Message) -> list[Message]:
    found = []
    for part in message.walk():
        found.append(part)
        if len(found) == MAX_PARTS:
            break
    return found


def _code_of_reports(reports: list[Message]) -> str | None:
    """The code in a report by RFC 3464; None where nothing has failed for good, as with a delay."""
    for report in reports:
        fields = report.get_payload()
        for block in fields if isinstance(fields, list) else ():
            if not isinstance(block, Message):
                continue
            if str(block.get("Action", "")).strip().lower() == "failed":
                found = ENHANCED.search(str(block.get("Status", ""))) or BASIC.search(
                    str(block.get("Diagnostic-Code", ""))
                )
                return found[1] if found else ""
    return None


def _code_of_words(message: Message, parts: list[Message]) -> str | None:
    """The code in a mail without such a report: only of one that a mail server wrote, and that says it has failed."""
    name, address = parseaddr(str(message.get("From", "")))
    sender = f"{name} {address}".lower().replace(" ", "-")
    subject = str(message.get("Subject", ""))
    by_server = any(one in sender for one in POSTMASTERS) or str(message.get("Return-Path", "")).strip() == "<>"
    if not by_server or message.get_content_type() == "multipart/report" or LATER.search(subject):
        return None
    text = "\n".join(_texts(parts))
    if not (FAILED.search(subject) or FAILED.search(text) or "X-Failed-Recipients" in message):
        return None
    if found := ENHANCED.search(text) or BASIC.search(text):
        return None if found[1].startswith("4") else found[1]
    return "" if "X-Failed-Recipients" in message else None


def _telling(parts: list[Message]) -> Iterator[str]:
    for part in parts:
        for header in TELLING:
            yield from (str(value) for value in part.get_all(header, []))
    yield from _texts(parts)


def _texts(parts: list[Message]) -> Iterator[str]:
    """Plain text only: what is HTML is not looked at."""
    for part in parts:
        if part.get_content_type() in ("text/plain", "text/rfc822-headers") and not part.is_multipart():
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                yield content[:MAX_TEXT].decode("utf-8", errors="replace")
