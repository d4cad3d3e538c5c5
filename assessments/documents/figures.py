"""Exact numbers into figures of the document. Rounding happens here and nowhere else in the application."""

from fractions import Fraction

from assessments.documents.result import Figure
from assessments.scoring import fraction_text, one_decimal, parse_fraction

FULL = 100


def points(value: Fraction) -> Figure:
    """A number of points (0 to 100, differences from -100), with one decimal."""
    return Figure(exact=fraction_text(value), printed=one_decimal(value))


def item_value(value: Fraction) -> Figure:
    """The value of an item, 0 to 1, printed as points of 100."""
    return Figure(exact=fraction_text(value), printed=one_decimal(value * FULL))


def share(value: Fraction) -> Figure:
    """A share of one, printed as per cent: "79.2 %", and "50 %" where that is exact."""
    percent = value * FULL
    printed = str(percent) if percent.denominator == 1 else one_decimal(percent)
    return Figure(exact=fraction_text(value), printed=f"{printed} %")


def exact(figure: Figure | None) -> Fraction | None:
    """The number a figure was made of."""
    return None if figure is None else parse_fraction(figure.exact)
