"""A fixed clock and seeded random numbers, so that what is recorded twice is the same twice.

To be installed before Django is loaded: many modules take functions out of `secrets` and `time` when they are imported.
"""

import hashlib
import random
import secrets
import sys
import time
import uuid
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")

# Where rows get the values that they are made with, and how far from there codes are drawn at most.
MODELS = str(Path("django", "db", "models", "base.py"))
NEAR = 8
FIRST_DAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class FixedClock:
    """The one time there is; it moves when it is told to."""

    now: datetime = FIRST_DAY

    def tick(self, **parts: float) -> None:
        """Let time pass, in the words of `timedelta`."""
        self.now += timedelta(**parts)


class SeededRandom:
    """Numbers that follow from what is being done, what they are for, and how often that was asked.

    `begin` names what is being done. So one more number drawn in one request changes nothing in the next, one more
    code of eight characters changes no code of ten, and one more report changes no code of a process.
    """

    def __init__(self) -> None:
        self._label = ""
        self._asked: Counter[str] = Counter()

    def begin(self, label: str) -> None:
        """Start anew for something that is done."""
        self._label = label
        self._asked.clear()

    def source(self, purpose: str) -> random.Random:
        """A source of numbers that nothing else uses."""
        purpose += _of_what()
        self._asked[purpose] += 1
        return random.Random(f"{self._label}|{purpose}|{self._asked[purpose]}")  # noqa: S311 - no secret, on purpose

    def choice(self, choices: Sequence[T]) -> T:
        """Like `secrets.choice`."""
        return self.source(f"choice of {len(choices)}").choice(choices)

    def token_bytes(self, nbytes: int | None = None) -> bytes:
        """Like `secrets.token_bytes`."""
        return self.source(f"{nbytes} bytes").randbytes(nbytes or 32)

    def token_hex(self, nbytes: int | None = None) -> str:
        """Like `secrets.token_hex`."""
        return self.source(f"{nbytes} bytes in hex").randbytes(nbytes or 32).hex()

    def token_urlsafe(self, nbytes: int | None = None) -> str:
        """Like `secrets.token_urlsafe`: as long, with letters only, so that no sign needs quoting anywhere."""
        letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
        return "".join(self.source(f"{nbytes} bytes for addresses").choices(letters, k=-(-(nbytes or 32) * 4 // 3)))

    def randbelow(self, limit: int) -> int:
        """Like `secrets.randbelow`."""
        return self.source(f"number below {limit}").randrange(limit)

    def randbits(self, bits: int) -> int:
        """Like `secrets.randbits`."""
        return self.source(f"{bits} bits").getrandbits(bits)

    def uuid4(self) -> uuid.UUID:
        """Like `uuid.uuid4`."""
        return uuid.UUID(bytes=self.source("uuid").randbytes(16), version=4)


def _of_what() -> str:
    """The kind of row that is being made and needs a code, "" for none."""
    frame = sys._getframe(2)
    for _step in range(NEAR):
        if frame is None or frame.f_back is None:
            break
        frame = frame.f_back
        if frame.f_code.co_name == "__init__" and frame.f_code.co_filename.endswith(MODELS):
            return f" of {type(frame.f_locals['self']).__name__}"
    return ""


clock = FixedClock()
randomness = SeededRandom()


class SeededSystemRandom(random.Random):
    """Takes the place of `secrets.SystemRandom`."""

    def __init__(self) -> None:
        super().__init__(randomness.source("system").random())


def address_of(label: str) -> str:
    """An IP address for a request, another for each: nothing that is limited per address is ever used up."""
    first, second, third = hashlib.sha256(label.encode()).digest()[:3]
    return f"10.{first}.{second}.{third}"


def install() -> None:
    """Put them in place of the real ones. The monotonic clock goes on: time limits are kept by it."""
    from django.utils import timezone  # noqa: PLC0415 - only here, and before its settings are read

    replaced: dict[str, Any] = {
        name: getattr(randomness, name)
        for name in ("choice", "token_bytes", "token_hex", "token_urlsafe", "randbelow", "randbits")
    }
    for name, function in replaced.items():
        setattr(secrets, name, function)
    secrets.SystemRandom = SeededSystemRandom  # type: ignore[assignment,misc]
    uuid.uuid4 = randomness.uuid4  # type: ignore[assignment]
    random.seed(0)
    time.time = lambda: clock.now.timestamp()
    timezone.now = lambda: clock.now
