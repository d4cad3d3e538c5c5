"""Every group counting the same, and how far all groups together agree (method 3.8, 3.9).

Consensus is the measure of Tastle and Wierman, agreement the one of van der Eijk. Both take a distribution: one weight
per level, lowest level first, of any positive sum."""

import math
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from fractions import Fraction

from assessments.scoring.method import CONSENSUS_BANDS, CONSENSUS_LOW_BAND, INDEX_DECIMALS, ONE, ZERO
from assessments.scoring.model import ScoringError


def shares(counts: Sequence[int | Fraction]) -> tuple[Fraction, ...]:
    """Return each level's share of one. Raises ScoringError without two levels, an answer, or below zero."""
    total = sum(count for count in counts if count)
    if len(counts) < 2 or total <= 0 or min(counts) < 0:
        raise ScoringError("a distribution needs two levels, an answer, and no negative weight")
    return tuple(Fraction(count, total) if count else ZERO for count in counts)


def balanced_distribution(groups: Iterable[Sequence[int]]) -> tuple[Fraction, ...]:
    """Return the mean over groups of each level's share, from the groups' numbers of answers per level."""
    each = [shares(counts) for counts in groups]
    if not each:
        raise ScoringError("a distribution needs a group")
    return tuple(sum(filter(None, level), ZERO) / len(each) for level in zip(*each, strict=True))


def consensus_of(counts: Sequence[int | Fraction]) -> float:
    """Return the consensus of a distribution: 1 all on one level, 0 half at each end.

    Cns = 1 + sum of p_j log2(1 - |j - mu| / d), d the top level; cut to INDEX_DECIMALS places.
    """
    p = shares(counts)
    mean = sum((level * share for level, share in enumerate(p) if share), ZERO)
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
