"""The six letters of attributes and of groups' profiles (method 3.2). Items keep the four of `model.letter_of`."""

from bisect import bisect_left
from fractions import Fraction

from assessments.scoring.method import ATTRIBUTE_BANDS, FULL_SCORE, ZERO
from assessments.scoring.model import ScoringError

ATTRIBUTE_LETTERS = tuple(letter for letter, _ in ATTRIBUTE_BANDS)
_UPPER_EDGES = [edge for _, edge in ATTRIBUTE_BANDS]


def attribute_letter(score: Fraction) -> str:
    """Return N, P-, P+, L-, L+ or F for an unrounded score (0 to 100 points); an exact edge earns the lower letter.

    Method 3.2. Raises ScoringError outside 0 to 100.
    """
    if not ZERO <= score <= FULL_SCORE:
        raise ScoringError(f"score {score} lies outside 0 to {FULL_SCORE}")
    return ATTRIBUTE_LETTERS[bisect_left(_UPPER_EDGES, score)]


def at_most(letter: str, limit: str) -> str:
    """Return the lower of two letters of attributes."""
    return min(letter, limit, key=ATTRIBUTE_LETTERS.index)
