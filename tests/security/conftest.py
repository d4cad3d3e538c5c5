"""One of everything, for tests that walk through all addresses."""

import pytest

from tests.security.world import World


@pytest.fixture
def world(db: None) -> World:
    """A process with an assessment, an answer and a report."""
    return World()
