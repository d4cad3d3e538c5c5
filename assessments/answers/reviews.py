"""What a signed review says of an assessment, as plain values, and as the scoring takes it (method 3.14); then how it
is read from what is stored."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from fractions import Fraction

from django.utils import timezone

from assessments.answers.value import ANSWERED, DONT_KNOW, NOT_APPLICABLE, AnswerContent, link_lines
from assessments.documents.review import ReviewQuestionPart
from assessments.models import Assessment, ItemOpinion, OpinionReply, Review
from assessments.scoring import ScoringItem
from assessments.scoring.evidence import CountedItem, ReviewOpinion, ReviewReply
from assessments.scoring.method import ZERO
from assessments.scoring.model import ItemKind, ItemState
from assessments.vocabulary import OpinionKind, ReviewState


@dataclass(frozen=True, slots=True)
class GivenOpinion:
    """What a reviewer said of one item, and the last reply: "" where none was needed, "none" where none came."""

    item: str
    says: str
    level: int | None = None
    states: Mapping[str, str] | None = None
    seen: bool = False
    reason: str = ""
    reply: str = ""
    reply_reason: str = ""
    replied_on: str | None = None
    # The fingerprint of the answer it was said of; "" where it is known to be of the answer as it stands.
    made_for: str = ""


@dataclass(frozen=True, slots=True)
class GivenReview:
    """A signed review. Days are those of the time zone of the process."""

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
    board_asks: tuple[str, ...]
    opinions: tuple[GivenOpinion, ...]
    questions: tuple[ReviewQuestionPart, ...]


# --- What an opinion is of ---------------------------------------------------------------------------------------


def answer_fingerprint(content: AnswerContent, files: Iterable[str]) -> str:
    """Return the fingerprint of an answer with its evidence, without the comment; `files` are digests of contents."""
    has_lines = content.state in (ANSWERED, DONT_KNOW)
    said = {
        "state": content.state,
        "level": content.level if content.state == ANSWERED else None,
        "options": {key: [line.state, line.text] for key, line in content.options.items()} if has_lines else {},
        "other": content.other,
        "text": content.text,
        "reason": content.not_applicable_reason if content.state == NOT_APPLICABLE else "",
        "class": content.evidence_class,
        "words": content.evidence_text,
        "links": link_lines(content.evidence_links),
        "source": content.evidence_source,
        "files": sorted(set(files)),
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


# --- For the scoring ---------------------------------------------------------------------------------------------


def proposed_value(spec: ScoringItem, item: CountedItem, opinion: GivenOpinion) -> Fraction | None:
    """Return the value (0 to 1) that an opinion proposes; None where it proposes none.

    A list is proposed anew on the lines that are known, the others staying unknown; of a list of which nothing is
    known, on all lines that the reviewer gives a state.
    """
    if opinion.says != OpinionKind.PROPOSES:
        return None
    if spec.kind is ItemKind.RATING:
        return None if opinion.level is None else Fraction(min(opinion.level, spec.top_level), spec.top_level)
    worth = {state.key: state.credit for state in spec.states}
    proposed = {option: worth[state] for option, state in (opinion.states or {}).items() if state in worth}
    known = {line.option: line.credit for line in item.lines if line.credit is not None}
    credits = [proposed.get(option, credit) for option, credit in known.items()] or list(proposed.values())
    return sum(credits, ZERO) / len(credits) if credits else None


def holding(
    opinions: Iterable[GivenOpinion], contents: Mapping[str, AnswerContent], files: Mapping[str, Sequence[str]]
) -> tuple[GivenOpinion, ...]:
    """Return the opinions that are of the answers as they stand; contents and digests of files by the item's code."""
    return tuple(
        opinion
        for opinion in opinions
        if opinion.item in contents
        and opinion.made_for in ("", answer_fingerprint(contents[opinion.item], files.get(opinion.item, ())))
    )


def scored_opinions(
    specs: Sequence[ScoringItem], items: Mapping[str, CountedItem], opinions: Iterable[GivenOpinion]
) -> dict[str, ReviewOpinion]:
    """Return the opinions that settle what an item counts as, by its code; `items` count as without a review.

    Those who cannot tell settle nothing, nor do opinions on what does not apply, nor agreement with an answer that was
    not given.
    """
    by_code = {spec.code: spec for spec in specs}
    found = {}
    for opinion in opinions:
        item = items.get(opinion.item)
        if item is None or item.state is ItemState.NOT_APPLICABLE or opinion.says == OpinionKind.CANNOT_TELL:
            continue
        proposed = proposed_value(by_code[opinion.item], item, opinion)
        if proposed is None and (opinion.says != OpinionKind.AGREES or item.claimed is None):
            continue
        reply = ReviewReply(opinion.reply) if opinion.reply else ReviewReply.NONE
        found[opinion.item] = ReviewOpinion(proposed, opinion.seen, reply)
    return found


# --- As it is stored: a constant number of queries ------------------------------------------------------------------


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
