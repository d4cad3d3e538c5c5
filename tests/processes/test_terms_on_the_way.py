"""The way to a first result needs few terms: those on its pages are in the glossary, and no others are met there."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from assessments.glossary import FIRST_MOST, TERMS
from assessments.models import Assessment
from assessments.vocabulary import AssessmentState
from attributes.catalogue.published import catalogue_of
from tests import builders
from tests.comparing.given import answered

pytestmark = pytest.mark.django_db

# Terms of the method that readers on this way are spared.
SPARED = ("kappa", "shown share", "leave-one-out", "per head", "group-balanced", "evidence track", "experience track")
# Plain words of a question as well.
PLAIN = frozenset({"on_record"})


def visible(html: str) -> str:
    """The words of a page as they are read, without what opens on tap."""
    main = html[html.index("<main") : html.index("</main>")]
    without = re.sub(r'<span class="term-meaning".*?</span>', " ", main, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", without)))


@pytest.fixture
def assessment() -> Assessment:
    made = builders.assessment(builders.process(organiser=builders.user()), state=AssessmentState.DRAFT)
    return answered(made, {"ED3a": -1})


@pytest.fixture
def on_the_way(client: Client, assessment: Assessment) -> dict[str, str]:
    """The pages from the first to the first result, by name."""
    return dict(_pages(client, assessment))


def _pages(client: Client, assessment: Assessment) -> Iterator[tuple[str, str]]:
    code = [assessment.code]
    for name in ("home", "account_signup"):
        yield name, client.get(reverse(name)).content.decode()
    client.force_login(assessment.process.created_by)  # type: ignore[arg-type]  # builders name somebody
    yield "describe", client.get(reverse("assessments:process-create")).content.decode()
    yield "hub", client.get(reverse("assessments:assessment-hub", args=code)).content.decode()
    for question in catalogue_of(assessment.question_set).questions:
        address = reverse("assessments:question", args=[assessment.code, question.code])
        yield question.code, client.get(address).content.decode()
    yield "check", client.get(reverse("assessments:assessment-check", args=code)).content.decode()


def test_few_terms_are_explained_on_the_way(on_the_way: dict[str, str]) -> None:
    met = {
        key for html in on_the_way.values() for key in re.findall(r'popovertarget="term-(\w+?)-[0-9a-f]+-\d+"', html)
    }
    assert met <= {term.key for term in TERMS if term.first}
    assert len(met) <= FIRST_MOST


def test_other_terms_are_not_met_on_the_way(on_the_way: dict[str, str]) -> None:
    others = [str(term.name) for term in TERMS if not term.first and term.key not in PLAIN] + list(SPARED)
    found = {
        page: [word for word in others if re.search(rf"\b{re.escape(word)}\b", visible(html), re.IGNORECASE)]
        for page, html in on_the_way.items()
    }
    assert {page: words for page, words in found.items() if words} == {}
