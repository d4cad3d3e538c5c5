"""The mark of an invitation: by it a mail that comes back is known, and by nothing else.

Only invitations carry one. A reminder goes to whoever has not answered, so a reminder that comes back must not lead
anywhere. A mark is a link's number, encrypted, with a signature that holds for this address alone: only this site can
read it, nobody can make one, and it says nothing of what is answered.
"""

import hmac
import re
from base64 import b32decode, b32encode
from collections.abc import Iterable
from email.utils import make_msgid

from django.conf import settings
from django.utils.crypto import salted_hmac

from assessments.models import PanelLink

SALT = "assessments.panels.mail_marks"
PREFIX = "inv-"
TAG, NUMBER = 14, 6  # bytes: 32 letters and digits together, whatever their case
MARK = re.compile(PREFIX + r"([a-z2-7]{32})(?![a-z2-7])", re.IGNORECASE)


def mark_of(link: PanelLink) -> str:
    """The mark of the invitation to a link's address."""
    return _mark(link.pk, link.email, settings.SECRET_KEY)


def _mark(pk: int, email: str, key: str) -> str:
    tag = _hash("tag", f"{pk}:{email}", key)[:TAG]
    return PREFIX + b32encode(tag + _mixed(pk.to_bytes(NUMBER, "big"), tag, key)).decode().lower()


def _mixed(number: bytes, tag: bytes, key: str) -> bytes:
    """The number hidden, and hidden once more the number."""
    return bytes(one ^ other for one, other in zip(number, _hash("pad", tag.hex(), key), strict=False))


def _hash(what: str, value: str, key: str) -> bytes:
    return salted_hmac(f"{SALT}.{what}", value, secret=key, algorithm="sha256").digest()


def link_marked(marks: Iterable[str]) -> PanelLink | None:
    """Return the link of the first mark that is one of ours and whose address is still that of its link; else None."""
    for mark in marks:
        raw = b32decode(mark.removeprefix(PREFIX).upper())
        tag, hidden = raw[:TAG], raw[TAG:]
        for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
            link = PanelLink.objects.filter(pk=int.from_bytes(_mixed(hidden, tag, key), "big")).first()
            if link is not None and link.email and hmac.compare_digest(_mark(link.pk, link.email, key), mark):
                return link
    return None


def marks_in(text: str) -> list[str]:
    """All that look like marks in a text, each once."""
    return list(dict.fromkeys(PREFIX + found.lower() for found in MARK.findall(text)))


def returns_to(mark: str = "") -> str:
    """The address to which a mail comes back, with the mark of an invitation in it; empty where none is set up."""
    name, at, host = settings.BOUNCE_ADDRESS.rpartition("@")
    if not at:
        return ""
    return f"{name}+{mark}@{host}" if mark else f"{name}@{host}"


def message_id(mark: str, sender: str) -> str:
    """The name of one invitation among all mails: never the same twice."""
    return make_msgid(idstring=mark, domain=sender.rpartition("@")[2] or "localhost")
