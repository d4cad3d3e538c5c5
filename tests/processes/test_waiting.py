"""What waits for a person, on the first page: what is late first, then by day."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.models import Action, QuestionAssignment, SecondRating
from assessments.processes.waiting import WaitingTask, waiting_for_person
from assessments.vocabulary import ActionState, Role, SecondRatingState
from msgov.accounts.models import User
from tests import builders
from tests.builders.panels import in_days, launched

pytestmark = pytest.mark.django_db


def give(to: User, question: str, days: int | None) -> QuestionAssignment:
    process = builders.process(name=f"Process of {question}")
    membership = builders.member(process, to, Role.CONTRIBUTOR)
    given = QuestionAssignment(assessment=builders.assessment(process), question=question, member=membership)
    given.due = None if days is None else given.today + timedelta(days=days)
    given.save()
    return given


def test_what_is_late_comes_first_and_what_has_no_day_last() -> None:
    ada = builders.user()
    for question, days in [("IT1", None), ("IT2", 5), ("IT3", -2), ("IT4", 1)]:
        give(ada, question, days)

    found = waiting_for_person(ada)

    assert [(one.process, one.is_late) for one in found] == [
        ("Process of IT3", True),
        ("Process of IT4", False),
        ("Process of IT2", False),
        ("Process of IT1", False),
    ]
    assert found[0].when.startswith("since ")
    assert found[1].when.startswith("by ")
    assert found[3].when == ""


def test_a_note_stands_after_the_day() -> None:
    assert WaitingTask("Do", "Forum", "/", note="by hand").when == "by hand"


@pytest.mark.parametrize(("days", "is_told"), [(13, True), (15, False)])
def test_who_runs_a_panel_is_told_when_it_closes_soon(days: int, is_told: bool) -> None:
    organiser = builders.user()
    wave = launched(organiser, closes_on=in_days(days))
    address = reverse("assessments:panel", args=[wave.assessment.code])
    reader = builders.user()
    builders.member(wave.assessment.process, reader, Role.REVIEWER)

    assert [one.href for one in waiting_for_person(organiser)] == ([address] if is_told else [])
    assert waiting_for_person(reader) == []


def test_actions_that_are_late_or_due_soon_wait_for_members() -> None:
    ada = builders.user()
    assessment = builders.assessment(builders.process(organiser=ada, name="Forum"))
    for text, days in [("Late", -3), ("Soon", 3), ("Far", 90)]:
        Action.objects.create(assessment=assessment, text=text, owner="Secretariat", due=in_days(days))
    Action.objects.create(assessment=assessment, text="Done", due=in_days(-3), state=ActionState.DONE)

    found = waiting_for_person(ada)

    assert [(one.what, one.is_late) for one in found] == [("Late", True), ("Soon", False)]
    assert found[0].href == reverse("assessments:actions", args=[assessment.code])
    assert found[0].when.endswith("· Secretariat")
    assert waiting_for_person(builders.user()) == []


def test_a_second_rating_waits_for_who_was_asked_until_it_is_finished() -> None:
    rater = builders.user()
    process = builders.process()
    builders.member(process, rater, Role.REVIEWER)
    row = SecondRating.objects.create(assessment=builders.assessment(process), rater=rater)
    address = reverse("assessments:second-rating", args=[row.assessment.code])

    assert [(one.what, one.href) for one in waiting_for_person(rater)] == [
        ("Say whether you give a second rating", address)
    ]
    SecondRating.objects.update(state=SecondRatingState.RATING)
    assert [one.what for one in waiting_for_person(rater)] == ["Go on with your second rating"]
    SecondRating.objects.update(second_finished_at=timezone.now())
    assert waiting_for_person(rater) == []


def test_the_first_page_shows_it(client: Client) -> None:
    ada = builders.user()
    given = give(ada, "IT3", -2)
    client.force_login(ada)

    html = client.get("/").content.decode()

    assert "Waiting for you" in html
    assert reverse("assessments:question", args=[given.assessment.code, "IT3"]) in html
    assert ">Late<" in html
