"""What was decided on a result and is done about it, in an archive file."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from assessments.archive.schema_parts import ArchivePart, Moment, Name, is_empty

ActionFields = Literal["text", "owner", "due", "known_by", "state", "happened", "closed_on", "reason"]


def _is_open(state: str) -> bool:
    return state == "open"


class ActionEventEntry(ArchivePart):
    """What happened to an action; `before` has what stood in each field that was changed."""

    kind: Literal["made", "changed", "done", "dropped", "reopened", "carried", "published", "hidden"]
    before: dict[ActionFields, Annotated[str, StringConstraints(max_length=1000)] | None] = Field(
        default={}, exclude_if=is_empty
    )
    note: Annotated[str, StringConstraints(max_length=1000)] = Field(default="", exclude_if=is_empty)
    by: Name
    at: Moment


class ActionEntry(ArchivePart):
    """Something that was promised, on the step of an item or on none, and what became of it.

    What follows `due` is left out where it says nothing; an action is open and not public where nothing is said.
    """

    item: Annotated[str, StringConstraints(max_length=50)]
    text: Annotated[str, StringConstraints(max_length=160)]
    owner: Annotated[str, StringConstraints(max_length=80)]
    due: date | None
    known_by: Annotated[str, StringConstraints(max_length=160)] = Field(default="", exclude_if=is_empty)
    state: Literal["open", "done", "dropped"] = Field(default="open", exclude_if=_is_open)
    happened: Annotated[str, StringConstraints(max_length=1000)] = Field(default="", exclude_if=is_empty)
    reason: Annotated[str, StringConstraints(max_length=500)] = Field(default="", exclude_if=is_empty)
    closed_on: date | None = Field(default=None, exclude_if=is_empty)
    is_public: bool = Field(default=False, exclude_if=is_empty)
    events: list[ActionEventEntry] = Field(default=[], exclude_if=is_empty)

    @model_validator(mode="after")
    def _says_what_became_of_it(self) -> Self:
        said = (bool(self.happened), bool(self.reason), self.closed_on is not None)
        # Of what is open may be said what happened so far.
        meant = {
            "open": ((False, False, False), (True, False, False)),
            "done": ((True, False, True),),
            "dropped": ((False, True, True),),
        }
        if said not in meant[self.state]:
            raise ValueError("what was done says what happened, what was dropped why, both on which day; else no day")
        return self


class BoardDecisionEntry(ArchivePart):
    """What the board or steering group decided on the result."""

    body: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    decided_on: date
    decision: Annotated[str, StringConstraints(min_length=1, max_length=1000)]
    comment: Annotated[str, StringConstraints(max_length=1000)]
    entered_by: Name
    entered_at: Moment


class AnnualEntry(ArchivePart):
    """What was chosen for the annual page: its title, its year in words, a foreword, and which actions it leaves out.

    Actions by their place in `actions`, from 0. Those of the round before are not in the archive of this one.
    """

    title: Annotated[str, StringConstraints(max_length=120)]
    year: Annotated[str, StringConstraints(max_length=20)]
    foreword: Annotated[str, StringConstraints(max_length=400)]
    left_out: list[Annotated[int, Field(ge=0)]] = Field(default=[], exclude_if=is_empty)


class BoardEntry(ArchivePart):
    """What was written for those who decide, what they decided, and the actions, in their order."""

    decision: Annotated[str, StringConstraints(max_length=600)]
    made_by: Annotated[str, StringConstraints(max_length=120)]
    checked_by: Annotated[str, StringConstraints(max_length=120)]
    commissioned_by: Annotated[str, StringConstraints(max_length=120)]
    interests: Annotated[str, StringConstraints(max_length=600)] = Field(default="", exclude_if=is_empty)
    # Left out where nothing was decided.
    decided: BoardDecisionEntry | None = Field(default=None, exclude_if=is_empty)
    actions: list[ActionEntry]
    # Left out where nothing was chosen.
    annual: AnnualEntry | None = Field(default=None, exclude_if=is_empty)

    @model_validator(mode="after")
    def _leaves_out_what_is_there(self) -> Self:
        if self.annual is not None and any(place >= len(self.actions) for place in self.annual.left_out):
            raise ValueError("the annual page leaves out an action that is not there")
        return self
