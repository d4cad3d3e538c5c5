"""What counts as a difference between two scores of one attribute (method 3.10)."""

from dataclasses import dataclass
from fractions import Fraction

from assessments.scoring.rules import MEANINGFUL_POINTS

Range = tuple[Fraction, Fraction]


@dataclass(frozen=True, slots=True)
class Difference:
    """First minus second, in points (-100 to 100); `robust` also needs ranges that do not meet."""

    difference: Fraction
    meaningful: bool
    robust: bool


def is_meaningful(difference: Fraction, step: Fraction) -> bool:
    """Say whether a difference (points) is large and more than one item moving one level (method 3.10)."""
    return abs(difference) >= MEANINGFUL_POINTS and abs(difference) > step


def compare_attribute(
    first: Fraction,
    second: Fraction,
    step: Fraction,
    first_range: Range | None = None,
    second_range: Range | None = None,
) -> Difference:
    """Return first minus second for one attribute; scores, step and ranges (low, high) in points.

    Method 3.10. Without both ranges, or with ranges that meet in a point, a difference is never robust.
    """
    difference = first - second
    meaningful = is_meaningful(difference, step)
    apart = False
    if first_range is not None and second_range is not None:
        apart = first_range[1] < second_range[0] or second_range[1] < first_range[0]
    return Difference(difference, meaningful, meaningful and apart)
