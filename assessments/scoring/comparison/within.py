"""Attributes of one result beside each other: which stand apart, by the rule for two processes (method 3.10).

Another person rating the same process would rate both attributes anew, so the noise is that of two people.
"""

from collections.abc import Mapping

from assessments.scoring.comparison.noise import RaterNoise, noise_threshold
from assessments.scoring.comparison.processes import ApartReason, ApartVerdict, ComparedScore, tell_apart
from assessments.scoring.method import TOP_LEVEL
from assessments.scoring.model import ScoreStatus


def higher_within(
    scores: Mapping[str, ComparedScore], noise: RaterNoise | None = None, top_level: int = TOP_LEVEL
) -> frozenset[tuple[str, str]]:
    """Return the pairs (higher, lower) of attributes that can be told apart within one result (method 3.10).

    Both scores are shown, they differ by the noise threshold or more, and the ranges do not overlap. That part of an
    attribute does not apply is no reason here: it is the same process.
    """
    found = noise or RaterNoise()
    shown = {code: score for code, score in scores.items() if score.status is ScoreStatus.SHOWN}
    return frozenset(
        (one, other)
        for one, first in shown.items()
        for other, second in shown.items()
        if one != other and _is_higher(first, second, found, top_level)
    )


def _is_higher(one: ComparedScore, other: ComparedScore, noise: RaterNoise, top_level: int) -> bool:
    threshold = noise_threshold((one.squares + other.squares) / 2, noise.different, top_level)
    return tell_apart(one, other, threshold, ApartReason.RATER_NOISE).verdict is ApartVerdict.FIRST_HIGHER
