"""What a comparison of several processes shows: no ranks, no totals."""

from typing import Literal

from assessments.results.document import Figure, Part, Text

FORMAT: Literal["msgov-comparison/1"] = "msgov-comparison/1"

Verdict = Literal["first_ahead", "second_ahead", "mixed", "no_meaningful_difference", "not_comparable"]
# Why a result is not in the comparison. "another_round": a later round of the same process is in it, and rounds
# are compared on matched items only; "no_score": it has no attribute whose score may be compared.
Reason = Literal[
    "draft", "track", "question_set", "major_version", "method_version", "assurance", "another_round", "no_score"
]
# Why one attribute is not compared.
AttributeReason = Literal["not_applicable", "withheld", "reduced_scope", "missing"]


class ComparedAttribute(Part):
    """One attribute of one process, as in its own result. `not_compared` is None where its score may be compared."""

    code: str
    status: Literal["shown", "provisional", "withheld", "not_applicable"]
    score: Figure | None
    claimed: Figure | None
    low: Figure | None
    high: Figure | None
    coverage: Figure
    scope: Figure
    letter: str | None
    limited_by: list[str]
    critical_open: list[str]
    not_compared: AttributeReason | None


class ComparedProcess(Part):
    """One result in the comparison. `code` is that of the assessment, unique in the comparison."""

    code: str
    number: int | None
    name: str
    process_code: str
    organisation: str
    period: str
    round: int
    submitted_on: str | None
    track: str
    assurance: str
    question_set_title: Text
    question_set_version: str
    is_invented: bool
    is_example: bool
    attributes: list[ComparedAttribute]

    def attribute(self, code: str) -> ComparedAttribute | None:
        """The attribute with this code, or None."""
        return next((attribute for attribute in self.attributes if attribute.code == code), None)


class ExcludedProcess(Part):
    """A result that was chosen but cannot be compared with the others."""

    code: str
    number: int | None
    name: str
    round: int
    question_set_title: Text
    question_set_version: str
    reason: Reason


class AttributeHead(Part):
    """An attribute as a heading. `step`: points by which one level of its heaviest item moves it."""

    code: str
    slug: str
    title: Text
    step: Figure


class AttributeDifference(Part):
    """First minus second on one attribute, in points; `difference` is None where it is not compared."""

    attribute: str
    difference: Figure | None
    meaningful: bool
    robust: bool


class Pair(Part):
    """Two processes by the codes of their assessments, and which of them is ahead, if any."""

    first: str
    second: str
    differences: list[AttributeDifference]
    first_ahead_on: list[str]
    second_ahead_on: list[str]
    not_compared: list[str]
    verdict: Verdict


class ItemStanding(Part):
    """Where a process stands on an item."""

    code: str
    letter: str
    links: list[str]


class LearnFrom(Part):
    """An item that some processes do fully, with open evidence, and others hardly or not."""

    item: str
    short: Text
    attribute: str
    critical: bool
    teachers: list[ItemStanding]
    learners: list[ItemStanding]


class SharedWeakness(Part):
    """An item at N or P in at least half of the processes that answered it, and in at least two."""

    item: str
    short: Text
    attribute: str
    critical: bool
    weak: list[ItemStanding]
    answered: int


class ComparisonDocument(Part):
    """Everything a comparison page or PDF shows. Processes are in alphabetical order."""

    format: Literal["msgov-comparison/1"]
    method_version: str
    attributes: list[AttributeHead]
    processes: list[ComparedProcess]
    excluded: list[ExcludedProcess]
    pairs: list[Pair]
    # Whether the verdicts are listed pair by pair; with many processes only meaningful differences are.
    list_pairs: bool
    learn_from: list[LearnFrom]
    shared_weaknesses: list[SharedWeakness]
    # Texts of items differ where minor versions do; readers are told.
    mixed_versions: bool

    def process(self, code: str) -> ComparedProcess:
        """The process whose assessment has this code; KeyError if there is none."""
        for process in self.processes:
            if process.code == code:
                return process
        raise KeyError(code)

    def pair(self, one: str, other: str) -> Pair | None:
        """The pair of these two, whichever comes first, or None."""
        return next((pair for pair in self.pairs if {pair.first, pair.second} == {one, other}), None)
