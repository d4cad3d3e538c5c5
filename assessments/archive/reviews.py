"""Independent reviews in an archive: what was said, what was replied, and whether a signed result follows from it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from assessments.archive.paths import Problem
from assessments.archive.schema import (
    Archive,
    OpinionEntry,
    ReplyEntry,
    ReviewEntry,
    ReviewEventEntry,
    ReviewQuestionEntry,
)
from assessments.documents.review import OpinionPart
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
    """Return what does not fit of the reviews: what a signed result says has to be what was said and replied."""
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
        return
    if last is not None:
        path = f"$.results[{len(archive.results) - 1}].document.review"
        yield from (f"{path}.{problem}" for problem in _unlike(signed[0], last.opinions))
        for name in ("reviewer", "affiliation", "interests", "signed_as", "solid", "not_solid"):
            if getattr(last, name) != getattr(signed[0], name):
                yield f"{path}.{name}: is not what $.reviews says"


def _unlike(entry: ReviewEntry, opinions: list[OpinionPart]) -> Iterator[Problem]:
    """Opinions of a result that are not the last ones that were given, or have another reply."""
    said = {opinion.item: opinion for opinion in entry.opinions}
    for index, part in enumerate(opinions):
        own = said.get(part.item)
        if own is None or any(
            getattr(own, name) != getattr(part, name) for name in ("says", "level", "states", "seen", "reason")
        ):
            yield f"opinions[{index}]: is not what the reviewer said last"
            continue
        reply = own.replies[-1] if own.replies else None
        expected = "" if own.says != "proposes" else "none" if reply is None else _word(agrees=reply.agrees)
        if (part.reply, part.reply_reason) != (expected, reply.reason if reply else ""):
            yield f"opinions[{index}].reply: is not what the organiser replied last"


def _word(*, agrees: bool) -> str:
    return "agrees" if agrees else "disagrees"


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
