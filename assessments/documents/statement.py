"""The process statement: ten dated facts on how a result came about, told as facts and not as a mark.

No fact is better than another, none is counted, and nothing is concluded from them. What is not known is "not said",
never "no".
"""

from operator import not_
from typing import Literal, Self, get_args

from pydantic import Field, model_validator

from assessments.documents.panel_asked import ShortFormPart
from assessments.documents.values import DocumentPart, SpokenName, Text

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
