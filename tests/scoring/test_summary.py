from fractions import Fraction

from assessments.scoring.evidence import attribute_letter
from assessments.scoring.summary import SummaryIndex, summary_index


def index(**scores: int) -> SummaryIndex:
    """The index of attributes that all have a score."""
    found = summary_index({code: Fraction(score) for code, score in scores.items()}, attribute_letter)
    assert found is not None
    return found


def test_nothing_to_sum_up_has_no_index() -> None:
    assert summary_index({}, attribute_letter) is None


def test_one_attribute_without_a_score_leaves_no_index() -> None:
    assert summary_index({"A": Fraction(50), "B": None}, attribute_letter) is None


def test_single_attribute_is_its_own_index() -> None:
    found = index(A=42)
    assert (found.geometric, found.weight_low, found.weight_high) == (42.0, 42.0, 42.0)
    assert found.leave_one_out == {}


def test_exact_band_edge_survives_the_logarithm() -> None:
    found = index(A=50, B=50, C=50)
    assert (found.geometric, found.letter, found.robust) == (50.0, "P+", True)


def test_top_of_the_scale_survives_the_logarithm() -> None:
    found = index(A=100, B=100, C=100, D=100, E=100, F=100, G=100)
    assert (found.geometric, found.letter) == (100.0, "F")


def test_the_index_has_one_of_six_letters() -> None:
    assert [index(A=score).letter for score in (15, 16, 33, 51, 68, 86)] == ["N", "P-", "P+", "L-", "L+", "F"]


def test_the_weakest_are_named_and_a_zero_counts_as_one() -> None:
    found = index(A=0, B=100, C=0)
    assert (found.minimum, found.weakest, found.arithmetic) == (0, ("A", "C"), Fraction(100, 3))
    assert found.leave_one_out["B"] == 1.0


def test_narrow_range_over_two_letters_is_not_robust() -> None:
    found = index(A=48, B=53)
    assert found.weight_high - found.weight_low < 10
    assert not found.robust


def test_narrow_range_over_two_halves_of_a_letter_is_not_robust() -> None:
    found = index(A=65, B=70)
    assert found.weight_high - found.weight_low < 10
    assert (attribute_letter(Fraction(found.weight_low)), attribute_letter(Fraction(found.weight_high))) == ("L-", "L+")
    assert not found.robust


def test_wide_range_within_one_letter_is_not_robust() -> None:
    found = index(A=65, B=97)
    assert 67.5 < found.weight_low < found.weight_high - 10 < 75
    assert found.weight_high < 85
    assert not found.robust


def test_narrow_range_within_one_letter_is_robust() -> None:
    found = index(A=55, B=65)
    assert 0 < found.weight_high - found.weight_low < 10
    assert found.robust
