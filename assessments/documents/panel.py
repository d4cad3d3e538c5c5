"""The frozen numbers of a closed wave: what page, PDF and files show of the experience track, and nothing else.

It holds what `assessments.scoring.score_wave` lets through and no answer, comment or name of a person. A restricted
document has group by item; `public_part` leaves that out, and is all that people without the right to it may get.
Figures come twice, as in `assessments.documents.result`. Scores, gaps and ranges are points, 0 to 100.
"""

from fractions import Fraction
from operator import not_
from typing import Literal

from pydantic import Field

from assessments.documents.result import IndexPart, QuestionSetRef
from assessments.documents.values import DocumentPart, Figure, ScoreFigures, Text

FORMAT: Literal["msgov-panel/1"] = "msgov-panel/1"

Band = Literal["aligned", "differing", "divided"]
ConsensusBand = Literal["broad", "mixed", "split"]
Use = Literal["own", "pooled", "withheld", "none"]
# Why there are no scores at all.
NoScores = Literal["no_answers", "no_usable_group", "one_usable_group"]


# What of an attribute is left out of a public document where `by_group` is False.
BY_GROUP = ("groups", "highest", "lowest", "per_head", "gap", "gap_band", "composition_low", "composition_high")


def _is_none(value: object) -> bool:
    return value is None


class PanelWave(DocumentPart):
    """Which wave, and which of its snapshots. `threshold` is k, `attributed_min` what a distribution or a comment with
    the group's name needs. Dates are days in `time_zone`, which is empty in results from before waves had one."""

    code: str
    number: int
    snapshot: int
    opened_on: str | None
    closed_on: str | None
    threshold: int
    attributed_min: int
    languages: list[str]
    time_zone: str = Field(default="", exclude_if=not_)


class PanelGroup(DocumentPart):
    """A stakeholder group: how many were asked and answered, and how its answers take part.

    `code` is that of the group in this document ("g1", "g2", …). `withheld`: too few answered, in no figure. `received`
    is None where the number is not told (`without_small_counts`). `link_kind` and `withdrawn`, the personal links that
    the organiser took back, are None in results that were frozen before they were counted.
    """

    code: str
    name: str
    mode: Literal["individual", "on_record"]
    invited: int
    received: int | None
    use: Use
    link_kind: Literal["personal", "open"] | None = Field(default=None, exclude_if=_is_none)
    withdrawn: int | None = Field(default=None, exclude_if=_is_none)


class PanelUnit(DocumentPart):
    """What counts as one group: a group by itself, or the pool of small ones (`is_pool`, without a name)."""

    code: str
    name: str
    members: list[str]
    received: int
    on_record: bool
    is_pool: bool


class UnitFigure(DocumentPart):
    """A figure of one unit."""

    unit: str
    score: Figure


class ItemCell(DocumentPart):
    """One unit on one item. `without`: the item's score if this unit is left out; `influence`: the score minus that.

    `distribution`: share of each level, lowest first; empty unless every unit on the item has enough answers.
    """

    unit: str
    on_record: bool
    n: int
    mean: Figure
    without: Figure
    influence: Figure
    distribution: list[Figure]


class ConsensusPart(DocumentPart):
    """How far all groups agree, 0 to 1 with two decimals."""

    printed: str
    band: ConsensusBand


class ItemCells(DocumentPart):
    """What only restricted readers see of an item: group by group, and what is computed from that."""

    n: int
    per_head: Figure
    depends_on_who: bool
    groups: list[ItemCell]
    gap: Figure
    highest: list[str]
    lowest: list[str]
    composition_low: Figure
    composition_high: Figure
    consensus: ConsensusPart | None


class OfferedText(DocumentPart):
    """A recommendation that goes with an item at a letter ("NP" or "L"), whether it is chosen or not."""

    code: str
    trigger: str
    text: Text
    basis_quote: Text


class PanelItem(DocumentPart):
    """One item over all groups, each counting the same.

    `cells` and `single` are for restricted readers; `cells` is None without a score, and `single` the answer of a group
    on the record that is alone on an item without a score.
    """

    code: str
    revision: int
    question: str
    attribute: str
    kind: str
    short: Text
    text: Text
    critical: bool
    # What could be recommended: a letter the stakeholders give may call for another one than the organiser's.
    recommendations: list[OfferedText]
    status: Literal["scored", "not_scored", "not_applicable"]
    score: Figure | None
    letter: str | None
    band: Band | None
    cells: ItemCells | None = None
    single: UnitFigure | None = None


class PanelAttribute(ScoreFigures):
    """One attribute over all groups.

    `low` and `high`: with what nobody could answer at its lowest and highest. `by_group` False: in a public document
    `groups`, extremes, `per_head`, `gap` and the composition range are left out, because they would give a group's
    answers to one item away. `divided` are codes of items, of `compared` that have a score.
    """

    code: str
    slug: str
    title: Text
    status: Literal["shown", "provisional", "withheld", "not_applicable"]
    score: Figure | None
    low: Figure | None
    high: Figure | None
    coverage: Figure
    scope: Figure
    reduced_scope: bool
    letter: str | None
    band_letter: str | None
    limited_by: list[str]
    critical_open: list[str]
    provisional_because: list[str]
    step: Figure
    group_count: int
    divided: list[str]
    compared: int
    depends_on_who: bool
    by_group: bool
    groups: list[UnitFigure] = []
    highest: list[str] = []
    lowest: list[str] = []
    per_head: Figure | None = None
    gap: Figure | None = None
    gap_band: Band | None = None
    composition_low: Figure | None = None
    composition_high: Figure | None = None


class MatrixOption(DocumentPart):
    """A line of a checklist."""

    key: str
    label: Text


class MatrixCell(DocumentPart):
    """The mean credit of one option in one unit, in points; None where a group on the record said nothing of it."""

    option: str
    mean: Figure | None


class MatrixRow(DocumentPart):
    """One unit, an entry for each option in order."""

    unit: str
    on_record: bool
    cells: list[MatrixCell]


class OptionMatrix(DocumentPart):
    """A checklist option by option and unit by unit; without rows where too few answered."""

    item: str
    attribute: str
    kind: str
    short: Text
    options: list[MatrixOption]
    rows: list[MatrixRow]


class PanelDocument(DocumentPart):
    """Everything that is said of a closed wave.

    `received` counts the responses that are in figures. `withheld` is 0 where no group is left out of them, and None
    where some are: how many answered there is not told. `flat_count` (restricted): how many of the responses in figures
    were all alike and quickly given. `barriers` (restricted): every checklist.
    """

    format: Literal["msgov-panel/1"]
    version: Literal["restricted", "public"]
    method_version: str
    assessment: str
    question_set: QuestionSetRef
    wave: PanelWave
    groups: list[PanelGroup]
    units: list[PanelUnit]
    received: int
    withheld: int | None
    no_scores: NoScores | None
    attributes: list[PanelAttribute]
    # Attribute codes with the lowest score among those that have one; several when tied.
    weakest: list[str]
    index: IndexPart | None
    items: list[PanelItem]
    barriers: list[OptionMatrix] = Field(default=[], exclude_if=not_)
    flat_count: int | None = Field(default=None, exclude_if=_is_none)

    def item(self, code: str) -> PanelItem | None:
        """The item with this code, or None where stakeholders were not asked it."""
        return next((item for item in self.items if item.code == code), None)

    def attribute(self, code: str) -> PanelAttribute | None:
        """The attribute with this code, or None where stakeholders were asked nothing of it."""
        return next((attribute for attribute in self.attributes if attribute.code == code), None)

    def unit(self, code: str) -> PanelUnit:
        """The unit with this code; KeyError if there is none."""
        for unit in self.units:
            if unit.code == code:
                return unit
        raise KeyError(code)

    def item_scores(self) -> dict[str, Fraction]:
        """The points of the scored items, by code."""
        return {item.code: item.score.value for item in self.items if item.score is not None}

    def attribute_scores(self) -> dict[str, Fraction]:
        """The points of the attributes that have a score, by code."""
        return {entry.code: entry.score.value for entry in self.attributes if entry.score is not None}

    @property
    def invited(self) -> int:
        """How many people, and groups that answer once, were asked."""
        return sum(group.invited for group in self.groups)


def without_small_counts(document: PanelDocument) -> PanelDocument:
    """Return the document without the numbers of groups that are not shown by themselves; once or more.

    Who knows the people of a small group would read from “1 answered”, and from the sum of all, who it was. Nobody is
    told either whether it was none. Results frozen earlier have these numbers, and are read through this too.
    """
    pools = [unit for unit in document.units if unit.is_pool]
    use: Use = "pooled" if pools else "withheld"
    groups = [_without_number(group, use) for group in document.groups]
    pooled = [group.code for group in groups if group.use == "pooled"]
    is_left_out = any(group.use == "withheld" for group in groups)
    return document.model_copy(
        update={
            "groups": groups,
            "units": [unit.model_copy(update={"members": pooled}) if unit.is_pool else unit for unit in document.units],
            "received": sum(unit.received for unit in document.units),
            "withheld": None if is_left_out else 0,
            "no_scores": "no_usable_group" if is_left_out and not document.units else document.no_scores,
        }
    )


def _without_number(group: PanelGroup, use: Use) -> PanelGroup:
    if group.mode == "on_record" or group.use == "own":
        return group
    return group.model_copy(update={"received": None, "use": use if group.use == "none" else group.use})


def public_part(document: PanelDocument) -> PanelDocument:
    """Return the document without everything that only restricted readers may see; a public one as it is."""
    return document.model_copy(
        update={
            "version": "public",
            "attributes": [_public_attribute(attribute) for attribute in document.attributes],
            "items": [item.model_copy(update={"cells": None, "single": None}) for item in document.items],
            "barriers": [],
            "flat_count": None,
        }
    )


def _public_attribute(attribute: PanelAttribute) -> PanelAttribute:
    if attribute.by_group:
        return attribute
    return attribute.model_copy(update={name: PanelAttribute.model_fields[name].default for name in BY_GROUP})
