"""One figure beside the profile: the summary index (method 3.7)."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from assessments.scoring.method import INDEX_DECIMALS, INDEX_FLOOR, ROBUST_WIDTH, ZERO


@dataclass(frozen=True, slots=True)
class SummaryIndex:
    """The summary index with the figures that are always printed beside it, in points (0 to 100).

    `geometric` is the index, `letter` its letter. `double_weight` gives it with one attribute counted
    twice, `leave_one_out` without one attribute (empty when there is only one); `weight_low` and
    `weight_high` are the ends of `double_weight`. `robust` says that these ends are at most
    ROBUST_WIDTH apart and share a letter. The geometric figures are at least INDEX_FLOOR and rounded to
    INDEX_DECIMALS places; `arithmetic` and `minimum` are exact.
    """

    geometric: float
    letter: str
    arithmetic: Fraction
    minimum: Fraction
    weakest: tuple[str, ...]
    double_weight: dict[str, float]
    leave_one_out: dict[str, float]
    weight_low: float
    weight_high: float
    robust: bool


def summary_index(scores: Mapping[str, Fraction | None], lettered: Callable[[Fraction], str]) -> SummaryIndex | None:
    """Return the geometric index of attribute scores (0 to 100 points each), or None if one is missing.

    `lettered` gives the letter of a score. Method 3.7, for any number of attributes: with n attributes a doubled one
    weighs 2/(n+1) and each other 1/(n+1).
    """
    known = {code: score for code, score in scores.items() if score is not None}
    if not known or len(known) < len(scores):
        return None
    double_weight = {code: _geometric({other: 2 if other == code else 1 for other in known}, known) for code in known}
    low, high = min(double_weight.values()), max(double_weight.values())
    geometric = _geometric(dict.fromkeys(known, 1), known)
    minimum = min(known.values())
    return SummaryIndex(
        geometric=geometric,
        letter=lettered(Fraction(geometric)),
        arithmetic=sum(known.values(), ZERO) / len(known),
        minimum=minimum,
        weakest=tuple(code for code, score in known.items() if score == minimum),
        double_weight=double_weight,
        leave_one_out=_leave_one_out(known),
        weight_low=low,
        weight_high=high,
        robust=Fraction(high) - Fraction(low) <= ROBUST_WIDTH and lettered(Fraction(low)) == lettered(Fraction(high)),
    )


def _leave_one_out(scores: Mapping[str, Fraction]) -> dict[str, float]:
    if len(scores) == 1:
        return {}
    return {left_out: _geometric({code: 1 for code in scores if code != left_out}, scores) for left_out in scores}


def _geometric(parts: Mapping[str, int], scores: Mapping[str, Fraction]) -> float:
    logs = math.fsum(part * math.log(max(scores[code], INDEX_FLOOR)) for code, part in parts.items())
    return round(math.exp(logs / sum(parts.values())), INDEX_DECIMALS)
