"""A process with a draft, and its organiser signed in."""

import pytest

from tests import builders


@pytest.fixture
def organiser():
    return builders.user("organiser@example.org", name="Olu Organiser")


@pytest.fixture
def assessment(organiser):
    return builders.assessment(builders.process(organiser=organiser))


@pytest.fixture
def as_organiser(client_for, organiser):
    return client_for(organiser)
