"""One document for each report: all that is drawn, and how, so that the same document gives the same bytes. With what
only papers and the public record add to a result: the words of a board paper, the look, and the process statement.

The statement has ten dated facts on how a result came about, told as facts and not as a mark. No fact is better than
another, none is counted, and nothing is concluded from them. What is not known is "not said", never "no".
"""

from operator import not_
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import Field, model_validator

from assessments.documents.actions import ActionPart, DecisionPart
from assessments.documents.annual import AnnualDocument
from assessments.documents.both_tracks import JointDocument
from assessments.documents.comparison import ComparisonDocument
from assessments.documents.last_time import LastTimePart
from assessments.documents.over_time import OverTimeDocument
from assessments.documents.panel_asked import ShortFormPart
from assessments.documents.result import ResultDocument
from assessments.documents.values import DocumentPart, SpokenName, Text, is_none

FORMAT: Literal["msgov-report/1"] = "msgov-report/1"

FactKey = Literal[
    "commissioned",
    "asked",
    "response",
    "second_rater",
    "reviewed",
    "reply",
    "opened",
    "actions",
    "published",
    "conflicts",
]
Said = Literal["yes", "no", "not_said"]
FACTS: tuple[FactKey, ...] = get_args(FactKey)

# What a report can show, by field, and of which kinds it is then.
SHOWN: dict[str, tuple[str, ...]] = {
    "result": ("board", "full"),
    "joint": ("board", "full"),
    "comparison": ("comparison",),
    "over_time": ("over_time",),
    "annual": ("annual",),
}


class BoardPart(DocumentPart):
    """What the organiser wrote for those who decide; "" where nothing was written.

    `decision` is what the board is asked, `decided` what it decided; `actions` as far as readers may have them.
    """

    decision: str = ""
    made_by: str = ""
    checked_by: str = ""
    commissioned_by: str = ""
    decided: DecisionPart | None = None
    actions: list[ActionPart] = []


class BrandPart(DocumentPart):
    """How the organisation's papers look. `logo` is a PNG in base64; each may be "": then msgov's own look holds."""

    name: str = ""
    colour: Annotated[str, Field(pattern=r"^(#[0-9a-f]{6})?$")] = ""
    logo: str = ""


class GroupAnswered(DocumentPart):
    """How many of a group were invited and answered; `answered` is None where that is not told.

    `group_names` is what it is called, by language.
    """

    group: str
    invited: int
    answered: int | None
    group_names: Text = Field(default={}, exclude_if=not_)
    of_group = SpokenName("group", "group_names")


class InterestDeclared(DocumentPart):
    """What somebody declared of their interests, in their words. `by` is a name, or "" of the organiser."""

    role: Literal["reviewer", "organiser"]
    by: str
    words: str


class StatementFact(DocumentPart):
    """One fact: said yes, no or not at all; on which day, and how many of how many.

    What `count` and `of` count depends on the fact: groups asked of groups named; answers of people invited; items
    rated a second time; attributes reviewed of all; proposals and questions of the review replied to of all; links and
    files opened of all; actions done of those promised. `shown` counts pieces of evidence that were found to show the
    point, `open` and `dropped` the other actions, `number` is that of the public record or of the round before,
    `is_blind` says whether the second rater did not see the first rating, `short_form`
    how much of the full questionnaire was asked where the short one was.
    """

    key: FactKey
    said: Said
    on: str = ""
    who: list[str] = []
    count: int | None = None
    of: int | None = None
    shown: int | None = None
    open: int | None = None
    dropped: int | None = None
    number: str = ""
    is_blind: bool | None = None
    short_form: ShortFormPart | None = Field(default=None, exclude_if=not_)
    groups: list[GroupAnswered] = []
    declared: list[InterestDeclared] = []


class StatementPart(DocumentPart):
    """The ten facts, always all of them and in this order.

    It names no day of its own: as long as no fact changes it stays the same, and so does the report it stands in.
    """

    facts: list[StatementFact]

    @model_validator(mode="after")
    def _has_all(self) -> Self:
        if tuple(fact.key for fact in self.facts) != FACTS:
            raise ValueError("a process statement has its ten facts, in their order")
        return self

    def fact(self, key: FactKey) -> StatementFact:
        """The fact with this key."""
        return self.facts[FACTS.index(key)]


class ReportDocument(DocumentPart):
    """Everything a report shows. Exactly one of the things of SHOWN is there, and it fits the `kind`.

    `last` is the round before. `readers` may read it; what stands in it is no more than they may have.
    """

    format: Literal["msgov-report/1"] = FORMAT
    kind: Literal["board", "full", "comparison", "over_time", "annual"]
    paper: Literal["A4", "Letter"]
    readers: Literal["public", "accounts", "members", "steering"]
    annexes: list[Literal["answers", "figures", "method", "principles"]] = []
    result: ResultDocument | None = None
    joint: JointDocument | None = None
    comparison: ComparisonDocument | None = None
    # Left out of the form where there is none, so that what was stored before keeps its form.
    over_time: OverTimeDocument | None = Field(default=None, exclude_if=is_none)
    annual: AnnualDocument | None = Field(default=None, exclude_if=is_none)
    # The results that are compared, or stand side by side: not printed, but carried, so that figures can be checked.
    sources: list[ResultDocument] = Field(default=[], exclude_if=not_)
    last: LastTimePart | None = None
    board: BoardPart = BoardPart()
    brand: BrandPart = BrandPart()
    # In full reports: how the result came about.
    statement: StatementPart | None = None

    @model_validator(mode="after")
    def _shows_one_thing(self) -> Self:
        shown = [name for name in SHOWN if getattr(self, name) is not None]
        if len(shown) != 1:
            raise ValueError("a report shows exactly one thing")
        if self.kind not in SHOWN[shown[0]]:
            raise ValueError("what is shown is of another kind")
        if self.joint and self.joint.is_restricted and self.readers != "steering":
            raise ValueError("what groups said of each item is for the steering group only")
        return self

    @property
    def evidence(self) -> ResultDocument:
        """The result it shows, alone or beside what stakeholders say; ValueError where it shows no one result."""
        shown = self.joint or self.annual
        found = shown.result if shown else self.result
        if found is None:
            raise ValueError("what it shows is not one result")
        return found


def as_report(
    shown: ResultDocument | JointDocument | ComparisonDocument | OverTimeDocument | AnnualDocument,
    *,
    kind: Literal["board", "full"] = "full",
    **how: Any,
) -> ReportDocument:
    """Return what is shown as a report, for one assessment of this `kind`. `how`: other fields."""
    is_restricted = isinstance(shown, JointDocument) and shown.is_restricted
    how = {"paper": "A4", "readers": "steering" if is_restricted else "members", **how}
    if isinstance(shown, ComparisonDocument):
        return ReportDocument(kind="comparison", comparison=shown, **how)
    if isinstance(shown, OverTimeDocument):
        return ReportDocument(kind="over_time", over_time=shown, **how)
    if isinstance(shown, AnnualDocument):
        return ReportDocument(kind="annual", annual=shown, **how)
    if isinstance(shown, JointDocument):
        return ReportDocument(kind=kind, joint=shown, **how)
    return ReportDocument(kind=kind, result=shown, **how)
