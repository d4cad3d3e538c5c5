"""A second rating as a result carries it: both ratings, how far they agree, and what was agreed on (method 3.14)."""

from typing import Literal

from assessments.documents.values import DocumentPart, Figure


class RatedLine(DocumentPart):
    """One line of a list as one of the two answered it; both empty where it was left open."""

    key: str
    state: str
    text: str


class RatedValue(DocumentPart):
    """What one of the two said of an item: `said` is the state answered, `level` that of a rating item.

    `reason` is what they wrote beside it; of the first side it is empty, the comment of the item being theirs. `by`
    is the name as it was then, empty where nobody knows it.
    """

    said: Literal["unanswered", "answered", "dont_know", "not_applicable"]
    level: int | None
    lines: list[RatedLine]
    not_applicable_reason: str
    reason: str
    by: str


class AgreedPart(DocumentPart):
    """What both agreed on for an item, with the reason, who wrote it down and when."""

    said: Literal["unanswered", "answered", "dont_know", "not_applicable"]
    level: int | None
    lines: list[RatedLine]
    not_applicable_reason: str
    reason: str
    by: str
    on: str


class RatedItem(DocumentPart):
    """One item under either rater. `apart`: by how many levels the two differ, None where not both gave one.

    `differs` also says so of lists; `consensus` is None where nothing was agreed (yet): then the first rating counts.
    `changed_since`: the answer that counts is neither of what is said here, because it was changed afterwards.
    """

    code: str
    first: RatedValue
    second: RatedValue
    apart: int | None
    differs: bool
    consensus: AgreedPart | None
    changed_since: bool


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
    the order of the question set. Days are those of the process.
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
        """The items for which a consensus was written down."""
        return [item for item in self.items if item.consensus is not None]

    def item(self, code: str) -> RatedItem | None:
        """What both said of an item, if the rating has it."""
        return next((item for item in self.items if item.code == code), None)
