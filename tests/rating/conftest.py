"""A process with a draft of three answers, and its organiser: those of the answering pages."""

import pytest

from assessments.models import Assessment
from msgov.accounts.models import User
from tests import builders
from tests.answering.conftest import as_organiser, organiser

__all__ = ["as_organiser", "organiser"]

SECRET = "Kept from the second rater"


@pytest.fixture
def assessment(organiser: User) -> Assessment:
    found = builders.assessment(builders.process(organiser=organiser))
    evidence = {"evidence_text": "The minutes say it on page 2", "evidence_links": "https://example.org/minutes"}
    builders.answer(found, "CR1a", 3, comment=SECRET, updated_by=organiser, **evidence)
    builders.answer(found, "CR1b", 1, updated_by=organiser)
    builders.answer(found, "ED2a", 2, updated_by=organiser)
    return found
