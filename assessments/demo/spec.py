"""The files of demonstration processes, checked when they are read."""

from datetime import date
from pathlib import Path
from typing import Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, model_validator

FOLDER = Path(__file__).parent


class DemoPart(BaseModel):
    """Base of the parts: closed and frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class DemoOption(DemoPart):
    """A line of a checklist."""

    state: str
    text: str = ""


class OpenedSpec(DemoPart):
    """A link that the reviewer has opened, and whether it shows what is claimed."""

    link: str
    shows: bool


class AnswerSpec(DemoPart):
    """An answer. `dont_know` stands for the item as a whole, `state` for what needs to be said besides."""

    level: int | None = None
    options: dict[str, DemoOption] = {}
    other: str = ""
    text: str = ""
    dont_know: bool = False
    state: Literal["", "not_applicable"] = ""
    not_applicable_reason: str = ""
    evidence_class: str = ""
    evidence: str = ""
    links: str = ""
    evidence_source: Literal["", "organiser", "groups", "survey"] = ""
    opened: list[OpenedSpec] = []
    comment: str = ""
    # Why it is another answer than in the round before.
    moved_because: str = ""


class BoardSpec(DemoPart):
    """What the organiser wrote for those who decide."""

    decision: str = ""
    made_by: str = ""
    checked_by: str = ""
    commissioned_by: str = ""
    interests: str = ""


class DecisionSpec(DemoPart):
    """What was decided on the result of a round. Days are counted back from the first start of the demonstration."""

    body: str
    days_ago: int
    decision: str
    comment: str = ""


class ActionSpec(DemoPart):
    """What was promised on the result of a round; `due_in` days from the first start, behind it where it is late.

    `done` says what happened, `dropped` why it was given up, either so many days ago; `so_far` what had happened of one
    that is open. `carried`: it is carried over from the round before, as it stands there, with a new day.
    """

    item: str
    text: str = ""
    owner: str = ""
    due_in: int | None = None
    known_by: str = ""
    public: bool = True
    made_days_ago: int
    done: str = ""
    dropped: str = ""
    closed_days_ago: int | None = None
    so_far: str = ""
    so_far_days_ago: int = 0
    carried: bool = False

    @model_validator(mode="after")
    def _closed_has_a_day(self) -> Self:
        if (self.closed_days_ago is not None) != bool(self.done or self.dropped):
            raise ValueError("what was done or dropped has a day, and nothing else has one")
        return self


class OpinionSpec(DemoPart):
    """What the reviewer says of an item, and the organiser's reply to a proposal."""

    says: Literal["agrees", "proposes", "cannot_tell"]
    level: int | None = None
    seen: bool = False
    reason: str = ""
    reply: Literal["", "agrees", "disagrees"] = ""
    reply_reason: str = ""


class ReviewAskedSpec(DemoPart):
    """What the reviewer asked about an item, and the answer."""

    item: str
    asked: str
    answer: str


class ReviewSpec(DemoPart):
    """A review, signed. Of items without an opinion the reviewer agrees; links are seen.

    Days are counted back from the first start of the demonstration.
    """

    invited_days_ago: int = 0
    signed_days_ago: int = 0
    affiliation: str
    interests: str
    solid: str
    not_solid: str
    board_asks: list[str]
    opinions: dict[str, OpinionSpec] = {}
    questions: list[ReviewAskedSpec] = []


class AnnualSpec(DemoPart):
    """What the organiser chose for the annual page; `quoted` is a comment as it was cleared."""

    foreword: str = ""
    quoted: str = ""


class ReplySpec(DemoPart):
    """What a group replied to a published result, and the answer. Days as below."""

    group: str
    text: str
    filed_by: str
    capacity: str
    days_ago: int
    answer: str = ""
    answered_days_ago: int = 0


class PublishedSpec(DemoPart):
    """The publication of a result in the public record, so many days before the first start of the demonstration."""

    on_behalf_of: str
    days_ago: int
    replies: list[ReplySpec] = []


class SecondSaidSpec(DemoPart):
    """What the second rater said of an item, where it is not what the answer says in the end."""

    level: int | None = None
    reason: str = ""


class SecondRatingSpec(DemoPart):
    """A blind second rating, of the same day as the answers.

    `first` has the levels that the organiser had set before, where another was agreed on; `second` what the other
    said, where it is not the answer; `agreed` why both agreed on the answer as it is.
    """

    first: dict[str, int] = {}
    second: dict[str, SecondSaidSpec] = {}
    agreed: dict[str, str] = {}


class RoundSpec(DemoPart):
    """A round. Later rounds start from the answers of the one before, and say only what changed.

    `days_ago`, `started_days_ago`: how long before the first start of the demonstration it was submitted, and started.
    """

    title: str = ""
    days_ago: int = 0
    started_days_ago: int = 0
    board: BoardSpec | None = None
    published: PublishedSpec | None = None
    decided: DecisionSpec | None = None
    actions: list[ActionSpec] = []
    second_rating: SecondRatingSpec | None = None
    review: ReviewSpec | None = None
    annual: AnnualSpec | None = None
    answers: dict[str, AnswerSpec]


class ScreenerSpec(DemoPart):
    """A criterion."""

    choice: str
    note: str = ""


class DemoGoal(DemoPart):
    """A line of the goals register."""

    shared_goal: str = ""
    text: str = ""
    agreed_by: str = ""
    agreed_when: str = ""
    recorded_in: str = ""
    reservations: str = ""


class DocumentSpec(DemoPart):
    """A document of the evidence register. Answers name it by its address."""

    address: str
    title: str
    day: date | None = None
    source: Literal["", "own", "participant", "independent"] = ""
    note: str = ""


class ProcessSpec(DemoPart):
    """A whole file. `key` makes up the codes, by which a second run knows what is there."""

    key: str
    is_example: bool = False
    # Of an example: its days are the same wherever it is installed.
    coded_on: date | None = None
    is_invented: bool = False
    process: dict[str, str]
    # Not given: those that a new process begins with.
    groups: list[str] | None = None
    screener: dict[str, ScreenerSpec]
    goals: list[DemoGoal] = []
    documents: list[DocumentSpec] = []
    rounds: list[RoundSpec]

    @model_validator(mode="after")
    def _examples_have_a_day(self) -> Self:
        if self.is_example != (self.coded_on is not None):
            raise ValueError("an example has the day on which it was coded, and nothing else has one")
        return self

    @property
    def code(self) -> str:
        """The code of the process."""
        return f"demo-{self.key}"[:16]

    def answers(self, number: int) -> dict[str, AnswerSpec]:
        """All answers of a round, counted from 1."""
        found: dict[str, AnswerSpec] = {}
        for entry in self.rounds[:number]:
            found.update(entry.answers)
        return found


def read_specs() -> list[ProcessSpec]:
    """The shipped processes, by file name."""
    return [
        ProcessSpec.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
        for path in sorted(FOLDER.glob("*.yaml"))
    ]
