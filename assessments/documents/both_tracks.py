"""Both tracks of one assessment side by side: what its page and its PDF are drawn from.

The evidence track stays the document it is, and so does the experience track; what is here besides is only what
comes of reading them together. Nothing in it blends the two (method 3.9).
"""

from collections.abc import Mapping
from operator import not_
from typing import Any, Literal

from pydantic import Field

from assessments.documents.panel import PanelDocument
from assessments.documents.panel_items import PanelItem
from assessments.documents.result import ResultDocument
from assessments.documents.steps import StepsPart
from assessments.documents.themes import CommentLine, ThemePart
from assessments.documents.values import DocumentPart, Figure, SpokenName, Text, exact, is_none, points
from assessments.scoring import PerceptionGap, PerceptionGaps, perception_gaps
from assessments.scoring.experience import GroupVerdict
from assessments.scoring.method import ZERO

FORMAT: Literal["msgov-joint/1"] = "msgov-joint/1"

PerceptionKey = Literal["possible_blind_spot", "close", "hidden_strength"]


class PerceptionLine(DocumentPart):
    """Supported evidence score, experience score, and the first minus the second, in points."""

    code: str
    title: Text
    evidence: Figure
    experience: Figure
    gap: Figure
    perception: PerceptionKey


class DividedLine(DocumentPart):
    """An item on which groups are divided. In a public document `gap` is None, and no group is named.

    `highest` and `lowest` are codes of units (`PanelDocument.unit`).
    """

    item: str
    attribute: str
    short: Text
    critical: bool
    gap: Figure | None
    highest: list[str]
    lowest: list[str]


class StatementLine(DocumentPart):
    """By whom the response of a group on the record was filed, and how the group agreed on it.

    `group_names` says `group` by language. Of `filed_by`, a name, and `capacity`, an office, one may be "".
    `prepared_by` is "" where nobody said it, `corrected_on` the day of the last correction.
    """

    group: str
    filed_by: str
    capacity: str
    how_agreed: str
    filed_on: str
    prepared_by: str = ""
    corrected_on: str | None = None
    group_names: Text = Field(default={}, exclude_if=not_)
    of_group = SpokenName("group", "group_names")

    @property
    def who(self) -> str:
        """The name and the office, or the one there is."""
        return (
            f"{self.filed_by} ({self.capacity})" if self.filed_by and self.capacity else self.filed_by or self.capacity
        )


class ComparedTracks(DocumentPart):
    """What comes of comparing what is frozen of both tracks. Nothing of it is scored.

    Lists of codes follow the question set, `divided` the size of the gap.
    """

    format: Literal["msgov-joint/1"]
    result: ResultDocument
    panel: PanelDocument
    items: list[PerceptionLine]
    attributes: list[PerceptionLine]
    blind_spots: list[str]
    hidden_strengths: list[str]
    divided: list[DividedLine]

    @property
    def is_restricted(self) -> bool:
        """Whether group by item is in it."""
        return self.panel.version == "restricted"

    def item(self, code: str) -> PerceptionLine | None:
        """The gap of an item, or None where a track has no score of it."""
        return next((line for line in self.items if line.code == code), None)

    def attribute(self, code: str) -> PerceptionLine | None:
        """The gap of an attribute, or None where a track has no score of it."""
        return next((line for line in self.attributes if line.code == code), None)


class JointDocument(ComparedTracks):
    """Everything that page and PDF of an assessment with a closed wave show.

    `steps` take the place of those of `result`: they are chosen with what stakeholders say (method 3.13).
    """

    steps: StepsPart
    # By theme, and without one. In a public document only what the moderator chose for everybody.
    themes: list[ThemePart] = []
    comments: list[CommentLine] = []
    statements: list[StatementLine] = []
    # How many comments nobody has decided on yet; None where the reader is not told.
    waiting: int | None = Field(default=None, exclude_if=is_none)

    @property
    def all_comments(self) -> list[CommentLine]:
        """Every comment the reader may have, those of themes first."""
        return [*(line for theme in self.themes for line in theme.quotes), *self.comments]

    def without_words(self) -> "JointDocument":
        """The same without anything that respondents wrote, or that was replied to it."""
        return self.model_copy(update={"themes": [], "comments": []})


def compared(result: ResultDocument, panel: PanelDocument) -> ComparedTracks:
    """Return both tracks of an assessment side by side, without any list of steps.

    Given the public part of a wave it holds nothing restricted. Items are read together where both tracks asked the
    same revision of them.
    """
    return ComparedTracks(**figures_compared(result, panel))


def figures_compared(result: ResultDocument, panel: PanelDocument) -> dict[str, Any]:
    """The same by field."""
    same = same_items(result, panel)
    gaps = _gaps(result, panel, same)
    return {
        "format": FORMAT,
        "result": result,
        "panel": panel,
        "items": [_line(gap, same[gap.code].short) for gap in gaps.items],
        "attributes": [_line(gap, result.attribute(gap.code).title) for gap in gaps.attributes],
        "blind_spots": list(gaps.blind_spots),
        "hidden_strengths": list(gaps.hidden_strengths),
        "divided": _divided(panel),
    }


def same_items(result: ResultDocument, panel: PanelDocument) -> dict[str, PanelItem]:
    """The items that both tracks were asked in the same words, by code."""
    if result.question_set.slug != panel.question_set.slug:
        return {}
    asked = result.items()
    return {
        item.code: item
        for item in panel.items
        if item.code in asked and (asked[item.code].revision, asked[item.code].kind) == (item.revision, item.kind)
    }


def _gaps(result: ResultDocument, panel: PanelDocument, same: Mapping[str, PanelItem]) -> PerceptionGaps:
    """The gaps of the items both were asked; of attributes only if the version is the same for both, and stakeholders
    were asked all of it."""
    found = perception_gaps(result, panel)
    items = tuple(gap for gap in found.items if gap.code in same)
    whole = {item.attribute for item in panel.items} - {item.attribute for item in panel.items if item.code not in same}
    return PerceptionGaps(
        items, tuple(gap for gap in found.attributes if gap.code in whole and panel.is_all_asked(gap.code))
    )


def _line(gap: PerceptionGap, title: Text) -> PerceptionLine:
    return PerceptionLine(
        code=gap.code,
        title=title,
        evidence=points(gap.evidence),
        experience=points(gap.experience),
        gap=points(gap.gap),
        perception=gap.perception.value,
    )


def _divided(panel: PanelDocument) -> list[DividedLine]:
    """The items on which groups are divided, the widest gap first where gaps may be told."""
    lines = [
        DividedLine(
            item=item.code,
            attribute=item.attribute,
            short=item.short,
            critical=item.critical,
            gap=item.cells.gap if item.cells else None,
            highest=item.cells.highest if item.cells else [],
            lowest=item.cells.lowest if item.cells else [],
        )
        for item in panel.items
        if item.verdict == GroupVerdict.DIVIDED.value
    ]
    return sorted(lines, key=lambda line: -(exact(line.gap) or ZERO))
