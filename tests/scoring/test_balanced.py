"""Every group counting the same, and how far answers agree (method 3.8 and 3.9)."""

from fractions import Fraction

import pytest

from assessments.scoring import ScoringError
from assessments.scoring.experience.disagreement import (
    agreement,
    balanced,
    balanced_distribution,
    consensus_band,
    consensus_of,
    extremes,
    leave_one_out,
    shares,
)

HALF, THIRD = Fraction(1, 2), Fraction(1, 3)


def test_a_distribution_needs_answers() -> None:
    with pytest.raises(ScoringError, match="a distribution needs two levels"):
        consensus_of([0, 0, 0])
    with pytest.raises(ScoringError, match="a distribution needs two levels"):
        agreement([1])
    with pytest.raises(ScoringError, match="a distribution needs two levels"):
        agreement([2, -1])
    with pytest.raises(ScoringError, match="a distribution needs a group"):
        balanced_distribution([])


def test_shares_add_up_to_one_whatever_is_counted() -> None:
    assert shares([1, 0, 3]) == (Fraction(1, 4), 0, Fraction(3, 4))
    assert shares([THIRD, 0, THIRD]) == (HALF, 0, HALF)


def test_every_group_counts_once() -> None:
    assert balanced({"a": Fraction(100), "b": Fraction(0), "c": Fraction(50)}) == 50
    assert balanced_distribution([[30, 0], [0, 1]]) == (HALF, HALF)


def test_one_group_is_left_out_in_turn() -> None:
    means = {"a": Fraction(90), "b": Fraction(30), "c": Fraction(0)}
    assert leave_one_out(means) == {"a": 15, "b": 45, "c": 60}


def test_tied_extremes_are_all_named_and_equal_means_have_none() -> None:
    means = {"a": Fraction(100), "b": Fraction(0), "c": Fraction(100), "d": Fraction(0), "e": Fraction(50)}
    assert extremes(means) == (("a", "c"), ("b", "d"))
    assert extremes({"a": Fraction(50), "b": Fraction(50)}) == ((), ())


@pytest.mark.parametrize(
    ("counts", "consensus", "agreed"),
    [
        ([0, 0, 5, 0], 1.0, Fraction(1)),
        ([1, 0, 0, 1], 0.0, Fraction(-1)),
        ([1, 1, 1, 1], 0.368482797, Fraction(0)),
        ([1, 1, 0, 0], 0.736965594, Fraction(2, 3)),
    ],
)
def test_agreement_runs_from_two_camps_to_one_level(counts: list[int], consensus: float, agreed: Fraction) -> None:
    assert consensus_of(counts) == consensus
    assert agreement(counts) == agreed


@pytest.mark.parametrize(
    ("value", "band"), [(1.0, "broad"), (0.7, "broad"), (0.699, "mixed"), (0.4, "mixed"), (0.399, "split")]
)
def test_a_consensus_on_an_edge_belongs_to_the_upper_band(value: float, band: str) -> None:
    assert consensus_band(value) == band
