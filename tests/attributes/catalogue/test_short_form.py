"""Which items stand for their questions in the short form, where a set says so and where it does not."""

from typing import Any

import pytest

from attributes.catalogue.published import build
from attributes.catalogue.types import CatalogueSet
from attributes.documents.documents import Address, node
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def document() -> dict[str, Any]:
    """The Internet Society's set, without its marks."""
    found: dict[str, Any] = builders.question_set().document
    for attribute in found["attributes"]:
        for question in attribute["questions"]:
            for item in question["items"]:
                item.pop("short_form", None)
    return found


def read(document: dict[str, Any]) -> CatalogueSet:
    codes = [i["code"] for a in document["attributes"] for q in a["questions"] for i in q["items"]]
    return build(document, dict(zip(codes, range(len(codes)), strict=True)), id=1, status="published", digest="")


def short(catalogue: CatalogueSet, question: str, kind: str = "") -> list[str]:
    return [item.code for item in catalogue.question(question).asked_of_participants(kind, is_short=True)]


def test_without_marks_a_critical_item_stands_then_the_first_rating_then_the_first(document: dict[str, Any]) -> None:
    catalogue = read(document)
    assert short(catalogue, "ED3") == ["ED3a"]
    # CO1a, which is critical, and CO1d are for the organiser alone.
    assert short(catalogue, "CO1") == ["CO1b"]
    assert short(catalogue, "IT3") == ["IT3c"]
    assert short(catalogue, "IT2") == ["IT2b"]


def test_a_mark_holds_where_its_item_applies_and_takes_no_critical_item_away(document: dict[str, Any]) -> None:
    for code in ("ED4d", "ED1b"):
        node(document, Address("item", code))["short_form"] = True
    catalogue = read(document)
    assert short(catalogue, "ED4") == ["ED4d"]
    assert short(catalogue, "ED4", "dialogues") == ["ED4b"]
    assert short(catalogue, "ED1") == ["ED1a", "ED1b"]
    assert short(catalogue, "ED2", "dialogues") == []


def test_several_critical_items_are_all_asked(document: dict[str, Any]) -> None:
    node(document, Address("item", "CR1c"))["critical"] = True
    assert short(read(document), "CR1") == ["CR1a", "CR1c"]
