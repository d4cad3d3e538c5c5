"""Two processes side by side: higher, or cannot be told apart (method 3.10). Nobody is ahead."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from assessments.scoring.comparison.noise import RaterNoise, noise_threshold
from assessments.scoring.experience.sampling import SamplingRange
from assessments.scoring.method import DIFFERENCE_LEAST, NORMAL_SQUARED, ONE, SCOPE_COMPARABLE, TOP_LEVEL, ZERO
from assessments.scoring.model import ScoreStatus


class RecordKind(StrEnum):
    """What a record is: a process of one's own, an example coded from texts, or invented."""

    OWN = "own"
    EXAMPLE = "example"
    INVENTED = "invented"


class ApartVerdict(StrEnum):
    """What can be said of two processes on one attribute."""

    FIRST_HIGHER = "first_higher"
    SECOND_HIGHER = "second_higher"
    NOT_TOLD_APART = "cannot_be_told_apart"
    NOT_COMPARED = "not_compared"


class ApartReason(StrEnum):
    """Why two processes cannot be told apart on an attribute, or are not compared on it."""

    RATER_NOISE = "within_rater_noise"
    CHANCE = "within_chance"
    RANGES_OVERLAP = "ranges_overlap"
    NO_RANGE = "no_sampling_range"
    PROVISIONAL = "provisional"
    WITHHELD = "withheld"
    NOT_APPLICABLE = "not_applicable"
    REDUCED_SCOPE = "reduced_scope"
    LITTLE_IN_COMMON = "little_in_common"


class NotComparable(StrEnum):
    """Why two results are not compared at all."""

    RECORDS = "records"
    TRACKS = "tracks"
    REVIEWS = "reviews"
    QUESTION_SETS = "question_sets"
    METHOD_VERSIONS = "method_versions"


@dataclass(frozen=True, slots=True)
class ComparedScore:
    """One attribute of one process as it is compared, on matched items where versions or kinds differ.

    `score`, `low` and `high` in points, None where there are none; on the experience track low and high are those of
    the sampling range. `scope` is a share of one, `squares` the sum of the squared weights (evidence track), `variance`
    that of the score in points squared (experience track, see `variance_of`). `enough_in_common` says that the matched
    items carry enough of the default weight of either.
    """

    score: Fraction | None
    low: Fraction | None
    high: Fraction | None
    status: ScoreStatus = ScoreStatus.SHOWN
    scope: Fraction = ONE
    squares: Fraction = ZERO
    variance: Fraction | None = None
    enough_in_common: bool = True


@dataclass(frozen=True, slots=True)
class ComparedResult:
    """One result that takes part in a comparison.

    `set_major` names the question set with its major version; `experience` says which track it is.
    """

    attributes: Mapping[str, ComparedScore]
    method_version: str
    set_major: str
    record: RecordKind = RecordKind.OWN
    reviewed: bool = False
    experience: bool = False


@dataclass(frozen=True, slots=True)
class AttributeApart:
    """What can be said on one attribute: first minus second, and the threshold, in points; None where not compared."""

    verdict: ApartVerdict
    difference: Fraction | None = None
    threshold: int | None = None
    why: ApartReason | None = None


@dataclass(frozen=True, slots=True)
class ProcessesApart:
    """Two processes attribute by attribute, without any total; nothing at all where `why` is not None."""

    attributes: Mapping[str, AttributeApart]
    why: NotComparable | None = None


def not_comparable(first: ComparedResult, second: ComparedResult) -> NotComparable | None:
    """Return why two results may not be compared, None if they may (method 3.10)."""
    differs = {
        NotComparable.RECORDS: first.record is not second.record,
        NotComparable.TRACKS: first.experience is not second.experience,
        NotComparable.REVIEWS: first.reviewed is not second.reviewed,
        NotComparable.QUESTION_SETS: first.set_major != second.set_major,
        NotComparable.METHOD_VERSIONS: _minor(first.method_version) != _minor(second.method_version),
    }
    return next((reason for reason, holds in differs.items() if holds), None)


def compare_processes(
    first: ComparedResult, second: ComparedResult, noise: RaterNoise | None = None, top_level: int = TOP_LEVEL
) -> ProcessesApart:
    """Compare two results on the attributes that both have, in the order of the first (method 3.10)."""
    why = not_comparable(first, second)
    if why is not None:
        return ProcessesApart({}, why)
    found = {}
    for code, one in first.attributes.items():
        other = second.attributes.get(code)
        if other is None:
            continue
        reason = _not_compared(one) or _not_compared(other)
        if reason is not None:
            verdict = ApartVerdict.NOT_TOLD_APART if reason is ApartReason.PROVISIONAL else ApartVerdict.NOT_COMPARED
            found[code] = AttributeApart(verdict, why=reason)
        elif first.experience:
            found[code] = _experience_apart(one, other)
        else:
            squares = (one.squares + other.squares) / 2
            threshold = noise_threshold(squares, (noise or RaterNoise()).different, top_level)
            found[code] = tell_apart(one, other, threshold, ApartReason.RATER_NOISE)
    return ProcessesApart(found)


def variance_of(score: Fraction, found: SamplingRange) -> Fraction | None:
    """Return the variance (points squared) that a sampling range rests on, None without one.

    It is not kept, so its root is taken as the larger of both sides, divided by t: never too small.
    """
    if found.low is None or found.high is None or found.t is None:
        return None
    return (max(score - found.low, found.high - score) / found.t) ** 2


def _minor(version: str) -> list[str]:
    return version.split(".")[:2]


def _not_compared(side: ComparedScore) -> ApartReason | None:
    if not side.enough_in_common:
        return ApartReason.LITTLE_IN_COMMON
    if side.status is ScoreStatus.NOT_APPLICABLE:
        return ApartReason.NOT_APPLICABLE
    if side.status is ScoreStatus.WITHHELD:
        return ApartReason.WITHHELD
    if side.scope < SCOPE_COMPARABLE:
        return ApartReason.REDUCED_SCOPE
    return ApartReason.PROVISIONAL if side.status is ScoreStatus.PROVISIONAL else None


def _experience_apart(one: ComparedScore, other: ComparedScore) -> AttributeApart:
    if one.variance is None or other.variance is None:
        difference = (one.score or ZERO) - (other.score or ZERO)
        return AttributeApart(ApartVerdict.NOT_TOLD_APART, difference, why=ApartReason.NO_RANGE)
    square = NORMAL_SQUARED * (one.variance + other.variance)
    return tell_apart(one, other, None, ApartReason.CHANCE, square)


def tell_apart(
    one: ComparedScore, other: ComparedScore, threshold: int | None, noise: ApartReason, square: Fraction = ZERO
) -> AttributeApart:
    """Say of two shown scores which is higher: by `threshold` points or more, by the root of `square`, without overlap.

    `noise` is the reason where the difference is too small.
    """
    difference = (one.score or ZERO) - (other.score or ZERO)
    if abs(difference) < (threshold or DIFFERENCE_LEAST) or difference**2 < square:
        return AttributeApart(ApartVerdict.NOT_TOLD_APART, difference, threshold, noise)
    higher, lower = (one, other) if difference > ZERO else (other, one)
    if (higher.low or ZERO) <= (lower.high or ZERO):
        return AttributeApart(ApartVerdict.NOT_TOLD_APART, difference, threshold, ApartReason.RANGES_OVERLAP)
    verdict = ApartVerdict.FIRST_HIGHER if higher is one else ApartVerdict.SECOND_HIGHER
    return AttributeApart(verdict, difference, threshold)
