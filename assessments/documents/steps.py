"""The one list of steps as a document carries it, and the strengths beside it (method 3.13)."""

from operator import not_
from typing import Literal

from pydantic import Field

from assessments.documents.values import DocumentPart, Figure, Text


class AdviceText(DocumentPart):
    """A recommendation that the question set has for an item, with what calls for it (`Trigger`).

    `basis_case` names the case that the passage it rests on tells of: what is told there was seen elsewhere.
    """

    code: str
    trigger: str
    text: Text
    basis_quote: Text
    basis_lines: str
    basis_case: Text = Field(default={}, exclude_if=not_)


class StepPart(DocumentPart):
    """One step: what it asks for (`StepKind` of the scoring) and why (`StepReason`), its level for the order ("?" not
    known), and the points at stake. `in_head`: one of those to be done first, the concerns.

    `capped_because` says why a claim does not count in full. `texts` are the recommendations that fit, `settle_by` the
    evidence that would settle or show it.
    """

    item: str
    attribute: str
    short: Text
    kind: Literal["find_out", "show_it", "improve_it"]
    reason: Literal["not_known", "claimed_above", "blind_spot", "divided", "below_top"]
    level: str
    letter: str | None
    claimed_letter: str | None
    critical: bool
    flagged: bool
    at_stake: Figure
    in_head: bool
    capped_because: str
    texts: list[AdviceText]
    settle_by: Text
    # What the question set says of showing it, or of asking those who do not see it.
    hint: Text

    @property
    def standing(self) -> str | None:
        """The letter that decides on its place: the lower of what counts and what stakeholders say; None: not known."""
        return None if self.level == "?" else self.level


class StepsPart(DocumentPart):
    """The one list of steps, in order, and the strengths (item codes, best first), which are never steps.

    `all_full`: every item that applies has the letter F by its counted value.
    """

    steps: list[StepPart]
    strengths: list[str]
    all_full: bool

    @property
    def head(self) -> list[StepPart]:
        """What to do first: the concerns."""
        return [step for step in self.steps if step.in_head]

    @property
    def others(self) -> list[StepPart]:
        """What else there is to do."""
        return [step for step in self.steps if not step.in_head]
