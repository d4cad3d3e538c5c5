"""One item as the stakeholder groups see it, every group counting the same, and how far they agree (method 3.8, 3.9).

Takes usable cells only (`groups.usable_cells`), so no figure here rests on a withheld answer. Consensus is the measure
of Tastle and Wierman, agreement the one of van der Eijk. Both take a distribution: one weight per level, lowest level
first, of any positive sum."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from assessments.scoring.groups import GroupAnswers
from assessments.scoring.model import ItemKind, ScoringError, ScoringItem, letter_of
from assessments.scoring.rules import (
    ATTRIBUTED_MIN,
    CONSENSUS_BANDS,
    CONSENSUS_DECIMALS,
    CONSENSUS_LOW_BAND,
    CONSENSUS_MIN_ANSWERS,
    CONSENSUS_MIN_GROUPS,
    FULL_SCORE,
    GAP_BANDS,
    GAP_TOP_BAND,
    GROUPS_FOR_SCORE,
    INDEX_DECIMALS,
    ONE,
    PER_HEAD_POINTS,
    ZERO,
)


def shares(counts: Sequence[int | Fraction]) -> tuple[Fraction, ...]:
    """Return each level's share of one. Raises ScoringError without two levels, an answer, or below zero."""
    total = sum(counts, ZERO)
    if len(counts) < 2 or total <= 0 or min(counts) < 0:
        raise ScoringError("a distribution needs two levels, an answer, and no negative weight")
    return tuple(Fraction(count) / total for count in counts)


def balanced_distribution(groups: Iterable[Sequence[int]]) -> tuple[Fraction, ...]:
    """Return the mean over groups of each level's share, from the groups' numbers of answers per level."""
    each = [shares(counts) for counts in groups]
    if not each:
        raise ScoringError("a distribution needs a group")
    return tuple(sum(level, ZERO) / len(each) for level in zip(*each, strict=True))


def consensus_of(counts: Sequence[int | Fraction]) -> float:
    """Return the consensus of a distribution: 1 all on one level, 0 half at each end.

    Cns = 1 + sum of p_j log2(1 - |j - mu| / d), d the top level; cut to INDEX_DECIMALS places.
    """
    p = shares(counts)
    mean = sum((level * share for level, share in enumerate(p)), ZERO)
    width = len(p) - 1
    terms = (float(share) * math.log2(ONE - abs(level - mean) / width) for level, share in enumerate(p) if share)
    return round(1 + math.fsum(terms), INDEX_DECIMALS) + 0.0


def consensus_band(value: float) -> str:
    """Return "broad", "mixed" or "split"; an exact edge belongs to the upper band."""
    return next((band for band, edge in CONSENSUS_BANDS if value >= edge), CONSENSUS_LOW_BAND)


def agreement(counts: Sequence[int | Fraction]) -> Fraction:
    """Return the agreement of a distribution, -1 (two camps at the ends) over 0 (spread out) to 1 (one level).

    The distribution is taken apart into layers of equal height; the layers' agreement is weighted by their size.
    """
    rest = shares(counts)
    result = ZERO
    while any(rest):
        height = min(share for share in rest if share)
        pattern = [bool(share) for share in rest]
        result += height * sum(pattern) * _pattern_agreement(pattern)
        rest = tuple(share - height if share else share for share in rest)
    return result


def _pattern_agreement(pattern: Sequence[bool]) -> Fraction:
    """The agreement of one layer: of its triples of levels, an empty one beside two filled ones, or between two."""
    size, used = len(pattern), sum(pattern)
    if used == size:
        return ZERO
    if used == 1:
        return ONE
    together = apart = 0
    for position, filled in enumerate(pattern):
        if not filled:
            left, right = sum(pattern[:position]), sum(pattern[position:])
            together += math.comb(left, 2) + math.comb(right, 2)
            apart += left * right
    unimodal = Fraction((size - 2) * together - (size - 1) * apart, (size - 2) * (together + apart))
    return unimodal * (ONE - Fraction(used - 1, size - 1))


class ItemStatus(StrEnum):
    """Whether the groups' answers give an item a score. Not scored also hides whether anybody answered."""

    SCORED = "scored"
    NOT_SCORED = "not_scored"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class GroupMean:
    """One group (or the pool) on one scored item, for restricted reports.

    `n` valid answers; `mean`, `without` (the balanced score if this group is left out) and `influence`
    (balanced score minus `without`) in points. `distribution` is the share of one of each level; it exists
    only if every group used on the item has ATTRIBUTED_MIN answers or is on the record, and for ratings.
    """

    unit: str
    on_record: bool
    n: int
    mean: Fraction
    without: Fraction
    influence: Fraction
    distribution: tuple[Fraction, ...] | None


@dataclass(frozen=True, slots=True)
class Consensus:
    """How far all groups together agree: `value` 0 to 1, cut to CONSENSUS_DECIMALS places, and its band.

    The band ("broad", "mixed" or "split") is that of the uncut value. `two_camps` says that answers gather
    at separate levels (agreement below 0); for the person who reads closely, not for print.
    """

    value: float
    band: str
    two_camps: bool


@dataclass(frozen=True, slots=True)
class ItemExperience:
    """What the groups together say of one item.

    All figures are None or empty unless `status` is SCORED. `score` (each group's mean counting 1),
    `per_head` (each answer counting 1, over the same groups), `gap` (highest minus lowest group) and the
    composition range (lowest and highest score with one group left out) are points. `depends_on_who` says
    that balanced and per head differ by PER_HEAD_POINTS or more. `band` is "aligned", "differing" or
    "divided"; `highest` and `lowest` name the groups at the ends, all of them where tied. `n` counts the
    valid answers used. `consensus` is None for checklists, below CONSENSUS_MIN_ANSWERS, and where it could
    give away how a small group's answers are spread. `single` is the mean (points) of a group on the record
    that is alone on an item not scored; it belongs in an annex.
    """

    code: str
    question: str
    attribute: str
    critical: bool
    status: ItemStatus
    score: Fraction | None = None
    letter: str | None = None
    n: int = 0
    per_head: Fraction | None = None
    depends_on_who: bool = False
    groups: tuple[GroupMean, ...] = ()
    gap: Fraction | None = None
    band: str | None = None
    highest: tuple[str, ...] = ()
    lowest: tuple[str, ...] = ()
    composition_low: Fraction | None = None
    composition_high: Fraction | None = None
    consensus: Consensus | None = None
    single: tuple[str, Fraction] | None = None


def gap_band(gap: Fraction) -> str:
    """Return the band of a gap (points): "aligned", "differing" or "divided"; an edge belongs to the upper band."""
    return next((band for band, edge in GAP_BANDS if gap < edge), GAP_TOP_BAND)


def balanced(means: Mapping[str, Fraction]) -> Fraction:
    """Return the mean of the groups' means, each group counting 1 (method 3.8, step 3)."""
    return sum(means.values(), ZERO) / len(means)


def leave_one_out(means: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """Return, by group, the balanced mean of all others (method 3.9). Needs two groups."""
    total = sum(means.values(), ZERO)
    return {unit: (total - mean) / (len(means) - 1) for unit, mean in means.items()}


def extremes(means: Mapping[str, Fraction]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the groups with the highest and those with the lowest mean; none where all are equal."""
    high, low = max(means.values()), min(means.values())
    if high == low:
        return (), ()
    return tuple(unit for unit in means if means[unit] == high), tuple(unit for unit in means if means[unit] == low)


def item_experience(
    spec: ScoringItem, cells: Mapping[str, GroupAnswers], *, on_record: frozenset[str], applicable: bool = True
) -> ItemExperience:
    """Return what the groups say of one item, from its usable cells by unit; `on_record` holds unit codes.

    Method 3.8 (steps 2, 3, 5) and 3.9. With fewer than GROUPS_FOR_SCORE cells the item is not scored.
    """
    if not applicable:
        return ItemExperience(spec.code, spec.question, spec.attribute, spec.critical, ItemStatus.NOT_APPLICABLE)
    if len(cells) < GROUPS_FOR_SCORE:
        single = next(((unit, FULL_SCORE * cell.mean) for unit, cell in cells.items()), None)
        return ItemExperience(
            spec.code, spec.question, spec.attribute, spec.critical, ItemStatus.NOT_SCORED, single=single
        )
    means = {unit: FULL_SCORE * cell.mean for unit, cell in cells.items()}
    score, without = balanced(means), leave_one_out(means)
    n = sum(cell.n for cell in cells.values())
    per_head = FULL_SCORE * sum((cell.total for cell in cells.values()), ZERO) / n
    gap = max(means.values()) - min(means.values())
    highest, lowest = extremes(means)
    attributed = _may_attribute(spec, cells, on_record)
    return ItemExperience(
        code=spec.code,
        question=spec.question,
        attribute=spec.attribute,
        critical=spec.critical,
        status=ItemStatus.SCORED,
        score=score,
        letter=letter_of(score),
        n=n,
        per_head=per_head,
        depends_on_who=abs(score - per_head) >= PER_HEAD_POINTS,
        groups=tuple(
            GroupMean(
                unit=unit,
                on_record=unit in on_record,
                n=cell.n,
                mean=means[unit],
                without=without[unit],
                influence=score - without[unit],
                distribution=shares(cell.levels) if attributed else None,
            )
            for unit, cell in cells.items()
        ),
        gap=gap,
        band=gap_band(gap),
        highest=highest,
        lowest=lowest,
        composition_low=min(without.values()),
        composition_high=max(without.values()),
        consensus=_consensus(cells, on_record, attributed) if spec.kind is ItemKind.RATING else None,
    )


def _may_attribute(spec: ScoringItem, cells: Mapping[str, GroupAnswers], on_record: frozenset[str]) -> bool:
    """Whether the groups' distributions may be shown: those of all groups or of none.

    With all but one shown, the consensus would tell which distribution the last one has.
    """
    confidential = [cell for unit, cell in cells.items() if unit not in on_record]
    return spec.kind is ItemKind.RATING and all(cell.n >= ATTRIBUTED_MIN for cell in confidential)


def _consensus(cells: Mapping[str, GroupAnswers], on_record: frozenset[str], attributed: bool) -> Consensus | None:
    answers = sum(cell.n for cell in cells.values())
    confidential = sum(unit not in on_record for unit in cells)
    if answers < CONSENSUS_MIN_ANSWERS or not (attributed or confidential >= CONSENSUS_MIN_GROUPS):
        return None
    distribution = balanced_distribution(cell.levels for cell in cells.values())
    value = consensus_of(distribution)
    return Consensus(round(value, CONSENSUS_DECIMALS), consensus_band(value), agreement(distribution) < ZERO)
