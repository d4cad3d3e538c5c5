"""The reviews of the invented processes: asked for, written, replied to and signed as people would do it."""

from datetime import datetime
from typing import TYPE_CHECKING

from assessments.demo.earlier_seeding import days_ago
from assessments.demo.spec import OpinionSpec, ReviewSpec
from assessments.models import Assessment, FrozenResult, OpinionReply, Review, ReviewEvent
from assessments.reviewing.answers import ReviewedAnswers, reviewed_answers
from assessments.reviewing.reading import reviewable
from assessments.reviewing.services.inviting import accept_review, invite_reviewer
from assessments.reviewing.services.opinions import OpinionEntered, ask_organiser, save_opinions, send_opinions
from assessments.reviewing.services.replies import answer_question, reply_to_proposal
from assessments.reviewing.services.signing import save_review_page, sign_review

if TYPE_CHECKING:
    from msgov.accounts.models import User


def seed_review(*, spec: ReviewSpec, assessment: Assessment, organiser: "User", reviewer: "User") -> FrozenResult:
    """Have a submitted assessment reviewed; returns the result that carries the review."""
    review = invite_reviewer(assessment=assessment, user=organiser, reviewer=reviewer)
    accept_review(review=review, user=reviewer, interests=spec.interests, affiliation=spec.affiliation)
    for entry in spec.questions:
        question = ask_organiser(review=review, user=reviewer, text=entry.asked, item=entry.item)
        answer_question(review=review, user=organiser, question=question, text=entry.answer)
    save_opinions(review=review, user=reviewer, entries=_opinions(spec, reviewed_answers(assessment)))
    save_review_page(
        review=review, user=reviewer, solid=spec.solid, not_solid=spec.not_solid, board_asks=spec.board_asks
    )
    send_opinions(review=review, user=reviewer)
    for code, said in spec.opinions.items():
        if said.reply:
            reply_to_proposal(
                review=review, user=organiser, item=code, agrees=said.reply == "agrees", reason=said.reply_reason
            )
    if not spec.signed_days_ago:
        return sign_review(review=review, user=reviewer, name=reviewer.name, confirmed=True)
    signed = days_ago(spec.signed_days_ago)
    _move_back(review, days_ago(spec.invited_days_ago), signed)
    result = sign_review(review=review, user=reviewer, name=reviewer.name, confirmed=True, at=signed)
    FrozenResult.objects.filter(pk=result.pk).update(created_at=signed)
    return result


def _move_back(review: Review, invited: datetime, signed: datetime) -> None:
    """Let a review be one of an earlier year: begun when it was asked for, and all else on the day of the signature."""
    Review.objects.filter(pk=review.pk).update(invited_at=invited, accepted_at=invited, reply_by=signed.date())
    review.opinions.update(at=signed, sent_at=signed)
    OpinionReply.objects.filter(opinion__review=review).update(at=signed)
    review.questions.update(asked_at=invited, answered_at=signed)
    review.events.update(at=signed)
    review.events.filter(kind__in=[ReviewEvent.Kind.INVITED, ReviewEvent.Kind.ACCEPTED]).update(at=invited)


def _opinions(spec: ReviewSpec, answers: ReviewedAnswers) -> list[OpinionEntered]:
    found = []
    for item, _weight in reviewable(answers.document):
        said = spec.opinions.get(item.code)
        if said is None and item.claimed is not None:
            said = OpinionSpec(says="agrees", seen=bool(item.evidence_links))
        if said is not None:
            found.append(
                OpinionEntered(
                    item=item.code,
                    made_for=answers.fingerprint(item.code),
                    says=said.says,
                    level=said.level,
                    seen=said.seen,
                    reason=said.reason,
                )
            )
    return found
