"""Two processes side by side, and what counts as a difference between two scores (method 3.10)."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from assessments.scoring.model import ScoringError
from assessments.scoring.rules import MEANINGFUL_POINTS, SCOPE_COMPARABLE
from assessments.scoring.scorecard import ScoreStatus

Range = tuple[Fraction, Fraction]


@dataclass(frozen=True, slots=True)
class ScoreDifference:
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
) -> ScoreDifference:
    """Return first minus second for one attribute; scores, step and ranges (low, high) in points.

    Method 3.10. Without both ranges, or with ranges that meet in a point, a difference is never robust.
    """
    difference = first - second
    meaningful = is_meaningful(difference, step)
    apart = False
    if first_range is not None and second_range is not None:
        apart = first_range[1] < second_range[0] or second_range[1] < first_range[0]
    return ScoreDifference(difference, meaningful, meaningful and apart)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two profiles compared attribute by attribute, without any total.

    `verdict` is "first_ahead" (meaningfully better somewhere, worse nowhere), "second_ahead", "mixed",
    "no_meaningful_difference", or "not_comparable" where an attribute in `not_compared` could still
    change it.
    """

    differences: dict[str, ScoreDifference]
    first_ahead_on: tuple[str, ...]
    second_ahead_on: tuple[str, ...]
    not_compared: tuple[str, ...]
    verdict: str


def compare_profiles(
    first: Mapping[str, Fraction | None],
    second: Mapping[str, Fraction | None],
    steps: Mapping[str, Fraction],
    first_ranges: Mapping[str, Range] | None = None,
    second_ranges: Mapping[str, Range] | None = None,
) -> Comparison:
    """Compare the attribute scores (0 to 100 points) of two processes by dominance (method 3.10).

    Give None for a score that may not be compared (see `comparable`). Such an attribute blocks every
    verdict but "mixed", which nothing can undo. Raises ScoringError when a compared attribute has no step.
    """
    differences: dict[str, ScoreDifference] = {}
    not_compared = []
    for code in dict.fromkeys([*first, *second]):
        one, other = first.get(code), second.get(code)
        if one is None or other is None:
            not_compared.append(code)
            continue
        if code not in steps:
            raise ScoringError(f"{code}: no step given")
        one_range, other_range = (first_ranges or {}).get(code), (second_ranges or {}).get(code)
        differences[code] = compare_attribute(one, other, steps[code], one_range, other_range)
    ahead = tuple(c for c, found in differences.items() if found.meaningful and found.difference > 0)
    behind = tuple(c for c, found in differences.items() if found.meaningful and found.difference < 0)
    complete = bool(differences) and not not_compared
    verdict = _verdict(bool(ahead), bool(behind), complete)
    return Comparison(differences, ahead, behind, tuple(not_compared), verdict)


def comparable(scope: Fraction, status: ScoreStatus) -> str | None:
    """Return why an attribute may not enter a comparison, or None if it may (method 3.5 and 3.10).

    `scope` is a share of one. The reason is "not_applicable", "withheld" or "reduced_scope"; a
    provisional score may be compared.
    """
    if status in (ScoreStatus.NOT_APPLICABLE, ScoreStatus.WITHHELD):
        return status.value
    return "reduced_scope" if scope < SCOPE_COMPARABLE else None


def _verdict(first_ahead: bool, second_ahead: bool, complete: bool) -> str:
    if first_ahead and second_ahead:
        return "mixed"
    if not complete:
        return "not_comparable"
    if first_ahead:
        return "first_ahead"
    return "second_ahead" if second_ahead else "no_meaningful_difference"
