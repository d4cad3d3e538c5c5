"""Independent reviews in an archive: what was said, what was replied, and whether a signed result follows from it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from assessments.archive.paths import Problem
from assessments.archive.schema import Archive
from assessments.archive.schema_reviewed import (
    OpinionEntry,
    ReplyEntry,
    ReviewEntry,
    ReviewEventEntry,
    ReviewQuestionEntry,
)
from assessments.models import Assessment, ItemOpinion, OpinionReply, Review, ReviewEvent, ReviewQuestion
from assessments.vocabulary import ReviewState

STATED = ("affiliation", "interests", "reply_by", "number", "signed_as")
# Nobody but the reviewer reads these before the signature.
PAGE = ("solid", "not_solid", "board_asks")
OPINION = ("item", "made_for", "says", "level", "states", "seen", "reason")
ENDED = {ReviewState.DECLINED, ReviewState.WITHDRAWN}


def review_entries(assessment: Assessment) -> list[ReviewEntry]:
    """Return the reviews of an assessment, without drafts. Five queries, whatever was said."""
    rows = Review.objects.filter(assessment=assessment).order_by("pk")
    return [_entry(row) for row in rows.prefetch_related("opinions__replies", "questions", "events")]


def _entry(row: Review) -> ReviewEntry:
    signed = row.state == ReviewState.SIGNED
    fields: dict[str, Any] = {name: getattr(row, name) for name in STATED}
    fields |= {name: getattr(row, name) if signed else "" for name in PAGE}
    return ReviewEntry(
        **fields,
        state=row.state,  # type: ignore[arg-type]  # one of ReviewState
        reviewer=row.reviewer_name,
        invited_at=_utc(row.invited_at),
        accepted_at=_maybe(row.accepted_at),
        signed_at=_maybe(row.signed_at),
        opinions=[_opinion(opinion) for opinion in row.opinions.all() if opinion.sent_at is not None],
        questions=[_question(question) for question in row.questions.all()],
        events=[
            ReviewEventEntry(kind=event.kind, words=event.words, by=event.by_name, at=_utc(event.at))  # type: ignore[arg-type]  # one of its kinds
            for event in row.events.all()
        ],
    )


def _opinion(row: ItemOpinion) -> OpinionEntry:
    fields: dict[str, Any] = {name: getattr(row, name) for name in OPINION}
    return OpinionEntry(
        **fields,
        at=_utc(row.at),
        sent_at=_utc(row.sent_at or row.at),
        replies=[
            ReplyEntry(agrees=reply.agrees, reason=reply.reason, by=reply.by_name, at=_utc(reply.at))
            for reply in row.replies.all()
        ],
    )


def _question(row: ReviewQuestion) -> ReviewQuestionEntry:
    return ReviewQuestionEntry(
        item=row.item,
        text=row.text,
        asked_at=_utc(row.asked_at),
        answer=row.answer,
        answered_by=row.answered_by_name,
        answered_at=_maybe(row.answered_at),
    )


def review_problems(archive: Archive) -> Iterator[Problem]:
    """Return what does not fit of the reviews. What a signed result says of one is compared once both are stored."""
    standing = [entry for entry in archive.reviews if entry.state not in ENDED]
    if len(standing) > 1:
        yield "$.reviews: more than one of them was neither declined nor withdrawn"
    signed = [entry for entry in standing if entry.state == ReviewState.SIGNED.value]
    for index, entry in enumerate(archive.reviews):
        if (entry.state == ReviewState.SIGNED.value) != (entry.signed_at is not None):
            yield f"$.reviews[{index}].signed_at: a signed review, and no other, has the moment of its signature"
    last = archive.results[-1].document.review if archive.results and archive.assessment.state != "draft" else None
    if (last is not None) != bool(signed):
        yield "$.reviews: a signed review stands in the last result, and nothing else does"


def store_reviews(archive: Archive, assessment: Assessment) -> None:
    """Store the reviews of an archive; the reviewers have no account here."""
    for entry in archive.reviews:
        plain = entry.model_dump(exclude={"reviewer", "opinions", "questions", "events"})
        review = Review.objects.create(assessment=assessment, reviewer_name=entry.reviewer, **plain)
        for opinion in entry.opinions:
            row = ItemOpinion.objects.create(review=review, **opinion.model_dump(exclude={"replies"}))
            OpinionReply.objects.bulk_create(
                OpinionReply(opinion=row, by_name=reply.by, **reply.model_dump(exclude={"by"}))
                for reply in opinion.replies
            )
        ReviewQuestion.objects.bulk_create(
            ReviewQuestion(
                review=review, answered_by_name=question.answered_by, **question.model_dump(exclude={"answered_by"})
            )
            for question in entry.questions
        )
        ReviewEvent.objects.bulk_create(
            ReviewEvent(review=review, by_name=event.by, **event.model_dump(exclude={"by"})) for event in entry.events
        )


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def _maybe(moment: datetime | None) -> datetime | None:
    return None if moment is None else _utc(moment)
