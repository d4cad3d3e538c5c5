"""What a result says besides what was answered: of which process and round it is, how well the approach fits, which
goals were agreed, its index, and how items read under the principles of another framework."""

from fractions import Fraction
from operator import not_
from typing import Literal, Self

from pydantic import Field

from assessments.documents.values import DocumentPart, Figure, Text
from assessments.scoring import SummaryIndex, whole

# The only question set there was before a second one was added: documents that name no set are of this one.
FIRST_SET = "isoc-multistakeholder-attributes"


class KindLine(DocumentPart):
    """What the process was said to do, and since which day."""

    kind: str
    since: str


class ProcessPart(DocumentPart):
    """The process as described when the assessment was submitted.

    `kind` is empty where nobody has said what it does; `kind_changes` has what was said, the newest last.
    `time_zone` is that of the days in the document.
    """

    code: str
    name: str
    kind: str
    kind_changes: list[KindLine]
    issue: str
    organisation: str
    period: str
    outcome_expected: str
    resource: str
    promise: str
    country: str
    language: str
    website: str
    groups: list[str]
    is_invented: bool
    is_example: bool
    time_zone: str
    # Never frozen: the code at the place where it was first made, once `code` is the one here.
    code_then: str = Field(default="", exclude_if=not_)


class AssessmentPart(DocumentPart):
    """Which assessment this is the result of."""

    code: str
    round: int
    title: str
    number: int | None
    status: Literal["draft", "final"]
    started_on: str
    submitted_on: str | None
    submitted_by: str
    # "reviewed" only where the review reaches every attribute; a partial one is compared as none.
    assurance: Literal["self_assessed", "reviewed"]
    track: Literal["evidence"]
    show_index: bool
    # Never frozen, as with the process.
    code_then: str = Field(default="", exclude_if=not_)


class ScreenerLine(DocumentPart):
    code: str
    text: Text
    choice: str
    note: str


class ScreenerPart(DocumentPart):
    """Fit of the approach: advice, feeding no score."""

    verdict: str
    share: Figure | None
    lines: list[ScreenerLine]


class GoalLine(DocumentPart):
    shared_goal: str
    text: Text
    agreed_by: str
    agreed_when: str
    recorded_in: str
    reservations: str


class CrosswalkItem(DocumentPart):
    code: str
    short: Text
    letter: str | None
    state: str


class CrosswalkLine(DocumentPart):
    framework: Text
    principle: Text
    items: list[CrosswalkItem]
    not_covered: Text


class IndexPart(DocumentPart):
    """The secondary summary index, never printed without its companions. Figures are points."""

    geometric: str
    arithmetic: str
    minimum: str
    weight_low: str
    weight_high: str
    robust: bool

    @classmethod
    def of(cls, index: SummaryIndex) -> Self:
        """The index with its companions, in whole points."""
        return cls(
            geometric=_whole_number(index.geometric),
            arithmetic=whole(index.arithmetic),
            minimum=whole(index.minimum),
            weight_low=_whole_number(index.weight_low),
            weight_high=_whole_number(index.weight_high),
            robust=index.robust,
        )


def _whole_number(number: float) -> str:
    """The decimal number as written: 65.05 is rounded as 65.05, not as the nearest binary number below it."""
    return whole(Fraction(str(number)))
