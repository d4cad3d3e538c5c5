"""The annual page of an assessment: what was promised last time and what became of it, what moved, what groups say,
what is promised next, and how sure all this is. Complete in itself: page, paper, Word file and text say no more.

Made from frozen results (method 3.10, over time), public documents of panels, actions and decisions. It holds nothing
of a panel that is not public.
"""

from operator import not_
from typing import Literal

from pydantic import Field

from assessments.documents.actions import ActionPart, DecisionPart
from assessments.documents.comparison import Reason
from assessments.documents.comparison_parts import MovedItem, RoundAttribute
from assessments.documents.over_time import AttributeThenNow, GroupThenNow
from assessments.documents.panel import PanelDocument
from assessments.documents.panel_asked import ShortFormPart
from assessments.documents.result import ResultDocument
from assessments.documents.themes import CommentLine, ThemePart
from assessments.documents.values import DocumentPart

FORMAT: Literal["msgov-annual/1"] = "msgov-annual/1"


class PromisesPart(DocumentPart):
    """What was promised on the result of one round: the actions that the page shows, in their order.

    The counts are of all that its readers may know of, also of those the page leaves out; `late` ones are open and
    their day is over, `waiting` ones are open and it is not, or there is none. `has_others`: there are actions that
    these readers may not know. `items`: those that all of them are on.
    """

    shown: list[ActionPart] = []
    kept: int = 0
    late: int = 0
    waiting: int = 0
    dropped: int = 0
    has_others: bool = False
    items: list[str] = []

    @property
    def total(self) -> int:
        """How many there are that its readers may know of."""
        return self.kept + self.late + self.waiting + self.dropped

    @property
    def left_out(self) -> int:
        """How many of these the page does not show."""
        return self.total - len(self.shown)


class RoundBefore(DocumentPart):
    """The round before, and what became of each attribute since, on the items that were answered both times.

    `why` says why nothing at all is compared, and is None where something is: then `attributes` has each attribute of
    the later round.
    """

    code: str
    round: int
    title: str
    submitted_on: str | None
    why: Reason | None
    attributes: list[RoundAttribute]

    def attribute(self, code: str) -> RoundAttribute | None:
        """What became of an attribute; None where nothing is compared."""
        return next((entry for entry in self.attributes if entry.attribute == code), None)

    @property
    def moved(self) -> list[MovedItem]:
        """The items that moved, in the order of the questions."""
        return [item for entry in self.attributes for item in entry.moved]

    @property
    def compared(self) -> list[RoundAttribute]:
        """The attributes that are compared."""
        return [entry for entry in self.attributes if entry.verdict is not None]


class AskedPart(DocumentPart):
    """How many people were asked in the wave of one round, and how many answered, as far as it is public.

    `is_exact` is False where open links were used or groups with too few answers are left out: then no share is said.
    """

    invited: int
    received: int
    is_exact: bool
    short_form: ShortFormPart | None = Field(default=None, exclude_if=not_)


class AnnualDocument(DocumentPart):
    """Everything that the annual page of an assessment shows, on the web and in every file.

    `title` and `year` are those the organiser chose, or made by rule; `as_of` is the day on which it was seen what is
    late, "" where nothing of last time is open and nothing promised now is late. `promised` was promised on the round
    before, `promises` on this one. `quoted` is the comment of a group that the organiser chose of those cleared.
    """

    format: Literal["msgov-annual/1"] = FORMAT
    title: str
    year: str
    foreword: str
    as_of: str
    result: ResultDocument
    before: RoundBefore | None
    promised: PromisesPart
    promises: PromisesPart
    panel: PanelDocument | None
    asked_then: AskedPart | None
    attributes_of_groups: list[AttributeThenNow]
    groups: list[GroupThenNow]
    quoted: CommentLine | None
    # What people wrote about, as everybody may read it, with the replies; no comments.
    themes: list[ThemePart] = []
    decided: DecisionPart | None
