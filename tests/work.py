"""How much work something is, by the number of functions it calls: the same on every machine, busy or not."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Work:
    """A number of calls, of Python's functions and of those written in C."""

    def __init__(self) -> None:
        self.calls = 0

    def note(self, frame: FrameType, event: str, argument: object) -> None:
        """Count a call; `sys.setprofile` calls this."""
        if event in ("call", "c_call"):
            self.calls += 1


@contextmanager
def at_most(calls: int) -> Iterator[Work]:
    """Fail where what is done meanwhile takes more calls. What is asked of hostile input: that it costs little."""
    work, before = Work(), sys.getprofile()
    sys.setprofile(work.note)
    try:
        yield work
    finally:
        sys.setprofile(before)
    assert work.calls <= calls, f"{work.calls} calls, {calls} at most"
