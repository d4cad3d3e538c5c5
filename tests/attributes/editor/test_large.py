"""A draft of 500 questions: its page draws no more of them than what was opened."""

import copy
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from attributes.editor.services import drafts
from attributes.exporting import plain
from attributes.models import Draft
from msgov.accounts.models import User
from tests import builders

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def large(attributes: int, questions: int) -> dict:
    """A document with so many attributes, and so many questions in all, each with two items."""
    document = copy.deepcopy(plain(builders.shipped_spec()))
    model = document["attributes"][0]
    question = model["questions"][0]
    item = question["items"][0]
    rows = []
    for a in range(attributes):
        below = []
        for q in range(questions // attributes + (a < questions % attributes)):
            items = [
                {**item, "code": f"A{a}Q{q}{letter}", "recommendations": [], "short": {"en": "Words " * 8}}
                for letter in "ab"
            ]
            below.append({**question, "code": f"A{a}Q{q}", "items": items})
        rows.append({**model, "code": f"A{a}", "slug": f"a-{a}", "questions": below})
    return {**document, "slug": "large", "attributes": rows, "crosswalk": []}


@pytest.fixture(scope="module")
def large_keys(build_once: Callable[[Callable[[], dict[int, int]]], dict[int, int]], editor_key: int) -> dict[int, int]:
    """By the number of their attributes, drafts of 500 questions."""

    def build() -> dict[int, int]:
        user = User.objects.get(pk=editor_key)
        return {number: drafts.start_draft(user=user, document=large(number, 500)).pk for number in (12, 1)}

    return build_once(build)


@pytest.mark.parametrize(
    ("attributes", "opened"), [(12, ""), (12, "?open=item/A3Q7b"), (12, "?at=item/A3Q7b"), (1, "?open=question/A0Q499")]
)
def test_page_of_500_questions_stays_small(
    desk: Client,
    large_keys: dict[int, int],
    attributes: int,
    opened: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    draft = Draft.objects.get(pk=large_keys[attributes])
    with django_assert_max_num_queries(10):
        response = desk.get(f"/question-sets/drafts/{draft.code}/{opened}")
    assert response.status_code == 200
    assert len(response.content) < 300_000
    assert b"500 questions" in response.content
