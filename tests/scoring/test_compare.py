from fractions import Fraction

import pytest

from assessments.scoring import ScoreStatus, ScoringError, comparable, compare_profiles
from assessments.scoring.compare import compare_attribute

STEP = Fraction(20, 3)


def points(low: int, high: int) -> tuple[Fraction, Fraction]:
    return Fraction(low), Fraction(high)


@pytest.mark.parametrize(
    ("first", "second", "step", "meaningful"),
    [
        (Fraction(60), Fraction(50), STEP, True),
        (Fraction(50), Fraction(60), STEP, True),
        (Fraction(60), Fraction(5001, 100), STEP, False),
        (Fraction(60), Fraction(45), Fraction(15), False),
        (Fraction(60), Fraction(45), Fraction(14), True),
    ],
)
def test_difference_must_be_large_and_more_than_one_step(
    first: Fraction, second: Fraction, step: Fraction, meaningful: bool
) -> None:
    found = compare_attribute(first, second, step)
    assert (found.difference, found.meaningful) == (first - second, meaningful)


@pytest.mark.parametrize(
    ("first_range", "second_range", "robust"),
    [
        (points(55, 70), points(30, 50), True),
        (points(50, 70), points(30, 50), False),
        (points(30, 50), points(51, 70), True),
        (points(30, 50), points(50, 70), False),
        (None, points(30, 50), False),
        (points(55, 70), None, False),
    ],
)
def test_robust_difference_has_ranges_apart(
    first_range: tuple[Fraction, Fraction] | None,
    second_range: tuple[Fraction, Fraction] | None,
    robust: bool,
) -> None:
    found = compare_attribute(Fraction(60), Fraction(40), STEP, first_range, second_range)
    assert found.robust is robust


def test_small_difference_is_never_robust() -> None:
    found = compare_attribute(Fraction(60), Fraction(55), STEP, points(60, 60), points(55, 55))
    assert not found.robust


def test_other_side_can_be_ahead() -> None:
    found = compare_profiles({"A": Fraction(10)}, {"A": Fraction(90)}, {"A": STEP})
    assert (found.verdict, found.second_ahead_on) == ("second_ahead", ("A",))


def test_ranges_reach_the_attribute() -> None:
    found = compare_profiles(
        {"A": Fraction(90)}, {"A": Fraction(10)}, {"A": STEP}, {"A": points(85, 95)}, {"A": points(5, 15)}
    )
    assert found.differences["A"].robust


def test_missing_attribute_forbids_calling_anyone_ahead() -> None:
    steps = {"A": STEP, "B": STEP}
    found = compare_profiles({"A": Fraction(90), "B": None}, {"A": Fraction(10), "B": Fraction(50)}, steps)
    assert (found.verdict, found.not_compared) == ("not_comparable", ("B",))
    assert found.first_ahead_on == ("A",)


def test_missing_attribute_cannot_undo_mixed() -> None:
    first = {"A": Fraction(90), "B": Fraction(10)}
    second = {"A": Fraction(10), "B": Fraction(90), "C": Fraction(50)}
    found = compare_profiles(first, second, dict.fromkeys("ABC", STEP))
    assert (found.verdict, found.not_compared) == ("mixed", ("C",))


def test_nothing_in_common_is_not_comparable() -> None:
    assert compare_profiles({}, {}, {}).verdict == "not_comparable"


def test_attribute_without_a_step_is_refused() -> None:
    with pytest.raises(ScoringError, match="A: no step given"):
        compare_profiles({"A": Fraction(1)}, {"A": Fraction(2)}, {})


@pytest.mark.parametrize(
    ("scope", "status", "reason"),
    [
        (Fraction(2, 3), ScoreStatus.SHOWN, None),
        (Fraction(1), ScoreStatus.PROVISIONAL, None),
        (Fraction(65, 100), ScoreStatus.SHOWN, "reduced_scope"),
        (Fraction(1), ScoreStatus.WITHHELD, "withheld"),
        (Fraction(0), ScoreStatus.NOT_APPLICABLE, "not_applicable"),
    ],
)
def test_reason_against_a_comparison(scope: Fraction, status: ScoreStatus, reason: str | None) -> None:
    assert comparable(scope, status) == reason
