from dataclasses import replace
from fractions import Fraction

import pytest

from assessments.scoring import (
    Improvement,
    ItemAnswer,
    ItemKind,
    ItemState,
    OptionAnswer,
    ScoringError,
    ScoringItem,
    StateCredit,
    improvements,
    score,
)
from tests.scoring.instrument import choice, not_applicable, rating, specs_of

CR = specs_of("CR")
NINTH = Fraction(100, 9)


def by_item(found: tuple[Improvement, ...]) -> dict[str, Improvement]:
    return {action.item: action for action in found}


def test_largest_gain_comes_first_and_ties_keep_instrument_order() -> None:
    answers = [rating("CR1a", 1), rating("CR1b", 3, "E0"), rating("CR1c", 1)]
    found = improvements(CR, answers)
    assert [(action.item, action.action) for action in found] == [
        ("CR1b", "add_evidence"),
        ("CR1a", "next_level"),
        ("CR1c", "next_level"),
    ]
    assert [action.gain for action in found] == [2 * NINTH, NINTH, NINTH]


def test_gain_is_what_rescoring_gives() -> None:
    answers = [rating("CR1a", 0), rating("CR1b", 3), rating("CR1c", 3)]
    (action,) = improvements(CR, answers)
    (after,) = score(CR, [rating("CR1a", 1), *answers[1:]]).attributes
    assert (action.new_score, action.new_letter) == (after.score, after.letter)
    assert (action.gain, action.new_letter) == (NINTH, "L")


@pytest.mark.parametrize(("level", "given", "enough"), [(2, "E0", "E1"), (3, "E0", "E2"), (3, "E1", "E2")])
def test_capped_claim_asks_for_just_enough_evidence(level: int, given: str, enough: str) -> None:
    answers = [rating("CR1a", level, given), rating("CR1b", 3), rating("CR1c", 3)]
    (action,) = improvements(CR, answers)
    assert (action.action, action.evidence_class, action.level) == ("add_evidence", enough, None)
    assert action.new_score == Fraction(200, 3) + level * NINTH


def test_supported_claim_goes_one_level_up() -> None:
    answers = [rating("CR1a", 1, "E0"), rating("CR1b", 3), rating("CR1c", 3)]
    (action,) = improvements(CR, answers)
    assert (action.action, action.level, action.evidence_class) == ("next_level", 2, "E1")
    assert action.gain == NINTH


def test_open_item_narrows_the_range_by_an_unknown_gain() -> None:
    answers = [rating("CR1a", 3), rating("CR1b", 2), rating("CR1c", None)]
    found = improvements(CR, answers)
    assert [action.action for action in found] == ["next_level", "answer"]
    assert found[1] == Improvement("CR1c", "answer", None, None, 3 * NINTH)


def test_unanswered_items_are_sorted_by_what_they_narrow() -> None:
    found = improvements(specs_of("ED"), [])
    assert [action.item for action in found] == [
        "ED2a",
        "ED3a",
        "ED1a",
        "ED1b",
        "ED4a",
        "ED4b",
        "ED4c",
        "ED4d",
    ]
    assert sum(action.range_gain for action in found) == 100


def test_withheld_attribute_has_no_known_gain() -> None:
    found = improvements(CR, [rating("CR1a", 1)])
    assert [(action.item, action.gain) for action in found] == [
        ("CR1b", None),
        ("CR1c", None),
        ("CR1a", None),
    ]
    assert [action.new_score for action in found] == [None, None, None]


def test_not_applicable_and_perfect_items_need_nothing() -> None:
    specs = [replace(CR[0], na_allowed=True), *CR[1:]]
    answers = [not_applicable("CR1a"), rating("CR1b", 3), rating("CR1c", 3)]
    assert improvements(specs, answers) == ()


def test_checklist_moves_the_option_that_gains_most() -> None:
    answer = choice("IT3b", ["yes", "no"])
    action = by_item(improvements(specs_of("IT"), [answer, *everything_else("IT3b")]))["IT3b"]
    assert (action.option, action.state, action.action) == ("restrictions", "yes", "next_level")
    assert action.gain == 100 * Fraction(1, 10) * Fraction(1, 2)


def test_checklist_takes_the_first_of_equal_options_one_credit_up() -> None:
    answer = choice("IT4b", ["yes", "no", "partly", "dont_know"])
    found = improvements(specs_of("IT"), [answer, *everything_else("IT4b")])
    step, more = [action for action in found if action.item == "IT4b"]
    assert (step.option, step.state) == ("legitimacy", "partly")
    assert (more.action, more.range_gain) == ("answer", 100 * Fraction(1, 10) * Fraction(1, 4))


def test_known_options_at_their_best_leave_only_the_open_ones() -> None:
    states = (StateCredit("no", Fraction(0)), StateCredit("mostly", Fraction(3, 4)))
    spec = ScoringItem("X1a", 1, "X1", "X", ItemKind.CHOICE, False, False, ("a", "b", "c"), states)
    answer = choice("X1a", ["mostly", "mostly", ""], spec=spec)
    assert [action.action for action in improvements([spec], [answer])] == ["answer"]


def test_reviewed_value_goes_up_to_the_next_level() -> None:
    spec = CR[0]
    answer = replace(rating("CR1a", 3, "E0"), moderated=Fraction(1, 2))
    (action,) = improvements([spec], [answer])
    assert (action.action, action.level, action.evidence_class) == ("next_level", 2, None)
    assert (action.gain, action.new_score) == (100 * Fraction(1, 6), Fraction(200, 3))


def test_text_is_assumed_when_the_next_state_needs_it() -> None:
    options = (OptionAnswer("", "no", False),)
    answer = ItemAnswer("IT5c", ItemState.ANSWERED, options=options, evidence_class="E2")
    others = [rating("IT1a", 1) if a.code == "IT1a" else a for a in everything_else("IT5c")]
    action = by_item(improvements(specs_of("IT"), [answer, *others]))["IT5c"]
    assert (action.option, action.state) == ("", "yes")
    assert action.gain == 100 * Fraction(1, 15)


def test_items_of_two_attributes_are_refused() -> None:
    for specs in ([], [*CR, *specs_of("ED")]):
        with pytest.raises(ScoringError, match="one attribute"):
            improvements(specs, [])


def everything_else(code: str) -> list[ItemAnswer]:
    """All other items of the attribute at the top; answers to other attributes do no harm."""
    best = {"IT2b": "mitigated"}
    return [
        choice(spec.code, [best.get(spec.code, "yes")] * len(spec.options)) if spec.options else rating(spec.code, 3)
        for spec in (*specs_of("IT"), *CR)
        if spec.code != code
    ]
