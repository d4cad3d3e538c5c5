"""Results of days gone by: examples that were coded from one text, and the first year of the invented process."""

from datetime import UTC, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from assessments.models import (
    Answer,
    AnswerVersion,
    Assessment,
    AssessmentEvent,
    EvidenceOpening,
    FrozenResult,
    KindChange,
)
from assessments.results.build import freeze
from assessments.signals import assessment_submitted
from assessments.vocabulary import AssessmentState

if TYPE_CHECKING:
    from msgov.accounts.models import User

NOON = time(12, tzinfo=UTC)


def days_ago(days: int) -> datetime:
    """Noon so many days before today; today, now if it is not noon yet."""
    return min(datetime.combine(timezone.localdate() - timedelta(days=days), NOON), timezone.now())


def submit_as_of(
    *, assessment: Assessment, moment: datetime, user: "User | None", started: datetime | None = None
) -> FrozenResult:
    """Freeze the first result of an assessment as of an earlier moment, in somebody's name or in nobody's.

    It was started then too, unless a moment before that is given.
    """
    answers = Answer.objects.filter(response__assessment=assessment)
    AnswerVersion.objects.filter(answer__in=answers).update(user=user, at=moment)
    answers.update(updated_by=user, updated_at=moment)
    openings = EvidenceOpening.objects.filter(response__assessment=assessment)
    openings.update(at=moment, day=moment.date())
    name = user.get_short_name()[:150] if user else ""
    assessment.created_at, assessment.submitted_at = started or moment, moment
    assessment.created_by = assessment.submitted_by = user
    assessment.submitted_by_name = name
    assessment.state = AssessmentState.SUBMITTED
    assessment.save(
        update_fields=["created_at", "created_by", "submitted_at", "submitted_by", "submitted_by_name", "state"]
    )
    KindChange.objects.filter(process=assessment.process).update(at=moment)
    result = freeze(assessment=assessment, number=1, user=user)
    FrozenResult.objects.filter(pk=result.pk).update(created_at=moment)
    AssessmentEvent.objects.create(assessment=assessment, kind=AssessmentEvent.Kind.SUBMITTED)
    AssessmentEvent.objects.filter(assessment=assessment).update(by=user, by_name=name, at=moment)
    send = partial(assessment_submitted.send, sender=submit_as_of, assessment=assessment, result=result, user=user)
    transaction.on_commit(send, robust=True)
    return result
