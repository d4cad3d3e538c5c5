"""Submitting an assessment, which freezes its result, and reopening it."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.exceptions import InvalidAnswer, NotAllowed
from assessments.models import (
    Answer,
    Assessment,
    AssessmentEvent,
    FrozenResult,
    Process,
    Review,
    SecondRating,
)
from assessments.models.review import ACCEPTED
from assessments.rating.services.asking import GOING_ON, end_unfinished
from assessments.results.build import freeze
from assessments.retrying import retrying
from assessments.reviewing.services.signing import reopened, submitted_again
from assessments.signals import assessment_submitted, process_event
from assessments.vocabulary import AnswerState, AssessmentState, Track

if TYPE_CHECKING:
    from msgov.accounts.models import User


@retrying
@transaction.atomic
def submit_assessment(*, assessment: Assessment, user: "User") -> FrozenResult:
    """Freeze the answers into a numbered result; earlier submitted rounds of the process become superseded.

    Submitting again what is submitted answers with the same result: a second click does nothing. Raises NotAllowed
    where nothing was answered.
    """
    row = _locked(assessment)
    if not row.is_draft:
        return row.results.order_by("-number")[0]
    answered = Answer.objects.filter(
        response__assessment=row,
        response__track=Track.EVIDENCE,
        # Those of an earlier version, which the assessment was moved from, are kept but do not count.
        item__question_set=row.question_set_id,
    )
    if not answered.exclude(state=AnswerState.UNANSWERED).exists():
        raise NotAllowed(_("Answer at least one item before you submit: there is nothing to freeze yet."))
    is_rated, is_reviewed = _others_at_work(row)
    if is_rated:
        end_unfinished(assessment=row, user=user)
    row.state = AssessmentState.SUBMITTED
    row.submitted_at = timezone.now()
    row.submitted_by = user
    row.submitted_by_name = user.get_short_name()[:150]
    row.save(update_fields=["state", "submitted_at", "submitted_by", "submitted_by_name"])
    number = (row.results.aggregate(last=Max("number"))["last"] or 0) + 1
    result = freeze(assessment=row, number=number, user=user)
    _event(row, AssessmentEvent.Kind.SUBMITTED, user)
    _supersede_earlier(row, user)
    if is_reviewed:
        submitted_again(assessment=row, user=user, number=number)
    process_event.send(
        sender=submit_assessment,
        action="assessment.submitted",
        user=user,
        obj=row,
        details={"round": row.round, "number": number},
    )
    _take_over(assessment, row)
    transaction.on_commit(
        lambda: assessment_submitted.send(sender=submit_assessment, assessment=row, result=result, user=user),
        robust=True,
    )
    return result


def _supersede_earlier(row: Assessment, user: "User") -> None:
    earlier = list(
        Assessment.objects.filter(process_id=row.process_id, round__lt=row.round, state=AssessmentState.SUBMITTED)
    )
    Assessment.objects.filter(pk__in=[old.pk for old in earlier]).update(state=AssessmentState.SUPERSEDED)
    for old in earlier:
        _event(old, AssessmentEvent.Kind.SUPERSEDED, user)


@retrying
@transaction.atomic
def reopen_assessment(*, assessment: Assessment, user: "User", reason: str) -> None:
    """Make the latest submitted round a draft again; its frozen results stay.

    Raises InvalidAnswer without a reason, and NotAllowed unless it is the latest round and submitted.
    """
    reason = reason.strip()
    if not reason:
        raise InvalidAnswer(_("Say why you reopen it."), {"reason": _("Say why you reopen it.")})
    row = _locked(assessment)
    if row.is_draft:
        raise NotAllowed(_("This assessment is open already."))
    if Assessment.objects.filter(process_id=row.process_id, round__gt=row.round).exists():
        raise NotAllowed(_("Only the latest round can be reopened, and a later one has been started."))
    row.state = AssessmentState.DRAFT
    row.save(update_fields=["state"])
    _event(row, AssessmentEvent.Kind.REOPENED, user, reason[:2000])
    reopened(assessment=row, user=user)
    process_event.send(sender=reopen_assessment, action="assessment.reopened", user=user, obj=row, details={})
    _take_over(assessment, row)


def _locked(assessment: Assessment) -> Assessment:
    """The stored row; rounds of one process change their states one after the other."""
    Process.objects.select_for_update().get(pk=assessment.process_id)
    locked = Assessment.objects.select_for_update(of=("self",)).select_related("process")
    return locked.with_question_set().get(pk=assessment.pk)


def _others_at_work(row: Assessment) -> tuple[bool, bool]:
    """Whether a second rating has not come to its end, and whether a review goes on. One query, once it is locked."""
    ratings = SecondRating.objects.filter(assessment=row, state__in=GOING_ON)
    reviews = Review.objects.filter(assessment=row, state__in=ACCEPTED)
    found = Assessment.objects.filter(pk=row.pk).values_list(Exists(ratings), Exists(reviews))
    is_rated, is_reviewed = found.get()
    return is_rated, is_reviewed


def _event(row: Assessment, kind: AssessmentEvent.Kind, user: "User", reason: str = "") -> None:
    AssessmentEvent.objects.create(
        assessment=row, kind=kind, reason=reason, by=user, by_name=user.get_short_name()[:150]
    )


def _take_over(assessment: Assessment, row: Assessment) -> None:
    """Let the caller's instance show what is stored now."""
    for name in ("state", "submitted_at", "submitted_by_id", "submitted_by_name"):
        setattr(assessment, name, getattr(row, name))
