"""What the groups together say of one attribute (method 3.8, steps 4 to 6, and 3.9)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from assessments.scoring.evidence.attribute import CountedAttribute, count_attribute, sum_of_products
from assessments.scoring.experience.cells import PanelCell
from assessments.scoring.experience.disagreement import GroupVerdict, ItemStatus, extremes
from assessments.scoring.experience.items import BalancedItem, PanelTerms, balanced_item, depends
from assessments.scoring.method import (
    FULL_SCORE,
    GROUP_COVERAGE,
    GROUPS_FOR_SCORE,
    GROUPS_FOR_SHOWN,
    ONE,
    SHARE_SHOWN,
    ZERO,
)
from assessments.scoring.model import (
    ItemState,
    ScoreStatus,
    ScoringError,
    ScoringItem,
    attribute_letter,
    default_weights,
)

FEW_GROUPS = "few_groups"
FEW_ASKED = "few_asked"


@dataclass(frozen=True, slots=True)
class PanelItemFigures:
    """An item score as the formula of method 3.5 takes it: every answer is shown, and claimed as it counts."""

    state: ItemState
    counted: Fraction | None

    @property
    def claimed(self) -> Fraction | None:
        """The value, 0 to 1."""
        return self.counted

    @property
    def highest(self) -> Fraction | None:
        """The value, 0 to 1."""
        return self.counted

    @property
    def share_known(self) -> Fraction:
        """1 with a value."""
        return ZERO if self.counted is None else ONE

    @property
    def share_applicable(self) -> Fraction:
        """1 unless the item is not applicable: a line that is not takes nothing away from what stakeholders said."""
        return ZERO if self.state is ItemState.NOT_APPLICABLE else ONE

    @property
    def shown(self) -> bool:
        """Whether there is a value."""
        return self.counted is not None


@dataclass(frozen=True, slots=True)
class UnitProfile:
    """One group (or the pool) on one attribute.

    `coverage` is the weight (share of one) of the scored items on which the unit is used, `score` the weighted mean
    of its own means, `letter` that of the score, and `without` the attribute's score if it is left out of every item.
    """

    unit: str
    named: bool
    coverage: Fraction
    score: Fraction
    letter: str
    without: Fraction


@dataclass(frozen=True, slots=True)
class BalancedAttribute:
    """What the groups together say of one attribute.

    `result` is that of method 3.5 with the item scores as values. `group_count` counts the units used on scored items
    of at least GROUP_COVERAGE of the weight, `confidential` those among them that are not named answers. Below
    GROUPS_FOR_SHOWN the result is provisional at most, below GROUPS_FOR_SCORE withheld. `asked` is the share of the
    attribute's weight in the full form that was asked; below SHARE_SHOWN the result is provisional at most. `divided`
    and `may_be_divided` are codes of items, of `compared`.

    The rest is None or empty without a score. `profiles` are those of the counted units, `highest` and `lowest` the
    ends. `per_head`, the composition range, `without_named` and `by_sector` are as for an item, in points. `gap` is
    the weighted mean of the items' gaps, `chance_gap` of what the same answers dealt at random would give: to be
    printed together or not at all. `missing_a_unit` counts the scored items on which a counted unit has no cell.
    `may_show_spread` is that of the item where there is only one: then gap and sampling range follow the item's rule.
    """

    code: str
    result: CountedAttribute
    group_count: int
    confidential: int
    divided: tuple[str, ...]
    may_be_divided: tuple[str, ...]
    compared: int
    profiles: tuple[UnitProfile, ...] = ()
    highest: tuple[str, ...] = ()
    lowest: tuple[str, ...] = ()
    per_head: Fraction | None = None
    gap: Fraction | None = None
    chance_gap: float | None = None
    composition_low: Fraction | None = None
    composition_high: Fraction | None = None
    without_named: Fraction | None = None
    by_sector: Fraction | None = None
    depends_on_who: bool = False
    depends_on_named: bool = False
    depends_on_groups: bool = False
    missing_a_unit: int = 0
    may_show_spread: bool = True
    asked: Fraction = ONE


def balanced_attribute(
    code: str,
    specs: Sequence[ScoringItem],
    items: Mapping[str, BalancedItem],
    cells: Mapping[str, Mapping[str, PanelCell]],
    terms: PanelTerms,
) -> BalancedAttribute:
    """Return what the groups say of attribute `code`, from its items and their usable cells (method 3.8, 3.9).

    `specs` apply to the kind of process; those of other attributes are passed over.
    """
    own = [spec for spec in specs if spec.attribute == code]
    found, profiles, scored = _basis(code, own, items, terms.full)
    score = found.result.score
    if score is None:
        return found
    weight = {item.code: item.weight for item in found.result.items}
    counted = [profile for profile in profiles if profile.coverage >= GROUP_COVERAGE]
    highest, lowest = extremes({profile.unit: profile.score for profile in counted})
    per_head = _mean({item.code: item.per_head for item in scored}, weight)
    without_named = _without_named(code, own, items, cells, terms)
    by_sector = _by_sector(scored, weight)
    return replace(
        found,
        profiles=tuple(counted),
        highest=highest,
        lowest=lowest,
        per_head=per_head,
        gap=_mean({item.code: item.disagreement.gap for item in scored if item.disagreement}, weight),
        chance_gap=_chance(scored, weight),
        composition_low=min(profile.without for profile in profiles),
        composition_high=max(profile.without for profile in profiles),
        without_named=without_named,
        by_sector=by_sector,
        depends_on_who=depends(score, per_head),
        depends_on_named=depends(score, without_named),
        depends_on_groups=depends(score, by_sector),
        missing_a_unit=sum(
            any(profile.unit not in {unit.unit for unit in item.units} for profile in counted) for item in scored
        ),
        may_show_spread=len(scored) > 1 or scored[0].may_show_spread,
    )


def _basis(
    code: str, own: Sequence[ScoringItem], items: Mapping[str, BalancedItem], full: Sequence[ScoringItem]
) -> tuple[BalancedAttribute, list[UnitProfile], list[BalancedItem]]:
    """The result with its numbers of groups, the profiles of all units used, and the scored items."""
    base = count_attribute(code, own, {spec.code: _figures(items[spec.code]) for spec in own})
    weight = {item.code: item.weight for item in base.items}
    scored = [items[spec.code] for spec in own if items[spec.code].status is ItemStatus.SCORED]
    profiles = _profiles(scored, weight)
    counted = [profile for profile in profiles if profile.coverage >= GROUP_COVERAGE]
    asked = share_asked(code, own, full)
    found = BalancedAttribute(
        code=code,
        result=_by_share_asked(_by_group_count(base, len(counted)), asked),
        group_count=len(counted),
        confidential=sum(not profile.named for profile in counted),
        divided=_with_verdict(scored, GroupVerdict.DIVIDED),
        may_be_divided=_with_verdict(scored, GroupVerdict.MAY_BE_DIVIDED),
        compared=len(scored),
        asked=asked,
    )
    return found, profiles, scored


def share_asked(code: str, asked: Sequence[ScoringItem], full: Sequence[ScoringItem]) -> Fraction:
    """Return the share of the weight of attribute `code` in the full form that the items asked carry (method 3.8).

    `full` are the items of the full form that apply; empty where it was asked. Raises ScoringError where it lacks one
    that was asked.
    """
    if not full:
        return ONE
    weight = default_weights([spec for spec in full if spec.attribute == code])
    own = [spec.code for spec in asked if spec.attribute == code]
    if missing := [item for item in own if item not in weight]:
        raise ScoringError(f"{', '.join(missing)}: not in the full form")
    return sum((weight[item] for item in own), ZERO)


def _figures(item: BalancedItem) -> PanelItemFigures:
    if item.score is not None:
        return PanelItemFigures(ItemState.ANSWERED, item.score / FULL_SCORE)
    left_out = item.status is ItemStatus.NOT_APPLICABLE
    return PanelItemFigures(ItemState.NOT_APPLICABLE if left_out else ItemState.UNANSWERED, None)


def _with_verdict(scored: Sequence[BalancedItem], verdict: GroupVerdict) -> tuple[str, ...]:
    return tuple(item.code for item in scored if item.disagreement and item.disagreement.verdict is verdict)


def _mean(figures: Mapping[str, Fraction | None], weight: Mapping[str, Fraction]) -> Fraction:
    """The weighted mean of figures of scored items, which are never None."""
    total = sum_of_products((weight[code], figure) for code, figure in figures.items())
    return total / sum_of_products((weight[code], ONE) for code in figures)


def _chance(scored: Sequence[BalancedItem], weight: Mapping[str, Fraction]) -> float:
    total = sum((weight[item.code] for item in scored), ZERO)
    return sum(float(weight[item.code] / total) * item.disagreement.chance for item in scored if item.disagreement)


def _profiles(scored: Sequence[BalancedItem], weight: Mapping[str, Fraction]) -> list[UnitProfile]:
    """One profile per unit used on any of the scored items, in the order in which they come up."""
    named = {unit.unit: unit.named for item in scored for unit in item.units}
    found = []
    for code in named:
        own = {item.code: unit for item in scored for unit in item.units if unit.unit == code}
        without = {item.code: own[item.code].without if item.code in own else item.score for item in scored}
        score = _mean({item: unit.mean for item, unit in own.items()}, weight)
        found.append(
            UnitProfile(
                unit=code,
                named=named[code],
                coverage=sum((weight[item] for item in own), ZERO),
                score=score,
                letter=attribute_letter(score),
                without=_mean(without, weight),
            )
        )
    return found


def _without_named(
    code: str,
    own: Sequence[ScoringItem],
    items: Mapping[str, BalancedItem],
    cells: Mapping[str, Mapping[str, PanelCell]],
    terms: PanelTerms,
) -> Fraction | None:
    """The score by all steps without the groups that answer by name; None where it is withheld then."""
    left = {}
    for spec in own:
        confidential = {unit: cell for unit, cell in cells[spec.code].items() if unit not in terms.named}
        applicable = items[spec.code].status is not ItemStatus.NOT_APPLICABLE
        left[spec.code] = (
            items[spec.code]
            if len(confidential) == len(cells[spec.code])
            else balanced_item(spec, confidential, terms, applicable=applicable)
        )
    return _basis(code, own, left, terms.full)[0].result.score


def _by_sector(scored: Sequence[BalancedItem], weight: Mapping[str, Fraction]) -> Fraction | None:
    if all(item.by_sector is None for item in scored):
        return None
    return _mean({item.code: item.score if item.by_sector is None else item.by_sector for item in scored}, weight)


def _by_share_asked(base: CountedAttribute, asked: Fraction) -> CountedAttribute:
    """The result as far as what was asked allows: what was not is unknown, as if nobody had answered it."""
    if base.score is None or asked >= SHARE_SHOWN:
        return base
    reasons = (*base.provisional_because, FEW_ASKED)
    return replace(base, status=ScoreStatus.PROVISIONAL, provisional_because=reasons)


def _by_group_count(base: CountedAttribute, count: int) -> CountedAttribute:
    """The result as far as the number of groups allows (method 3.8, step 4)."""
    if base.score is None or count >= GROUPS_FOR_SHOWN:
        return base
    if count >= GROUPS_FOR_SCORE:
        reasons = (*base.provisional_because, FEW_GROUPS)
        return replace(base, status=ScoreStatus.PROVISIONAL, provisional_because=reasons)
    return replace(
        base,
        status=ScoreStatus.WITHHELD,
        score=None,
        claimed=None,
        letter=None,
        band_letter=None,
        limited_by=(),
        provisional_because=(),
        items=tuple(replace(item, contribution=ZERO) for item in base.items),
    )
