"""A process with a draft, and its organiser signed in: as for the pages of questions."""

from collections.abc import Callable

import pytest
from django.test import Client

from assessments.models import Assessment
from msgov.accounts.models import User
from tests import builders


@pytest.fixture
def organiser() -> User:
    return builders.user("organiser@example.org", name="Olu Organiser")


@pytest.fixture
def assessment(organiser: User) -> Assessment:
    return builders.assessment(builders.process(organiser=organiser))


@pytest.fixture
def as_organiser(client_for: Callable[[User], Client], organiser: User) -> Client:
    return client_for(organiser)
