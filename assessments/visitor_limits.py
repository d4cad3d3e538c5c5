"""Limits on what visitors can try, or begin, without an account.

Counted in the memory of the process, by a mark of the address that no other process and no later one can make: the
cache of the other limits lies in the database, and addresses and times of respondents have no business there. Nothing
is limited for somebody who has a link of their own, so that a whole office behind one address can answer at once.
"""

import hashlib
import secrets
import time
from collections import Counter
from threading import Lock

from allauth.account.adapter import get_adapter
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest

WINDOW = 60  # seconds
# In one window from one address: links that do not exist, receipt codes that do not fit, questionnaires begun by open
# links and quick checks begun (as many as people in a hall might begin at once).
UNKNOWN_LINKS, WRONG_RECEIPTS, BEGINNINGS, QUICK_CHECKS = "link", "receipt", "begin", "quick check"
REPORTS, CHECKS = "report", "check"  # asked for without an account, and checked by anybody
PAPER_SHEETS, TYPED_CODES = "paper sheet", "typed code"  # drawn for respondents; codes of cards that do not exist
RECORD_FILES, RECORD_LISTS = "record file", "record list"  # data of one record; of all of them
AMOUNTS = {
    UNKNOWN_LINKS: 60,
    WRONG_RECEIPTS: 20,
    BEGINNINGS: 300,
    QUICK_CHECKS: 300,
    REPORTS: 10,
    CHECKS: 10,
    PAPER_SHEETS: 20,
    TYPED_CODES: 20,
    RECORD_FILES: 120,
    RECORD_LISTS: 20,
}

_salt = secrets.token_bytes(16)
_counts: Counter[tuple[str, bytes]] = Counter()
_window = 0
_lock = Lock()


def _mark(request: HttpRequest) -> bytes | None:
    """A mark of the visitor's address, None where the proxies contradict the settings: then nobody is held up."""
    try:
        address = get_adapter().get_client_ip(request)
    except (PermissionDenied, ImproperlyConfigured):
        return None
    return hashlib.blake2b(str(address).encode(), key=_salt, digest_size=8).digest()


def exceeded(request: HttpRequest, action: str) -> bool:
    """Whether this address has done this as often as it may, for now."""
    mark = _mark(request)
    with _lock:
        _make_room()
        return mark is not None and _counts[action, mark] >= AMOUNTS[action]


def count(request: HttpRequest, action: str) -> None:
    """Note that it was done once more."""
    mark = _mark(request)
    if mark is not None:
        with _lock:
            _make_room()
            _counts[action, mark] += 1


def forget() -> None:
    """Start counting anew."""
    with _lock:
        _counts.clear()


def _make_room() -> None:
    """Forget everything when a new window begins."""
    global _window
    now = int(time.monotonic() // WINDOW)
    if now != _window:
        _window = now
        _counts.clear()
