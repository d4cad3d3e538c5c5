"""What a result says besides what was answered: of the process and the round, how well the approach fits, which goals
were agreed, and how its items read under the principles of another framework."""

from operator import not_
from typing import Literal

from pydantic import Field

from assessments.documents.values import DocumentPart, Figure, Text


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
