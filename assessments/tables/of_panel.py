"""Tables of what groups say, from the panel document that the reader may have."""

from assessments.documents.both_tracks import JointDocument
from assessments.pictures.of_panel import groups_heat, items_heat
from assessments.tables.plain import PlainTable, heat_rows


def attributes_by_group(joint: JointDocument) -> PlainTable:
    """Return what each group says, attribute by attribute, as far as it may be told."""
    return heat_rows("groups", groups_heat(joint))


def items_by_group(joint: JointDocument) -> PlainTable:
    """Return what each group says, item by item; in a public document only what all say together."""
    return heat_rows("disagreement", items_heat(joint))
