"""From points to a letter."""

from bisect import bisect_left
from fractions import Fraction

from assessments.scoring.model import ScoringError
from assessments.scoring.rules import BANDS, FULL_SCORE, LETTERS, ZERO

_UPPER_EDGES = [edge for _, edge in BANDS]


def letter_of(score: Fraction) -> str:
    """Return the letter of an unrounded score (0 to 100 points); an exact edge earns the lower letter.

    Method 3.2. Raises ScoringError outside 0 to 100.
    """
    if not ZERO <= score <= FULL_SCORE:
        raise ScoringError(f"score {score} lies outside 0 to {FULL_SCORE}")
    return LETTERS[bisect_left(_UPPER_EDGES, score)]
