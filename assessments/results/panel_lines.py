"""What pages and reports show of a stakeholder panel: the frozen numbers with names for codes, in the order of reading.

Drawn from a PanelDocument, public or restricted, and from nothing else: what is not in the document is not shown.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from assessments.documents.both_tracks import ComparedTracks, PerceptionLine
from assessments.documents.panel import PanelAttribute, PanelDocument, UnitFigure
from assessments.documents.panel_asked import PanelGroup
from assessments.documents.panel_items import ItemCell, PanelItem
from assessments.documents.result import ItemResult
from assessments.documents.values import Figure, whole_share
from assessments.headlines import Sentence, panel_apart, panel_sentences
from assessments.headlines.asked import form_asked
from assessments.headlines.panel_sentences import dots_sentence
from assessments.headlines.unit_names import unit_name
from assessments.pictures import Dots, by_what_matters
from assessments.results.panel_changes import changes_in, invited_since
from assessments.scoring import Perception
from attributes.texts import localise

UNITS_ABREAST = 6  # columns of groups that fit the width of the paper


@dataclass(frozen=True)
class NumberedUnit:
    """A group, or the pool, with a number; `members` are names of the groups in a pool."""

    number: int
    code: str
    name: str
    received: int
    on_record: bool
    is_pool: bool
    members: list[str]


@dataclass(frozen=True)
class GroupLine:
    """A group as it was asked: how many answered, their share of those invited, and what there is to know of that."""

    group: PanelGroup
    answered: str
    rate: str
    known: str


@dataclass(frozen=True)
class Perceived:
    """Organiser against stakeholders on one item or attribute, with the letters of both."""

    line: PerceptionLine
    critical: bool
    evidence_letter: str | None
    experience_letter: str | None

    @property
    def gap(self) -> Figure:
        """Evidence minus experience, in points."""
        return self.line.gap

    @property
    def is_close(self) -> bool:
        """Whether there is nothing to remark."""
        return self.line.perception == Perception.CLOSE.value


@dataclass(frozen=True)
class UnitOnItem:
    """A unit on one item, or None where too few of it answered."""

    unit: NumberedUnit
    cell: ItemCell | None


@dataclass(frozen=True)
class ItemLine:
    """An item on both tracks; all but the item and its evidence is for restricted readers."""

    item: PanelItem
    evidence: ItemResult | None
    places: list[UnitOnItem]
    dots: Dots | None
    highest: str
    lowest: str
    said: str
    details: str


@dataclass(frozen=True)
class AttributeLine:
    """An attribute on the experience track; `dots` None where groups may not be shown. The rest are sentences."""

    attribute: PanelAttribute
    dots: Dots | None
    figures: list[tuple[NumberedUnit, UnitFigure | None]]
    highest: str
    lowest: str
    not_shown: str
    sampling: str
    gap: str
    depends: list[str]
    left_out: str
    provisional: str


def panel_context(joint: ComparedTracks) -> dict[str, Any]:
    """Return what the templates need of a panel; the same names for page and report."""
    panel, items = joint.panel, joint.result.items()
    units = numbered(panel)
    lines = {item.code: _item_line(item, items.get(item.code), units) for item in panel.items}
    perceived = {line.code: _perceived_item(line, lines[line.code]) for line in joint.items}
    by_size = by_gap(lines.values())
    return {
        "panel": panel,
        "joint": joint,
        "is_restricted": panel.version == "restricted",
        "panel_sentences": panel_sentences,
        "units": units,
        "units_abreast": [units[n : n + UNITS_ABREAST] for n in range(0, len(units), UNITS_ABREAST)],
        "panel_groups": [
            GroupLine(group, panel_sentences.answered(panel, group), _rate(group), _behind_name(panel, group))
            for group in panel.groups
        ],
        "panel_changes": changes_in(panel) if panel.wave.changes else [],
        "short_form": form_asked(panel.short_form),
        "links_sentence": panel_sentences.links_meaning(panel),
        "named_sentence": panel_sentences.named(panel),
        "panel_items": lines,
        "panel_attributes": {found.code: _attribute_line(found, units, panel) for found in panel.attributes},
        "perceived_items": perceived,
        "perceived_attributes": {line.code: _perceived_attribute(line, joint) for line in joint.attributes},
        "blind_spots": _apart(perceived[code] for code in joint.blind_spots),
        "hidden_strengths": _apart(perceived[code] for code in joint.hidden_strengths),
        "by_gap": by_size,
        "compared": len(joint.items),
        "nowhere_apart": panel_sentences.nowhere_apart(
            len(joint.items),
            by_evidence=any(item.letter for item in items.values()),
            by_experience=any(item.letter for item in panel.items),
        ),
        "divided": [line for line in by_size if line.item.verdict == "divided"],
        "may_be_divided": [line for line in by_size if line.item.verdict == "may_be_divided"],
        "hidden_sentence": panel_sentences.hidden(panel),
        "flat_sentence": panel_sentences.flat(panel),
        "paper_sentence": " ".join(filter(None, [panel_sentences.on_paper(panel), panel_sentences.workshop(panel)])),
        "threshold_sentence": panel_sentences.threshold(panel),
        "untold_sentence": panel_sentences.untold(panel.items),
        "groups_sentence": panel_sentences.groups(
            (str(localise(found.title)), found) for found in panel.attributes if found.by_group
        ),
        "no_scores": str(panel_sentences.NO_SCORES[panel.no_scores]) if panel.no_scores else "",
    }


def numbered(panel: PanelDocument) -> list[NumberedUnit]:
    """The units of a panel in their order, with numbers."""
    names = {group.code: group.called for group in panel.groups}
    return [
        NumberedUnit(
            number=number,
            code=unit.code,
            name=unit_name(unit),
            received=unit.received,
            on_record=unit.on_record,
            is_pool=unit.is_pool,
            members=[names[code] for code in unit.members] if unit.is_pool else [],
        )
        for number, unit in enumerate(panel.units, 1)
    ]


def by_gap(lines: Iterable[ItemLine]) -> list[ItemLine]:
    """Items with a verdict, by it; critical ones before others, then the largest gap that may be told."""
    by_code = {line.item.code: line for line in lines if line.item.verdict is not None}
    return [by_code[item.code] for item in by_what_matters([line.item for line in by_code.values()])]


def _apart(found: Iterable[Perceived]) -> list[Perceived]:
    """Those furthest apart first."""
    return sorted(found, key=lambda entry: -abs(entry.gap.number))


def _perceived_item(line: PerceptionLine, item: ItemLine) -> Perceived:
    return Perceived(
        line=line,
        critical=item.item.critical,
        evidence_letter=item.evidence.letter if item.evidence else None,
        experience_letter=item.item.letter,
    )


def _perceived_attribute(line: PerceptionLine, joint: ComparedTracks) -> Perceived:
    experience = joint.panel.attribute(line.code)
    return Perceived(
        line=line,
        critical=False,
        evidence_letter=joint.result.attribute(line.code).letter,
        experience_letter=experience.letter if experience else None,
    )


def _behind_name(panel: PanelDocument, group: PanelGroup) -> str:
    since = invited_since(panel, group) if panel.wave.changes else ""
    return "; ".join(filter(None, (since, panel_sentences.links(panel, group))))


def _rate(group: PanelGroup) -> str:
    """The share of those invited who answered; nothing where it would be none, or more than all, or is not told."""
    if group.received is None or not group.invited or group.received > group.invited:
        return ""
    return whole_share(Fraction(group.received, group.invited)).printed


def _item_line(item: PanelItem, evidence: ItemResult | None, units: Sequence[NumberedUnit]) -> ItemLine:
    if item.cells is None:
        return ItemLine(item, evidence, [], None, "", "", "", "")
    cells = {cell.unit: cell for cell in item.cells.groups}
    ends = {*item.cells.highest, *item.cells.lowest}
    figures = [(cell.unit, cell.mean) for cell in item.cells.groups]
    return ItemLine(
        item=item,
        evidence=evidence,
        places=[UnitOnItem(unit, cells.get(unit.code)) for unit in units],
        dots=_dots(str(localise(item.short)), figures, ends, item.score, units),
        highest=_names(item.cells.highest, units),
        lowest=_names(item.cells.lowest, units),
        said=panel_apart.said(item, {unit.code: unit.name for unit in units}),
        details=panel_apart.details(item),
    )


def _attribute_line(found: PanelAttribute, units: Sequence[NumberedUnit], panel: PanelDocument) -> AttributeLine:
    scores = {figure.unit: figure for figure in found.groups}
    figures = [(figure.unit, figure.score) for figure in found.groups]
    ends = {*found.highest, *found.lowest}
    return AttributeLine(
        attribute=found,
        dots=_dots(str(localise(found.title)), figures, ends, found.score, units) if figures else None,
        figures=[(unit, scores.get(unit.code)) for unit in units],
        highest=_names(found.highest, units),
        lowest=_names(found.lowest, units),
        not_shown=panel_apart.not_shown(found),
        sampling=panel_apart.sampling(found.sampling),
        gap=panel_apart.gap(found),
        depends=[*panel_apart.rests_on(found, panel.short_form), *panel_apart.depends(found)],
        provisional=panel_apart.provisional(found),
        left_out=panel_apart.left_out(found),
    )


def _dots(
    name: str,
    figures: Sequence[tuple[str, Figure]],
    ends: set[str],
    score: Figure | None,
    units: Sequence[NumberedUnit],
) -> Dots:
    by_code = {unit.code: unit for unit in units}
    ordered = sorted(figures, key=lambda figure: -figure[1].number)
    return Dots(
        points=[(figure.number, unit in ends) for unit, figure in figures],
        score=score.number if score else None,
        sentence=dots_sentence(name, [(by_code[unit].name, figure.whole) for unit, figure in ordered]),
    )


def _names(codes: Sequence[str], units: Sequence[NumberedUnit]) -> str:
    names = {unit.code: unit.name for unit in units}
    return Sentence.of_names(names[code] for code in codes) if codes else ""
