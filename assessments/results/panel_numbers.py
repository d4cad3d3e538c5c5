"""The numbers of a closed wave as a table: one figure a line, from the document the reader may see and no other."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from assessments.documents.panel import PanelAttribute, PanelDocument
from assessments.documents.panel_asked import PanelGroup
from assessments.documents.panel_items import ItemCells, PanelItem
from assessments.documents.values import Figure
from assessments.headlines import panel_sentences
from assessments.headlines.unit_names import unit_name
from assessments.tables import Cell, PlainTable, csv_of
from attributes.texts import localise

# Part, code, name, group, its name, figure, value.
Line = tuple[str, str, str, str, str, str, str]
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def panel_table(document: PanelDocument) -> PlainTable:
    """Return all figures of a document, with names for codes. What is not shown is empty."""
    columns = (_("Part"), _("Code"), _("Name"), _("Group"), _("Name of the group"), _("Figure"), _("Value"))
    names = {unit.code: unit_name(unit) for unit in document.units}
    rows = tuple(
        (part, code, name, unit, group or names.get(unit, ""), figure, _value(value))
        for part, code, name, unit, group, figure, value in _lines(document)
    )
    return PlainTable("panel", _("Figures of the panel"), columns, rows)


def panel_csv(document: PanelDocument) -> str:
    """The same as a CSV file."""
    return csv_of(panel_table(document))


def _value(value: str) -> Cell:
    return Decimal(value) if _NUMBER.fullmatch(value) else value


def _lines(document: PanelDocument) -> Iterator[Line]:
    yield _line("wave", document.wave.code, "method version", document.method_version)
    yield _line("wave", document.wave.code, "threshold", document.wave.threshold)
    short = document.short_form
    yield _line("wave", document.wave.code, "form of the questionnaire", "short" if short else "full")
    if short:
        yield _line("wave", document.wave.code, "items asked", short.asked)
        yield _line("wave", document.wave.code, "items of the full form", short.of)
    yield _line("wave", document.wave.code, "received", document.received)
    yield _line(
        "wave", document.wave.code, "withheld", _("not told") if document.withheld is None else document.withheld
    )
    for group in document.groups:
        yield from _group(group, document)
    for attribute in document.attributes:
        yield from _attribute(attribute)
    for item in document.items:
        yield from _item(item, document)
    for matrix in document.barriers:
        rows = {row.unit: row for row in matrix.rows}
        for unit in document.units:
            means = {cell.option: cell.mean for cell in rows[unit.code].cells} if unit.code in rows else {}
            for option in matrix.options:
                head = ("option", f"{matrix.item} {option.key}", localise(option.label))
                yield (*head, unit.code, "", "mean", _printed(means.get(option.key)))


def _group(group: PanelGroup, document: PanelDocument) -> Iterator[Line]:
    links = group.links
    figures: dict[str, object] = {
        "sector": group.sector,
        "invited": group.invited,
        "received": panel_sentences.answered(document, group),
        "of these on paper": group.by_assistant,
        "link": group.link_kind,
        "links made": links and links.made,
        "links used": links and links.used,
        "links taken back": links and links.revoked,
        "links taken back after use": links and links.revoked_used,
        "links that could be replaced": links and links.reissued,
    }
    for figure, value in figures.items():
        yield ("group", group.code, group.called, group.code, group.called, figure, _told(value))


def _attribute(attribute: PanelAttribute) -> Iterator[Line]:
    name = localise(attribute.title)
    figures: dict[str, object] = {
        "status": attribute.status,
        "letter": attribute.letter,
        "score": attribute.score,
        "score left out": attribute.score_hidden,
        "low": attribute.low,
        "high": attribute.high,
        "sampling low": attribute.sampling.low,
        "sampling high": attribute.sampling.high,
        "sampling at most": attribute.sampling.at_most if attribute.sampling.low is not None else None,
        "coverage": attribute.coverage,
        "divided": len(attribute.divided),
        "may be divided": len(attribute.may_be_divided),
        "compared": attribute.compared,
        "by group left out": attribute.hidden,
        "per head": attribute.per_head,
        "gap": attribute.gap,
        "gap by chance": attribute.chance_gap,
        "composition low": attribute.composition_low,
        "composition high": attribute.composition_high,
        "without named answers": attribute.without_named,
        "by sector": attribute.by_sector,
    }
    for figure, value in figures.items():
        yield ("attribute", attribute.code, name, "", "", figure, _told(value))
    for group in attribute.groups:
        yield ("attribute", attribute.code, name, group.unit, "", "score", group.score.printed)
        yield ("attribute", attribute.code, name, group.unit, "", "letter", group.letter)


def _item(item: PanelItem, document: PanelDocument) -> Iterator[Line]:
    name = localise(item.short)
    figures: dict[str, object] = {
        "letter": item.letter,
        "verdict": item.verdict,
        "score": item.score,
        "score left out": item.hidden,
    }
    for figure, value in figures.items():
        yield ("item", item.code, name, "", "", figure, _told(value))
    if item.cells is not None:
        yield from _cells(item.code, name, item.cells, [unit.code for unit in document.units])


def _cells(code: str, name: str, cells: ItemCells, units: Iterable[str]) -> Iterator[Line]:
    """Every group has its lines, also one that is not shown on the item: they are empty then."""
    figures: dict[str, object] = {
        "per head": cells.per_head,
        "gap": cells.gap,
        "gap by chance": cells.chance,
        "beyond chance": cells.beyond_chance,
        "needs": cells.needs,
        "composition low": cells.composition_low,
        "composition high": cells.composition_high,
        "one answer": cells.one_answer,
        "without named answers": cells.without_named,
        "by sector": cells.by_sector,
    }
    for figure, value in figures.items():
        yield ("item", code, name, "", "", figure, _told(value))
    shown = {cell.unit: cell for cell in cells.groups}
    for unit in units:
        cell = shown.get(unit)
        yield ("item", code, name, unit, "", "n", str(cell.n) if cell else "")
        yield ("item", code, name, unit, "", "mean", cell.mean.printed if cell else "")
        yield ("item", code, name, unit, "", "influence", cell.influence.printed if cell else "")


def _line(part: str, code: str, figure: str, value: object) -> Line:
    return (part, code, "", "", "", figure, str(value))


def _told(value: object) -> str:
    """A value as the file says it: empty where there is none, a truth as yes or no."""
    if value is None or isinstance(value, Figure):
        return _printed(value)
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _printed(figure: Figure | None) -> str:
    return figure.printed if figure else ""
