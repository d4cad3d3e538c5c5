"""What a comparison of several processes shows: no ranks, no totals.

Format 1 knows one way to compare: full scores. Format 2 adds what results of different versions of a question set
have in common. What a comparison has nothing to say of is left out of its bytes (`exclude_if`).
"""

from operator import not_
from typing import Literal

from pydantic import Field

from assessments.documents.result import FIRST_SET
from assessments.documents.values import DocumentPart, Figure, ScoreFigures, Text

FORMAT: Literal["msgov-comparison/1"] = "msgov-comparison/1"
FORMAT_WITH_VERSIONS: Literal["msgov-comparison/2"] = "msgov-comparison/2"

Verdict = Literal["first_ahead", "second_ahead", "mixed", "no_meaningful_difference", "not_comparable"]
# Why a result is not in the comparison. "another_round": a later round of the same process on the same version is in
# it; "no_score": it has no attribute whose score may be compared.
Reason = Literal[
    "draft", "track", "question_set", "major_version", "method_version", "assurance", "another_round", "no_score"
]
# Why one attribute is not compared. "matched_share": the versions have too little of it in common, or too little of
# what they have in common was answered in both rounds; "not_rebuilt": the stored result lacks what matching needs.
AttributeReason = Literal["not_applicable", "withheld", "reduced_scope", "missing", "matched_share", "not_rebuilt"]
# Why an item does not count between two versions. "not_answered": not answered in both rounds of one process.
Unmatched = Literal["reworded", "new", "gone", "not_answered"]


class ComparedAttribute(ScoreFigures):
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


class ComparedProcess(DocumentPart):
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
    experimental: bool = Field(default=False, exclude_if=not_)
    is_invented: bool
    is_example: bool
    attributes: list[ComparedAttribute]

    def attribute(self, code: str) -> ComparedAttribute | None:
        """The attribute with this code, or None."""
        return next((attribute for attribute in self.attributes if attribute.code == code), None)


class ExcludedProcess(DocumentPart):
    """A result that was chosen but cannot be compared with the others."""

    code: str
    number: int | None
    name: str
    round: int
    question_set_title: Text
    question_set_version: str
    reason: Reason


class AttributeHead(DocumentPart):
    """An attribute as a heading. `step`: points by which one level of its heaviest item moves it."""

    code: str
    slug: str
    title: Text
    step: Figure


class AttributeDifference(DocumentPart):
    """First minus second on one attribute, in points; `difference` is None where it is not compared."""

    attribute: str
    difference: Figure | None
    meaningful: bool
    robust: bool


class UnmatchedItem(DocumentPart):
    """An item that does not count where two versions are compared, and why."""

    code: str
    short: Text
    why: Unmatched


class MatchedAttribute(DocumentPart):
    """One attribute of two results on what their versions have in common.

    `first` and `second` are scores on the matched items alone, in points, never the ones of the results themselves;
    None where not compared, with the `reason`. The shares are of the default weight in the version each answered.
    `not_answered`: items of both versions that were not answered in both rounds of one process.
    """

    attribute: str
    first: Figure | None
    second: Figure | None
    first_share: Figure
    second_share: Figure
    step: Figure
    reason: AttributeReason | None
    not_answered: list[UnmatchedItem]


class PairMatching(DocumentPart):
    """How two results of different versions were compared: "versions" of two processes, "rounds" of one."""

    kind: Literal["versions", "rounds"]
    attributes: list[MatchedAttribute]

    def attribute(self, code: str) -> MatchedAttribute | None:
        """The attribute with this code, or None."""
        return next((attribute for attribute in self.attributes if attribute.attribute == code), None)


class VersionAttribute(DocumentPart):
    """What two versions have in common of one attribute: the share of the default weight in each, and the rest."""

    attribute: str
    older_share: Figure
    newer_share: Figure
    unmatched: list[UnmatchedItem]


class VersionPair(DocumentPart):
    """Two versions in the comparison. `same`: all scored items are the same, so that full scores are compared."""

    older: str
    newer: str
    same: bool
    attributes: list[VersionAttribute]


class Pair(DocumentPart):
    """Two processes by the codes of their assessments, and which of them is ahead, if any.

    `matched` is set where they answered versions that differ: the differences are then of the matched scores.
    """

    first: str
    second: str
    differences: list[AttributeDifference]
    first_ahead_on: list[str]
    second_ahead_on: list[str]
    not_compared: list[str]
    verdict: Verdict
    matched: PairMatching | None = Field(default=None, exclude_if=lambda part: part is None)


class ItemStanding(DocumentPart):
    """Where a process stands on an item."""

    code: str
    letter: str
    links: list[str]


class LearnFrom(DocumentPart):
    """An item that some processes do fully, with open evidence, and others hardly or not."""

    item: str
    short: Text
    attribute: str
    critical: bool
    teachers: list[ItemStanding]
    learners: list[ItemStanding]


class SharedWeakness(DocumentPart):
    """An item at N or P in at least half of the processes that answered it, and in at least two."""

    item: str
    short: Text
    attribute: str
    critical: bool
    weak: list[ItemStanding]
    answered: int


class ExperienceAttribute(ScoreFigures):
    """One attribute as the stakeholders of one process see it. `not_compared` is None where it may be compared."""

    code: str
    status: Literal["shown", "provisional", "withheld", "not_applicable"]
    score: Figure | None
    low: Figure | None
    high: Figure | None
    composition_low: Figure | None
    composition_high: Figure | None
    letter: str | None
    group_count: int
    not_compared: AttributeReason | None


class ExperienceProfile(DocumentPart):
    """What stakeholders of one process said; `code` is that of the assessment."""

    code: str
    wave: int
    closed_on: str | None
    time_zone: str = Field(default="", exclude_if=not_)
    threshold: int
    groups: int
    invited: int
    received: int
    withheld: int | None
    attributes: list[ExperienceAttribute]

    def attribute(self, code: str) -> ExperienceAttribute | None:
        """The attribute with this code, or None."""
        return next((attribute for attribute in self.attributes if attribute.code == code), None)


class ExperiencePart(DocumentPart):
    """The experience track of those that have one, beside the evidence and never blended with it (method 3.10).

    `pairs` are of different processes; two rounds of one are compared over the same groups, which is not done here.
    """

    attributes: list[AttributeHead]
    profiles: list[ExperienceProfile]
    pairs: list[Pair]

    def profile(self, code: str) -> ExperienceProfile | None:
        """The profile of the assessment with this code, or None."""
        return next((profile for profile in self.profiles if profile.code == code), None)


class ComparisonDocument(DocumentPart):
    """Everything a comparison page or PDF shows. Processes are in alphabetical order."""

    format: Literal["msgov-comparison/1", "msgov-comparison/2"]
    method_version: str
    # The slug of the set that was answered, and whose words are whose in it; left out for the first set.
    question_set: str = Field(default=FIRST_SET, exclude_if=lambda slug: slug == FIRST_SET)
    credit: Text = Field(default={}, exclude_if=not_)
    attributes: list[AttributeHead]
    processes: list[ComparedProcess]
    excluded: list[ExcludedProcess]
    pairs: list[Pair]
    # Whether the verdicts are listed pair by pair; with many processes only meaningful differences are.
    list_pairs: bool
    learn_from: list[LearnFrom]
    shared_weaknesses: list[SharedWeakness]
    # Not all answered the same version; `versions` says of each two what they have in common.
    mixed_versions: bool
    versions: list[VersionPair] = Field(default=[], exclude_if=not_)
    # Left out unless one has a closed wave; of one alone there is a profile and no pair.
    experience: ExperiencePart | None = Field(default=None, exclude_if=lambda part: part is None)

    def process(self, code: str) -> ComparedProcess:
        """The process whose assessment has this code; KeyError if there is none."""
        for process in self.processes:
            if process.code == code:
                return process
        raise KeyError(code)

    def pair(self, one: str, other: str) -> Pair | None:
        """The pair of these two, whichever comes first, or None."""
        return next((pair for pair in self.pairs if {pair.first, pair.second} == {one, other}), None)
