"""Is this the kind of issue that the approach works best on (method 2.1)? Advice, which feeds no score."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessments.scoring.method import (
    SCREENER_LEFT_OUT,
    SCREENER_MIN_ANSWERS,
    SCREENER_MODERATE,
    SCREENER_POINTS,
    SCREENER_STRONG,
    SCREENER_TOP_POINTS,
)
from assessments.scoring.model import ScoringError


@dataclass(frozen=True, slots=True)
class Fit:
    """`verdict` is "strong_fit", "moderate_fit", "weak_fit" or "not_enough_answers" (then no share)."""

    verdict: str
    share: Fraction | None


# Also of criteria that nobody has looked at.
NOT_ENOUGH = Fit("not_enough_answers", None)


def screener_fit(answers: Sequence[str]) -> Fit:
    """Return how well an issue fits, from "yes", "partly", "no", "unsure" or "" (not answered) per criterion.

    Method 2.1: the share (0 to 1) of the points that the answered criteria could earn. Raises
    ScoringError for any other answer.
    """
    unknown = set(answers) - SCREENER_POINTS.keys() - SCREENER_LEFT_OUT
    if unknown:
        raise ScoringError(f"screener: unknown answer {sorted(unknown)[0]!r}")
    points = [SCREENER_POINTS[answer] for answer in answers if answer in SCREENER_POINTS]
    if len(points) < SCREENER_MIN_ANSWERS:
        return NOT_ENOUGH
    share = Fraction(sum(points), SCREENER_TOP_POINTS * len(points))
    if share >= SCREENER_STRONG:
        return Fit("strong_fit", share)
    return Fit("moderate_fit" if share >= SCREENER_MODERATE else "weak_fit", share)
