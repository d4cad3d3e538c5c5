"""Questions given to members: who may, what the member sees and is mailed, the one reminder, and when it goes."""

import re
from collections.abc import Callable
from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from assessments.exceptions import NotAllowed, NotEditable
from assessments.models import Assessment, Membership, QuestionAssignment
from assessments.processes.services.members import change_role, remove_member
from assessments.rounds.services.assignments import give_question, remind_of_questions, take_question_back
from assessments.rounds.services.submission import submit_assessment
from assessments.vocabulary import Role
from attributes.documents.documents import Address
from attributes.documents.operations import remove
from attributes.exporting import plain
from msgov.accounts.models import User
from tests import builders
from tests.builders import versions

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]


@pytest.fixture
def cato(assessment: Assessment) -> Membership:
    return builders.member(assessment.process, builders.user("cato@example.org", name="Cato"), Role.CONTRIBUTOR)


def day(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def page(assessment: Assessment, question: str = "ED1", name: str = "question-give") -> str:
    return reverse(f"assessments:{name}", args=[assessment.code, question])


def hub(assessment: Assessment) -> str:
    return reverse("assessments:assessment-hub", args=[assessment.code])


# --- Giving and taking back -----------------------------------------------------------------------------------


def test_a_question_is_given_with_a_day_and_shown_where_it_matters(
    as_organiser: Client, assessment: Assessment, cato: Membership, client_for: ClientFor
) -> None:
    due = day(9)
    response = as_organiser.post(page(assessment), {"member": cato.pk, "due": due.isoformat()}, follow=True)
    html = text_of(response)
    assert "The question has been given to Cato." in html
    assert "Given to Cato, by" in html
    questions = {
        code: text_of(as_organiser.get(reverse("assessments:question", args=[assessment.code, code])))
        for code in ("ED1", "ED2")
    }
    assert "Given to Cato, by" in questions["ED1"]
    assert "Given to" not in questions["ED2"]

    home = text_of(client_for(cato.user).get("/"))
    assert "Waiting for you" in home
    assert "Answer question 7: Goals agreed beforehand" in home
    assert "Answer question" not in text_of(as_organiser.get("/"))


def test_what_is_answered_is_on_no_list_any_more(
    assessment: Assessment, organiser: User, cato: Membership, client_for: ClientFor
) -> None:
    give_question(assessment=assessment, user=organiser, question="ED2", member=cato)
    assert "Answer question 8: Feasible from the outset" in text_of(client_for(cato.user).get("/"))
    builders.answer(assessment, "ED2a", 1)
    assert "Answer question" not in text_of(client_for(cato.user).get("/"))


def test_it_is_given_to_another_and_taken_back(as_organiser: Client, assessment: Assessment, cato: Membership) -> None:
    own = assessment.process.memberships.get(role=Role.ORGANISER)
    as_organiser.post(page(assessment), {"member": cato.pk})
    as_organiser.post(page(assessment), {"member": own.pk})
    given = QuestionAssignment.objects.get()
    assert (given.member, given.due) == (own, None)
    as_organiser.post(page(assessment, name="question-take-back"))
    assert not QuestionAssignment.objects.exists()
    # Twice is no mistake.
    assert as_organiser.post(page(assessment, name="question-take-back")).status_code == 302


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Choose a member"),
        ({"member": "0"}, "Who is asked to answer it?"),
        ({"member": "cato", "due": "2020-01-01"}, "Choose a day that is not over"),
        ({"member": "cato", "due": "soon"}, "Enter a valid date"),
    ],
)
def test_what_cannot_be_taken_is_said(
    as_organiser: Client, assessment: Assessment, cato: Membership, data: dict[str, str], words: str
) -> None:
    data = {name: str(cato.pk) if value == "cato" else value for name, value in data.items()}
    response = as_organiser.post(page(assessment), data)
    assert response.status_code == 422
    assert words in text_of(response)
    assert not QuestionAssignment.objects.exists()


def test_only_members_who_answer_are_offered(as_organiser: Client, assessment: Assessment, cato: Membership) -> None:
    reader = builders.member(assessment.process, builders.user(name="Rui"), Role.REVIEWER)
    html = text_of(as_organiser.get(page(assessment)))
    assert "Cato" in html
    assert "Rui" not in html
    assert as_organiser.post(page(assessment), {"member": reader.pk}).status_code == 422
    assert as_organiser.get(page(assessment, "XX9")).status_code == 404


def test_services_refuse_what_no_page_offers(assessment: Assessment, organiser: User, cato: Membership) -> None:
    reader = builders.member(assessment.process, builders.user(), Role.REVIEWER)
    elsewhere = builders.member(builders.process(), builders.user(), Role.ORGANISER)
    for member in (reader, elsewhere):
        with pytest.raises(NotAllowed):
            give_question(assessment=assessment, user=organiser, question="ED1", member=member)
    builders.answer(assessment, "IT1a", 2)
    submit_assessment(assessment=assessment, user=organiser)
    with pytest.raises(NotEditable):
        give_question(assessment=assessment, user=organiser, question="ED1", member=cato)
    with pytest.raises(NotEditable):
        take_question_back(assessment=assessment, user=organiser, question="ED1")


# --- When it goes ---------------------------------------------------------------------------------------------


def test_it_goes_with_the_member_and_with_the_role(assessment: Assessment, organiser: User, cato: Membership) -> None:
    give_question(assessment=assessment, user=organiser, question="ED1", member=cato)
    change_role(membership=cato, role=Role.REVIEWER, user=organiser)
    assert not QuestionAssignment.objects.exists()
    change_role(membership=cato, role=Role.CONTRIBUTOR, user=organiser)
    give_question(assessment=assessment, user=organiser, question="ED1", member=cato)
    remove_member(membership=cato, user=organiser)
    assert not QuestionAssignment.objects.exists()


def test_it_follows_to_another_version_or_is_dropped_with_a_line(
    as_organiser: Client, assessment: Assessment, organiser: User, cato: Membership
) -> None:
    document = deepcopy(plain(builders.shipped_spec()))
    document["version"] = "2.0.0"
    remove(document, Address("question", "CO3"))
    newer = versions.store_next(document)
    for question in ("CO3", "CO4"):
        give_question(assessment=assessment, user=organiser, question=question, member=cato)

    where = reverse("assessments:assessment-move", args=[assessment.code])
    drawn = re.search(r'name="drawn_from" value="([^"]+)"', as_organiser.get(where).content.decode())
    assert drawn
    response = as_organiser.post(where, {"drawn_from": drawn[1], "to": newer.version, "action": "accept"}, follow=True)

    assert [given.question for given in QuestionAssignment.objects.all()] == ["CO4"]
    assert "1 question that a member was given is not in this version" in text_of(response)


# --- Mails ----------------------------------------------------------------------------------------------------


def test_the_member_is_told_and_whoever_takes_it_is_not(
    assessment: Assessment,
    organiser: User,
    cato: Membership,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    own = assessment.process.memberships.get(role=Role.ORGANISER)
    with django_capture_on_commit_callbacks(execute=True):
        give_question(assessment=assessment, user=organiser, question="ED1", member=cato, due=date(2126, 12, 10))
        give_question(assessment=assessment, user=organiser, question="ED1", member=cato, due=date(2126, 12, 10))
        give_question(assessment=assessment, user=organiser, question="ED2", member=own)
    assert [message.to for message in mail.outbox] == [["cato@example.org"]]
    assert "question 7 is for you" in mail.outbox[0].subject
    assert "asks you to answer question 7" in mail.outbox[0].body
    assert "by 10 December 2126." in mail.outbox[0].body


@pytest.mark.parametrize(
    ("days", "answered", "told"),
    [(2, False, True), (0, False, True), (3, False, False), (-1, False, False), (1, True, False)],
)
def test_one_reminder_two_days_before_if_it_is_still_open(
    assessment: Assessment,
    organiser: User,
    cato: Membership,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    days: int,
    answered: bool,
    told: bool,
) -> None:
    give_question(assessment=assessment, user=organiser, question="ED2", member=cato, due=day(days))
    if answered:
        builders.answer(assessment, "ED2a", 1)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert remind_of_questions() == told
        assert remind_of_questions() == 0
    assert len(mail.outbox) == told
    if told:
        assert "This is the only reminder." in mail.outbox[0].body


def test_nobody_is_reminded_of_what_was_submitted(assessment: Assessment, organiser: User, cato: Membership) -> None:
    give_question(assessment=assessment, user=organiser, question="ED2", member=cato, due=day(1))
    builders.answer(assessment, "IT1a", 2)
    submit_assessment(assessment=assessment, user=organiser)
    assert remind_of_questions() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_the_first_page_reads_what_was_given_at_once(
    organiser: User,
    client_for: ClientFor,
    cato: Membership,
    django_assert_num_queries: DjangoAssertNumQueries,
    count: int,
) -> None:
    for _number in range(count):
        other = builders.assessment(builders.process(organiser=organiser))
        member = builders.member(other.process, cato.user, Role.CONTRIBUTOR)
        for question in ("ED1", "ED2"):
            give_question(assessment=other, user=organiser, question=question, member=member)
    client = client_for(cato.user)
    client.get("/")
    with django_assert_num_queries(15):
        assert client.get("/").content.decode().count("line-name") >= 2 * count
