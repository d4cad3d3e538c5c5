"""The frozen numbers of a closed wave: what page, PDF and files show of the experience track, and nothing else.

A closing freezes two documents of this form. The restricted one has group by item, with exact figures. The public one
is made beside it (`assessments.scoring.experience.published`), never derived from it at reading: it holds only what is
printed, in whole points, because from exact fractions a group's answers to an item could be told. It is all that people
without the right to the other may get, on any page and in any file.

Neither holds an answer, comment or name of a person who answered. Figures come twice, as in
`assessments.documents.result`; in a public document both are the same whole number. Scores, gaps and ranges are points,
0 to 100.
"""

from fractions import Fraction
from typing import Literal

from pydantic import Field

from assessments.documents.about import IndexPart
from assessments.documents.panel_asked import PanelGroup, PanelUnit, PanelWave, ShortFormPart, Use
from assessments.documents.panel_items import Hidden, PanelItem
from assessments.documents.values import DocumentPart, Figure, QuestionSetRef, ScoreFigures, Text, is_none

FORMAT: Literal["msgov-panel/2"] = "msgov-panel/2"

NoRange = Literal["withheld", "few_confidential", "one_item", "score_hidden"]
# Why there are no scores at all.
NoScores = Literal["no_answers", "no_usable_group", "one_usable_group"]


class UnitFigure(DocumentPart):
    """The score of one unit on an attribute, with its letter."""

    unit: str
    score: Figure
    letter: str


class SamplingPart(DocumentPart):
    """If other people of the same groups had answered: from `low` to `high`, whole points, in nine cases of ten.

    None where `why` says why there is none. `t` is the quantile it was made with, as a fraction. `at_most`: of a
    reopened wave only a bound is known. `missing_a_unit` counts items on which a group is missing, which it does not
    cover.
    """

    low: int | None
    high: int | None
    t: str | None
    at_most: bool
    missing_a_unit: int
    why: NoRange | None


class PanelAttribute(ScoreFigures):
    """One attribute over all groups.

    `low` and `high`: with what nobody could answer at its lowest and highest; in a public document both are computed
    from the score as it is printed. `group_count` groups count, `confidential` of them answered confidentially.
    `divided` and `may_be_divided` are codes of items, of `compared` that have a score.

    `repeats_earlier` (public, of a wave that was reopened): it is said as the result before said it, because too few
    cells changed since. In a public document `hidden` says why figures by group are left out (`groups`, the ends,
    `per_head`, both gaps, the composition range), and `score_hidden` why even the score and its ranges are;
    `without_named` and `by_sector` are always left out there, what they would say is in the three flags.
    """

    code: str
    slug: str
    title: Text
    status: Literal["shown", "provisional", "withheld", "not_applicable"]
    score: Figure | None
    low: Figure | None
    high: Figure | None
    sampling: SamplingPart
    coverage: Figure
    scope: Figure
    reduced_scope: bool
    letter: str | None
    band_letter: str | None
    limited_by: list[str]
    critical_open: list[str]
    provisional_because: list[str]
    group_count: int
    confidential: int
    divided: list[str]
    may_be_divided: list[str]
    compared: int
    depends_on_who: bool
    depends_on_named: bool
    depends_on_groups: bool
    hidden: Hidden | None
    score_hidden: Hidden | None
    repeats_earlier: bool
    groups: list[UnitFigure]
    highest: list[str]
    lowest: list[str]
    per_head: Figure | None
    gap: Figure | None
    chance_gap: Figure | None
    composition_low: Figure | None
    composition_high: Figure | None
    without_named: Figure | None
    by_sector: Figure | None

    @property
    def by_group(self) -> bool:
        """Whether figures by group are told to the reader of this document."""
        return self.hidden is None


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
    were all alike and quickly given. `barriers` (restricted): every checklist. `short_form` is None where the full form
    was asked. `by_assistant`: how many answers of the groups that are shown by themselves came on paper; None where
    none did, and for everybody where they are fewer than the threshold.
    """

    format: Literal["msgov-panel/2"]
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
    barriers: list[OptionMatrix]
    flat_count: int | None
    short_form: ShortFormPart | None = Field(default=None, exclude_if=is_none)
    by_assistant: int | None = Field(default=None, exclude_if=is_none)

    def item(self, code: str) -> PanelItem | None:
        """The item with this code, or None where stakeholders were not asked it."""
        return next((item for item in self.items if item.code == code), None)

    def attribute(self, code: str) -> PanelAttribute | None:
        """The attribute with this code, or None where stakeholders were asked nothing of it."""
        return next((attribute for attribute in self.attributes if attribute.code == code), None)

    def is_all_asked(self, code: str) -> bool:
        """Whether all items of an attribute were asked that the full form has."""
        part = self.short_form.attribute(code) if self.short_form else None
        return part is None or part.asked == part.of

    def share_asked(self, code: str) -> Fraction:
        """The share of the weight of an attribute in the full form that was asked."""
        part = self.short_form.attribute(code) if self.short_form else None
        return Fraction(1) if part is None else part.share.value

    def unit(self, code: str) -> PanelUnit:
        """The unit with this code; KeyError if there is none."""
        for unit in self.units:
            if unit.code == code:
                return unit
        raise KeyError(code)

    def item_scores(self) -> dict[str, Fraction]:
        """The points of the items with a score that the reader may see, by code."""
        return {item.code: item.score.value for item in self.items if item.score is not None}

    def attribute_scores(self) -> dict[str, Fraction]:
        """The points of the attributes with a score that the reader may see, by code."""
        return {entry.code: entry.score.value for entry in self.attributes if entry.score is not None}

    @property
    def invited(self) -> int:
        """How many people, and groups that answer once, were asked."""
        return sum(group.invited for group in self.groups)


def without_small_counts(document: PanelDocument) -> PanelDocument:
    """Return the document without the numbers of groups that are not shown by themselves; once or more.

    Who knows the people of a small group would read from “1 answered”, and from the sum of all, who it was. Nobody is
    told either whether it was none.
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
            "by_assistant": sum(group.by_assistant or 0 for group in groups) or None,
            "no_scores": "no_usable_group" if is_left_out and not document.units else document.no_scores,
        }
    )


def _without_number(group: PanelGroup, use: Use) -> PanelGroup:
    if group.mode == "on_record" or group.use == "own":
        return group
    nothing_of_use = {"made": None, "used": None, "revoked_used": None}
    return group.model_copy(
        update={
            "received": None,
            "by_assistant": None,
            "use": use if group.use == "none" else group.use,
            "links": group.links and group.links.model_copy(update=nothing_of_use),
        }
    )
