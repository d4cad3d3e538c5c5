"""A draft of the small set, and somebody who translates it."""

import pytest
from django.test import Client

from attributes.editor.services.drafts import start_draft
from attributes.models import Draft, QuestionSet
from msgov.accounts.models import User
from tests import builders


@pytest.fixture
def translator() -> User:
    """A question set administrator."""
    return builders.user(is_question_set_admin=True)


@pytest.fixture
def draft(published: QuestionSet, translator: User) -> Draft:
    """A draft of the small set: English, with two texts in French."""
    return start_draft(user=translator, base=published)


@pytest.fixture
def client_of_translator(translator: User) -> Client:
    """Signed in as the translator."""
    client = Client()
    client.force_login(translator)
    return client
