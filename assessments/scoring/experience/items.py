"""One item as the groups see it, every group counting the same (method 3.8, steps 2, 3, 5 and 6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from assessments.scoring.experience.cells import PanelCell
from assessments.scoring.experience.disagreement import (
    Disagreement,
    ItemStatus,
    agreement,
    balanced,
    balanced_distribution,
    consensus_band,
    consensus_of,
    disagreement,
    leave_one_out,
    mean_of,
    shares,
    whole_numbers,
)
from assessments.scoring.method import (
    ATTRIBUTED_MIN,
    CONSENSUS_DECIMALS,
    CONSENSUS_MIN_ANSWERS,
    DEPENDS_POINTS,
    FULL_SCORE,
    GROUPS_FOR_SCORE,
    ZERO,
)
from assessments.scoring.model import ItemKind, ScoringItem, letter_of


@dataclass(frozen=True, slots=True)
class PanelTerms:
    """What holds for a whole wave: the threshold `k`, the units that answer by name, and the sectors of units.

    A unit without a sector is one of its own. `full` are the items of the full form that apply, where a short one was
    asked; empty where it was the full one.
    """

    k: int
    named: frozenset[str] = frozenset()
    sectors: Mapping[str, str] | None = None
    full: tuple[ScoringItem, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitMean:
    """One group (or the pool) on one scored item, for restricted reports.

    `n` valid answers; `mean`, `without` (the balanced score if this unit is left out) and `influence` (balanced score
    minus `without`) in points. `distribution` (share of one at each level) exists for ratings where spread may be
    printed.
    """

    unit: str
    named: bool
    n: int
    mean: Fraction
    without: Fraction
    influence: Fraction
    distribution: tuple[Fraction, ...] | None


@dataclass(frozen=True, slots=True)
class BalancedConsensus:
    """How far all groups together agree on a rating: `band` is "broad", "mixed" or "split".

    `value` (0 to 1, cut to CONSENSUS_DECIMALS places) exists where spread may be printed. `two_camps` says that
    answers gather at separate levels.
    """

    value: float | None
    band: str
    two_camps: bool


@dataclass(frozen=True, slots=True)
class BalancedItem:
    """What the groups together say of one item.

    All figures are None or empty unless `status` is SCORED. `score` (every unit counting 1), `per_head` (every answer
    counting 1), the composition range (lowest and highest score with one unit left out), `without_named` (named
    answers left out; None below two units) and `by_sector` (every sector counting 1; None unless one has several
    units) are points. `one_answer` is the share of one that a single answer may decide. The three flags say that a
    figure differs from the score by DEPENDS_POINTS or more. `confidential` counts the units that answered
    confidentially. `may_show_spread`: figures of spread may be printed in the restricted version.
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
    units: tuple[UnitMean, ...] = ()
    confidential: int = 0
    disagreement: Disagreement | None = None
    may_show_spread: bool = False
    consensus: BalancedConsensus | None = None
    composition_low: Fraction | None = None
    composition_high: Fraction | None = None
    one_answer: Fraction | None = None
    without_named: Fraction | None = None
    by_sector: Fraction | None = None
    depends_on_who: bool = False
    depends_on_named: bool = False
    depends_on_groups: bool = False


def balanced_item(
    spec: ScoringItem, cells: Mapping[str, PanelCell], terms: PanelTerms, *, applicable: bool = True
) -> BalancedItem:
    """Return what the groups say of one item, from its usable cells by unit.

    Method 3.8 and 3.9. With fewer than GROUPS_FOR_SCORE cells the item is not scored and in no figure.
    """
    if len(cells) < GROUPS_FOR_SCORE:
        status = ItemStatus.NOT_SCORED if applicable else ItemStatus.NOT_APPLICABLE
        return BalancedItem(spec.code, spec.question, spec.attribute, spec.critical, status)
    means = {unit: FULL_SCORE * cell.mean for unit, cell in cells.items()}
    score, left_out = balanced(means), leave_one_out(means)
    n = sum(cell.n for cell in cells.values())
    totals, whole = whole_numbers(cell.total for cell in cells.values())
    per_head = FULL_SCORE * Fraction(sum(totals), whole * n)
    spread = spread_may_be_printed([cell.n for unit, cell in cells.items() if unit not in terms.named], terms.k)
    without_named = _balanced_or_none({unit: mean for unit, mean in means.items() if unit not in terms.named})
    sectors = by_sector(means, terms.sectors or {})
    rating = spec.kind is ItemKind.RATING
    return BalancedItem(
        code=spec.code,
        question=spec.question,
        attribute=spec.attribute,
        critical=spec.critical,
        status=ItemStatus.SCORED,
        score=score,
        letter=letter_of(score),
        n=n,
        per_head=per_head,
        units=_unit_means(cells, terms, means, left_out, shows_distribution=rating and spread),
        confidential=sum(unit not in terms.named for unit in cells),
        disagreement=disagreement(cells),
        may_show_spread=spread,
        consensus=_consensus(cells, n, spread) if rating else None,
        composition_low=min(left_out.values()),
        composition_high=max(left_out.values()),
        one_answer=Fraction(1, len(cells) * min(cell.n for cell in cells.values())),
        without_named=without_named,
        by_sector=sectors,
        depends_on_who=depends(score, per_head),
        depends_on_named=depends(score, without_named),
        depends_on_groups=depends(score, sectors),
    )


def spread_may_be_printed(sizes: list[int], k: int) -> bool:
    """Say whether figures of spread of an item may stand in the restricted version (method 3.9).

    `sizes` are the valid answers of every confidential unit used on it: each must have ATTRIBUTED_MIN and k.
    """
    return all(n >= max(ATTRIBUTED_MIN, k) for n in sizes)


def by_sector(means: Mapping[str, Fraction], sectors: Mapping[str, str]) -> Fraction | None:
    """Return the score (points) with every sector counting 1, from units' means; None unless one has several."""
    # A unit's code and a sector's may be the same word.
    members: dict[tuple[bool, str], list[Fraction]] = {}
    for unit, mean in means.items():
        members.setdefault((unit in sectors, sectors.get(unit, unit)), []).append(mean)
    if len(members) == len(means):
        return None
    return mean_of(mean_of(own) for own in members.values())


def depends(score: Fraction | None, other: Fraction | None) -> bool:
    """Say whether another way to put the answers together moves the score by DEPENDS_POINTS or more."""
    return score is not None and other is not None and abs(score - other) >= DEPENDS_POINTS


def _unit_means(
    cells: Mapping[str, PanelCell],
    terms: PanelTerms,
    means: Mapping[str, Fraction],
    left_out: Mapping[str, Fraction],
    *,
    shows_distribution: bool,
) -> tuple[UnitMean, ...]:
    score = balanced(means)
    return tuple(
        UnitMean(
            unit=unit,
            named=unit in terms.named,
            n=cell.n,
            mean=means[unit],
            without=left_out[unit],
            influence=score - left_out[unit],
            distribution=shares(cell.levels) if shows_distribution else None,
        )
        for unit, cell in cells.items()
    )


def _balanced_or_none(means: Mapping[str, Fraction]) -> Fraction | None:
    return balanced(means) if len(means) >= GROUPS_FOR_SCORE else None


def _consensus(cells: Mapping[str, PanelCell], n: int, spread: bool) -> BalancedConsensus | None:
    if n < CONSENSUS_MIN_ANSWERS:
        return None
    distribution = balanced_distribution(cell.levels for cell in cells.values())
    value = consensus_of(distribution)
    shown = round(value, CONSENSUS_DECIMALS) if spread else None
    return BalancedConsensus(shown, consensus_band(value), agreement(distribution) < ZERO)
