"""Both tracks of one assessment side by side: what its page and its PDF are drawn from.

The evidence track stays the document it is, and so does the experience track; what is here besides is only what
comes of reading them together. Nothing in it blends the two (method 3.9).
"""

from operator import not_
from typing import Literal

from pydantic import Field

from assessments.documents.panel import PanelDocument
from assessments.documents.result import ResultDocument
from assessments.documents.steps import StepsPart
from assessments.documents.themes import CommentLine, ThemePart
from assessments.documents.values import DocumentPart, Figure, SpokenName, Text

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


class JointDocument(DocumentPart):
    """Everything that page and PDF of an assessment with a closed wave show.

    `steps` take the place of those of `result`: they are chosen with what stakeholders say (method 3.13).
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
    steps: StepsPart
    # By theme, and without one. In a public document only what the moderator chose for everybody.
    themes: list[ThemePart] = []
    comments: list[CommentLine] = []
    statements: list[StatementLine] = []
    # How many comments nobody has decided on yet; None where the reader is not told.
    waiting: int | None = Field(default=None, exclude_if=lambda count: count is None)

    @property
    def is_restricted(self) -> bool:
        """Whether group by item is in it."""
        return self.panel.version == "restricted"

    @property
    def all_comments(self) -> list[CommentLine]:
        """Every comment the reader may have, those of themes first."""
        return [*(line for theme in self.themes for line in theme.quotes), *self.comments]

    def without_words(self) -> "JointDocument":
        """The same without anything that respondents wrote, or that was replied to it."""
        return self.model_copy(update={"themes": [], "comments": []})

    def item(self, code: str) -> PerceptionLine | None:
        """The gap of an item, or None where a track has no score of it."""
        return next((line for line in self.items if line.code == code), None)

    def attribute(self, code: str) -> PerceptionLine | None:
        """The gap of an attribute, or None where a track has no score of it."""
        return next((line for line in self.attributes if line.code == code), None)
