"""The round before this one: what stood where then, and whether what changed is more than rating again would give.

Made from two frozen results (method 3.10, over time), for the results page and the reports of the later one.
"""

from typing import Literal

from assessments.documents.comparison import Reason
from assessments.documents.comparison_parts import MovedItem, NotOverTime
from assessments.documents.values import DocumentPart, Figure

Since = Literal["better", "lower", "within_re_rating", "mostly_shown", "not_compared"]


class AttributeThen(DocumentPart):
    """One attribute of the later round: how it stood in the earlier one, and what became of it.

    `letter` and `score` (points) are those of the earlier result, None where it gave none or did not have the
    attribute. `verdict` is that of the rule over time, on the items that were answered both times; `why` says why
    nothing is compared, and is None where something is. An item that moved is named whatever the verdict.
    """

    code: str
    letter: str | None
    score: Figure | None
    verdict: Since
    why: NotOverTime | Reason | None
    moved: list[MovedItem]


class LastTimePart(DocumentPart):
    """The round before: which it was, and the attributes in the order of the later round."""

    code: str
    title: str
    round: int
    submitted_on: str | None
    attributes: list[AttributeThen]

    @property
    def moved(self) -> list[MovedItem]:
        """All items that moved, in the order of the questions."""
        return [item for entry in self.attributes for item in entry.moved]

    def attribute(self, code: str) -> AttributeThen | None:
        """What is said of an attribute; None where the later round does not have it."""
        return next((entry for entry in self.attributes if entry.code == code), None)

    def with_verdict(self, verdict: Since) -> list[str]:
        """The codes of the attributes of which the rule says this."""
        return [entry.code for entry in self.attributes if entry.verdict == verdict]
