"""The history page: who changed what, from what to what."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Assessment
from msgov.accounts.models import User
from tests import builders
from tests.builders.question_pages import autosave, form_of

pytestmark = pytest.mark.django_db


def page(client: Client, assessment: Assessment, query: str = "") -> str:
    return client.get(reverse("assessments:assessment-history", args=[assessment.code]) + query).content.decode()


def test_old_and_new_words_newest_first(as_organiser: Client, assessment: Assessment) -> None:
    form = form_of(as_organiser, assessment, "CR1")
    form.fields["CR1b-answer"] = "1"
    autosave(as_organiser, form)
    form.fields |= {"CR1b-answer": "2", "CR1b-comment": "After the meeting"}
    autosave(as_organiser, form)
    html = page(as_organiser, assessment)
    assert html.count("Olu Organiser") == 2
    assert html.index("After the meeting") < html.index("Not answered yet")
    newest = html[: html.index("Not answered yet")]
    assert newest.index("P – Partially achieved") < newest.index("L – Largely achieved")


def test_filter_by_item(as_organiser: Client, assessment: Assessment) -> None:
    builders.answer(assessment, "CR1a", 2, comment="one")
    builders.answer(assessment, "CR1b", 2, comment="two")
    html = page(as_organiser, assessment, "?item=CR1a")
    assert "one" in html
    assert "<ins>" in html
    assert ">two" not in html
    assert "Nobody has answered this item yet." in page(as_organiser, assessment, "?item=IT1a")
    assert page(as_organiser, assessment, "?item=nonsense&page=x")


def test_pages(as_organiser: Client, assessment: Assessment) -> None:
    form = form_of(as_organiser, assessment, "CR1")
    for number in range(27):
        form.fields["CR1d-answer"] = f"Words {number:02}"
        autosave(as_organiser, form)
    first, second = page(as_organiser, assessment), page(as_organiser, assessment, "?page=2")
    assert (first.count("<article"), second.count("<article")) == (25, 2)
    assert "Words 26" in first
    assert "Words 00" in second


def test_empty(as_organiser: Client, assessment: Assessment) -> None:
    assert "Nobody has answered anything yet." in page(as_organiser, assessment)


@pytest.mark.parametrize(("role", "status"), [("contributor", 200), ("reviewer", 403), (None, 404)])
def test_members_only_and_reviewers_after_submission(
    client_for: Callable[[User], Client], assessment: Assessment, role: str | None, status: int
) -> None:
    person = builders.user()
    if role:
        builders.member(assessment.process, person, role)
    where = reverse("assessments:assessment-history", args=[assessment.code])
    assert client_for(person).get(where).status_code == status
    type(assessment).objects.update(state="submitted")
    assert client_for(person).get(where).status_code == (200 if role else 404)
