"""How much work something is, by the number of functions it calls: the same on every machine, busy or not."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from cProfile import Profile
from dataclasses import dataclass


@dataclass
class Work:
    """A number of calls, of Python's functions and of those written in C: known when all is done."""

    calls: int = 0


@contextmanager
def at_most(calls: int) -> Iterator[Work]:
    """Fail where what is done meanwhile takes more calls. What is asked of hostile input: that it costs little."""
    work, before = Work(), sys.getprofile()
    # Counting in Python, by `sys.setprofile`, would take many times as long as what is counted.
    profile = Profile(subcalls=False)
    profile.enable()
    try:
        yield work
    finally:
        profile.disable()
        sys.setprofile(before)
        work.calls = sum(entry.callcount for entry in profile.getstats())
    assert work.calls <= calls, f"{work.calls} calls, {calls} at most"
