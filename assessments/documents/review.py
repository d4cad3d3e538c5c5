"""The review of a result as the document carries it: who reviewed, what was said of each item, what was replied, and
which value counts (method 3.14)."""

from typing import Literal

from assessments.documents.values import DocumentPart, Figure


class OpinionPart(DocumentPart):
    """What the reviewer said of one item, and what became of it.

    `level` is the level proposed to a rating item, `states` those proposed to the lines of a list, by option; `seen`:
    the reviewer has seen the evidence. `reply` is "" where none was needed, "none" where none came by the day set,
    which counts as disagreement.
    Values are 0 to 1: `proposed` as it was proposed (None: none was), `organiser` the supported one, `reviewer` what
    was proposed or agreed to, within the cap of evidence that was not seen, `counts` the one that holds, by `basis`.
    They are None and "" where the reviewer could not tell, or where there is nothing to settle.
    """

    item: str
    says: Literal["agrees", "proposes", "cannot_tell"]
    level: int | None
    states: dict[str, str]
    seen: bool
    reason: str
    reply: Literal["", "agrees", "disagrees", "none"]
    reply_reason: str
    replied_on: str | None
    proposed: Figure | None
    organiser: Figure | None
    reviewer: Figure | None
    counts: Figure | None
    basis: Literal["", "organiser", "reviewer_lower", "consensus"]
    disputed: bool


class ReviewQuestionPart(DocumentPart):
    """Something the reviewer asked, about an item or (with an empty `item`) about the whole, and the answer."""

    item: str
    asked: str
    asked_on: str
    answer: str
    answered_on: str | None


class ReviewedAttributePart(DocumentPart):
    """How much of the weight of an attribute the reviewer has spoken on (a share of one)."""

    code: str
    share: Figure
    is_reviewed: bool


class ReviewPart(DocumentPart):
    """A signed review. Days are in the time zone of the document.

    `interests` are those the reviewer declared. `solid`, `not_solid` and `board_asks` are the reviewer's page: what is
    solid, what is not, what the board should ask. `share` is the mean over the attributes that apply; `is_reviewed`:
    every one of them reaches the share that is needed. `disputed` are the codes of the items in dispute.
    """

    reviewer: str
    affiliation: str
    interests: str
    invited_on: str
    accepted_on: str
    reply_by: str | None
    signed_on: str
    signed_as: str
    solid: str
    not_solid: str
    board_asks: list[str]
    opinions: list[OpinionPart]
    questions: list[ReviewQuestionPart]
    attributes: list[ReviewedAttributePart]
    share: Figure
    is_reviewed: bool
    disputed: list[str]

    def opinion(self, item: str) -> OpinionPart | None:
        """What was said of an item, None where nothing was."""
        return next((entry for entry in self.opinions if entry.item == item), None)

    def attribute(self, code: str) -> ReviewedAttributePart | None:
        """How far an attribute was reviewed, None where it does not apply."""
        return next((entry for entry in self.attributes if entry.code == code), None)
