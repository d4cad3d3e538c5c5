"""Starting a round."""

import pytest

from assessments.exceptions import NotAllowed
from assessments.models import AssessmentEvent
from assessments.rounds.services.start import start_assessment
from assessments.vocabulary import AssessmentState
from attributes.models import QuestionSet, VersionStatus
from tests import builders

pytestmark = pytest.mark.django_db


def other_set(**fields: object) -> QuestionSet:
    """A second question set, published."""
    document = {"slug": "other", "version": "1.0.0", "title": {"en": "Other"}, "languages": ["en"], "attributes": []}
    found: QuestionSet = QuestionSet.objects.publish(document, digest="0" * 64, **fields)
    return found


def test_start_assessment_pins_the_set_and_opens_a_response() -> None:
    ada = builders.user(name="Ada")
    question_set = builders.question_set()

    assessment = start_assessment(process=builders.process(organiser=ada), user=ada)

    assert (assessment.round, assessment.state, assessment.question_set) == (1, "draft", question_set)
    assert list(assessment.responses.values_list("track", flat=True)) == ["evidence"]
    assert list(assessment.events.values_list("kind", "by", "by_name")) == [
        (AssessmentEvent.Kind.STARTED, ada.pk, "Ada")
    ]


def test_start_assessment_counts_rounds() -> None:
    ada = builders.user()
    process = builders.process(organiser=ada)
    builders.assessment(process, state=AssessmentState.SUBMITTED, round=4)

    assert start_assessment(process=process, user=ada).round == 5


def test_start_assessment_refuses_a_second_draft() -> None:
    ada = builders.user()
    process = builders.process(organiser=ada)
    builders.assessment(process)

    with pytest.raises(NotAllowed, match="There is a draft already"):
        start_assessment(process=process, user=ada)

    assert process.assessments.count() == 1


def test_start_assessment_asks_which_of_several_sets() -> None:
    ada = builders.user()
    builders.question_set()
    other = other_set()

    with pytest.raises(NotAllowed, match="Choose the question set"):
        start_assessment(process=builders.process(organiser=ada), user=ada)

    chosen = start_assessment(process=builders.process(organiser=ada), user=ada, question_set=other)
    assert chosen.question_set == other


@pytest.mark.usefixtures("empty_site")
def test_start_assessment_needs_a_published_set() -> None:
    ada = builders.user()
    process = builders.process(organiser=ada)

    with pytest.raises(NotAllowed, match="No question set has been published"):
        start_assessment(process=process, user=ada)
    with pytest.raises(NotAllowed, match="not open for new assessments"):
        start_assessment(process=process, user=ada, question_set=other_set(status=VersionStatus.RETIRED))
