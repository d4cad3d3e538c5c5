"""A process with a submitted round, and an organiser who writes its actions."""

from collections.abc import Callable

import pytest
from django.test import Client

from assessments.models import Assessment
from msgov.accounts.models import User
from tests import builders
from tests.builders import samples

ClientFor = Callable[[User], Client]


@pytest.fixture
def organiser(db: None) -> User:
    return builders.user("ada@example.org", name="Ada Lovelace")


@pytest.fixture
def round_one(organiser: User) -> Assessment:
    """A submitted round with the sample as its frozen result."""
    assessment = builders.assessment(builders.process(organiser=organiser, name="Forum"), state="submitted")
    samples.frozen(assessment)
    return assessment


@pytest.fixture
def own(organiser: User, client_for: ClientFor) -> Client:
    return client_for(organiser)
