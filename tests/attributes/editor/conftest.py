"""A question set administrator at the screen, and a draft of the shipped set: built once, found by each test anew."""

from collections.abc import Callable

import pytest

from attributes.editor.services.drafts import start_draft
from attributes.models import Draft
from msgov.accounts.models import User
from tests import builders
from tests.forms_in_pages import FormClient

Build = Callable[[Callable[[], int]], int]


@pytest.fixture(scope="module")
def editor_key(build_once: Build) -> int:
    def build() -> int:
        return builders.user("editor@example.org", name="Edda Editor", is_question_set_admin=True).pk

    return build_once(build)


@pytest.fixture(scope="module")
def draft_key(build_once: Build, editor_key: int) -> int:
    return build_once(lambda: start_draft(user=User.objects.get(pk=editor_key), base=builders.question_set()).pk)


@pytest.fixture
def editor(db: None, editor_key: int) -> User:
    return User.objects.get(pk=editor_key)


@pytest.fixture
def draft(db: None, draft_key: int) -> Draft:
    return Draft.objects.with_base().get(pk=draft_key)


@pytest.fixture
def desk(editor: User) -> FormClient:
    """The editor's browser."""
    client = FormClient()
    client.force_login(editor)
    return client
