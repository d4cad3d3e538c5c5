"""The public pages: open to everybody, complete, and the same number of queries for every set."""

import re
from html import unescape
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from attributes.catalogue.published import catalogue_of
from attributes.loading import store_spec
from attributes.models import QuestionSet
from attributes.schema import QuestionSetSpec
from tests.attributes.test_shipped_set import QUESTIONS

pytestmark = pytest.mark.django_db
PAGES = ["framework", "questions", "method"]


def read(client: Client, page: str, query: str = "") -> str:
    response = client.get(reverse(f"attributes:{page}") + query)
    assert response.status_code == 200
    return unescape(response.content.decode())


@pytest.mark.parametrize("page", PAGES)
def test_headings_and_ids(client: Client, shipped: QuestionSet, page: str) -> None:
    html = read(client, page)
    levels = [int(level) for level in re.findall(r"<h([1-6])", html)]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = re.findall(r'\sid="([^"]*)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'(?:href="#|aria-labelledby=")([^"]+)"', html)) <= set(ids)
    assert "{" not in html
    assert "style=" not in html


@pytest.mark.parametrize("page", PAGES)
def test_source_is_credited_without_line_numbers(client: Client, shipped: QuestionSet, page: str) -> None:
    html = read(client, page)
    assert "Internet Governance: Why the Multistakeholder Approach Works" in html
    assert "msgov is not affiliated with or endorsed by the Internet Society" in html
    assert "388-389" not in html


def test_questions_say_what_participants_read_and_how_kinds_differ(client: Client, shipped: QuestionSet) -> None:
    html = " ".join(read(client, "questions").split())
    assert "Stakeholders are asked: In your experience, is this process open to sharing its findings?" in html
    assert "<strong>Sets standards</strong>: “Outputs” means specifications and errata." in html
    assert html.count("<strong>Holds a dialogue</strong>: it is not asked") == 4
    assert html.count("Why it is critical:") == 6
    assert "Stakeholders read: not a barrier: as far as you know, it stops nobody." in html
    assert "In deliberating on issues of global Internet governance, we should ask:" in html
    assert "It follows IT2a:" in html
    rules = html.partition('<h2 id="contradictions">')[2]
    assert re.findall(r"<strong>(X\d)</strong>", rules) == ["X1", "X2", "X3", "X4", "X5", "X6"]
    assert "“exists” or “don’t know” or “not answered”" in rules
    assert "answered “N – Not achieved”" in rules
    assert "gives no recommendations" not in html


def test_a_set_that_lacks_rules_and_recommendations_says_so_or_nothing(client: Client, small: dict[str, Any]) -> None:
    del small["contradictions"]
    for item in small["attributes"][0]["questions"][0]["items"]:
        for name in ("recommendations", "participant_text", "participant_note"):
            item.pop(name, None)
        for state in item.get("states", []):
            state.pop("participant_label", None)
            state.pop("participant_text", None)
    store_spec(QuestionSetSpec.model_validate(small))
    html = read(client, "questions", "?set=small")
    assert "This question set gives no recommendations." in html
    assert "contradict each other" not in html
    assert "Stakeholders are asked" not in html


@pytest.mark.parametrize("page", PAGES)
def test_queries(
    client: Client, shipped: QuestionSet, page: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    catalogue_of(shipped)
    with django_assert_num_queries(1):
        read(client, page)


@pytest.mark.usefixtures("empty_site")
@pytest.mark.parametrize("page", PAGES)
def test_before_any_set_is_loaded(client: Client, page: str) -> None:
    assert "No question set has been published here yet." in read(client, page)


@pytest.mark.parametrize("page", PAGES)
def test_any_set_can_be_shown(client: Client, published: QuestionSet, shipped: QuestionSet, page: str) -> None:
    assert "Small, version 1.0.0" in read(client, page, "?set=small")
    assert "?set=small" in read(client, page)
    assert client.get(reverse(f"attributes:{page}") + "?set=none").status_code == 404
    assert client.post(reverse(f"attributes:{page}")).status_code == 405


def test_framework(client: Client, shipped: QuestionSet) -> None:
    html = read(client, "framework")
    for text in (
        "Collective responsibility",
        "Inclusiveness is the basis of legitimacy in collaborative decision-making.",
        "decentralized governance institutions (governance)",
        "Sustain permission-less innovation and widening access",
        "There are overlapping rights and responsibilities across sectors and borders",
        "Accountability, review and redress.",
    ):
        assert text in html


def test_questions(client: Client, shipped: QuestionSet) -> None:
    html = read(client, "questions")
    for code, verbatim in QUESTIONS.items():
        assert verbatim in html
        assert f'id="{code}"' in html
    for item in catalogue_of(shipped).items.values():
        assert f'id="{item.code}"' in html
        for anchor in item.anchors:
            assert anchor["en"].replace("{resource}", "the Internet") in html
        for text_map in (*item.evidence_prompts, *(option.label for option in item.options)):
            assert text_map["en"] in html


@pytest.mark.usefixtures("empty_site")
def test_texts_of_a_set_are_escaped(client: Client, small: dict[str, Any]) -> None:
    small["attributes"][0]["summary"]["en"] = "<script>alert(1)</script>"
    store_spec(QuestionSetSpec.model_validate(small))
    assert "<script>alert" not in client.get(reverse("attributes:framework")).content.decode()
