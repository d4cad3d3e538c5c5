"""All processes of a person side by side: letters, by alphabet, of what is frozen."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from assessments.models import Assessment, Process
from assessments.rounds.services.submission import submit_assessment
from assessments.vocabulary import Role
from msgov.accounts.models import User
from tests import builders

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]
ADDRESS = reverse("assessments:portfolio")


@pytest.fixture
def ada() -> User:
    return builders.user(name="Ada")


def submitted(ada: User, name: str, level: int | None = None, **fields: str) -> Process:
    process = builders.process(organiser=ada, name=name, **fields)
    assessment = builders.assessment(process)
    builders.answer(assessment, "IT1a", 1)
    if level is not None:
        answer_responsibility(assessment, level)
    submit_assessment(assessment=assessment, user=ada)
    return process


def answer_responsibility(assessment: Assessment, level: int) -> None:
    """All items of collective responsibility, with a document that nobody has opened: F is not reached."""
    for code in ("CR1a", "CR1b", "CR1c"):
        builders.answer(assessment, code, level, evidence_links="https://a.example", evidence_text="Page 3")


def test_letters_stand_by_alphabet_whatever_they_are(client_for: ClientFor, ada: User) -> None:
    submitted(ada, "Low", 1)
    submitted(ada, "High", 3)
    submitted(ada, "Open")
    builders.process(organiser=ada, name="New")
    foreign = builders.user(name="Bo")
    submitted(foreign, "Foreign", 3, visibility="public")

    portfolio = client_for(ada).get(ADDRESS).context["portfolio"]

    assert [row.head for row in portfolio.heat.rows] == ["High", "Low", "Open"]
    column = portfolio.heat.columns.index("Collective responsibility")
    cells = [row.cells[column] for row in portfolio.heat.rows]
    assert [(cell.letter, cell.state) for cell in cells] == [("L-", ""), ("P+", ""), ("", "withheld")]
    assert [process.name for process in portfolio.without] == ["New"]


def test_it_shows_the_last_submitted_round(client_for: ClientFor, ada: User) -> None:
    process = submitted(ada, "Forum", 1)
    later = builders.assessment(process, round=2)
    client = client_for(ada)
    assert client.get(ADDRESS).context["portfolio"].heat.rows[0].note.startswith("Round 1")

    answer_responsibility(later, 3)
    submit_assessment(assessment=later, user=ada)
    (row,) = client.get(ADDRESS).context["portfolio"].heat.rows
    assert row.note.startswith("Round 2")
    assert "L-" in [cell.letter for cell in row.cells]


@pytest.mark.parametrize(
    ("mark", "words"), [("is_invented", "Invented example"), ("is_example", "Example, coded from one text")]
)
def test_nobody_takes_an_example_for_a_finding(client_for: ClientFor, ada: User, mark: str, words: str) -> None:
    Process.objects.filter(pk=submitted(ada, "Forum").pk).update(**{mark: True})
    (row,) = client_for(ada).get(ADDRESS).context["portfolio"].heat.rows
    assert row.note.endswith(words)


def test_it_is_narrowed_by_text_and_tag(client_for: ClientFor, ada: User) -> None:
    submitted(ada, "Alpha", tags="water")
    submitted(ada, "Beta", tags="waterfront")
    client = client_for(ada)

    def names(query: str) -> list[str]:
        heat = client.get(ADDRESS + query).context["portfolio"].heat
        return [row.head for row in heat.rows] if heat else []

    assert names("?tag=water") == ["Alpha"]
    assert names("?q=bet") == ["Beta"]
    assert names("?q=gamma") == []
    assert "No process fits this filter." in client.get(ADDRESS + "?q=gamma").content.decode()


def test_who_works_on_nothing_is_told_so(client_for: ClientFor, ada: User) -> None:
    assert "You do not work on any process yet." in client_for(ada).get(ADDRESS).content.decode()


@pytest.mark.parametrize("count", [1, 4])
def test_the_page_needs_six_queries(
    count: int, client_for: ClientFor, ada: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        process = submitted(ada, f"P{number}")
        builders.member(process, builders.user(), Role.REVIEWER)
    client = client_for(ada)
    with django_assert_num_queries(6):
        client.get(ADDRESS)
