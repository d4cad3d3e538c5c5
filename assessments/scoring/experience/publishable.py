"""What may be public of a panel's result, and what only the steering group may read (method 3.8 and 3.9).

A figure that is left out is None, and the reason is said. Restricted reports have all of `PanelResult` but for figures
of spread, which `restricted_item` takes out where they would tell how the members of a small group answered."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from assessments.scoring.evidence.attribute import CountedAttribute
from assessments.scoring.experience.attribute import BalancedAttribute, UnitProfile
from assessments.scoring.experience.disagreement import GroupVerdict, ItemStatus
from assessments.scoring.experience.enumeration import anything_follows, following_cells
from assessments.scoring.experience.items import BalancedItem
from assessments.scoring.experience.panel import PanelResult
from assessments.scoring.experience.tables import PrintedAs, Table, table_of
from assessments.scoring.method import PUBLIC_GROUP_UNITS, PUBLIC_ITEM_UNITS, ZERO


class HiddenBecause(StrEnum):
    """Why a figure is not public."""

    FEW_UNITS = "few_units"
    ONE_ITEM = "one_item"  # of an attribute: its figures by group would be those of the item
    FOLLOWS = "follows"  # a group's answers to an item would follow from it
    FEW_CHANGED = "few_changed"  # too few cells changed since an earlier result


@dataclass(frozen=True, slots=True)
class PublicItem:
    """All that a public report says of one item: `letter` and `verdict`, and the score (points) if it may.

    `named_decides` is the share of one that a named answer decides, None where there is none.
    """

    code: str
    letter: str | None
    verdict: GroupVerdict | None
    score: Fraction | None
    hidden: HiddenBecause | None = None
    named_decides: Fraction | None = None


@dataclass(frozen=True, slots=True)
class PublishedAttribute:
    """All that a public report says of one attribute.

    Contributions of items are left out of `result` unless every item's score is public. `profiles`, `per_head`, `gap`
    with `chance_gap` and the composition range are None or empty unless `hidden` is None. `score_hidden` says why even
    the score and its range are left out: because it is that of a single item, or gives a cell away. The rest is as in
    BalancedAttribute. `may_show_sampling`: the sampling range is no figure of a single item.
    """

    code: str
    result: CountedAttribute
    group_count: int
    divided: tuple[str, ...]
    may_be_divided: tuple[str, ...]
    compared: int
    depends_on_who: bool
    depends_on_named: bool
    depends_on_groups: bool
    may_show_sampling: bool
    profiles: tuple[UnitProfile, ...] = ()
    per_head: Fraction | None = None
    gap: Fraction | None = None
    chance_gap: float | None = None
    composition_low: Fraction | None = None
    composition_high: Fraction | None = None
    hidden: HiddenBecause | None = None
    score_hidden: HiddenBecause | None = None

    def without_groups(self, because: HiddenBecause) -> "PublishedAttribute":
        """The same without figures by group."""
        return replace(
            self,
            profiles=(),
            per_head=None,
            gap=None,
            chance_gap=None,
            composition_low=None,
            composition_high=None,
            hidden=because,
        )


@dataclass(frozen=True, slots=True)
class PublicPanel:
    """The public version of a panel's result: items and attributes in their order."""

    items: tuple[PublicItem, ...]
    attributes: tuple[PublishedAttribute, ...]


def item_score_is_public(confidential: int) -> bool:
    """Say whether an item's score may be public, by the confidential units used on it; named answers hide nothing."""
    return confidential == 0 or confidential >= PUBLIC_ITEM_UNITS


def groups_are_public(confidential: int) -> bool:
    """Say whether figures by group of an attribute may be public, by the confidential units counted in it."""
    return confidential == 0 or confidential >= PUBLIC_GROUP_UNITS


def published(result: PanelResult, printed: PrintedAs | None = None) -> PublicPanel:
    """Return the public version of a panel's result.

    What is left out of one attribute follows from the number of units and, at closing, from enumeration (method 3.8).
    """
    items = {item.code: _public_item(item) for item in result.items}
    attributes = []
    for found in result.attributes:
        own = [item for item in result.items if item.attribute == found.code and item.status is ItemStatus.SCORED]
        hidden = _groups_hidden(found, own)
        groups_stay, score_stays = _checked(found, own, items, hidden is None, printed or PrintedAs())
        public = _public_attribute(found, own, items, hidden if groups_stay else hidden or HiddenBecause.FOLLOWS)
        if _tells_nothing_achieved(found, own):
            public, score_stays = _without_limit(public), False
        if len(own) == 1 and items[own[0].code].hidden is not None:
            public = _without_total(public, items[own[0].code].hidden)
        attributes.append(public if score_stays else _without_total(public, HiddenBecause.FOLLOWS))
    return PublicPanel(tuple(items.values()), tuple(attributes))


def restricted_item(item: BalancedItem) -> BalancedItem:
    """Return an item as the steering group may read it: without V, z2 and chance where a small group was used.

    Distributions and the figure of the consensus are left out already.
    """
    if item.disagreement is None or item.may_show_spread:
        return item
    return replace(item, disagreement=replace(item.disagreement, variance=ZERO, z2=ZERO, chance=0.0))


def restricted_attribute(found: BalancedAttribute) -> BalancedAttribute:
    """Return an attribute as the steering group may read it: a single item's gap by chance follows the item's rule."""
    return found if found.may_show_spread else replace(found, gap=None, chance_gap=None)


def _public_item(item: BalancedItem) -> PublicItem:
    if item.disagreement is None:
        return PublicItem(item.code, None, None, None)
    shows = item_score_is_public(item.confidential)
    return PublicItem(
        code=item.code,
        letter=item.letter,
        verdict=item.disagreement.verdict,
        score=item.score if shows else None,
        hidden=None if shows else HiddenBecause.FEW_UNITS,
        named_decides=Fraction(1, len(item.units)) if item.confidential < len(item.units) else None,
    )


def _groups_hidden(found: BalancedAttribute, own: list[BalancedItem]) -> HiddenBecause | None:
    """Why figures by group may not be public whatever they are; None where they may."""
    if found.result.score is None:
        return HiddenBecause.FEW_UNITS
    if not any(item.confidential for item in own):
        return None
    # Units that do not count may still have answered.
    if not found.confidential or not groups_are_public(found.confidential):
        return HiddenBecause.FEW_UNITS
    return None if found.compared > 1 else HiddenBecause.ONE_ITEM


def _checked(
    found: BalancedAttribute,
    own: list[BalancedItem],
    items: dict[str, PublicItem],
    by_group: bool,
    as_printed: PrintedAs,
) -> tuple[bool, bool]:
    """Take scores out of `items` until nothing follows; return whether figures by group, and the score, may stay.

    A cell that follows takes its item's score away. Where it follows from the figures by group all the same, these are
    left out, and the scores are tried again without them. Where it follows from the attribute's score, so is that.
    """
    if not any(item.confidential for item in own):
        return by_group, True
    bare = {item.code: _without_score(items[item.code]) for item in own}
    # Where the figures by group alone give a cell away, no score need be looked at.
    if by_group and not anything_follows(_table(found, own, bare, True, as_printed)):
        tried = dict(items)
        if _scores_taken(found, own, tried, True, as_printed):
            items.update(tried)
            return True, True
    if _scores_taken(found, own, items, False, as_printed):
        return False, True
    items.update(bare)
    return False, not anything_follows(_table(found, own, items, False, as_printed))


def _scores_taken(
    found: BalancedAttribute,
    own: list[BalancedItem],
    items: dict[str, PublicItem],
    by_group: bool,
    as_printed: PrintedAs,
) -> bool:
    """Take away the scores of items with a cell that follows; return whether nothing follows then."""
    cells = following_cells(_table(found, own, items, by_group, as_printed))
    doubtful = {code for code, _ in cells}
    items.update({code: _without_score(items[code]) for code in doubtful})
    return not doubtful or not following_cells(_table(found, own, items, by_group, as_printed), doubtful)


def _tells_nothing_achieved(found: BalancedAttribute, own: list[BalancedItem]) -> bool:
    """Whether the letter is limited by a critical item on which everybody said the lowest: then all of it follows."""
    return any(item.code in found.result.limited_by and item.confidential for item in own)


def _without_limit(public: PublishedAttribute) -> PublishedAttribute:
    """The attribute with its letter, and not what limits it; figures by group would show that something does."""
    result = replace(public.result, band_letter=public.result.letter, limited_by=())
    return replace(public, result=result).without_groups(HiddenBecause.FOLLOWS)


def _without_total(public: PublishedAttribute, because: HiddenBecause | None) -> PublishedAttribute:
    """The attribute with its letter and status alone."""
    result = replace(public.result, score=None, claimed=None, low=None, high=None)
    return replace(public, result=result, score_hidden=because)


def _without_score(item: PublicItem) -> PublicItem:
    return item if item.score is None else replace(item, score=None, hidden=HiddenBecause.FOLLOWS)


def _table(
    found: BalancedAttribute,
    own: list[BalancedItem],
    items: Mapping[str, PublicItem],
    by_group: bool,
    as_printed: PrintedAs,
) -> Table:
    shows = {item.code for item in own if items[item.code].score is not None}
    return table_of(found, own, shows, by_group=by_group, as_printed=as_printed)


def _public_attribute(
    found: BalancedAttribute,
    own: list[BalancedItem],
    items: Mapping[str, PublicItem],
    hidden: HiddenBecause | None,
) -> PublishedAttribute:
    every_score = all(items[item.code].score is not None for item in own)
    result = found.result
    if not every_score:
        result = replace(result, items=tuple(replace(item, contribution=ZERO) for item in result.items))
    public = PublishedAttribute(
        code=found.code,
        result=result,
        group_count=found.group_count,
        divided=found.divided,
        may_be_divided=found.may_be_divided,
        compared=found.compared,
        depends_on_who=found.depends_on_who,
        depends_on_named=found.depends_on_named,
        depends_on_groups=found.depends_on_groups,
        may_show_sampling=found.compared > 1,
        hidden=hidden,
    )
    if hidden is not None:
        return public
    return replace(
        public,
        profiles=found.profiles,
        per_head=found.per_head,
        gap=found.gap,
        chance_gap=found.chance_gap,
        composition_low=found.composition_low,
        composition_high=found.composition_high,
    )
