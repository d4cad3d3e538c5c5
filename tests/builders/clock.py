"""A clock that a test sets: to the minute before a day ends somewhere, and to the minute after."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.utils import timezone

SetClock = Callable[[str], None]


def clock_of(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """Return a function that makes it a moment, written in UTC: “2026-12-10 09:59”."""

    def set_to(moment: str) -> None:
        at = datetime.fromisoformat(f"{moment}+00:00")
        monkeypatch.setattr(timezone, "now", lambda: at)

    return set_to
