"""The reviewer's page and signature, which freezes a result; and what submitting again or reopening does to it."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.answers.reviews import given_review
from assessments.exceptions import InvalidAnswer, NotAllowed
from assessments.models import Assessment, AssessmentEvent, FrozenResult, Process, Review, ReviewEvent
from assessments.models.review import ACCEPTED
from assessments.results.build import freeze
from assessments.retrying import retrying
from assessments.reviewing.services.events import happened, working
from assessments.reviewing.services.opinions import USUAL_TIME, standing_of
from assessments.signals import assessment_submitted
from assessments.vocabulary import ReviewState
from assessments.zones import today_in

if TYPE_CHECKING:
    from msgov.accounts.models import User


@transaction.atomic
def save_review_page(*, review: Review, user: "User", solid: str, not_solid: str, board_asks: Sequence[str]) -> None:
    """Store what the reviewer writes: what is solid, what is not, what the board should ask. A draft until signed."""
    row = working(review, user, ReviewState.IN_REVIEW, ReviewState.REPLIES)
    row.solid, row.not_solid = solid.strip(), not_solid.strip()
    asked = [" ".join(line.split()) for line in board_asks]
    row.board_asks = "\n".join(line for line in asked if line)
    row.save(update_fields=["solid", "not_solid", "board_asks"])


@retrying
@transaction.atomic
def sign_review(
    *, review: Review, user: "User", name: str, confirmed: bool, at: datetime | None = None
) -> FrozenResult:
    """Sign a review: its opinions count from now on, in a new result of the assessment that carries the review.

    `at` is the moment of the signature, now unless it is told.

    Raises InvalidAnswer without name or confirmation, or with an empty page, and NotAllowed while something is to be
    looked at, or a reply is awaited.
    """
    Process.objects.select_for_update().get(pk=review.assessment.process_id)
    row = working(review, user, ReviewState.IN_REVIEW, ReviewState.REPLIES)
    _refuse_unfinished(row)
    errors = {}
    if not name.strip():
        errors["name"] = _("Write your name.")
    if not confirmed:
        errors["confirmed"] = _("Confirm that this is your own view.")
    if errors:
        raise InvalidAnswer(next(iter(errors.values())), errors)
    now = at or timezone.now()
    row.opinions.filter(sent_at=None).update(sent_at=now)
    row.state, row.signed_at, row.signed_as = ReviewState.SIGNED, now, name.strip()[:150]
    assessment = row.assessment
    number = (assessment.results.aggregate(last=Max("number"))["last"] or 0) + 1
    row.number = number
    row.save()
    given = given_review(row, assessment.process.zone)
    result = freeze(assessment=assessment, number=number, user=assessment.submitted_by, review=given)
    signed = AssessmentEvent.objects.create(
        assessment=assessment, kind=AssessmentEvent.Kind.REVIEWED, by=user, by_name=user.get_short_name()[:150]
    )
    event = happened(row, ReviewEvent.Kind.SIGNED, user, number=number)
    if at is not None:
        AssessmentEvent.objects.filter(pk=signed.pk).update(at=at)
        ReviewEvent.objects.filter(pk=event.pk).update(at=at)
    # Papers are drawn of it, as of any result that holds.
    transaction.on_commit(
        lambda: assessment_submitted.send(sender=sign_review, assessment=assessment, result=result, user=user),
        robust=True,
    )
    return result


def _refuse_unfinished(row: Review) -> None:
    standing = standing_of(row, for_reviewer=True)
    if standing.to_do:
        codes = ", ".join(entry.item.code for entry in standing.to_do)
        raise NotAllowed(_("Look at these items first: %(codes)s.") % {"codes": codes})
    if any(entry.is_proposal for entry in standing.drafts):
        raise NotAllowed(_("Send what you propose first, so that the organiser can reply."))
    if standing.waiting and not standing.reply_day_is_over:
        raise NotAllowed(_("The organiser can still reply: sign once all replies are in, or their day is over."))
    if not row.solid or not row.not_solid:
        raise NotAllowed(_("Write first what is solid and what is not."))


def submitted_again(*, assessment: Assessment, user: "User", number: int) -> None:
    """Go on with a review once the assessment is submitted anew. For the transaction of the submission."""
    review = Review.objects.filter(assessment=assessment, state__in=ACCEPTED).first()
    if review is None:
        return
    waiting = standing_of(review, for_reviewer=False).waiting
    review.state = ReviewState.REPLIES if waiting else ReviewState.IN_REVIEW
    review.number = number
    # What was proposed for answers that are as they were waits for a reply from here on.
    review.reply_by = today_in(assessment.process.zone) + USUAL_TIME if waiting else None
    review.save(update_fields=["state", "number", "reply_by"])
    happened(review, ReviewEvent.Kind.RESUBMITTED, user)


def reopened(*, assessment: Assessment, user: "User") -> None:
    """Take a signature back once answers can be changed: it stays with the result it was given for.

    For the transaction of the reopening.
    """
    review = Review.objects.filter(assessment=assessment, state=ReviewState.SIGNED).first()
    if review is None:
        return
    review.state, review.signed_at, review.signed_as = ReviewState.IN_REVIEW, None, ""
    review.save(update_fields=["state", "signed_at", "signed_as"])
    happened(review, ReviewEvent.Kind.REOPENED, user)
