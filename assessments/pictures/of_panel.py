"""Heat tables of what groups say: attributes by groups, and items by groups.

From a panel document, restricted or public: of a public one the letters over all groups are all there is.
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from assessments.documents.both_tracks import ComparedTracks
from assessments.documents.panel import PanelAttribute
from assessments.documents.panel_asked import PanelUnit
from assessments.documents.panel_items import PanelItem
from assessments.documents.result import AttributeResult, ItemResult
from assessments.headlines.names import short_title
from assessments.headlines.unit_names import unit_name
from assessments.pictures.heat import FEW, NOT_APPLICABLE, UNKNOWN, WITHHELD, HeatCell, HeatRow, HeatTable
from assessments.scoring import letter_of
from attributes.texts import localise

VERDICT_ORDER = {"divided": 0, "may_be_divided": 1, "differing": 2, "aligned": 3, None: 4}


def groups_heat(joint: ComparedTracks) -> HeatTable:
    """Return what can be shown, what all groups say and what each says, attribute by attribute."""
    panel = joint.panel
    columns = tuple(short_title(attribute) for attribute in joint.result.attributes)
    found = [panel.attribute(attribute.code) for attribute in joint.result.attributes]
    rows = [
        HeatRow(_("What can be shown"), tuple(_evidence_cell(entry) for entry in joint.result.attributes)),
        HeatRow(_("All groups together"), tuple(_experience_cell(entry) for entry in found)),
    ]
    if any(entry is not None and entry.by_group and entry.groups for entry in found):
        rows += [HeatRow(unit_name(unit), tuple(_unit_cell(entry, unit) for entry in found)) for unit in panel.units]
    return HeatTable(
        caption=_("What groups say, attribute by attribute"),
        sentence=_("The letter each group gives, and points of 100; darker is more."),
        columns=columns,
        rows=tuple(rows),
        corner=_("Group"),
    )


def items_heat(joint: ComparedTracks, items: Sequence[PanelItem] | None = None) -> HeatTable:
    """Return items by groups, those on which groups are divided first; `items` are those to be shown, in their order.

    Without the right to group by item: the letter of the evidence and that of all groups.
    """
    evidence = joint.result.items()
    chosen = by_what_matters(joint.panel.items) if items is None else items
    units = joint.panel.units if joint.is_restricted else []
    rows = tuple(
        HeatRow(
            localise(item.short),
            (_item_cell(evidence.get(item.code)), _all_groups_cell(item), *(_unit_on_item(item, u) for u in units)),
            note=verdict_words(item),
        )
        for item in chosen
    )
    return HeatTable(
        caption=_("What groups say, item by item"),
        sentence=_("The letter each group gives; darker is more. Items on which groups are divided stand first."),
        columns=(_("Shown"), _("All groups"), *(unit_name(unit) for unit in units)),
        rows=rows,
        corner=_("Item"),
    )


def by_what_matters(items: Sequence[PanelItem]) -> list[PanelItem]:
    """The scored items: divided ones first, critical ones before others, then the largest gap that may be told."""

    def order(item: PanelItem) -> tuple[int, bool, float]:
        return VERDICT_ORDER[item.verdict], not item.critical, -(item.cells.gap.number if item.cells else 0)

    return sorted((item for item in items if item.letter is not None), key=order)


def verdict_words(item: PanelItem, *, critical: bool = True) -> str:
    """What is said of how far groups are apart, where there is something to say; and whether it is critical."""
    words = {"divided": _("groups are divided"), "may_be_divided": _("groups may be divided")}
    said = words.get(item.verdict or "", "")
    if not (critical and item.critical):
        return said
    return _("critical; %(said)s") % {"said": said} if said else _("critical")


def _evidence_cell(attribute: AttributeResult) -> HeatCell:
    if attribute.status in (WITHHELD, NOT_APPLICABLE):
        return HeatCell("", state=attribute.status)
    return HeatCell(attribute.letter or "", attribute.score.whole if attribute.score else "")


def _experience_cell(found: PanelAttribute | None) -> HeatCell:
    if found is None:
        return HeatCell("", state=NOT_APPLICABLE)
    if found.status in (WITHHELD, NOT_APPLICABLE):
        return HeatCell("", state=found.status)
    return HeatCell(found.letter or "", found.score.whole if found.score else "")


def _unit_cell(found: PanelAttribute | None, unit: PanelUnit) -> HeatCell:
    figure = next((entry for entry in found.groups if entry.unit == unit.code), None) if found else None
    return HeatCell("", state=FEW) if figure is None else HeatCell(figure.letter, figure.score.whole)


def _item_cell(item: ItemResult | None) -> HeatCell:
    if item is None or item.letter is None:
        not_applicable = item is not None and item.state == "not_applicable"
        return HeatCell("", state=NOT_APPLICABLE if not_applicable else UNKNOWN)
    return HeatCell(item.letter)


def _all_groups_cell(item: PanelItem) -> HeatCell:
    return HeatCell(item.letter or "", item.score.whole if item.score else "")


def _unit_on_item(item: PanelItem, unit: PanelUnit) -> HeatCell:
    cells = item.cells.groups if item.cells else []
    cell = next((entry for entry in cells if entry.unit == unit.code), None)
    return HeatCell("", state=FEW) if cell is None else HeatCell(letter_of(cell.mean.value), cell.mean.whole)
