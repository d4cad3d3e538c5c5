from dataclasses import replace
from fractions import Fraction

import pytest

from assessments.scoring import AttributeScore, ItemAnswer, ScoreStatus, ScoringError, score_items
from assessments.scoring.weights import default_weights, score_attribute, step_of, weights
from tests.scoring.instrument import choice, not_applicable, rating, specs_of


def result(attribute: str, answers: list[ItemAnswer]) -> AttributeScore:
    specs = specs_of(attribute)
    return score_attribute(attribute, specs, score_items(specs, answers))


def all_at(attribute: str, level: int, evidence: str = "E2") -> list[ItemAnswer]:
    return [rating(spec.code, level, evidence) for spec in specs_of(attribute)]


def test_question_without_an_applicable_item_drops_out() -> None:
    specs = specs_of("ED")
    found = weights(specs, {spec.code for spec in specs} - {"ED2a"})
    assert found["ED3a"] == Fraction(1, 3)
    assert found["ED4d"] == Fraction(1, 12)
    assert "ED2a" not in found


def test_nothing_applicable_has_no_weights_and_no_step() -> None:
    assert weights(specs_of("ED"), set()) == {}
    assert step_of({}) == 0


def test_default_weight_stays_when_an_item_drops_out() -> None:
    answers = [*all_at("ED", 2)[:4], not_applicable("ED4a"), *all_at("ED", 2)[5:]]
    dropped = next(item for item in result("ED", answers).items if item.code == "ED4a")
    assert (dropped.weight, dropped.default_weight, dropped.contribution) == (0, Fraction(1, 16), 0)
    kept = next(item for item in result("ED", answers).items if item.code == "ED4b")
    assert (kept.weight, kept.default_weight) == (Fraction(1, 12), Fraction(1, 16))


def test_two_of_three_items_are_enough_to_be_shown() -> None:
    found = result("CR", [rating("CR1a", 2), rating("CR1b", 2)])
    assert (found.coverage, found.status, found.provisional_because) == (Fraction(2, 3), ScoreStatus.SHOWN, ())


def test_two_of_three_items_without_the_critical_one_are_provisional() -> None:
    found = result("CR", [rating("CR1b", 2), rating("CR1c", 2)])
    assert (found.status, found.provisional_because) == (ScoreStatus.PROVISIONAL, ("critical_open",))
    assert found.critical_open == ("CR1a",)


def test_both_reasons_for_provisional_are_given() -> None:
    found = result("ED", [rating(code, 2) for code in ("ED1a", "ED1b", "ED2a")])
    assert found.coverage == Fraction(1, 2)
    assert found.provisional_because == ("coverage", "critical_open")


def test_withheld_keeps_coverage_and_range_only() -> None:
    found = result("CR", [rating("CR1a", 2)])
    assert found.status is ScoreStatus.WITHHELD
    assert (found.score, found.claimed, found.unsupported) == (None, None, None)
    assert (found.letter, found.band_letter, found.limited_by) == (None, None, ())
    assert (found.low, found.high, found.coverage) == (
        Fraction(200, 9),
        Fraction(800, 9),
        Fraction(1, 3),
    )
    assert [item.contribution for item in found.items] == [0, 0, 0]


def test_attribute_without_applicable_items_has_no_figures() -> None:
    specs = [replace(spec, na_allowed=True) for spec in specs_of("CR")]
    values = score_items(specs, [not_applicable(spec.code) for spec in specs])
    found = score_attribute("CR", specs, values)
    assert found.status is ScoreStatus.NOT_APPLICABLE
    assert (found.score, found.low, found.high, found.letter) == (None, None, None, None)
    assert (found.coverage, found.scope, found.reduced_scope) == (0, 0, True)
    assert (found.critical_open, found.provisional_because) == ((), ())


@pytest.mark.parametrize(
    ("left_out", "scope", "reduced"),
    [
        (["ED2a"], Fraction(3, 4), False),
        (["ED2a", "ED4a"], Fraction(11, 16), False),
        (["ED2a", "ED4a", "ED4c"], Fraction(5, 8), True),
    ],
)
def test_scope_falls_with_what_is_not_applicable(left_out: list[str], scope: Fraction, reduced: bool) -> None:
    answers = [not_applicable(spec.code) if spec.code in left_out else rating(spec.code, 2) for spec in specs_of("ED")]
    found = result("ED", answers)
    assert (found.scope, found.reduced_scope, found.coverage) == (scope, reduced, 1)


def test_scope_of_exactly_two_thirds_is_not_reduced() -> None:
    specs = [replace(spec, na_allowed=True) for spec in specs_of("CR")]
    values = score_items(specs, [rating("CR1a", 2), rating("CR1b", 2), not_applicable("CR1c")])
    found = score_attribute("CR", specs, values)
    assert (found.scope, found.reduced_scope) == (Fraction(2, 3), False)


def test_failed_critical_item_is_named_only_where_it_lowers_the_letter() -> None:
    low = [rating("CR1a", 0), rating("CR1b", 1), rating("CR1c", 1)]
    assert (result("CR", low).letter, result("CR", low).limited_by) == ("P", ())
    high = [rating("CR1a", 0), rating("CR1b", 3), rating("CR1c", 3)]
    found = result("CR", high)
    assert (found.score, found.band_letter, found.letter) == (Fraction(200, 3), "L", "P")
    assert found.limited_by == ("CR1a",)


def test_failed_ordinary_item_does_not_limit_the_letter() -> None:
    found = result("CR", [rating("CR1a", 3), rating("CR1b", 0), rating("CR1c", 3)])
    assert (found.letter, found.limited_by) == ("L", ())


def test_contributions_explain_the_score() -> None:
    found = result("CR", [rating("CR1a", 3), rating("CR1b", 1)])
    assert [item.contribution for item in found.items] == [50, Fraction(50, 3), 0]
    assert found.score == Fraction(200, 3)


def test_unsupported_part_is_claimed_minus_supported() -> None:
    found = result("CR", all_at("CR", 3, "E0"))
    assert (found.score, found.claimed, found.unsupported) == (
        Fraction(100, 3),
        100,
        Fraction(200, 3),
    )


def test_unsupported_part_is_negative_where_a_reviewer_went_above_the_claim() -> None:
    answers = [replace(answer, moderated=Fraction(1)) for answer in all_at("CR", 2)]
    assert result("CR", answers).unsupported == Fraction(-100, 3)


def test_partly_known_checklist_weighs_what_is_known() -> None:
    answers = [choice("IT4b", ["yes", "no", "dont_know", ""])]
    answers += [rating(spec.code, 3) for spec in specs_of("IT") if not spec.options]
    found = result("IT", answers)
    assert found.coverage == Fraction(1, 5) + 2 * Fraction(1, 10) + Fraction(1, 15) + Fraction(1, 20)
    checklist = next(item for item in found.items if item.code == "IT4b")
    assert checklist.contribution == 100 * Fraction(1, 20) * Fraction(1, 2) / found.coverage


def test_unknown_attribute_is_refused() -> None:
    with pytest.raises(ScoringError, match="XX: no item belongs to this attribute"):
        score_attribute("XX", specs_of("CR"), {})


def test_item_without_a_value_is_refused() -> None:
    with pytest.raises(ScoringError, match="CR1a: no value given"):
        score_attribute("CR", specs_of("CR"), {})


def test_heaviest_item_sets_the_step() -> None:
    assert step_of(default_weights(specs_of("IT"))) == Fraction(20, 3)
    assert result("IT", []).step == Fraction(20, 3)
