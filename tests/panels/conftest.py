"""An organiser at a browser, and waves that all tests of a module find as they were launched."""

from collections.abc import Callable

import pytest
from django.test import Client

from msgov.accounts.models import User
from tests import builders
from tests.builders.clock import clock_of
from tests.builders.panels import launched

Make = Callable[[Callable[[], int]], int]


@pytest.fixture
def organiser() -> User:
    """Whoever asks."""
    return builders.user("organiser@example.org")


@pytest.fixture
def as_organiser(organiser: User) -> Client:
    """Their browser, signed in."""
    found = Client()
    found.force_login(organiser)
    return found


@pytest.fixture(scope="module")
def launched_key(build_once: Make) -> int:
    """The number of a wave that was launched today."""
    return build_once(lambda: launched(builders.user("organiser@example.org")).pk)


@pytest.fixture(scope="module")
def december_key(build_once: Make) -> int:
    """The number of a wave that was launched on 1 December 2026 at ten in UTC, and is open until the 15th."""
    with pytest.MonkeyPatch.context() as patch:
        clock_of(patch)("2026-12-01 10:00")
        return build_once(lambda: launched(builders.user("ada@example.org")).pk)
