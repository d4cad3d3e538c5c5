"""Exact figures to text and back (method 3.10). Rounding happens here and nowhere earlier."""

import re
from fractions import Fraction

from assessments.scoring.model import ScoringError
from assessments.scoring.rules import ZERO

_HALF = Fraction(1, 2)
_DECIMAL_BASE = 10
_FRACTION_TEXT = re.compile(r"-?[0-9]+(?:/[0-9]+|\.[0-9]+)?")


def one_decimal(x: Fraction) -> str:
    """Return `x` with one decimal, a half rounded away from zero: 31.25 becomes "31.3". Never "-0.0"."""
    return _rounded(x, 1)


def whole(x: Fraction) -> str:
    """Return `x` as a whole number, a half rounded away from zero: 2.5 becomes "3". Never "-0"."""
    return _rounded(x, 0)


def fraction_text(x: Fraction) -> str:
    """Return `x` exactly, in lowest terms: "925/18", or "80" for a whole number."""
    return str(x)


def parse_fraction(text: str) -> Fraction:
    """Return the exact value of "925/18", "80" or "15.001". Raises ScoringError for any other text."""
    try:
        if _FRACTION_TEXT.fullmatch(text):
            return Fraction(text)
    except (ValueError, ZeroDivisionError):
        pass
    raise ScoringError(f"not a fraction: {text[:40]!r}")


def _rounded(x: Fraction, decimals: int) -> str:
    scale = _DECIMAL_BASE**decimals
    units = int(abs(x) * scale + _HALF)
    sign = "-" if x < ZERO and units else ""
    before, after = divmod(units, scale)
    return f"{sign}{before}.{after:0{decimals}d}" if decimals else f"{sign}{before}"
