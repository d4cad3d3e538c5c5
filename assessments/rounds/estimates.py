"""How long it takes to answer, as an estimate: never more exact than a quarter of an hour.

Derived from walking through the Internet Society's set: its 30 items that count took one and a half to three hours, the
documents at hand.
"""

from math import ceil

from attributes.catalogue.types import CatalogueSet

# To read an item, choose an answer, and name what shows it.
MINUTES_PER_ITEM = 4
STEP = 15  # minutes
# The same in a next round: the documents are in the register, and the item is known.
MINUTES_PER_ITEM_AGAIN = 3
# To open a document of the register and say whether it is still true.
SECONDS_PER_DOCUMENT = 30
HOUR = 60
# In the quick check: to read an item and choose, and for a further line of a list.
SECONDS_PER_ITEM, SECONDS_PER_LINE = 30, 10


def minutes_for(items: int) -> int:
    """Return about how many minutes so many items take: in quarters of an hour, 0 for none."""
    return ceil(items * MINUTES_PER_ITEM / STEP) * STEP


def minutes_for_next(items: int, documents: int) -> int:
    """Return about how many minutes a next round takes, with so many items to answer and documents to confirm."""
    minutes = items * MINUTES_PER_ITEM_AGAIN + documents * SECONDS_PER_DOCUMENT / 60
    return ceil(minutes / STEP) * STEP


def hours_for_set(catalogue: CatalogueSet) -> int:
    """Return about how many hours a whole question set takes: whole ones, at least one."""
    asked = sum(item.scored for item in catalogue.items.values())
    return max(1, ceil(asked * MINUTES_PER_ITEM / HOUR))


def quick_check_minutes(catalogue: CatalogueSet) -> int:
    """Return about how many minutes the quick check of a set takes: whole ones, 0 where it has none."""
    items = [item for item in catalogue.items.values() if item.quick_check]
    lines = sum(max(len(item.options) - 1, 0) for item in items)
    return ceil((len(items) * SECONDS_PER_ITEM + lines * SECONDS_PER_LINE) / 60)
