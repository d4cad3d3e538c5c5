"""A process with a submitted round, and an organiser who writes its actions."""

from collections.abc import Callable

import pytest
from django.test import Client

from assessments.documents.values import document_digest
from assessments.models import Assessment, FrozenResult
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
    document = samples.result("Forum", code=assessment.code)
    FrozenResult.objects.create(
        assessment=assessment,
        number=1,
        method_version=document.method_version,
        document=document.model_dump(mode="json"),
        digest=document_digest(document),
    )
    return assessment


@pytest.fixture
def own(organiser: User, client_for: ClientFor) -> Client:
    return client_for(organiser)
