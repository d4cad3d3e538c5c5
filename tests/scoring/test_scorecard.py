from dataclasses import replace
from fractions import Fraction

import pytest

from assessments.scoring import METHOD_VERSION, ItemAnswer, ItemKind, ScoringError, ScoringItem, score
from tests.scoring.instrument import SPECS, not_applicable, rating

TWO = [
    ScoringItem(f"{attribute}1a", 1, f"{attribute}1", attribute, ItemKind.RATING, False, True)
    for attribute in ("A", "B")
]


def everything(level: int) -> list[ItemAnswer]:
    """Every rating at one level; checklists stay open."""
    return [rating(spec.code, level) for spec in SPECS if spec.kind is ItemKind.RATING]


def test_attributes_follow_the_order_of_the_items() -> None:
    card = score(SPECS, [])
    assert [result.code for result in card.attributes] == ["IT", "CR", "ED", "CO"]
    assert card.method_version == METHOD_VERSION == "1.0.0"


def test_any_number_of_attributes_has_an_index() -> None:
    card = score(TWO, [rating("A1a", 3), rating("B1a", 2)])
    assert card.index is not None
    assert card.index.arithmetic == Fraction(250, 3)
    assert list(card.index.double_weight) == ["A", "B"]
    assert card.weakest == ("B",)


def test_ties_for_the_weakest_are_all_listed() -> None:
    assert score(TWO, [rating("A1a", 2), rating("B1a", 2)]).weakest == ("A", "B")


def test_provisional_score_can_be_the_weakest_but_blocks_the_index() -> None:
    answers = [answer for answer in everything(2) if answer.code != "CR1a"]
    card = score(SPECS, [rating("CR1b", 1) if a.code == "CR1b" else a for a in answers])
    statuses = {result.code: result.status.value for result in card.attributes}
    assert statuses == {"IT": "withheld", "CR": "provisional", "ED": "shown", "CO": "shown"}
    assert card.index is None
    assert card.weakest == ("CR",)


def test_provisional_attribute_alone_blocks_the_index() -> None:
    specs = [*TWO, replace(TWO[1], code="B1b"), replace(TWO[1], code="B1c", critical=True)]
    answers = [rating(code, 2) for code in ("A1a", "B1a", "B1b")]
    card = score(specs, answers)
    assert [result.status.value for result in card.attributes] == ["shown", "provisional"]
    assert card.index is None
    assert score(specs, [*answers, rating("B1c", 2)]).index is not None


def test_no_score_at_all_has_no_weakest() -> None:
    card = score(SPECS, [])
    assert (card.weakest, card.index) == ((), None)


def test_attribute_not_applicable_blocks_the_index() -> None:
    card = score(TWO, [rating("A1a", 3), not_applicable("B1a")])
    assert (card.weakest, card.index) == (("A",), None)


def test_reduced_scope_blocks_the_index() -> None:
    specs = [*TWO, replace(TWO[1], code="B2a", question="B2")]
    answers = [rating("A1a", 3), rating("B1a", 3)]
    assert score(specs, [*answers, rating("B2a", 3)]).index is not None
    reduced = score(specs, [*answers, not_applicable("B2a")])
    assert reduced.attributes[1].status == "shown"
    assert reduced.index is None


def test_no_items_give_an_empty_card() -> None:
    card = score([], [])
    assert (card.attributes, card.weakest, card.index) == ((), (), None)


@pytest.mark.parametrize(
    ("specs", "answers", "message"),
    [
        (TWO, [rating("A1a", 1), rating("Z9z", 1)], "Z9z: answer to an unknown item"),
        (TWO, [rating("A1a", 1), rating("B1a", 1), rating("B1a", 2)], "B1a: answered twice"),
        ([*TWO, TWO[1]], [], "B1a: specified twice"),
        (TWO, [rating("A1a", 7)], "A1a: the level must be"),
    ],
)
def test_refused_input_names_the_item(specs: list[ScoringItem], answers: list[ItemAnswer], message: str) -> None:
    with pytest.raises(ScoringError, match=message):
        score(specs, answers)
