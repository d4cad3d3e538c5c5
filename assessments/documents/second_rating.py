"""A second rating as a result carries it: both ratings, how far they agree, and what was agreed on (method 3.14)."""

from typing import Literal

from assessments.documents.values import DocumentPart, Figure


class RatedLine(DocumentPart):
    """One line of a list as it was answered; lines that were left open have none."""

    key: str
    state: str
    text: str


class RatedValue(DocumentPart):
    """What was said of an item: `said` is the state answered, `level` that of a rating item, `reason` the words beside
    it."""

    said: Literal["unanswered", "answered", "dont_know", "not_applicable"]
    level: int | None
    lines: list[RatedLine]
    not_applicable_reason: str
    reason: str

    def states(self) -> dict[str, str]:
        """The states of the lines that have one, by key."""
        return {line.key: line.state for line in self.lines if line.state}

    def same_as(self, other: "RatedValue") -> bool:
        """Whether both say the same, whatever words stand beside it."""
        return (self.said, self.level, self.states()) == (other.said, other.level, other.states())


class RatedItem(DocumentPart):
    """One item under either rater. `apart`: by how many levels the two differ, None where not both gave one.

    `consensus` is what both agreed on, with the reason and the day in `agreed_on`; without one the first rating counts.
    `changed_since`: what counts is neither, because the answer was changed afterwards.
    """

    code: str
    first: RatedValue
    second: RatedValue
    apart: int | None
    consensus: RatedValue | None
    agreed_on: str
    changed_since: bool

    @property
    def differs(self) -> bool:
        """Whether both rated it, and not alike. Who does not know has not rated."""
        rated = {"answered", "not_applicable"}
        return {self.first.said, self.second.said} <= rated and not self.first.same_as(self.second)


class RaterBandPart(DocumentPart):
    """The score of one attribute under either rater (points), on the `items` both answered, and the band between.

    The figures are None where there is no such item.
    """

    attribute: str
    first: Figure | None
    second: Figure | None
    low: Figure | None
    high: Figure | None
    items: list[str]


class SecondRatingPart(DocumentPart):
    """A second rating in which both have finished.

    Of `n` rating items that both rated `exact` have the same level and `within_one` levels at most one apart. `kappa`
    is the quadratic weighted one, None where it is not defined; `counts_only`: too few items for anything but counts.
    `is_blind` is false where the second rater had seen answers of this round before. `items` are those that apply, in
    the order of the question set. Days are those of the process; the name is that of then.
    """

    rater: str
    is_blind: bool
    invited_on: str
    first_finished_on: str
    second_finished_on: str
    n: int
    exact: int
    within_one: int
    kappa: Figure | None
    counts_only: bool
    bands: list[RaterBandPart]
    items: list[RatedItem]

    @property
    def to_agree(self) -> list[RatedItem]:
        """The items on which the two differ and nothing was agreed yet."""
        return [item for item in self.items if item.differs and item.consensus is None]

    @property
    def agreed(self) -> list[RatedItem]:
        """The items for which it was written down what both agreed on."""
        return [item for item in self.items if item.consensus is not None]

    @property
    def far_apart(self) -> int:
        """On how many items the two are two levels apart or more."""
        return self.n - self.within_one

    def item(self, code: str) -> RatedItem | None:
        """What both said of an item, if the rating has it."""
        return next((item for item in self.items if item.code == code), None)
