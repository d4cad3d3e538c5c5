"""What is public of a panel's result, looked through once for the same result.

It takes up to a second, is the same whenever it is done, and the demonstration and the published example are closed in
a hundred tests. Where a test changes how it is done, it is done.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from typing import Any

import pytest

from assessments.scoring import groups
from assessments.scoring.experience import PrintedAs, PublicPanel, enumeration, publishable, published
from assessments.scoring.experience.panel import PanelResult


@contextmanager
def remembering() -> Iterator[None]:
    """As long as this lasts, what is public of a closed wave is computed once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("assessments.panels.scored.published", partial(_remembered, {}, published))
        yield


def _remembered(
    known: dict[Any, PublicPanel],
    find: Callable[[PanelResult, PrintedAs], PublicPanel],
    result: PanelResult,
    printed: PrintedAs,
) -> PublicPanel:
    key = (sha256(repr((result, printed)).encode()).digest(), tuple(_how()))
    if key not in known:
        known[key] = find(result, printed)
    return known[key]


def _how() -> Iterator[Any]:
    """What it is done with: functions and limits that tests replace."""
    for module in (publishable, enumeration, groups):
        yield from (value for value in vars(module).values() if callable(value) or isinstance(value, int))
