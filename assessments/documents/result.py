"""The frozen result: one JSON document that page and PDF are drawn from, and from nothing else.

Texts of the question set are copied in as per-language maps, so that a stored document can be read on its own.
Every figure comes twice: as the exact fraction and as it is printed.

What was answered is printed as it was answered; what it counts as, and why, stands beside it.
"""

from fractions import Fraction
from operator import not_
from typing import Literal, TypeVar

from pydantic import Field

from assessments.documents.about import (
    AssessmentPart,
    CrosswalkLine,
    GoalLine,
    IndexPart,
    ProcessPart,
    ScreenerPart,
)
from assessments.documents.review import ReviewPart
from assessments.documents.second_rating import SecondRatingPart
from assessments.documents.standouts import ContradictionPart, LineRef, OpenCountsPart, RulePart, TransparencyPart
from assessments.documents.steps import AdviceText, StepsPart
from assessments.documents.values import DocumentPart, Figure, QuestionSetRef, ScoreFigures, Text
from assessments.scoring.evidence import OpenReason
from assessments.scoring.method import FULL_SCORE, OPTION_NOT_APPLICABLE

FORMAT: Literal["msgov-result/1"] = "msgov-result/1"


class OptionLine(DocumentPart):
    """One option of a checklist: `state` as answered (empty where it was left open) and to be printed as such, and the
    state it `counts_as`, empty while open.

    `open_because` says why it is open (`OpenReason` of the scoring, "" where it is not); `against` is the line that it
    contradicts. `credit` (0 to 1) is that of the state answered. `state_label` is that of the question set, and empty
    of "don't know" and "not applicable", which are words of the application.
    """

    key: str
    label: Text
    state: str
    state_label: Text
    credit: str | None
    text: str
    counts_as: str
    open_because: str
    against: LineRef | None

    @property
    def known(self) -> bool:
        """Whether it is known and applies."""
        return not self.open_because and self.counts_as != OPTION_NOT_APPLICABLE


class StateLine(DocumentPart):
    """A state the options of the item can take, with its credit (0 to 1; None where the item is not scored)."""

    key: str
    label: Text
    credit: str | None
    needs_text: bool


class EvidenceFileLine(DocumentPart):
    code: str
    name: str
    size: int
    sha256: str


class OpeningLine(DocumentPart):
    """What the last second person who opened a link or file found: whether it shows the point. No name is given.

    `reference` is the address, or "sha256:…" of a file; `on` the day. `opened` is false, and left out otherwise, where
    they could not open it.
    """

    reference: str
    on: str
    shows: bool
    opened: bool = Field(default=True, exclude_if=bool)


class ItemResult(DocumentPart):
    """One item: what was answered, what it counts as, and why.

    Item values are shares of full achievement, 0 to 1 (`exact`), printed as points of 100. `said` is the state as it
    was answered and is to be printed, `state` what the item counts as. `open_because` is a reason of the scoring
    (`OpenReason`) where an item without lines is open, `capped_because` one (`CapReason`) where it counts for less
    than it claims; both are empty otherwise. `by_kind`: it does not apply to this kind of process, what was answered
    is kept and not counted. With states, flags, pieces of evidence and their openings the document can be scored
    again by itself.
    """

    code: str
    revision: int
    kind: str
    short: Text
    text: Text
    scored: bool
    critical: bool
    na_allowed: bool
    stakeholder_primary: bool
    not_for: list[str]
    by_kind: bool
    states: list[StateLine]
    said: Literal["unanswered", "answered", "dont_know", "not_applicable"]
    state: Literal["unanswered", "answered", "dont_know", "not_applicable"]
    level: int | None
    level_label: Text
    anchor: Text
    options: list[OptionLine]
    other: str
    answer_text: str
    not_applicable_reason: str
    comment: str
    # Why it is another answer than in the round before, where somebody said so.
    moved_because: str = Field(default="", exclude_if=not_)
    # The class of the evidence given; of an item that is not scored it is empty. `chosen` is one set by hand, which
    # can only be lower; `opened_on` the day on which a second person opened it and found that it shows the point.
    grade: str
    chosen: str
    source: str
    opened_on: str | None
    evidence_text: str
    evidence_links: list[str]
    evidence_files: list[EvidenceFileLine]
    openings: list[OpeningLine]
    # None where the item is not scored or has no value; the weight also of items that count but are not known.
    claimed: Figure | None
    counted: Figure | None
    # The next value above what counts, enough evidence assumed.
    following: Figure | None
    share_known: Figure | None
    share_applicable: Figure | None
    weight: Figure | None
    # Points this item adds to its attribute's score (weight x share known x value x 100 / coverage).
    contribution: Figure | None
    cap: Figure | None
    shown: bool
    letter: str | None
    claimed_letter: str | None
    open_because: str
    capped_because: str
    against: LineRef | None
    # The first evidence that the question set asks for, what it says to show and to ask, and what it recommends: what
    # steps are written from.
    settle_by: Text
    show_it: Text
    blind_spot: Text
    advice: list[AdviceText]

    @property
    def capped(self) -> bool:
        """Whether it counts for less than it claims."""
        return bool(self.capped_because)

    @property
    def without_reason(self) -> bool:
        """Whether it was said not to apply, but not why."""
        return self.open_because == OpenReason.REASON_MISSING


class QuestionResult(DocumentPart):
    code: str
    verbatim: Text
    items: list[ItemResult]


class AttributeResult(ScoreFigures):
    """One attribute on the evidence track. Scores and ranges are points, 0 to 100; coverage, shown share and scope
    shares of one.

    `letter` is one of N, P-, P+, L-, L+, F; `limited_by` names the critical items that lowered it, `critical_open`
    those without an answer and `critical_unshown` those claimed and not shown. `applicable`, `answered` and `shown`
    count items; `squares` is the sum of the squared weights.
    """

    code: str
    slug: str
    title: Text
    summary: Text
    status: Literal["shown", "provisional", "withheld", "not_applicable"]
    score: Figure | None
    claimed: Figure | None
    low: Figure | None
    high: Figure | None
    coverage: Figure
    shown_share: Figure
    scope: Figure
    reduced_scope: bool
    letter: str | None
    band_letter: str | None
    limited_by: list[str]
    critical_open: list[str]
    critical_unshown: list[str]
    provisional_because: list[str]
    applicable: int
    answered: int
    shown: int
    squares: str
    questions: list[QuestionResult]


class ResultDocument(DocumentPart):
    """Everything a results page or a PDF of one assessment shows."""

    format: Literal["msgov-result/1"]
    method_version: str
    question_set: QuestionSetRef
    process: ProcessPart
    assessment: AssessmentPart
    screener: ScreenerPart
    goals: list[GoalLine]
    attributes: list[AttributeResult]
    # Attribute codes with the lowest score among those that have one; several when tied.
    weakest: list[str]
    index: IndexPart | None
    open_counts: OpenCountsPart
    transparency: TransparencyPart
    rules: list[RulePart]
    contradictions: list[ContradictionPart]
    # Items that do not apply to this kind of process, and those of them whose answer is kept and not counted.
    by_kind: list[str]
    kept: list[str]
    steps: StepsPart
    # Codes of items that are not known, and of those that do not apply for a reason of their own.
    unknown: list[str]
    not_applicable: list[str]
    crosswalk: list[CrosswalkLine]
    # Of results frozen when a reviewer signed; left out of others, so that they keep their digest.
    review: ReviewPart | None = Field(default=None, exclude_if=not_)
    # Left out where there is none, so that results frozen before there were any keep their digest.
    second_rating: SecondRatingPart | None = Field(default=None, exclude_if=not_)

    def items(self) -> dict[str, ItemResult]:
        """All items by code, in the order of the question set."""
        return {i.code: i for a in self.attributes for q in a.questions for i in q.items}

    def item_scores(self) -> dict[str, Fraction]:
        """The points of the items that have a letter, by code."""
        return {
            code: FULL_SCORE * item.counted.value
            for code, item in self.items().items()
            if item.counted is not None and item.letter is not None
        }

    def attribute_scores(self) -> dict[str, Fraction]:
        """The points of the attributes that have a score, by code."""
        return {entry.code: entry.score.value for entry in self.attributes if entry.score is not None}

    def attribute(self, code: str) -> AttributeResult:
        """The attribute with this code; KeyError if there is none."""
        for attribute in self.attributes:
            if attribute.code == code:
                return attribute
        raise KeyError(code)


Coded = TypeVar("Coded", ProcessPart, AssessmentPart)


def under_codes(document: ResultDocument, *, assessment: str, process: str) -> ResultDocument:
    """The document under these codes of its assessment and its process; it keeps those under which it was frozen."""
    return document.model_copy(
        update={
            "process": _under(document.process, process),
            "assessment": _under(document.assessment, assessment),
        }
    )


def as_frozen(document: ResultDocument) -> ResultDocument:
    """The document under the codes it was frozen under: its digest is that of the stored result."""
    return document.model_copy(
        update={"process": _as_frozen(document.process), "assessment": _as_frozen(document.assessment)}
    )


def _as_frozen(part: Coded) -> Coded:
    return part.model_copy(update={"code": part.code_then or part.code, "code_then": ""})


def _under(part: Coded, code: str) -> Coded:
    return part if part.code == code else part.model_copy(update={"code": code, "code_then": part.code})
