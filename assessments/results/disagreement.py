"""The page on disagreement: which items it shows and in which order, as a heat table and with a part for each item; and
the checklists of page and report.

Drawn from the panel document that the reader may have: of a public one there is no group by item.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext

from assessments.documents.both_tracks import ComparedTracks
from assessments.documents.panel import OptionMatrix
from assessments.documents.panel_items import PanelItem
from assessments.documents.result import ItemResult, OptionLine
from assessments.documents.values import Figure, Text, exact, points
from assessments.headlines import Sentence, divided_sentence, groups_headline
from assessments.headlines.panel_sentences import VERDICT_LABELS
from assessments.pictures import HeatTable, ProfileRow, by_what_matters, groups_heat, item_row, items_heat
from assessments.results.panel_lines import ItemLine, NumberedUnit, panel_context
from assessments.scoring import letter_of, parse_fraction
from attributes.kinds import Kind

DIVIDED, CRITICAL = "divided", "critical"
ALIGNED = "aligned"
# As a document calls a unit; nothing else is looked for.
UNIT_CODE = re.compile(r"[a-z]{1,8}\d{0,4}")
BARRIERS = frozenset({Kind.BARRIER_CHECKLIST.value, Kind.JUSTIFIED_YES_NO.value})
OF_GROUPS = 2  # columns before the groups: what is shown, and all groups together


@dataclass(frozen=True)
class ItemFilter:
    """What a reader wants to see: `group` is the code of a unit, "" for all."""

    divided: bool = False
    critical: bool = False
    group: str = ""

    @property
    def is_on(self) -> bool:
        """Whether it leaves anything out."""
        return self.divided or self.critical or bool(self.group)

    def takes(self, item: PanelItem) -> bool:
        """Whether an item is shown: of a group, those on which it stands at an end and groups are not aligned."""
        if self.divided and item.verdict != DIVIDED:
            return False
        if self.critical and not item.critical:
            return False
        if not self.group:
            return True
        cells = item.cells
        return cells is not None and item.verdict != ALIGNED and self.group in (*cells.highest, *cells.lowest)


ALL_ITEMS = ItemFilter()


@dataclass(frozen=True)
class GroupBar:
    """A group, or the organiser, on one item."""

    name: str
    row: ProfileRow
    letter: str
    points: str


@dataclass(frozen=True)
class ItemPart:
    """One item: a sentence where groups are divided on it, and where every group stands, for restricted readers."""

    line: ItemLine
    sentence: Sentence | None
    bars: list[GroupBar]


def filter_of(query: QueryDict) -> ItemFilter:
    """Read what is to be shown from an address; what is no filter is left alone."""
    show, group = query.getlist("show"), query.get("group", "")
    return ItemFilter(DIVIDED in show, CRITICAL in show, group if UNIT_CODE.fullmatch(group) else "")


def disagreement_context(joint: ComparedTracks, chosen: ItemFilter) -> dict[str, Any]:
    """Return what the templates of the page need."""
    context = panel_context(joint)
    units: Sequence[NumberedUnit] = context["units"]
    if not joint.is_restricted or chosen.group not in {unit.code for unit in units}:
        chosen = replace(chosen, group="")
    scored = [item for item in by_what_matters(joint.panel.items) if item.verdict is not None]
    items = [item for item in scored if chosen.takes(item)]
    lines: Mapping[str, ItemLine] = context["panel_items"]
    parts = [_part(lines[item.code], joint) for item in items]
    return {
        **context,
        **lists_context(joint, context),
        "document": joint.result,
        "groups_headline": groups_headline(joint),
        "chosen": chosen,
        "scored_count": len(scored),
        "heat": _heat(joint, items, units, chosen.group) if items else None,
        "divided_parts": [part for part in parts if part.sentence is not None],
        "other_parts": [part for part in parts if part.sentence is None],
        "groups_heat": groups_heat(joint),
    }


def _heat(joint: ComparedTracks, items: Sequence[PanelItem], units: Sequence[NumberedUnit], group: str) -> HeatTable:
    """Items by groups, each leading to its part; the group asked for is the first."""
    table = items_heat(joint, items)
    order = list(range(len(table.columns)))
    for place, unit in enumerate(units, OF_GROUPS):
        if unit.code == group:
            order.insert(OF_GROUPS, order.pop(place))
    return replace(
        table,
        columns=tuple(table.columns[place] for place in order),
        rows=tuple(
            replace(
                row,
                cells=tuple(row.cells[place] for place in order),
                link=f"#item-{item.code}" if joint.is_restricted else "",
                note=_verdict(item),
            )
            for row, item in zip(table.rows, items, strict=True)
        ),
    )


def _verdict(item: PanelItem) -> str:
    """How far groups are apart, in a word or two: all that a public document tells of it."""
    words = str(VERDICT_LABELS[item.verdict]) if item.verdict else ""
    return gettext("%(verdict)s, critical") % {"verdict": words} if item.critical else words


def _part(line: ItemLine, joint: ComparedTracks) -> ItemPart:
    divided = next((entry for entry in joint.divided if entry.item == line.item.code), None)
    sentence = divided_sentence(divided, joint) if divided else None
    return ItemPart(line, sentence, _bars(line))


def _bars(line: ItemLine) -> list[GroupBar]:
    """The organiser first, then groups from the highest to the lowest; nothing in public."""
    places = [place for place in line.places if place.cell is not None]
    if not places:
        return []
    bars = []
    evidence = line.evidence
    if evidence is not None and evidence.counted is not None:
        bars.append(
            GroupBar(
                gettext("What can be shown"), item_row(evidence), evidence.letter or "", evidence.counted.whole_points
            )
        )
    for place in sorted(places, key=lambda entry: -entry.cell.mean.number if entry.cell else 0):
        if place.cell is not None:
            mean = place.cell.mean
            title = gettext("%(group)s: %(points)s of 100.") % {"group": place.unit.name, "points": mean.whole}
            bars.append(GroupBar(place.unit.name, _group_row(title, mean.number), letter_of(mean.value), mean.whole))
    return bars


def _group_row(title: str, points: float) -> ProfileRow:
    """What groups say, and nothing else."""
    return ProfileRow(
        title=title, status="not_applicable", score=None, claimed=None, low=None, high=None, experience=points
    )


# --- Checklists, option by option and group by group ------------------------------------------------------------------


@dataclass(frozen=True)
class MatrixLine:
    """A group, or the organiser (`unit` None), on the options of a checklist: letter and points, None if unknown."""

    unit: NumberedUnit | None
    cells: list[tuple[Text, str | None, Figure | None]]


@dataclass(frozen=True)
class Matrix:
    """A checklist option by option and group by group."""

    matrix: OptionMatrix
    options: list[Text]
    lines: list[MatrixLine]
    # What an answer may say where it counts in full, in the words of the item: not the same in every list.
    full: list[Text]


def lists_context(joint: ComparedTracks, panel: Mapping[str, Any]) -> dict[str, Any]:
    """Return the checklists as page and report show them; `panel` is what `panel_context` returns."""
    items = joint.result.items()
    found = [_matrix(entry, panel["units"], items.get(entry.item)) for entry in joint.panel.barriers]
    return {
        "barrier_items": [line for line in panel["panel_items"].values() if line.item.kind in BARRIERS],
        "barriers": [entry for entry in found if entry.matrix.kind in BARRIERS],
        "other_lists": [entry for entry in found if entry.matrix.kind not in BARRIERS],
    }


def _matrix(entry: OptionMatrix, units: Sequence[NumberedUnit], evidence: ItemResult | None) -> Matrix:
    """Return a checklist as it is shown, the organiser's own answers first."""
    by_code = {unit.code: unit for unit in units}
    labels = {option.key: option.label for option in entry.options}
    lines = [
        MatrixLine(by_code[row.unit], [(labels[cell.option], _letter(cell.mean), cell.mean) for cell in row.cells])
        for row in entry.rows
    ]
    if lines and evidence is not None:
        lines.insert(0, MatrixLine(None, _of_organiser(entry, evidence)))
    # What the groups were asked in other words than the organiser is not explained with the organiser's words.
    full = [state.label for state in evidence.states if state.credit == "1"] if evidence is not None else []
    return Matrix(entry, list(labels.values()), lines, full)


def _of_organiser(entry: OptionMatrix, evidence: ItemResult) -> list[tuple[Text, str | None, Figure | None]]:
    """What the organiser claims, option by option: shown beside the groups, and counted in none of their figures."""
    given = {line.key: line for line in evidence.options}
    found = []
    for option in entry.options:
        figure = _credit(given.get(option.key))
        found.append((option.label, _letter(figure), figure))
    return found


def _credit(line: OptionLine | None) -> Figure | None:
    if line is None or line.credit is None or not line.known:
        return None
    return points(100 * parse_fraction(line.credit))


def _letter(figure: Figure | None) -> str | None:
    value = exact(figure)
    return None if value is None else letter_of(value)
