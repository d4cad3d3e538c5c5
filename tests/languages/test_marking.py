"""Texts that fall back to another language than that of the page are marked, wherever they stand."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.comparing.build import build_comparison
from assessments.models import Assessment
from assessments.reports.html import render_html
from assessments.results.build import build_document
from assessments.results.frozen import document_of
from assessments.rounds.services.submission import submit_assessment
from attributes.loading import store_spec
from attributes.models import QuestionSet
from attributes.schema import QuestionSetSpec
from msgov.accounts.models import User
from tests import builders
from tests.builders import worked
from tests.builders.papers import paper
from tests.languages.marking import words_by_language

pytestmark = pytest.mark.django_db
# Stands before every text of the set: whatever holds it is not in the language of the page.
SIGN = "¶"


def _foreign(value: Any) -> Any:
    if isinstance(value, dict) and set(value) == {"en"}:
        return {"fr": SIGN + value["en"]}
    if isinstance(value, dict):
        return {name: _foreign(entry) for name, entry in value.items()}
    return [_foreign(entry) for entry in value] if isinstance(value, (list, tuple)) else value


@pytest.fixture
def foreign() -> QuestionSet:
    """The shipped set as if it had been written in French, with no word of English."""
    document = builders.shipped_spec().model_dump(mode="json", exclude_defaults=True)
    document = _foreign(document) | {"slug": "foreign", "languages": ["fr"]}
    return store_spec(QuestionSetSpec.model_validate(document))[0]


@pytest.fixture
def organiser() -> User:
    return builders.user()


@pytest.fixture
def assessment(foreign: QuestionSet, organiser: User) -> Assessment:
    """A round with an answer of each sort."""
    found = builders.assessment(builders.process(organiser=organiser), question_set=foreign)
    builders.answer(found, "IT1a", 1)
    builders.answer(found, "IT2a", 3)
    return found


@pytest.fixture
def as_organiser(organiser: User) -> Client:
    """The organiser's."""
    client = Client()
    client.force_login(organiser)
    return client


def _unmarked(html: str) -> list[str]:
    assert SIGN in html
    return [words for language, words in words_by_language(html) if SIGN in words and language != "fr"]


def _get(client: Client, name: str, *args: Any, query: str = "") -> str:
    answer = client.get(reverse(name, args=args) + query, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("page", ["framework", "questions", "method"])
def test_public_pages(as_organiser: Client, foreign: QuestionSet, page: str) -> None:
    assert _unmarked(_get(as_organiser, f"attributes:{page}", query="?set=foreign")) == []


@pytest.mark.parametrize(
    "page",
    ["assessment-hub", "assessment-check", "assessment-history", "assessment-results"],
)
def test_pages_of_an_assessment(as_organiser: Client, assessment: Assessment, page: str) -> None:
    html = _get(as_organiser, f"assessments:{page}", assessment.code)
    if page != "assessment-history":
        assert _unmarked(html) == []


def test_question_pages(as_organiser: Client, assessment: Assessment) -> None:
    for question in builders.items().questions:
        html = _get(as_organiser, "assessments:question", assessment.code, question.code)
        assert _unmarked(html) == [], question.code
        title = html[html.index("<title>") : html.index("</title>")]
        assert "span" not in title


def test_pages_of_a_process(as_organiser: Client, assessment: Assessment) -> None:
    for page in ("process-screener", "process-goals"):
        assert _unmarked(_get(as_organiser, f"assessments:{page}", assessment.process.code)) == [], page


def test_results_with_workings(as_organiser: Client, assessment: Assessment, organiser: User) -> None:
    submit_assessment(assessment=assessment, user=organiser)
    assert _unmarked(_get(as_organiser, "assessments:assessment-results", assessment.code)) == []


def _compared(assessment: Assessment, organiser: User, query: str = "") -> list[Assessment]:
    other = builders.assessment(builders.process(organiser=organiser), question_set=assessment.question_set)
    for row in (assessment, other):
        worked.give_all(row, worked.RESPONSIBILITY)
        submit_assessment(assessment=row, user=organiser)
    return [assessment, other]


def test_comparison(as_organiser: Client, assessment: Assessment, organiser: User) -> None:
    chosen = _compared(assessment, organiser)
    query = "?" + "&".join(f"code={row.code}" for row in chosen)
    assert _unmarked(_get(as_organiser, "assessments:compare-show", query=query)) == []


def test_comparison_report(assessment: Assessment, organiser: User) -> None:
    documents = [document_of(row.results.get()) for row in _compared(assessment, organiser)]
    assert _unmarked(render_html(paper(build_comparison(documents)), "en")) == []


def test_reports(assessment: Assessment) -> None:
    assert _unmarked(render_html(paper(build_document(assessment)), "en")) == []
