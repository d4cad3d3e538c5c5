"""A question set administrator at the screen, and a draft of the shipped set."""

import pytest
from django.test import Client

from attributes.editor.services.drafts import start_draft
from attributes.models import Draft
from msgov.accounts.models import User
from tests import builders


@pytest.fixture
def editor(db: None) -> User:
    return builders.user("editor@example.org", name="Edda Editor", is_question_set_admin=True)


@pytest.fixture
def draft(editor: User) -> Draft:
    return start_draft(user=editor, base=builders.question_set())


@pytest.fixture
def desk(editor: User) -> Client:
    """The editor's browser."""
    client = Client()
    client.force_login(editor)
    return client
