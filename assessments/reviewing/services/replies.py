"""What the organiser says: replies to proposals, and answers to questions."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.exceptions import InvalidAnswer, NotAllowed
from assessments.models import OpinionReply, Review, ReviewEvent, ReviewQuestion
from assessments.reviewing.services.events import happened, locked, tell
from assessments.reviewing.services.opinions import standing_of
from assessments.vocabulary import ReviewState

if TYPE_CHECKING:
    from msgov.accounts.models import User


@transaction.atomic
def reply_to_proposal(*, review: Review, user: "User", item: str, agrees: bool, reason: str = "") -> OpinionReply:
    """Agree to what was proposed for an item, or disagree with a reason; once the last is in, the reviewer is told.

    Raises InvalidAnswer without a reason to disagree, and NotAllowed where nothing was proposed, while the answers are
    being changed, or once the day for replies is over.
    """
    row = locked(review, ReviewState.REPLIES)
    if row.assessment.is_draft:
        raise NotAllowed(_("The answers are being changed. Reply once they are submitted again."))
    standing = standing_of(row, for_reviewer=False)
    entry = standing.item(item)
    if entry is None or not entry.is_proposal or entry.opinion is None:
        raise NotAllowed(_("Nothing was stored: there is no proposal for this item any more."))
    if standing.reply_day_is_over:
        raise NotAllowed(_("The day for replies is over: what has no reply counts as disagreement."))
    if not agrees and not reason.strip():
        words = _("Say why you disagree: both reasons are printed.")
        raise InvalidAnswer(words, {"reason": words})
    last = entry.reply
    if last is not None and (last.agrees, last.reason) == (agrees, reason.strip()):
        return last
    reply = OpinionReply.objects.create(
        opinion=entry.opinion,
        agrees=agrees,
        reason=reason.strip()[:2000],
        by=user,
        by_name=user.get_short_name()[:150],
    )
    if not [other for other in standing.waiting if other.item.code != item]:
        happened(row, ReviewEvent.Kind.REPLIED, user)
    return reply


@transaction.atomic
def answer_question(*, review: Review, user: "User", question: ReviewQuestion, text: str) -> None:
    """Answer what the reviewer asked, once; the reviewer gets a mail.

    Raises InvalidAnswer without words, and NotAllowed once it was answered or the review is over.
    """
    row = locked(review, ReviewState.IN_REVIEW, ReviewState.CHANGES_ASKED, ReviewState.REPLIES)
    stored = ReviewQuestion.objects.select_for_update().get(pk=question.pk, review=row)
    if stored.answered_at is not None:
        raise NotAllowed(_("Nothing was stored: this question has been answered."))
    if not text.strip():
        words = _("Write your answer.")
        raise InvalidAnswer(words, {"answer": words})
    stored.answer, stored.answered_at = text.strip()[:2000], timezone.now()
    stored.answered_by, stored.answered_by_name = user, user.get_short_name()[:150]
    stored.save()
    tell(row.assessment, "review.answered", user, reviewer=row.reviewer_id)
