"""Which items of an earlier version an item of a newer one takes the place of."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from attributes.catalogue.types import CatalogueItem, CatalogueLevel, CatalogueSet
from attributes.kinds import Kind


class ItemChange(StrEnum):
    """What happened to an item from one version to another."""

    SAME = "same"
    REWORDED = "reworded"
    SPLIT = "split"
    REPLACED = "replaced"
    MERGED = "merged"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True)
class Match:
    """An item of the newer version and those it comes from; `new` is None for an item that is gone."""

    change: ItemChange
    new: CatalogueItem | None
    olds: tuple[CatalogueItem, ...]

    @property
    def code(self) -> str:
        """The code of the item in the newer version, or of the one that is gone."""
        return self.new.code if self.new else self.olds[0].code


def match(old: CatalogueSet, new: CatalogueSet, between: Sequence[CatalogueSet] = ()) -> list[Match]:
    """Match the items of two versions: those of `new` in its order, then those of `old` that are gone.

    `between` are the versions from one to the other, lowest first: an item may have been split in one of them and
    kept since. Codes are never reused, so that an equal code always means the same item.
    """
    origins = _origins(old, [*between, new])
    heirs: dict[str, int] = {}
    for item in new.items.values():
        for code in origins[item.code]:
            heirs[code] = heirs.get(code, 0) + 1
    same_scale = letters_of(old.scale) == letters_of(new.scale)
    found = []
    for item in new.items.values():
        olds = tuple(old.items[code] for code in old.items if code in origins[item.code])
        is_split = any(heirs[old.code] > 1 for old in olds)
        found.append(Match(_change(item, olds, same_scale=same_scale, is_split=is_split), item, olds))
    gone = [item for code, item in old.items.items() if code not in heirs]
    return [*found, *(Match(ItemChange.GONE, None, (item,)) for item in gone)]


def _origins(old: CatalogueSet, steps: Iterable[CatalogueSet]) -> dict[str, frozenset[str]]:
    """By every code that any of the versions bears: the codes in `old` that it comes from."""
    known = {code: frozenset({code}) for code in old.items}
    before = old
    for step in steps:
        known |= dict(_step(known, before, step))
        before = step
    return known


def _step(
    known: dict[str, frozenset[str]], before: CatalogueSet, step: CatalogueSet
) -> Iterator[tuple[str, frozenset[str]]]:
    for code, item in step.items.items():
        # An item goes on naming what it once took the place of: only what it names for the first time counts.
        earlier = before.items.get(code)
        named = set(item.replaces) - set(earlier.replaces if earlier else ()) - {code}
        # It may name an item by a code that only an earlier version has.
        sources = [known[source] for source in (code, *named) if source in known]
        yield code, frozenset().union(*sources)


def _change(item: CatalogueItem, olds: tuple[CatalogueItem, ...], *, same_scale: bool, is_split: bool) -> ItemChange:
    if not olds:
        return ItemChange.NEW
    if len(olds) > 1:
        return ItemChange.MERGED
    if olds[0].code != item.code:
        return ItemChange.SPLIT if is_split else ItemChange.REPLACED
    kept = olds[0].revision == item.revision and asks_alike(olds[0], item)
    return ItemChange.SAME if kept and (same_scale or item.kind is not Kind.RATING) else ItemChange.REWORDED


def asks_alike(old: CatalogueItem, new: CatalogueItem) -> bool:
    """Whether the same answers can be given to both, whatever the wording."""
    return _answers_of(old) == _answers_of(new)


def _answers_of(item: CatalogueItem) -> tuple[object, ...]:
    return (
        item.kind,
        item.scored,
        item.na_allowed,
        item.other_allowed,
        frozenset(option.key for option in item.options),
        frozenset((state.key, state.credit, state.needs_text) for state in item.states),
    )


def letters_of(scale: Sequence[CatalogueLevel]) -> dict[int, str]:
    """The levels of a scale by their value."""
    return {level.value: level.letter for level in scale}
