"""The first page and the help page."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from assessments.models import Report
from assessments.rounds.services.submission import submit_assessment
from assessments.vocabulary import AssessmentState, ReportKind, ReportState, Role
from msgov.accounts.models import User
from tests import builders

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]


def text(client: Client, address: str = "/") -> str:
    return client.get(address).content.decode()


def test_a_visitor_learns_what_this_is(client: Client) -> None:
    builders.question_set()

    html = text(client)

    assert "<li>Inclusiveness and transparency</li>" in html
    assert "Answer the 14 questions that the Internet Society’s paper puts to a process" in html
    assert "Try it in 8 minutes" in html
    # How long it takes, and what to have ready.
    assert "about 2 hours" in html
    assert "Have ready: who was invited and who came" in html
    names = ("account_login", "account_signup", "attributes:framework", "attributes:method", "assessments:quick-start")
    for name in names:
        assert f'href="{reverse(name)}"' in html


@pytest.mark.usefixtures("empty_site")
def test_a_visitor_of_an_empty_site_sees_no_empty_headings(client: Client) -> None:
    html = text(client)

    assert ">What it looks at<" not in html
    assert ">Examples to look at<" not in html
    assert "Try it in" not in html
    assert "Assessments open to everyone" not in html


def test_a_visitor_sees_what_everyone_may_read(client: Client) -> None:
    for visibility, state in [("public", "submitted"), ("signed_in", "submitted"), ("public", "draft")]:
        process = builders.process(name=f"{visibility} {state}", visibility=visibility)
        builders.assessment(process, state=AssessmentState(state), submitted_at=timezone.now())

    html = text(client)

    assert "><bdi>public submitted</bdi></a>" in html
    assert "signed_in" not in html
    assert "public draft" not in html


def test_the_page_shows_a_result_and_says_that_it_is_invented(client: Client) -> None:
    """Drawn where there is nothing to show; else that of the invented process, with its paper for the board."""
    process = builders.process(name="Real", visibility="public")
    real = builders.assessment(process)
    builders.answer(real, "IT1a", 2)
    submit_assessment(assessment=real, user=builders.user())
    html = text(client)
    assert "An invented process, drawn to show what a result looks like." in html
    assert html.count('<tr role="row">') == 5

    process = builders.process(name="Made up", visibility="public", is_invented=True)
    made_up = builders.assessment(process)
    builders.answer(made_up, "IT1a", 2)
    submit_assessment(assessment=made_up, user=builders.user())
    Report.objects.all().delete()
    html = text(client)
    assert "An invented process: Made up." in html
    assert reverse("assessments:assessment-results", args=[made_up.code]) in html
    assert "(PDF" not in html

    paper = Report(
        kind=ReportKind.BOARD, readers="public", state=ReportState.READY, document={}, cache_key="k", result_number=1
    )
    paper.save()
    paper.assessments.set([made_up])
    assert reverse("assessments:report-file", args=[paper.code]) in text(client)
    Report.objects.update(readers="members")
    assert "(PDF" not in text(client)


def test_examples_stand_apart_what_is_invented_first(client: Client) -> None:
    marks = [("Case", {"is_example": True}), ("Real", {}), ("Made up", {"is_invented": True})]
    for name, mark in marks:
        process = builders.process(name=name, visibility="public", **mark)
        builders.assessment(process, state=AssessmentState.SUBMITTED, submitted_at=timezone.now())
    context = client.get("/").context
    assert [one.process.name for one in context["examples"]] == ["Made up", "Case"]
    assert [one.process.name for one in context["public"]] == ["Real"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_for_visitors_needs_four_queries(
    count: int, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    builders.question_set()
    for _number in range(count):
        process = builders.process(visibility="public")
        builders.assessment(process, state=AssessmentState.SUBMITTED, submitted_at=timezone.now())
    client.get("/")  # reads the question set
    with django_assert_num_queries(4):
        client.get("/")


def test_examples_are_marked(client: Client) -> None:
    process = builders.process(visibility="public", is_invented=True)
    builders.assessment(process, state=AssessmentState.SUBMITTED, submitted_at=timezone.now())

    assert "Invented example" in text(client)


def test_somebody_new_is_told_how_to_begin(client_for: ClientFor) -> None:
    html = text(client_for(builders.user()))

    assert "You do not work on any process yet." in html
    assert reverse("assessments:process-create") in html


@pytest.mark.parametrize(
    ("role", "state", "step"),
    [
        (Role.ORGANISER, None, "Prepare and start an assessment"),
        (Role.ORGANISER, "draft", "Continue answering"),
        (Role.CONTRIBUTOR, "draft", "Continue answering"),
        (Role.CONTRIBUTOR, None, ""),
        (Role.REVIEWER, "draft", ""),
        (Role.REVIEWER, "submitted", "Read the results"),
    ],
)
def test_each_process_says_what_to_do_next(role: str, state: str | None, step: str, client_for: ClientFor) -> None:
    bob, process = builders.user(), builders.process()
    builders.member(process, bob, role)
    if state:
        builders.assessment(process, state=state)

    (row,) = client_for(bob).get("/").context["rows"]

    assert (row.process, row.role, row.step) == (process, Role(role).label, step)


def test_a_draft_far_down_is_still_found(client_for: ClientFor) -> None:
    ada = builders.user()
    old = builders.assessment(builders.process(organiser=ada))
    for _number in range(12):
        builders.process(organiser=ada)

    context = client_for(ada).get("/").context

    assert list(context["drafts"]) == [old]
    assert (len(context["rows"]), context["has_more"]) == (10, True)


@pytest.mark.parametrize("count", [1, 3])
def test_the_first_page_needs_as_many_queries_for_any_number(
    count: int, client_for: ClientFor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ada = builders.user()
    for _number in range(count):
        builders.assessment(builders.process(organiser=ada))
    client = client_for(ada)

    with django_assert_num_queries(14):
        client.get("/")


def test_help_names_whom_to_ask(client: Client, settings: object) -> None:
    settings.DEFAULT_FROM_EMAIL = "msgov team <ask@example.org>"  # type: ignore[attr-defined]

    html = text(client, reverse("help"))

    assert '<a href="mailto:ask@example.org">ask@example.org</a>' in html
    assert "files of up to 10 MB" in html
