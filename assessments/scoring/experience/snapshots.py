"""What a second public version may say after a wave was reopened (method 3.8).

`reopened.next_wave` decides which answers enter a second result; this decides which of its figures are public. The
difference of two public scores is the mean of the group that joined, so nothing public changes for fewer than
NEW_SNAPSHOT_CELLS cells."""

from dataclasses import replace

from assessments.scoring.experience.items import BalancedItem
from assessments.scoring.experience.panel import PanelResult
from assessments.scoring.experience.publishable import HiddenBecause, PublicItem, PublicPanel, PublishedAttribute
from assessments.scoring.method import NEW_SNAPSHOT_CELLS


def published_again(first: PublicPanel, before: PanelResult, after: PanelResult, second: PublicPanel) -> PublicPanel:
    """Return the public version of a later result.

    `first` is the public version of `before` (itself a result of this function, if it was not the first), `second`
    what `published` says of `after` alone. An item on which fewer than NEW_SNAPSHOT_CELLS confidential cells changed
    repeats letter and verdict of the first, and its score only if nothing changed. An attribute with such an item
    repeats the first as a whole: its score would tell the same. Figures by group are never new.
    """
    old, new = {item.code: item for item in before.items}, {item.code: item for item in after.items}
    changed = {code: changed_cells(old[code], item) for code, item in new.items()}
    earlier = {item.code: item for item in first.items}
    earlier_attributes = {found.code: found for found in first.attributes}
    stays = {item.attribute for code, item in new.items() if 0 < changed[code] < NEW_SNAPSHOT_CELLS}
    moved = {item.attribute for code, item in new.items() if changed[code]}
    return PublicPanel(
        items=tuple(_item(earlier[item.code], item, changed[item.code]) for item in second.items),
        attributes=tuple(
            _attribute(earlier_attributes[found.code], found, found.code in stays, found.code in moved)
            for found in second.attributes
        ),
    )


def changed_cells(before: BalancedItem, after: BalancedItem) -> int:
    """Return how many confidential cells of an item differ between two results, those that joined included."""
    old = {unit.unit: (unit.n, unit.mean) for unit in before.units if not unit.named}
    new = {unit.unit: (unit.n, unit.mean) for unit in after.units if not unit.named}
    return sum(old.get(unit) != new.get(unit) for unit in {**old, **new})


def _item(first: PublicItem, second: PublicItem, changed: int) -> PublicItem:
    if changed >= NEW_SNAPSHOT_CELLS:
        return second
    if not changed:
        return first
    return replace(first, score=None, hidden=HiddenBecause.FEW_CHANGED)


def _attribute(first: PublishedAttribute, second: PublishedAttribute, stays: bool, moved: bool) -> PublishedAttribute:
    if stays or not moved:
        return first
    return second.without_groups(HiddenBecause.FEW_CHANGED)
