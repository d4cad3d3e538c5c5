"""The frozen result: one JSON document that page and PDF are drawn from, and from nothing else.

Texts of the question set are copied in as per-language maps, so that a stored document can be read on its own.
Every figure comes twice: as the exact fraction and as it is printed.

A field added after documents were frozen has a default and is left out while it stands at it (`exclude_if`), so that
the documents of before keep their bytes, their digest and their report.
"""

from fractions import Fraction
from operator import not_
from typing import Literal

from pydantic import Field

from assessments.documents.values import DocumentPart, Figure, ScoreFigures, Text
from assessments.scoring.rules import FULL_SCORE

FORMAT: Literal["msgov-result/1"] = "msgov-result/1"


FOUR_LEVELS = 3
# The only question set there was before a second one was added: documents that name no set are of this one.
FIRST_SET = "isoc-multistakeholder-attributes"


class QuestionSetRef(DocumentPart):
    """The version that was answered. `top_level` is the highest level of its scale, the lowest being 0."""

    slug: str
    version: str
    digest: str
    title: Text
    credit: Text
    experimental: bool = Field(default=False, exclude_if=not_)
    top_level: int = Field(default=FOUR_LEVELS, ge=1, exclude_if=lambda level: level == FOUR_LEVELS)


class KindLine(DocumentPart):
    """What the process was said to do, and since which day."""

    kind: str
    since: str


class ProcessPart(DocumentPart):
    """The process as described when the assessment was submitted.

    `kind` is empty where nobody has said what it does; `kind_changes` has what was said, the newest last.
    `time_zone` is that of the days in the document; empty in documents from before processes had one.
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
    time_zone: str = Field(default="", exclude_if=not_)


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
    assurance: Literal["self_assessed"]
    track: Literal["evidence"]
    show_index: bool


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


class OptionLine(DocumentPart):
    """One option of a checklist as answered. `state` is empty where it was left open."""

    key: str
    label: Text
    state: str
    state_label: Text
    credit: str | None
    text: str
    known: bool


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


class ItemResult(DocumentPart):
    """One item: what was answered, what it counts as, and why.

    Item values are shares of full achievement, 0 to 1 (`exact`), printed as points of 100. `rule` is the key of
    `assessments.scoring` that explains the value; `state` is what the item counts as, so that a checklist without
    a known option is not "answered". With `states` and the flags the document can be scored again by itself.
    """

    code: str
    revision: int
    kind: str
    short: Text
    text: Text
    scored: bool
    critical: bool
    na_allowed: bool = False
    stakeholder_primary: bool = False
    states: list[StateLine] = []
    state: Literal["unanswered", "answered", "dont_know", "not_applicable"]
    level: int | None
    level_label: Text
    anchor: Text
    options: list[OptionLine]
    other: str
    answer_text: str
    not_applicable_reason: str
    # Said to be not applicable, but not why: it counts as unanswered, and is printed as said.
    without_reason: bool = False
    comment: str
    evidence_class: str
    evidence_text: str
    evidence_links: list[str]
    evidence_files: list[EvidenceFileLine]
    # None where the item is not scored or has no value; the weight also of items that count but are not known.
    claimed: Figure | None
    supported: Figure | None
    share_known: Figure | None
    weight: Figure | None
    # Points this item adds to its attribute's score (weight x share known x value x 100 / coverage).
    contribution: Figure | None
    cap: Figure | None
    capped: bool
    letter: str | None
    claimed_letter: str | None
    rule: str


class QuestionResult(DocumentPart):
    code: str
    verbatim: Text
    items: list[ItemResult]


class ImprovementPart(DocumentPart):
    """What would raise the attribute's score, and by how many points.

    `action` is "add_evidence", "next_level" or "answer". A next level names its target: `level` with `level_label`,
    or the option and the state it would reach. `evidence_class` is the weakest class that supports the new value.
    """

    item: str
    short: Text
    action: str
    gain: Figure | None
    new_score: Figure | None
    range_gain: Figure | None
    new_letter: str | None = None
    evidence_class: str | None = None
    level: int | None = None
    level_label: Text = {}
    option_label: Text = {}
    state_label: Text = {}


class AttributeResult(ScoreFigures):
    """One attribute on the evidence track. Scores, ranges and steps are points, 0 to 100; coverage and scope shares."""

    code: str
    slug: str
    title: Text
    summary: Text
    status: Literal["shown", "provisional", "withheld", "not_applicable"]
    score: Figure | None
    claimed: Figure | None
    unsupported: Figure | None
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
    questions: list[QuestionResult]
    improvements: list[ImprovementPart]


class IndexPart(DocumentPart):
    """The secondary summary index, never printed without its companions. Figures are points."""

    geometric: str
    arithmetic: str
    minimum: str
    weight_low: str
    weight_high: str
    robust: bool


class RecommendationText(DocumentPart):
    code: str
    text: Text
    basis_quote: Text


class RecommendationPart(DocumentPart):
    """What to do about one item; `kind` is improve, keep or find_out."""

    item: str
    attribute: str
    short: Text
    letter: str | None
    critical: bool
    kind: str
    priority: int
    in_summary: bool
    texts: list[RecommendationText]
    settle_by: Text


class CrosswalkItem(DocumentPart):
    code: str
    short: Text
    letter: str | None
    state: str


class CrosswalkLine(DocumentPart):
    framework: Text = Field(default={}, exclude_if=not_)
    principle: Text
    items: list[CrosswalkItem]
    not_covered: Text


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
    # Item codes, best and worst first.
    strengths: list[str]
    concerns: list[str]
    recommendations: list[RecommendationPart]
    unknown: list[str]
    not_applicable: list[str]
    unsupported_items: list[str]
    crosswalk: list[CrosswalkLine]

    def items(self) -> dict[str, ItemResult]:
        """All items by code, in the order of the question set."""
        return {i.code: i for a in self.attributes for q in a.questions for i in q.items}

    def item_scores(self) -> dict[str, Fraction]:
        """The points of the items that have a letter, by code."""
        return {
            code: FULL_SCORE * item.supported.value
            for code, item in self.items().items()
            if item.supported is not None and item.letter is not None
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
