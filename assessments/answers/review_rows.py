"""From the rows of a review to what it says, in a constant number of queries."""

from datetime import datetime, tzinfo

from django.utils import timezone

from assessments.answers.reviews import GivenOpinion, GivenReview
from assessments.documents.review import ReviewQuestionPart
from assessments.models import Assessment, ItemOpinion, OpinionReply, Review
from assessments.scoring.evidence import ReviewReply
from assessments.vocabulary import OpinionKind, ReviewState


def signed_review(assessment: Assessment) -> GivenReview | None:
    """Return the review that a reviewer signed and that holds. One query without one, four with one."""
    review = Review.objects.filter(assessment=assessment, state=ReviewState.SIGNED).first()
    return None if review is None else given_review(review, assessment.process.zone)


def given_review(review: Review, zone: tzinfo) -> GivenReview:
    """Return what a review says, of its last opinions that were sent. Three queries."""
    sent = review.opinions.exclude(sent_at=None).prefetch_related("replies")
    last = {opinion.item: opinion for opinion in sent}
    return GivenReview(
        reviewer=review.reviewer_name,
        affiliation=review.affiliation,
        interests=review.interests,
        invited_on=_day(review.invited_at, zone) or "",
        accepted_on=_day(review.accepted_at, zone) or "",
        reply_by=None if review.reply_by is None else review.reply_by.isoformat(),
        signed_on=_day(review.signed_at, zone) or "",
        signed_as=review.signed_as,
        solid=review.solid,
        not_solid=review.not_solid,
        board_asks=tuple(line for line in review.board_asks.splitlines() if line.strip()),
        opinions=tuple(_given_opinion(opinion, zone) for opinion in last.values()),
        questions=tuple(
            ReviewQuestionPart(
                item=row.item,
                asked=row.text,
                asked_on=_day(row.asked_at, zone) or "",
                answer=row.answer,
                answered_on=_day(row.answered_at, zone),
            )
            for row in review.questions.all()
        ),
    )


def _given_opinion(opinion: ItemOpinion, zone: tzinfo) -> GivenOpinion:
    reply = last_reply(opinion)
    said = ""
    if opinion.says == OpinionKind.PROPOSES:
        said = ReviewReply.NONE if reply is None else ReviewReply.AGREES if reply.agrees else ReviewReply.DISAGREES
    return GivenOpinion(
        item=opinion.item,
        says=opinion.says,
        level=opinion.level,
        states=opinion.states,
        seen=opinion.seen,
        reason=opinion.reason,
        reply=str(said),
        reply_reason=reply.reason if reply else "",
        replied_on=_day(reply.at, zone) if reply else None,
        made_for=opinion.made_for,
    )


def last_reply(opinion: ItemOpinion) -> OpinionReply | None:
    """The reply that holds, from replies that were read along."""
    replies = list(opinion.replies.all())
    return replies[-1] if replies else None


def _day(moment: datetime | None, zone: tzinfo) -> str | None:
    return None if moment is None else timezone.localdate(moment, zone).isoformat()
