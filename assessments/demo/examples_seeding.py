"""Examples coded from one text: nobody answered them, and their days are those on which they were coded."""

from datetime import UTC, date, datetime, time
from functools import partial

from django.db import transaction

from assessments.models import Answer, AnswerVersion, Assessment, AssessmentEvent, FrozenResult, KindChange
from assessments.results.build import freeze
from assessments.signals import assessment_submitted
from assessments.vocabulary import AssessmentState

NOON = time(12, tzinfo=UTC)


def submit_example(*, assessment: Assessment, coded_on: date) -> FrozenResult:
    """Freeze an example as of the day it was coded, in nobody's name."""
    moment = datetime.combine(coded_on, NOON)
    answers = Answer.objects.filter(response__assessment=assessment)
    AnswerVersion.objects.filter(answer__in=answers).update(user=None, at=moment)
    answers.update(updated_by=None, updated_at=moment)
    assessment.created_at = assessment.submitted_at = moment
    assessment.created_by = None
    assessment.state = AssessmentState.SUBMITTED
    assessment.save(update_fields=["created_at", "created_by", "submitted_at", "state"])
    KindChange.objects.filter(process=assessment.process).update(at=moment)
    result = freeze(assessment=assessment, number=1, user=None)
    FrozenResult.objects.filter(pk=result.pk).update(created_at=moment)
    AssessmentEvent.objects.create(assessment=assessment, kind=AssessmentEvent.Kind.SUBMITTED)
    AssessmentEvent.objects.filter(assessment=assessment).update(by=None, by_name="", at=moment)
    send = partial(assessment_submitted.send, sender=submit_example, assessment=assessment, result=result, user=None)
    transaction.on_commit(send, robust=True)
    return result
