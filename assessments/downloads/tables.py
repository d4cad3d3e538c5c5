"""The tables of a result that can be had as files, by the names they have in addresses."""

from collections.abc import Callable

from assessments.downloads.shown import ShownResult
from assessments.results.panel_numbers import panel_table
from assessments.tables import (
    PlainTable,
    attributes_by_group,
    attributes_table,
    items_by_group,
    items_table,
    second_rating_table,
    steps_table,
)


def tables_of(shown: ShownResult) -> dict[str, Callable[[], PlainTable]]:
    """Return what makes each table, by its name: of groups only where they were asked."""
    joint = shown.joint
    found: dict[str, Callable[[], PlainTable]] = {
        "attributes": lambda: attributes_table(shown.document, joint, shown.last),
        "items": lambda: items_table(shown.document, joint),
        "steps": lambda: steps_table(shown.document, joint),
    }
    if shown.document.second_rating is not None:
        found["second-rating"] = lambda: second_rating_table(shown.document)
    if joint is not None:
        found |= {
            "groups": lambda: attributes_by_group(joint),
            "disagreement": lambda: items_by_group(joint),
            "panel": lambda: panel_table(joint.panel),
        }
    return found
