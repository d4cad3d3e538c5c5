"""Two to ten rounds of one process, side by side: what moved, what did not, and what became of what was promised.

Made from frozen results and the public documents of panels (method 3.10, over time); holds nothing restricted.
"""

from operator import not_
from typing import Literal

from pydantic import Field

from assessments.documents.about import FIRST_SET
from assessments.documents.actions import ActionPart
from assessments.documents.comparison import AttributeHead, NoisePart, Reason, Record
from assessments.documents.comparison_parts import RoundAttribute, RoundsPair
from assessments.documents.panel_asked import PanelGroup, ShortFormPart
from assessments.documents.values import DocumentPart, Figure, SpokenName, Text

FORMAT: Literal["msgov-over-time/1"] = "msgov-over-time/1"
MINIMUM = 2
MAXIMUM = 10

# Why nothing of an attribute joins two rounds in a picture. "versions": compared on what both were asked, and worded
# differently in the rest; the others are reasons for which nothing is compared.
BreakWhy = Literal["versions", "little_in_common", "reviews", "missing", "not_rebuilt"]
# What became of an attribute as all groups together see it. "cannot_tell": no more than chance could; "not_compared":
# public figures do not allow it, for the reason beside it.
GroupsChange = Literal["better", "lower", "cannot_tell", "not_compared"]
# "groups": other groups, or a pool of others; "items": not the same items; "score": one of both has no public score;
# "by_group": whether one group alone makes the change cannot be read from what is public; "set": another set or method.
GroupsWhy = Literal["groups", "items", "few_asked", "score", "by_group", "set"]
# What is said of an action beside the item it was on, without a claim of cause. "not_compared": it is on none, or on
# one that is not compared.
ItemSince = Literal["counts_more", "not_more", "not_compared"]


class StandingThen(DocumentPart):
    """One attribute of one round, as in that round's own result."""

    attribute: str
    status: Literal["shown", "provisional", "withheld", "not_applicable"]
    letter: str | None
    score: Figure | None


class RoundShown(DocumentPart):
    """One round: which it is, when, who says it, what was asked. `code` is that of the assessment."""

    code: str
    number: int | None
    round: int
    title: str
    period: str
    kind: str
    submitted_on: str | None
    submitted_by: str
    assurance: str
    # Of a review that reaches every attribute, or of a partial one; "" where there is none.
    reviewed_by: str
    question_set_version: str
    standings: list[StandingThen]

    def standing(self, attribute: str) -> StandingThen | None:
        """How an attribute stood, None where the round was not asked it."""
        return next((entry for entry in self.standings if entry.attribute == attribute), None)


class RoundLeftOut(DocumentPart):
    """A round that was chosen and is not shown, with the reason; "older": there are more than can be shown."""

    code: str
    round: int
    title: str
    reason: Reason | Literal["older"]


class LineBreak(DocumentPart):
    """Nothing joins an attribute's figures from `earlier` to `later` (codes of rounds, one after the other)."""

    attribute: str
    earlier: str
    later: str
    why: BreakWhy


class ItemNote(DocumentPart):
    """What stands behind an item that moved from `earlier` to `later`: the reason given, and the evidence both times.

    Classes of evidence are E0 to E2; links only those that anybody can open.
    """

    item: str
    earlier: str
    later: str
    reason: str
    grade_before: str
    grade_after: str
    links_before: list[str]
    links_after: list[str]


class ActionSince(DocumentPart):
    """What was promised on the result of a round, and what became of it. `since`: of the item it is on, by then.

    `short` is the name of that item, empty where it is on none.
    """

    action: ActionPart
    short: Text
    since: ItemSince


class ActionsBetween(DocumentPart):
    """The actions between two rounds that follow each other; `unplanned`: items that count more without an action."""

    earlier: str
    later: str
    actions: list[ActionSince]
    unplanned: list[str]


class GroupLetters(DocumentPart):
    """The letters of one group on one attribute then and now, as published; None where none is public."""

    attribute: str
    then: str | None
    now: str | None


class GroupThenNow(DocumentPart):
    """One group in two waves. `name` is "" for the pool of small groups; a pool is the same with the same members.
    `names` are by language, of the later wave it counts in.

    `asked`: in which of the two it counts. `received` are numbers of answers, None where they are not told.
    """

    name: str
    is_pool: bool
    on_record: bool
    asked: Literal["both", "then", "now"]
    received_then: int | None
    received_now: int | None
    letters: list[GroupLetters]
    names: Text = Field(default={}, exclude_if=not_)
    called = SpokenName("name", "names")


class AttributeThenNow(DocumentPart):
    """One attribute as all groups together see it in two waves: letters and whole points as published, and the change.

    `why` is None unless `change` is "not_compared".
    """

    attribute: str
    then_letter: str | None
    now_letter: str | None
    then: Figure | None
    now: Figure | None
    change: GroupsChange
    why: GroupsWhy | None


class WaveShown(DocumentPart):
    """Who was asked in the wave of a round, and who answered, as far as it is public."""

    code: str
    closed_on: str | None
    time_zone: str
    threshold: int
    invited: int
    received: int
    withheld: int | None
    groups: list[PanelGroup]
    short_form: ShortFormPart | None = Field(default=None, exclude_if=not_)


class WavesPair(DocumentPart):
    """What groups said in the wave of `earlier` and in that of `later` (codes of rounds)."""

    earlier: str
    later: str
    attributes: list[AttributeThenNow]
    groups: list[GroupThenNow]


class OverTimeDocument(DocumentPart):
    """Everything a page or report on the rounds of one process shows, the oldest round first.

    `steps` has each round with the one before, `since_first` each from the third on with the first. `noise`: what two
    ratings of one item differ by.
    """

    format: Literal["msgov-over-time/1"]
    method_version: str
    record: Record
    question_set: str = Field(default=FIRST_SET, exclude_if=lambda slug: slug == FIRST_SET)
    credit: Text = Field(default={}, exclude_if=not_)
    question_set_title: Text
    top_level: int
    noise: NoisePart
    process_code: str
    process_name: str
    organisation: str
    time_zone: str
    attributes: list[AttributeHead]
    rounds: list[RoundShown] = Field(min_length=MINIMUM, max_length=MAXIMUM)
    left_out: list[RoundLeftOut]
    steps: list[RoundsPair]
    since_first: list[RoundsPair]
    breaks: list[LineBreak]
    notes: list[ItemNote]
    actions: list[ActionsBetween]
    waves: list[WaveShown]
    groups: list[WavesPair]

    @property
    def latest(self) -> RoundShown:
        """The newest round."""
        return self.rounds[-1]

    @property
    def last_step(self) -> RoundsPair:
        """The newest round with the one before."""
        return self.steps[-1]

    def round(self, code: str) -> RoundShown:
        """The round whose assessment has this code; KeyError if there is none."""
        for entry in self.rounds:
            if entry.code == code:
                return entry
        raise KeyError(code)

    def step(self, later: str, attribute: str) -> RoundAttribute | None:
        """An attribute between a round and the one before, or None."""
        found = next((pair for pair in self.steps if pair.later == later), None)
        return next((entry for entry in found.attributes if entry.attribute == attribute), None) if found else None

    def break_before(self, later: str, attribute: str) -> LineBreak | None:
        """Why nothing joins the figures of an attribute to those of the round before, or None."""
        return next((found for found in self.breaks if (found.later, found.attribute) == (later, attribute)), None)
