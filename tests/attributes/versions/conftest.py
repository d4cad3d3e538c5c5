"""Administrators, and drafts on their way to a version."""

import copy
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from attributes.editing import documents
from attributes.editing.documents import Address, Document, node
from attributes.models import Draft, QuestionSet
from attributes.services import drafts, publishing
from msgov.accounts.models import User
from tests import builders

LINK = "https://msgov.example/review/"
A1A = Address("item", "A1a")


@pytest.fixture
def ada(db: None) -> User:
    return builders.user("ada@example.org", name="Ada Okafor", is_question_set_admin=True)


@pytest.fixture
def ben(db: None) -> User:
    return builders.user("ben@example.org", name="Ben Ruiz", is_question_set_admin=True)


def reword(draft: Draft, user: User, text: str = "Is {resource} looked after?") -> Draft:
    def edit(document: Document) -> None:
        node(document, A1A)["text"] = {"en": text}

    return drafts.change(draft=draft, user=user, edit=edit, target=str(A1A), summary="Item")


def note(draft: Draft, user: User, changelog: str = "- Reworded A1a.", **declared: str) -> Draft:
    draft.refresh_from_db()
    return publishing.save_notes(
        draft=draft,
        user=user,
        changelog=changelog,
        started_from=draft.changelog,
        declared={f"item/{code}": said for code, said in declared.items()},
        of=documents.fingerprint(draft.content),
    )


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


def large(base: dict[str, Any], questions: int) -> dict[str, Any]:
    """The small set with this many questions in its first attribute, each with one item."""
    document = copy.deepcopy(base)
    pattern = document["attributes"][0]["questions"][1]
    document["attributes"][0]["questions"] += [
        {
            **copy.deepcopy(pattern),
            "code": f"Q{number}",
            "items": [{**copy.deepcopy(pattern["items"][0]), "code": f"Q{number}a", "text": {"en": f"Why {number}?"}}],
        }
        for number in range(questions)
    ]
    return document
