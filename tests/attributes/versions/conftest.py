"""Administrators, and drafts on their way to a version."""

from collections.abc import Callable

import pytest
from django.test import Client

from attributes.editor.services import drafts
from attributes.models import Draft, QuestionSet
from attributes.versions.services import publishing
from msgov.accounts.models import User
from tests import builders
from tests.builders.editor import LINK, note, reword


@pytest.fixture
def ada(db: None) -> User:
    return builders.user("ada@example.org", name="Ada Okafor", is_question_set_admin=True)


@pytest.fixture
def ben(db: None) -> User:
    return builders.user("ben@example.org", name="Ben Ruiz", is_question_set_admin=True)


@pytest.fixture
def draft(published: QuestionSet, ada: User) -> Draft:
    """A draft of the small set with one item reworded and a changelog."""
    found = drafts.start_draft(user=ada, base=published)
    reword(found, ada)
    note(found, ada)
    found.refresh_from_db()
    return found


@pytest.fixture
def publish() -> Callable[..., QuestionSet]:
    """Take a draft the whole way: asked for by the first, approved and published by the second person."""

    def act(draft: Draft, first: User, second: User) -> QuestionSet:
        publishing.ask_for_review(draft=draft, user=first, link=LINK)
        draft.refresh_from_db()
        publishing.approve(draft=draft, user=second, what=publishing.seen(draft), link=LINK)
        draft.refresh_from_db()
        return publishing.publish(draft=draft, user=second, what=publishing.seen(draft))

    return act


@pytest.fixture
def at(client_for: Callable[[User], Client], ada: User) -> Client:
    """The first administrator's browser."""
    return client_for(ada)
