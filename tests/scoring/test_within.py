"""Attributes of one result beside each other: told apart by the rule that holds for two processes (method 3.10)."""

from fractions import Fraction

from assessments.scoring.comparison import ComparedScore, RaterNoise, higher_within
from assessments.scoring.model import ScoreStatus

EIGHTH = Fraction(1, 8)  # threshold 17, as TV30 computes it


def score(points: int, low: int, high: int, status: ScoreStatus = ScoreStatus.SHOWN) -> ComparedScore:
    return ComparedScore(Fraction(points), Fraction(low), Fraction(high), status, squares=EIGHTH)


def test_apart_are_those_by_the_threshold_and_without_overlap() -> None:
    found = higher_within(
        {"A": score(80, 78, 82), "B": score(63, 60, 65), "C": score(64, 62, 70), "D": score(30, 20, 79)}
    )
    # C is 16 points below A; the range of D reaches into that of A.
    assert found == {("A", "B")}


def test_ends_that_touch_are_not_apart() -> None:
    assert higher_within({"A": score(80, 70, 90), "B": score(40, 30, 70)}) == frozenset()
    assert higher_within({"A": score(80, 70, 90), "B": score(40, 30, 69)}) == {("A", "B")}


def test_only_scores_that_are_shown_are_told_apart() -> None:
    early = score(20, 20, 20, ScoreStatus.PROVISIONAL)
    assert higher_within({"A": score(80, 80, 80), "B": early}) == frozenset()
    withheld = ComparedScore(None, Fraction(0), Fraction(10), ScoreStatus.WITHHELD, squares=EIGHTH)
    assert higher_within({"A": score(80, 80, 80), "B": withheld}) == frozenset()


def test_that_part_of_it_does_not_apply_is_no_reason_within_one_result() -> None:
    part = ComparedScore(Fraction(20), Fraction(20), Fraction(20), scope=Fraction(1, 2), squares=EIGHTH)
    assert higher_within({"A": score(80, 80, 80), "B": part}) == {("A", "B")}


def test_less_noise_tells_more_apart_and_more_less() -> None:
    scores = {"A": score(70, 70, 70), "B": score(56, 56, 56)}
    assert higher_within(scores) == frozenset()
    assert higher_within(scores, RaterNoise(different=Fraction(1, 4), same=Fraction(1, 8))) == {("A", "B")}
    assert higher_within(scores, top_level=4) == {("A", "B")}


def test_one_attribute_or_none_has_no_other() -> None:
    assert higher_within({}) == frozenset()
    assert higher_within({"A": score(80, 80, 80)}) == frozenset()
