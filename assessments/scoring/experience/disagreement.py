"""Every group counting the same: how far all groups together agree, how far they are apart on one item, and whether
chance alone would do that (method 3.8, 3.9).

Consensus is the measure of Tastle and Wierman, agreement the one of van der Eijk. Both take a distribution: one weight
per level, lowest level first, of any positive sum."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from itertools import combinations
from operator import mul

from assessments.scoring.experience.cells import PanelCell
from assessments.scoring.method import (
    CONSENSUS_BANDS,
    CONSENSUS_LOW_BAND,
    DIFFERING_FROM,
    DIVIDED_FROM,
    FULL_SCORE,
    GROUPS_IN_TABLE,
    INDEX_DECIMALS,
    NORMAL_RANGES,
    ONE,
    QUANTILE_FROM_21,
    QUANTILE_FROM_41,
    QUANTILES,
    SPREAD_OF_ONE_LEVEL,
    ZERO,
)
from assessments.scoring.model import ScoringError


def shares(counts: Sequence[int | Fraction]) -> tuple[Fraction, ...]:
    """Return each level's share of one. Raises ScoringError without two levels, an answer, or below zero."""
    total = _total(counts)
    return tuple(Fraction(count, total) if count else ZERO for count in counts)


def _total(counts: Sequence[int | Fraction]) -> int | Fraction:
    """The sum of the weights of a distribution. Raises ScoringError as `shares` does."""
    total = sum(count for count in counts if count)
    if len(counts) < 2 or total <= 0 or min(counts) < 0:
        raise ScoringError("a distribution needs two levels, an answer, and no negative weight")
    return total


def _whole(counts: Sequence[int | Fraction]) -> tuple[list[int], int]:
    """The same distribution in whole numbers, and their sum. Raises ScoringError as `shares` does."""
    found, _unit = whole_numbers(counts)
    return found, int(_total(found))


def whole_numbers(values: Iterable[int | Fraction]) -> tuple[list[int], int]:
    """Return values as whole numbers, and of what they are parts: to reckon with fractions takes ten times as long."""
    found = list(values)
    unit = math.lcm(*(value.denominator for value in found))
    return [value.numerator * (unit // value.denominator) for value in found], unit


def mean_of(values: Iterable[Fraction]) -> Fraction:
    """Return the mean of values, of which there is one at least."""
    parts, unit = whole_numbers(values)
    return Fraction(sum(parts), unit * len(parts))


def balanced_distribution(groups: Iterable[Sequence[int]]) -> tuple[Fraction, ...]:
    """Return the mean over groups of each level's share, from the groups' numbers of answers per level."""
    each = list(groups)
    if not each:
        raise ScoringError("a distribution needs a group")
    totals = [int(_total(counts)) for counts in each]
    unit = math.lcm(*totals)
    parts = [unit // total for total in totals]
    return tuple(
        Fraction(sum(map(mul, level, parts)), unit * len(each)) if any(level) else ZERO
        for level in zip(*each, strict=True)
    )


def consensus_of(counts: Sequence[int | Fraction]) -> float:
    """Return the consensus of a distribution: 1 all on one level, 0 half at each end.

    Cns = 1 + sum of p_j log2(1 - |j - mu| / d), d the top level; cut to INDEX_DECIMALS places.
    """
    weights, total = _whole(counts)
    mean = sum(map(mul, weights, range(len(weights))))  # in parts of the total
    width = (len(weights) - 1) * total
    # A quotient of whole numbers is the float next to the exact value, as that of a fraction is.
    terms = (
        weight / total * math.log2((width - abs(level * total - mean)) / width)
        for level, weight in enumerate(weights)
        if weight
    )
    return round(1 + math.fsum(terms), INDEX_DECIMALS) + 0.0


def consensus_band(value: float) -> str:
    """Return "broad", "mixed" or "split"; an exact edge belongs to the upper band."""
    return next((band for band, edge in CONSENSUS_BANDS if value >= edge), CONSENSUS_LOW_BAND)


def agreement(counts: Sequence[int | Fraction]) -> Fraction:
    """Return the agreement of a distribution, -1 (two camps at the ends) over 0 (spread out) to 1 (one level).

    The distribution is taken apart into layers of equal height; the layers' agreement is weighted by their size.
    """
    rest, total = _whole(counts)
    layers = []
    while any(rest):
        height = min(filter(None, rest))
        pattern = tuple(map(bool, rest))
        layers.append((Fraction(height * sum(pattern), total), _pattern_agreement(pattern)))
        rest = [weight and weight - height for weight in rest]
    return sum((size * of_layer for size, of_layer in layers), ZERO)


@lru_cache(maxsize=1024)
def _pattern_agreement(pattern: tuple[bool, ...]) -> Fraction:
    """The agreement of one layer: of its triples of levels, an empty one beside two filled ones, or between two."""
    size, used = len(pattern), sum(pattern)
    if used == size:
        return ZERO
    if used == 1:
        return ONE
    together = apart = left = 0
    for filled in pattern:
        if filled:
            left += 1
        else:
            right = used - left
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
    return mean_of(means.values())


def leave_one_out(means: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """Return, by group, the balanced mean of all others (method 3.9). Needs two groups."""
    parts, whole = whole_numbers(means.values())
    total, others = sum(parts), whole * (len(means) - 1)
    return {unit: Fraction(total - part, others) for unit, part in zip(means, parts, strict=True)}


def extremes(means: Mapping[str, Fraction]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the groups with the highest and those with the lowest mean; none where all are equal."""
    high, low = max(means.values()), min(means.values())
    if high == low:
        return (), ()
    return tuple(unit for unit in means if means[unit] == high), tuple(unit for unit in means if means[unit] == low)


# --- How far apart groups are on one item ---------------------------------------------------------------------------


class GroupVerdict(StrEnum):
    """How far the groups agree on one item."""

    DIVIDED = "divided"
    MAY_BE_DIVIDED = "may_be_divided"
    DIFFERING = "differing"
    ALIGNED = "aligned"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """How far the groups are apart on one item.

    `gap` is highest minus lowest group, in points. `pair` names the higher and the lower unit that decide: the widest
    that makes it divided, else the extreme ones. `beyond_chance` says that some pair is; without one *differing* adds
    "as chance alone could". `needs` is about how many points groups of these sizes must be apart, None where it
    "cannot be told at these sizes". These may be told in restricted reports; `variance` (of all answers, values 0 to
    1), `z2` (of the pair) and `chance` (the gap in points that the same answers dealt at random would give) only where
    spread may be printed. `limit` is what z2 has to reach.
    """

    gap: Fraction
    verdict: GroupVerdict
    pair: tuple[str, str]
    beyond_chance: bool
    needs: int | None
    limit: Fraction
    variance: Fraction
    z2: Fraction
    chance: float


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two units; `gap` is in parts of one that all pairs of an item have in common."""

    high: str
    low: str
    gap: int
    z2: Fraction

    def order(self) -> tuple[int, Fraction, str, str]:
        return -self.gap, -self.z2, self.high, self.low


def quantile(groups: int) -> Fraction:
    """Return the limit of z2 for so many groups, 2 or more: Bonferroni over all pairs, rounded up."""
    if groups in QUANTILES:
        return QUANTILES[groups]
    return QUANTILE_FROM_21 if groups <= GROUPS_IN_TABLE else QUANTILE_FROM_41


def disagreement(cells: Mapping[str, PanelCell]) -> Disagreement:
    """Return how far the groups are apart, from the usable cells of one item by unit, two or more (method 3.9)."""
    variance, limit = total_variance(cells.values()), quantile(len(cells))
    parts, whole = whole_numbers(cell.mean for cell in cells.values())
    means = dict(zip(cells, parts, strict=True))
    spread = variance * whole**2
    pairs = [_pair(one, other, cells, means, spread) for one, other in combinations(cells, 2)]
    widest, wide = max(pair.gap for pair in pairs), math.ceil(DIVIDED_FROM * whole)
    beyond = [pair for pair in pairs if pair.z2 >= limit]
    deciding = [pair for pair in beyond if pair.gap >= wide]
    extreme = [pair for pair in pairs if pair.gap == widest]
    named = min(deciding or extreme, key=_Pair.order)
    gap = Fraction(widest, whole)
    return Disagreement(
        gap=FULL_SCORE * gap,
        verdict=_verdict(gap, bool(deciding)),
        pair=(named.high, named.low),
        beyond_chance=bool(beyond),
        needs=needed_gap(cells[named.high].n, cells[named.low].n, limit),
        limit=limit,
        variance=variance,
        z2=named.z2,
        chance=gap_by_chance(variance, [cell.n for cell in cells.values()]),
    )


def total_variance(cells: Iterable[PanelCell]) -> Fraction:
    """Return the variance of all values (0 to 1) in the cells, with N - 1."""
    found = list(cells)
    n = sum(cell.n for cell in found)
    totals, whole = whole_numbers(cell.total for cell in found)
    squares, part = whole_numbers(cell.squares for cell in found)
    scale = n * whole**2
    return Fraction(sum(squares) * scale - sum(totals) ** 2 * part, scale * part * (n - 1))


def needed_gap(first: int, second: int, limit: Fraction) -> int | None:
    """Return about how many points two groups of these sizes must be apart to be told from chance.

    The smallest whole number whose square reaches that of one level, and the limit where answers within groups spread
    by one level; None above 100. It uses sizes only, so it tells nothing about answers.
    """
    square = 10000 * SPREAD_OF_ONE_LEVEL * max(ONE, limit * Fraction(first + second, first * second))
    points = math.isqrt(math.ceil(square) - 1) + 1
    return points if points <= FULL_SCORE else None


def gap_by_chance(variance: Fraction, sizes: Sequence[int]) -> float:
    """Return the gap (points) that the same answers, dealt at random to groups of these sizes, would give."""
    expected = NORMAL_RANGES.get(len(sizes), max(NORMAL_RANGES.values()))
    mean = mean_of(Fraction(1, n) for n in sizes)
    return float(FULL_SCORE) * expected * math.sqrt(variance * mean)


def _pair(one: str, other: str, cells: Mapping[str, PanelCell], means: Mapping[str, int], variance: Fraction) -> _Pair:
    """Two units, whose means are in parts of one, and `variance` in parts squared."""
    first, second = means[one], means[other]
    high, low = (one, other) if (-first, one) <= (-second, other) else (other, one)
    gap = abs(first - second)
    n, m = cells[one].n, cells[other].n
    spread = variance.numerator * (n + m)
    return _Pair(high, low, gap, Fraction(gap**2 * variance.denominator * n * m, spread) if spread else ZERO)


def _verdict(gap: Fraction, divided: bool) -> GroupVerdict:
    if divided:
        return GroupVerdict.DIVIDED
    if gap >= DIVIDED_FROM:
        return GroupVerdict.MAY_BE_DIVIDED
    return GroupVerdict.DIFFERING if gap >= DIFFERING_FROM else GroupVerdict.ALIGNED
