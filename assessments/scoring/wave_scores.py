"""What the stakeholder groups say of an attribute, and the result of a whole wave (method 3.5, 3.8 and 3.9)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from assessments.scoring.balanced import ItemExperience, ItemStatus, extremes, item_experience
from assessments.scoring.groups import GroupCount, GroupUse, Unit, WaveAnswers, usable_cells
from assessments.scoring.items import ItemValue
from assessments.scoring.model import ItemState, ScoringItem
from assessments.scoring.rules import (
    FULL_SCORE,
    GAP_TOP_BAND,
    GROUP_COVERAGE,
    GROUPS_FOR_SCORE,
    GROUPS_FOR_SHOWN,
    ONE,
    PER_HEAD_POINTS,
    ZERO,
)
from assessments.scoring.scorecard import AttributeScore, Scorecard, ScoreStatus, score_attribute, scorecard_of

FEW_GROUPS = "few_groups"


@dataclass(frozen=True, slots=True)
class GroupProfile:
    """One group (or the pool) on one attribute.

    `coverage` is the weight (share of one) of the scored items on which the group is used, `score` the weighted
    mean of its own means and `without` the attribute's score if it is left out of every item, both in points.
    """

    unit: str
    coverage: Fraction
    score: Fraction
    without: Fraction


@dataclass(frozen=True, slots=True)
class AttributeExperience:
    """What the groups together say of one attribute.

    `result` is that of method 3.5 with the item scores as values; its claimed score equals its score.
    `group_count` is the number of groups counted: those used on items of at least GROUP_COVERAGE of the weight.
    Below GROUPS_FOR_SHOWN the result is provisional at most ("few_groups" among its reasons), below
    GROUPS_FOR_SCORE it is withheld. `divided` holds the codes of the items on which groups are divided, of
    `compared` items.

    The rest is None or empty without a score. `groups` are the counted ones, `highest` and `lowest` those at the
    ends of their profiles. `per_head` (each answer counting 1), `gap` (weighted mean of the items' gaps) and the
    composition range (lowest and highest score with any one used group left out) are points.
    """

    code: str
    result: AttributeScore
    group_count: int
    divided: tuple[str, ...]
    compared: int
    groups: tuple[GroupProfile, ...] = ()
    highest: tuple[str, ...] = ()
    lowest: tuple[str, ...] = ()
    per_head: Fraction | None = None
    depends_on_who: bool = False
    gap: Fraction | None = None
    composition_low: Fraction | None = None
    composition_high: Fraction | None = None


def attribute_experience(
    code: str, specs: Sequence[ScoringItem], items: Mapping[str, ItemExperience]
) -> AttributeExperience:
    """Return what the groups say of attribute `code`, from its items (method 3.8, step 4, and 3.9).

    Leaving a group out changes the items it is used on and no weight, so that the composition range shows who
    answered and not how much. Raises ScoringError when no item belongs to the attribute.
    """
    own = [spec for spec in specs if spec.attribute == code]
    base = score_attribute(code, own, {spec.code: _as_value(items[spec.code]) for spec in own})
    weight = {item.code: item.weight for item in base.items}
    scored = [items[spec.code] for spec in own if items[spec.code].status is ItemStatus.SCORED]
    profiles = _profiles(scored, weight)
    counted = tuple(profile for profile in profiles if profile.coverage >= GROUP_COVERAGE)
    found = AttributeExperience(
        code=code,
        result=_by_group_count(base, len(counted)),
        group_count=len(counted),
        divided=tuple(item.code for item in scored if item.band == GAP_TOP_BAND),
        compared=len(scored),
    )
    if found.result.score is None:
        return found
    highest, lowest = extremes({profile.unit: profile.score for profile in counted})
    per_head = _mean({item.code: item.per_head for item in scored}, weight)
    return replace(
        found,
        groups=counted,
        highest=highest,
        lowest=lowest,
        per_head=per_head,
        depends_on_who=abs(found.result.score - per_head) >= PER_HEAD_POINTS,
        gap=_mean({item.code: item.gap for item in scored}, weight),
        composition_low=min(profile.without for profile in profiles),
        composition_high=max(profile.without for profile in profiles),
    )


def _mean(figures: Mapping[str, Fraction | None], weight: Mapping[str, Fraction]) -> Fraction:
    """The weighted mean of figures of scored items, which are never None."""
    total = sum((weight[code] * (figure or ZERO) for code, figure in figures.items()), ZERO)
    return total / sum((weight[code] for code in figures), ZERO)


def _profiles(scored: Sequence[ItemExperience], weight: Mapping[str, Fraction]) -> list[GroupProfile]:
    """One profile per group used on any of the scored items, in the order in which they come up."""
    units = dict.fromkeys(group.unit for item in scored for group in item.groups)
    found = []
    for unit in units:
        own = {item.code: group for item in scored for group in item.groups if group.unit == unit}
        without = {item.code: own[item.code].without if item.code in own else item.score for item in scored}
        found.append(
            GroupProfile(
                unit=unit,
                coverage=sum((weight[code] for code in own), ZERO),
                score=_mean({code: group.mean for code, group in own.items()}, weight),
                without=_mean(without, weight),
            )
        )
    return found


def _as_value(item: ItemExperience) -> ItemValue:
    state = ItemState.UNANSWERED
    if item.status is ItemStatus.NOT_APPLICABLE:
        state = ItemState.NOT_APPLICABLE
    if item.score is None:
        return ItemValue(item.code, state, None, None, ZERO, None, None, None, False, item.status.value)
    value = item.score / FULL_SCORE
    return ItemValue(
        code=item.code,
        state=ItemState.ANSWERED,
        claimed=value,
        supported=value,
        share_known=ONE,
        letter=item.letter,
        claimed_letter=item.letter,
        cap=None,
        capped=False,
        rule=item.status.value,
    )


def _by_group_count(base: AttributeScore, count: int) -> AttributeScore:
    """The score as far as the number of groups allows (method 3.8, step 4)."""
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
        unsupported=None,
        letter=None,
        band_letter=None,
        limited_by=(),
        provisional_because=(),
        items=tuple(replace(item, contribution=ZERO) for item in base.items),
    )


@dataclass(frozen=True, slots=True)
class Experience:
    """The result of one closed wave; to be kept as one frozen snapshot (method 3.8).

    The only numbers that exist, and so the only ones that can be published:

    - per group: how many responses it gave (`counts`); their sums `received` and `withheld`, the latter those of
      groups that are in no figure;
    - per item, over its usable cells: the figures of ItemExperience;
    - per attribute, from these: the figures of AttributeExperience;
    - the profile, weakest attribute and index (`scorecard`), from these.

    A cell that is not usable is in none of them, not even as a number of answers. Group by item (`groups`,
    `gap`, extremes and composition range of an item) is for restricted reports; for what may be public see `public`.
    """

    k: int
    counts: tuple[GroupCount, ...]
    units: tuple[Unit, ...]
    received: int
    withheld: int
    items: tuple[ItemExperience, ...]
    attributes: tuple[AttributeExperience, ...]
    scorecard: Scorecard

    @property
    def divided(self) -> tuple[str, ...]:
        """The codes of the items on which the groups are divided."""
        return tuple(item.code for item in self.items if item.band == GAP_TOP_BAND)

    @property
    def letters(self) -> dict[str, str]:
        """The letter of every scored item, by code: what `standings` takes as experience letters."""
        return {item.code: item.letter for item in self.items if item.letter is not None}

    def item_scores(self) -> dict[str, Fraction]:
        """The points of the scored items, by code."""
        return {item.code: item.score for item in self.items if item.score is not None}

    def attribute_scores(self) -> dict[str, Fraction]:
        """The points of the attributes that have a score, by code."""
        return self.scorecard.attribute_scores()


def score_wave(specs: Sequence[ScoringItem], wave: WaveAnswers) -> Experience:
    """Return the result of a closed wave; `specs` are the scored items that stakeholders were asked.

    Method 3.5 to 3.9. Raises ScoringError for what the method refuses: see `groups.check_wave`, and answers that an
    item does not permit.
    """
    cells = usable_cells(specs, wave)
    on_record = frozenset(unit.code for unit in cells.units if unit.on_record)
    items = {
        spec.code: item_experience(
            spec, cells.items[spec.code], on_record=on_record, applicable=spec.code not in wave.not_applicable
        )
        for spec in specs
    }
    codes = dict.fromkeys(spec.attribute for spec in specs)
    attributes = tuple(attribute_experience(code, specs, items) for code in codes)
    return Experience(
        k=wave.k,
        counts=cells.counts,
        units=cells.units,
        received=sum(count.received for count in cells.counts),
        withheld=sum(count.received for count in cells.counts if count.use is GroupUse.WITHHELD),
        items=tuple(items.values()),
        attributes=attributes,
        scorecard=scorecard_of([attribute.result for attribute in attributes]),
    )
