from fractions import Fraction

from assessments.scoring.summary import summary_index


def test_nothing_to_sum_up_has_no_index() -> None:
    assert summary_index({}) is None


def test_single_attribute_is_its_own_index() -> None:
    found = summary_index({"A": Fraction(42)})
    assert found is not None
    assert (found.geometric, found.weight_low, found.weight_high) == (42.0, 42.0, 42.0)
    assert found.leave_one_out == {}


def test_exact_band_edge_survives_the_logarithm() -> None:
    found = summary_index({code: Fraction(50) for code in "ABC"})
    assert found is not None
    assert (found.geometric, found.letter, found.robust) == (50.0, "P", True)


def test_top_of_the_scale_survives_the_logarithm() -> None:
    found = summary_index({code: Fraction(100) for code in "ABCDEFG"})
    assert found is not None
    assert (found.geometric, found.letter) == (100.0, "F")


def test_narrow_range_over_two_letters_is_not_robust() -> None:
    found = summary_index({"A": Fraction(48), "B": Fraction(53)})
    assert found is not None
    assert found.weight_high - found.weight_low < 10
    assert not found.robust


def test_wide_range_within_one_letter_is_not_robust() -> None:
    found = summary_index({"A": Fraction(52), "B": Fraction(84)})
    assert found is not None
    assert 50 < found.weight_low < found.weight_high - 10 < 75
    assert not found.robust


def test_narrow_range_within_one_letter_is_robust() -> None:
    found = summary_index({"A": Fraction(55), "B": Fraction(80)})
    assert found is not None
    assert 8 < found.weight_high - found.weight_low < 10
    assert found.robust
