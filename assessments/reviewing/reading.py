"""A review as it stands: what was said of which item, what is to do, what waits for a reply."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from assessments.answers.reviews import last_reply
from assessments.documents.result import ItemResult, ResultDocument
from assessments.documents.values import exact
from assessments.models import Assessment, ItemOpinion, OpinionReply, Review, ReviewQuestion
from assessments.reviewing.answers import ReviewedAnswers
from assessments.scoring.method import OPTION_NOT_APPLICABLE, ZERO
from assessments.vocabulary import OpinionKind, ReviewState

FULL_LETTER = "F"


def standing_review(assessment: Assessment) -> Review | None:
    """The review of an assessment that was neither declined nor withdrawn. One query."""
    return Review.objects.standing().filter(assessment=assessment).select_related("reviewer", "invitation").first()


@dataclass(frozen=True)
class ReviewedItem:
    """One item in a review. `opinion` is the last one that may be seen, None where the item is (again) to be looked at.

    `outdated`: there is one, of an answer that was changed since. `must`: the method has every review look at it.
    """

    item: ItemResult
    weight: Fraction
    must: bool
    opinion: ItemOpinion | None
    outdated: bool
    reply: OpinionReply | None

    @property
    def is_draft(self) -> bool:
        """Whether it was not sent yet."""
        return self.opinion is not None and self.opinion.sent_at is None

    @property
    def is_proposal(self) -> bool:
        """Whether another answer is proposed."""
        return self.opinion is not None and self.opinion.says == OpinionKind.PROPOSES

    @property
    def waits(self) -> bool:
        """Whether the organiser has not replied to what was proposed."""
        return self.is_proposal and not self.is_draft and self.reply is None


class ReviewStanding:
    """Everything about a review that one reader may see."""

    def __init__(self, review: Review, answers: ReviewedAnswers, *, for_reviewer: bool, today: date) -> None:
        """Three queries. `for_reviewer`: with what was not sent yet, which nobody else sees."""
        rows = review.opinions.prefetch_related("replies")
        self.review = review
        self.answers = answers
        self.today = today
        self.history: list[ItemOpinion] = [row for row in rows if for_reviewer or row.sent_at is not None]
        last = {row.item: row for row in self.history}
        self.items = [self._item(item, weight, last) for item, weight in reviewable(answers.document)]
        self.questions: list[ReviewQuestion] = list(review.questions.all())

    def _item(self, item: ItemResult, weight: Fraction, last: Mapping[str, ItemOpinion]) -> ReviewedItem:
        found = last.get(item.code)
        holds = found is not None and found.made_for == self.answers.fingerprint(item.code)
        return ReviewedItem(
            item=item,
            weight=weight,
            must=must_be_reviewed(item),
            opinion=found if holds else None,
            outdated=found is not None and not holds,
            reply=last_reply(found) if found is not None and holds else None,
        )

    @property
    def to_do(self) -> list[ReviewedItem]:
        """The items that have to be looked at before the review can be signed, and were not."""
        return [entry for entry in self.items if entry.must and entry.opinion is None]

    @property
    def drafts(self) -> list[ReviewedItem]:
        """What was said and not sent."""
        return [entry for entry in self.items if entry.is_draft]

    @property
    def proposals(self) -> list[ReviewedItem]:
        """What was proposed and sent."""
        return [entry for entry in self.items if entry.is_proposal and not entry.is_draft]

    @property
    def waiting(self) -> list[ReviewedItem]:
        """Proposals without a reply."""
        return [entry for entry in self.items if entry.waits]

    @property
    def reply_day_is_over(self) -> bool:
        """Whether the day for replies has passed: what has none counts as disagreement."""
        return self.review.reply_by is not None and self.today > self.review.reply_by

    @property
    def can_be_signed(self) -> bool:
        """Whether nothing has to be done or awaited before the signature."""
        proposed = [entry for entry in self.drafts if entry.is_proposal]
        open_state = self.review.state in (ReviewState.IN_REVIEW, ReviewState.REPLIES)
        answered = not self.waiting or self.reply_day_is_over
        return open_state and not self.to_do and not proposed and answered

    def item(self, code: str) -> ReviewedItem | None:
        """One item by its code."""
        return next((entry for entry in self.items if entry.item.code == code), None)

    def after(self, code: str) -> ReviewedItem | None:
        """The next item to look at: what has to be, or else what nothing was said of."""
        codes = [entry.item.code for entry in self.items]
        place = codes.index(code) + 1 if code in codes else 0
        ordered = [*self.items[place:], *self.items[:place]]
        left = [entry for entry in ordered if entry.opinion is None and entry.item.code != code]
        return next((entry for entry in left if entry.must), left[0] if left else None)


def must_be_reviewed(item: ItemResult) -> bool:
    """Whether no review goes without it: a critical item, or one claimed to be fully achieved (method, 5.2)."""
    applies = item.state != OPTION_NOT_APPLICABLE
    return applies and (item.critical or item.claimed_letter == FULL_LETTER)


def reviewable(document: ResultDocument) -> list[tuple[ItemResult, Fraction]]:
    """The scored items in the order of what matters: critical ones, claims of F, then what weighs most."""
    found = [
        (item, exact(item.weight) or ZERO) for item in document.items().values() if item.scored and not item.by_kind
    ]
    return sorted(found, key=lambda entry: (not entry[0].critical, not must_be_reviewed(entry[0]), -entry[1]))
