"""From what items count as to the result of one attribute (method 3.5 and 3.6)."""

from dataclasses import replace
from fractions import Fraction

import pytest

from assessments.scoring import ScoreStatus
from assessments.scoring.evidence import GivenAnswer, ReviewOpinion, ReviewReply, score_evidence
from tests.scoring.given import DESCRIPTION, counted, items_of, listed, not_for_us, rated_at

TWO_THIRDS = Fraction(2, 3)


def all_at(attribute: str, level: int) -> list[GivenAnswer]:
    """Every rating openly shown at one level."""
    return [rated_at(spec.code, level) for spec in items_of(attribute) if not spec.options]


def test_two_of_three_items_are_enough_to_be_shown() -> None:
    found = counted("CR", [rated_at("CR1a", 2), rated_at("CR1b", 2)])
    assert (found.coverage, found.status, found.provisional_because) == (TWO_THIRDS, ScoreStatus.SHOWN, ())


def test_two_of_three_items_without_the_critical_one_are_provisional() -> None:
    found = counted("CR", [rated_at("CR1b", 2), rated_at("CR1c", 2)])
    assert (found.status, found.provisional_because) == (ScoreStatus.PROVISIONAL, ("critical_open",))
    assert found.critical_open == ("CR1a",)


def test_an_open_critical_item_limits_the_letter() -> None:
    found = counted("CR", [rated_at("CR1b", 3), rated_at("CR1c", 3)])
    assert (found.score, found.band_letter, found.letter, found.limited_by) == (100, "F", "P+", ("CR1a",))


def test_all_reasons_for_provisional_are_given() -> None:
    found = counted("ED", [rated_at(code, 2) for code in ("ED1a", "ED1b", "ED2a")])
    assert (found.coverage, found.shown_share) == (Fraction(1, 2), Fraction(1, 2))
    assert found.provisional_because == ("coverage", "shown_share", "critical_open")


def test_withheld_keeps_coverage_and_range_only() -> None:
    found = counted("CR", [rated_at("CR1a", 2)])
    assert found.status is ScoreStatus.WITHHELD
    assert (found.score, found.claimed) == (None, None)
    assert (found.letter, found.band_letter, found.limited_by, found.provisional_because) == (None, None, (), ())
    assert (found.low, found.high, found.coverage) == (Fraction(200, 9), Fraction(800, 9), Fraction(1, 3))
    assert [item.contribution for item in found.items] == [0, 0, 0]


def test_attribute_without_applicable_items_has_no_figures() -> None:
    items = [replace(spec, na_allowed=True) for spec in items_of("CR")]
    (found,) = score_evidence(items, [not_for_us(spec.code) for spec in items]).attributes
    assert found.status is ScoreStatus.NOT_APPLICABLE
    assert (found.score, found.low, found.high, found.letter) == (None, None, None, None)
    assert (found.coverage, found.shown_share, found.scope, found.reduced_scope) == (0, 0, 0, True)
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
    answers = [not_for_us(spec.code) if spec.code in left_out else rated_at(spec.code, 2) for spec in items_of("ED")]
    found = counted("ED", answers)
    assert (found.scope, found.reduced_scope, found.coverage) == (scope, reduced, 1)


def test_scope_of_exactly_two_thirds_is_not_reduced() -> None:
    items = [replace(spec, na_allowed=True) for spec in items_of("CR")]
    answers = [rated_at("CR1a", 2), rated_at("CR1b", 2), not_for_us("CR1c")]
    (found,) = score_evidence(items, answers).attributes
    assert (found.scope, found.reduced_scope) == (TWO_THIRDS, False)


def test_failed_critical_item_is_named_only_where_it_lowers_the_letter() -> None:
    low = counted("CR", [rated_at("CR1a", 0), rated_at("CR1b", 1), rated_at("CR1c", 1)])
    assert (low.score, low.letter, low.limited_by) == (Fraction(200, 9), "P-", ())
    high = counted("CR", [rated_at("CR1a", 0), rated_at("CR1b", 3), rated_at("CR1c", 3)])
    assert (high.score, high.band_letter, high.letter) == (Fraction(200, 3), "L-", "P+")
    assert (high.limited_by, high.status) == (("CR1a",), ScoreStatus.SHOWN)


def test_failed_ordinary_item_does_not_limit_the_letter() -> None:
    found = counted("CR", [rated_at("CR1a", 3), rated_at("CR1b", 0), rated_at("CR1c", 3)])
    assert (found.letter, found.limited_by) == ("L-", ())


def test_contributions_explain_the_score() -> None:
    found = counted("CR", [rated_at("CR1a", 3), rated_at("CR1b", 1)])
    assert [item.contribution for item in found.items] == [50, Fraction(50, 3), 0]
    assert found.score == Fraction(200, 3)


def test_what_is_claimed_above_what_is_shown_is_told() -> None:
    found = counted("CR", [rated_at(spec.code, 3, (DESCRIPTION,)) for spec in items_of("CR")])
    assert (found.score, found.claimed) == (Fraction(200, 3), 100)


def test_it_is_negative_where_a_reviewer_went_above_the_claim() -> None:
    agreed = ReviewOpinion(Fraction(1), seen=True, reply=ReviewReply.AGREES)
    found = counted("CR", [replace(answer, review=agreed) for answer in all_at("CR", 2)])
    assert (found.score, found.claimed) == (100, Fraction(200, 3))


def test_partly_known_list_weighs_what_is_known() -> None:
    found = counted("IT", [listed("IT4b", ["yes", "no", "dont_know", ""]), *all_at("IT", 3)])
    assert found.coverage == Fraction(1, 5) + 2 * Fraction(1, 10) + Fraction(1, 15) + Fraction(1, 20)
    (contribution,) = [item.contribution for item in found.items if item.code == "IT4b"]
    assert contribution == 100 * Fraction(1, 20) * Fraction(1, 2) / found.coverage
