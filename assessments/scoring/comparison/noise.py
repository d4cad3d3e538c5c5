"""How far two ratings of the same thing differ, and how far scores must be apart to be more than that (method 3.10)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from assessments.scoring.evidence.agreement import RatingPair
from assessments.scoring.method import (
    DIFFERENCE_LEAST,
    FULL_SCORE,
    MEASURED_ASSESSMENTS,
    MEASURED_PAIRS,
    NORMAL_SQUARED,
    RATER_DIFFERENCE,
    RATER_DIFFERENCE_LEAST,
    RATER_DIFFERENCE_SAME,
    TOP_LEVEL,
)


@dataclass(frozen=True, slots=True)
class RaterNoise:
    """Mean squared difference of two ratings of one item, in levels squared: of two people, and of one person later.

    `measured` says that it rests on second ratings of this installation and is no assumption. A result keeps its own.
    """

    different: Fraction = RATER_DIFFERENCE
    same: Fraction = RATER_DIFFERENCE_SAME
    measured: bool = False

    @classmethod
    def of(cls, different: Fraction) -> "RaterNoise":
        """What was measured of two people; one person later is taken to differ half as much."""
        return cls(different, different / 2, measured=True)


def measured_difference(assessments: Sequence[Sequence[RatingPair]]) -> Fraction | None:
    """Return the mean squared difference of the ratings of all assessments with a second rater.

    At least RATER_DIFFERENCE_LEAST; None with fewer than MEASURED_ASSESSMENTS or MEASURED_PAIRS.
    """
    pairs = [pair for own in assessments for pair in own]
    if len(assessments) < MEASURED_ASSESSMENTS or len(pairs) < MEASURED_PAIRS:
        return None
    mean = Fraction(sum((first - second) ** 2 for first, second in pairs), len(pairs))
    return max(mean, RATER_DIFFERENCE_LEAST)


@lru_cache(maxsize=1024)  # most results of a question set have the same weights
def noise_threshold(squares: Fraction, difference: Fraction, top_level: int = TOP_LEVEL) -> int:
    """Return the points from which two scores differ by more than rater noise: DIFFERENCE_LEAST or more.

    `squares` is the sum of the squared weights, `difference` the mean squared difference of two ratings in levels of a
    scale from 0 to `top_level`. The smallest whole number whose square is at least 1.96 squared times the variance.
    """
    square = NORMAL_SQUARED * FULL_SCORE**2 * squares * difference / top_level**2
    whole = math.ceil(square)
    return max(DIFFERENCE_LEAST, math.isqrt(whole - 1) + 1 if whole else 0)
