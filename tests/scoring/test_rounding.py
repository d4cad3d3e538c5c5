from fractions import Fraction

import pytest

from assessments.scoring import ScoringError, fraction_text, one_decimal, parse_fraction, two_decimals, whole


@pytest.mark.parametrize(
    ("exact", "printed"),
    [
        ("31.25", "31.3"),
        ("31.24", "31.2"),
        ("-525/36", "-14.6"),
        ("-31.25", "-31.3"),
        ("2375/36", "66.0"),
        ("0", "0.0"),
        ("-0.04", "0.0"),
        ("-0.05", "-0.1"),
        ("99.96", "100.0"),
    ],
)
def test_one_decimal_rounds_half_away_from_zero(exact: str, printed: str) -> None:
    assert one_decimal(Fraction(exact)) == printed


@pytest.mark.parametrize(
    ("exact", "printed"), [("2.5", "3"), ("3.5", "4"), ("2.49", "2"), ("-2.5", "-3"), ("-0.4", "0")]
)
def test_whole_rounds_half_away_from_zero(exact: str, printed: str) -> None:
    assert whole(Fraction(exact)) == printed


@pytest.mark.parametrize(
    ("exact", "printed"), [("5/8", "0.63"), ("-5/8", "-0.63"), ("-0.004", "0.00"), ("0.4949", "0.49"), ("1", "1.00")]
)
def test_two_decimals_round_half_away_from_zero(exact: str, printed: str) -> None:
    assert two_decimals(Fraction(exact)) == printed


@pytest.mark.parametrize("text", ["925/18", "80", "-14/3", "0"])
def test_exact_text_survives_the_round_trip(text: str) -> None:
    assert fraction_text(parse_fraction(text)) == text


def test_decimal_text_is_read_exactly() -> None:
    assert parse_fraction("15.001") == Fraction(15001, 1000)


@pytest.mark.parametrize("text", ["", "1/0", "1e9", "٣", " 1", "1/2/3", "nan", "1_000", "1" * 5000])
def test_other_text_is_refused(text: str) -> None:
    with pytest.raises(ScoringError, match="not a fraction"):
        parse_fraction(text)
