"""The first page and the help page."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from assessments.vocabulary import AssessmentState, Role
from msgov.accounts.models import User
from tests import builders

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]


def text(client: Client, address: str = "/") -> str:
    return client.get(address).content.decode()


def test_a_visitor_learns_what_this_is(client: Client) -> None:
    builders.question_set()

    html = text(client)

    assert "<h3>Inclusiveness and transparency</h3>" in html
    assert html.count('<li class="card-plain">') == 4
    assert "Answer the paper’s 14 questions" in html
    for name in ("account_login", "account_signup", "attributes:framework", "attributes:method"):
        assert f'href="{reverse(name)}"' in html


@pytest.mark.usefixtures("empty_site")
def test_a_visitor_of_an_empty_site_sees_no_empty_headings(client: Client) -> None:
    html = text(client)

    assert ">The attributes<" not in html
    assert "Assessments open to everyone" not in html


def test_a_visitor_sees_what_everyone_may_read(client: Client) -> None:
    for visibility, state in [("public", "submitted"), ("signed_in", "submitted"), ("public", "draft")]:
        process = builders.process(name=f"{visibility} {state}", visibility=visibility)
        builders.assessment(process, state=AssessmentState(state), submitted_at=timezone.now())

    html = text(client)

    assert "><bdi>public submitted</bdi></a>" in html
    assert "signed_in" not in html
    assert "public draft" not in html


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
def test_the_first_page_needs_eight_queries(
    count: int, client_for: ClientFor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ada = builders.user()
    for _number in range(count):
        builders.assessment(builders.process(organiser=ada))
    client = client_for(ada)

    with django_assert_num_queries(8):
        client.get("/")


def test_help_names_whom_to_ask(client: Client, settings: object) -> None:
    settings.DEFAULT_FROM_EMAIL = "msgov team <ask@example.org>"  # type: ignore[attr-defined]

    html = text(client, reverse("help"))

    assert '<a href="mailto:ask@example.org">ask@example.org</a>' in html
    assert "files of up to 10 MB" in html
