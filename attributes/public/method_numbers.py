"""Numbers of the scoring method as its public page prints them.

Question sets know nothing of assessments, so these stand here a second time: tests/attributes/public/test_method.py
holds them to those that scores are computed with.
"""

from collections.abc import Collection
from fractions import Fraction
from math import ceil, isqrt

# Mean squared difference of two ratings of one item, in levels squared: by two people, by one person later.
DIFFERENT_RATERS = Fraction(1, 2)
SAME_RATER = Fraction(1, 4)
NORMAL_SQUARED = Fraction(38416, 10000)
LEAST_DIFFERENCE = 10

# Number of groups, limit of z2, expected range of so many standard normal values.
GROUP_LIMITS: tuple[tuple[str, str, str], ...] = (
    ("2", "3.85", "1.128"),
    ("3", "5.74", "1.693"),
    ("4", "6.97", "2.059"),
    ("5", "7.88", "2.326"),
    ("6", "8.62", "2.534"),
    ("7", "9.23", "2.704"),
    ("8", "9.76", "2.847"),
    ("9", "10.23", "2.970"),
    ("10", "10.64", "3.078"),
    ("11", "11.01", "3.173"),
    ("12", "11.35", "3.258"),
    ("13", "11.66", "3.336"),
    ("14", "11.94", "3.407"),
    ("15", "12.21", "3.472"),
    ("16", "12.46", "3.532"),
    ("17", "12.69", "3.588"),
    ("18", "12.92", "3.640"),
    ("19", "13.12", "3.689"),
    ("20", "13.32", "3.735"),
    ("21–40", "16.00", "3.735"),
    ("41–100", "20.00", "3.735"),
)

# Degrees of freedom up to which a quantile of t holds; beyond the last one it is T_BEYOND.
T_QUANTILES: tuple[tuple[str, str], ...] = (
    ("8", "1.86"),
    ("9", "1.83"),
    ("10", "1.81"),
    ("11", "1.80"),
    ("12", "1.78"),
    ("13", "1.77"),
    ("14", "1.76"),
    ("16", "1.75"),
    ("17", "1.74"),
    ("19", "1.73"),
    ("24", "1.72"),
    ("30", "1.71"),
    ("40", "1.70"),
    ("60", "1.69"),
    ("120", "1.68"),
)
T_BEYOND = "1.65"


def threshold(weights: Collection[Fraction], difference: Fraction, top_level: int) -> int:
    """Return the points from which two scores differ by more than two ratings of the same thing would."""
    square = NORMAL_SQUARED * 10000 * sum((weight**2 for weight in weights), Fraction(0)) * difference / top_level**2
    whole = ceil(square)
    return max(LEAST_DIFFERENCE, isqrt(whole - 1) + 1 if whole else 0)
