"""Writes that another writer got in the way of are tried again, a few times, from the start."""

import random
import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import IntegrityError, OperationalError, connection

P = ParamSpec("P")
R = TypeVar("R")

ATTEMPTS = 5
FIRST_WAIT = 0.05  # seconds; doubles with each attempt
PASSING = ("locked", "deadlock", "could not serialize", "busy")


class LostRace(Exception):
    """Somebody else changed the row between reading and writing it."""


def retrying(write: Callable[P, R]) -> Callable[P, R]:
    """Repeat a whole transaction that failed only because of others.

    Inside another transaction it cannot be repeated alone, so there the error is left to the outer one.
    """

    @wraps(write)
    def attempt(*args: P.args, **kwargs: P.kwargs) -> R:
        if connection.in_atomic_block:
            return write(*args, **kwargs)
        for left in range(ATTEMPTS - 1, -1, -1):
            try:
                return write(*args, **kwargs)
            except (LostRace, IntegrityError, OperationalError) as error:
                if not left or not _will_pass(error):
                    raise
            # Not in step with the other one, or both would meet again.
            time.sleep(FIRST_WAIT * 2 ** (ATTEMPTS - 1 - left) * random.uniform(0.5, 1))  # noqa: S311 - no secret
        raise AssertionError("unreachable")

    return attempt


def _will_pass(error: Exception) -> bool:
    if isinstance(error, OperationalError):
        return any(word in str(error).lower() for word in PASSING)
    return True
