"""An organiser at a browser."""

import pytest
from django.test import Client

from msgov.accounts.models import User
from tests import builders


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
