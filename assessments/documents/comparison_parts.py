"""Parts of a comparison: what moved between two rounds, what processes can learn from each other, and their answers."""

from operator import not_
from typing import Literal

from pydantic import Field

from assessments.documents.values import DocumentPart, Figure, Text

# Why an item does not count between two results. "not_answered": not known in both rounds of one process;
# "other_kind": it does not apply to the kind of one of them.
Unmatched = Literal["reworded", "new", "gone", "not_answered", "other_kind"]
# How an item moved between two rounds, and what the change of an attribute is (`assessments.scoring.comparison`).
HowMoved = Literal["better_answer", "lower_answer", "better_shown", "less_shown", "claims_more", "claims_less"]
OverTime = Literal["better", "lower", "within_re_rating", "mostly_shown"]
NotOverTime = Literal["little_in_common", "reviews", "missing", "not_rebuilt"]
# How an item of a result stands in a comparison. "claimed": a letter that is not shown; "open": not known, or not told;
# "not_asked": another version of the question set, or the item in other words.
ItemState = Literal["shown", "claimed", "open", "not_applicable", "not_asked"]


class UnmatchedItem(DocumentPart):
    """An item that does not count where two results are compared, and why."""

    code: str
    short: Text
    why: Unmatched


class MovedItem(DocumentPart):
    """An item that moved between two rounds: how, and from what to what.

    Letters are those of the item in each result, "" without one. `new_links`: evidence that was not there before.
    """

    item: str
    short: Text
    how: HowMoved
    claimed_before: str
    claimed_after: str
    counted_before: str
    counted_after: str
    new_links: list[str]


class MovedPart(DocumentPart):
    """The points of a change that come from items that moved in one way."""

    how: HowMoved
    points: Figure


class RoundAttribute(DocumentPart):
    """One attribute in two rounds, on what applied and was answered both times.

    `before` and `after` are scores on these `items` alone, `difference` the sum of `parts`; points, None where `why`
    says why nothing is compared. `expected_moves`: about how many items another rating alone would move. `same_raters`:
    the level was set by the same person on at least half of the weight. `confirmed`: how many of the items were only
    confirmed: answered as before, on the same documents.
    """

    attribute: str
    share_before: Figure
    share_after: Figure
    items: int
    why: NotOverTime | None
    before: Figure | None
    after: Figure | None
    difference: Figure | None
    threshold: int | None
    same_raters: bool | None
    verdict: OverTime | None
    expected_moves: int | None
    confirmed: int = Field(default=0, exclude_if=not_)
    parts: list[MovedPart]
    moved: list[MovedItem]
    unmatched: list[UnmatchedItem]


class RoundsPair(DocumentPart):
    """Two rounds of one process, by the codes of their assessments."""

    earlier: str
    later: str
    attributes: list[RoundAttribute]


class ItemStanding(DocumentPart):
    """Where a process says that it stands on an item, and whether it shows it."""

    code: str
    letter: str
    shown: bool
    links: list[str]


class LearnFrom(DocumentPart):
    """An item that some processes claim fully, and show openly, and others put at N or P themselves."""

    item: str
    short: Text
    attribute: str
    critical: bool
    teachers: list[ItemStanding]
    learners: list[ItemStanding]


class SharedWeakness(DocumentPart):
    """An item that at least half of the processes that answered it, and at least two, put at N or P themselves."""

    item: str
    short: Text
    attribute: str
    critical: bool
    weak: list[ItemStanding]
    answered: int


class ComparedAnswer(DocumentPart):
    """What one result says of one item: the letter that it claims ("" without one), and how that stands."""

    code: str
    letter: str
    state: ItemState


class ComparedItem(DocumentPart):
    """A scored item in the wording that several were asked, with what each result says of it, in their order."""

    item: str
    revision: int
    short: Text
    attribute: str
    critical: bool
    answers: list[ComparedAnswer]

    def letters(self) -> list[str]:
        """The letters claimed, of those that have one."""
        return [answer.letter for answer in self.answers if answer.letter]


class AskedAs(DocumentPart):
    """What was asked: a version of the question set, and the kind of process where it leaves items out (else "")."""

    version: str
    kind: str


class AskedAttribute(DocumentPart):
    """What two have in common of one attribute: the share of the default weight in each, and the rest."""

    attribute: str
    older_share: Figure
    newer_share: Figure
    unmatched: list[UnmatchedItem]


class AskedPair(DocumentPart):
    """Two versions or kinds in the comparison. `same`: all scored items are the same, so full scores are compared."""

    older: AskedAs
    newer: AskedAs
    same: bool
    attributes: list[AskedAttribute]
