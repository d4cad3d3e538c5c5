"""What a review is of, which is read once from what is frozen."""

import pytest

from assessments.models import Assessment, FrozenResult
from assessments.reviewing.answers import reviewed_answers
from tests import builders

pytestmark = pytest.mark.django_db


def test_it_is_read_once(assessment: Assessment) -> None:
    again = Assessment.objects.get(pk=assessment.pk)
    assert reviewed_answers(assessment) is reviewed_answers(again)


def test_a_copy_beside_the_original_is_read_as_what_it_is(assessment: Assessment) -> None:
    beside = builders.assessment(builders.process(name="Copied"))
    copied = FrozenResult.objects.get(assessment=assessment)
    copied.pk, copied.assessment = None, beside
    copied.save(force_insert=True)
    for each in (assessment, beside):
        assert reviewed_answers(each).document.assessment.code == each.code
