"""What a comparison of several results shows: attribute by attribute, without ranks, totals or a verdict over all."""

from operator import not_
from typing import Literal

from pydantic import Field

from assessments.documents.about import FIRST_SET
from assessments.documents.comparison_parts import AskedPair, ComparedItem, LearnFrom, SharedWeakness
from assessments.documents.panel import SamplingPart
from assessments.documents.panel_asked import ShortFormPart
from assessments.documents.values import DocumentPart, Figure, ScoreFigures, Text

FORMAT: Literal["msgov-comparison/5"] = "msgov-comparison/5"

# In which order processes stand: by name, one's own first, or as somebody set it; never by score.
Order = Literal["name", "own", "chosen"]
# What a record is: these are comparable only among themselves.
Record = Literal["own", "example", "invented"]
Status = Literal["shown", "provisional", "withheld", "not_applicable"]
# Why a result is not in the comparison. "no_score": no attribute has a score that may be compared. "older_round": a
# later round of its process stands in it; rounds are compared over time. "unknown_method": scored by a version of the
# method that this installation does not know.
Reason = Literal[
    "draft",
    "unknown_method",
    "records",
    "track",
    "assurance",
    "question_set",
    "major_version",
    "method_version",
    "no_score",
    "older_round",
]
# Why the score of an attribute may not be compared with that of another process.
AttributeReason = Literal["not_applicable", "withheld", "reduced_scope"]
Apart = Literal["first_higher", "second_higher", "cannot_be_told_apart", "not_compared"]
# Why two cannot be told apart, or are not compared. "missing": one was not asked it; "not_rebuilt": a stored result
# lacks what matching needs; "asked_otherwise" and "not_told" (experience): other items, or a score that is not public.
ApartWhy = Literal[
    "within_rater_noise",
    "within_chance",
    "ranges_overlap",
    "no_sampling_range",
    "provisional",
    "withheld",
    "not_applicable",
    "reduced_scope",
    "little_in_common",
    "missing",
    "not_rebuilt",
    "asked_otherwise",
    "not_told",
]


class ComparedAttribute(ScoreFigures):
    """One attribute of one process, as in its own result. `not_compared` is None where its score may be compared."""

    code: str
    status: Status
    score: Figure | None
    claimed: Figure | None
    low: Figure | None
    high: Figure | None
    coverage: Figure
    shown_share: Figure
    scope: Figure
    letter: str | None
    limited_by: list[str]
    critical_open: list[str]
    critical_unshown: list[str]
    squares: str
    not_compared: AttributeReason | None


class ComparedProcess(DocumentPart):
    """One result in the comparison. `code` is that of the assessment, unique in the comparison."""

    code: str
    number: int | None
    name: str
    process_code: str
    kind: str
    organisation: str
    period: str
    round: int
    submitted_on: str | None
    track: str
    assurance: str
    question_set_title: Text
    question_set_version: str
    experimental: bool
    is_invented: bool
    is_example: bool
    attributes: list[ComparedAttribute]
    # Reviewed, and not in full: it is compared as not reviewed.
    is_partly_reviewed: bool = Field(default=False, exclude_if=not_)

    def attribute(self, code: str) -> ComparedAttribute | None:
        """The attribute with this code, or None."""
        return next((attribute for attribute in self.attributes if attribute.code == code), None)


class ExcludedProcess(DocumentPart):
    """A result that was chosen but cannot be compared with the others."""

    code: str
    number: int | None
    name: str
    process_code: str
    round: int
    question_set_title: Text
    question_set_version: str
    reason: Reason


class AttributeHead(DocumentPart):
    """An attribute as a heading."""

    code: str
    slug: str
    title: Text


class AttributeVerdict(DocumentPart):
    """What can be said of two results on one attribute.

    `difference` is first minus second as a fraction, and `threshold` how far apart they would have to be, in points;
    None where nothing is compared, and the threshold where it is not one of whole points.
    """

    attribute: str
    verdict: Apart
    why: ApartWhy | None
    difference: str | None
    threshold: int | None


class MatchedScores(DocumentPart):
    """One result on matched items alone: the share of its default weight that they carry, score and range in points.

    They are None where not compared, and never the figures of the result itself.
    """

    share: Figure
    score: Figure | None
    low: Figure | None
    high: Figure | None


class MatchedAttribute(DocumentPart):
    """One attribute of two results on what both were asked."""

    attribute: str
    first: MatchedScores
    second: MatchedScores


class Pair(DocumentPart):
    """Two processes by the codes of their assessments, attribute by attribute; nothing is said over all of them.

    `matched` is empty unless they were asked different things: then the verdicts are on matched items.
    """

    first: str
    second: str
    attributes: list[AttributeVerdict]
    matched: list[MatchedAttribute]

    def having(self, *verdicts: Apart) -> list[str]:
        """The attributes with one of these verdicts."""
        return [entry.attribute for entry in self.attributes if entry.verdict in verdicts]

    def on_matched(self, attribute: str) -> MatchedAttribute | None:
        """The figures of an attribute on matched items, or None."""
        return next((entry for entry in self.matched if entry.attribute == attribute), None)


class NoisePart(DocumentPart):
    """The mean squared difference of two ratings of one item, in levels squared, that a comparison was made with.

    `different` people, and the `same` one later. `measured`: from second ratings of this installation, not assumed.
    """

    different: str
    same: str
    measured: bool


class ExperienceAttribute(ScoreFigures):
    """One attribute as the stakeholders of one process see it, as far as it is public.

    `divided` and `may_be_divided` are codes of items, of `compared`. `score_hidden`: why the score is not told.
    """

    code: str
    status: Status
    score: Figure | None
    low: Figure | None
    high: Figure | None
    composition_low: Figure | None
    composition_high: Figure | None
    sampling: SamplingPart
    letter: str | None
    group_count: int
    divided: list[str]
    may_be_divided: list[str]
    compared: int
    score_hidden: str | None
    not_compared: AttributeReason | None


class ExperienceProfile(DocumentPart):
    """What stakeholders of one process said; `code` is that of the assessment."""

    code: str
    wave: int
    closed_on: str | None
    time_zone: str
    threshold: int
    groups: int
    invited: int
    received: int
    withheld: int | None
    attributes: list[ExperienceAttribute]
    short_form: ShortFormPart | None = Field(default=None, exclude_if=not_)

    def attribute(self, code: str) -> ExperienceAttribute | None:
        """The attribute with this code, or None."""
        return next((attribute for attribute in self.attributes if attribute.code == code), None)


class ExperiencePart(DocumentPart):
    """The experience track of those that have one, beside the evidence and never blended with it (method 3.10).

    Two waves of one process are another matter (`assessments.over_time.groups`).
    """

    attributes: list[AttributeHead]
    profiles: list[ExperienceProfile]
    pairs: list[Pair]

    def profile(self, code: str) -> ExperienceProfile | None:
        """The profile of the assessment with this code, or None."""
        return next((profile for profile in self.profiles if profile.code == code), None)


class ComparisonDocument(DocumentPart):
    """Everything a comparison page or PDF shows. Processes are in order of name or as readers set it, never of scores.

    `reference`: the code of the assessment that sentences are told from, "" where there is none. `left_aside`: the
    attributes that whoever asked for the comparison left out of it.
    """

    format: Literal["msgov-comparison/5"]
    method_version: str
    record: Record
    # The slug of the set that was answered, and whose words are whose in it; left out for the first set.
    question_set: str = Field(default=FIRST_SET, exclude_if=lambda slug: slug == FIRST_SET)
    credit: Text = Field(default={}, exclude_if=not_)
    top_level: int
    noise: NoisePart
    order: Order
    reference: str
    attributes: list[AttributeHead]
    left_aside: list[AttributeHead]
    processes: list[ComparedProcess]
    excluded: list[ExcludedProcess]
    pairs: list[Pair]
    # Whether the pairs are listed one by one; with many processes only differences are.
    list_pairs: bool
    learn_from: list[LearnFrom]
    shared_weaknesses: list[SharedWeakness]
    # Every scored item of the attributes above, with what each result says of it.
    items: list[ComparedItem]
    # Of each two versions or kinds what they have in common; empty where all were asked the same.
    asked: list[AskedPair]
    # None unless one has a closed wave; of one alone there is a profile and no pair.
    experience: ExperiencePart | None

    def process(self, code: str) -> ComparedProcess:
        """The process whose assessment has this code; KeyError if there is none."""
        for process in self.processes:
            if process.code == code:
                return process
        raise KeyError(code)

    def pair(self, one: str, other: str) -> Pair | None:
        """The pair of these two, whichever comes first, or None."""
        return next((pair for pair in self.pairs if {pair.first, pair.second} == {one, other}), None)
