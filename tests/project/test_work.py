"""The counting of work finds what grows too fast."""

import pytest

from tests.work import at_most


def pairs(number: int) -> int:
    """Compare everything with everything."""
    return sum(max(a, b) for a in range(number) for b in range(number))


def test_calls_are_counted_the_same_every_time() -> None:
    found = []
    for _ in range(2):
        with at_most(10_000) as work:
            pairs(50)
        found.append(work.calls)
    assert found[0] == found[1] > 2500


def test_too_much_work_fails() -> None:
    with pytest.raises(AssertionError, match="calls, 10000 at most"), at_most(10_000):
        pairs(200)
