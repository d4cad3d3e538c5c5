"""Who may open which page of a second rating, in every state of it: before, one finished, both."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Assessment, SecondRating
from assessments.rating.services.rating import finish_first, finish_second
from assessments.vocabulary import Role
from msgov.accounts.models import User
from tests import builders
from tests.asking import ask_cheaply, draw_refusals_once, taken_back
from tests.builders import ratings

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]

WHO = ("stranger", "reader", "contributor", "rater", "organiser", "admin")
STATES = ("asked", "begun", "second finished", "first finished", "revealed", "submitted")

# By page: looking and sending, by state. 302 leads on, 422 is the empty form.
GET: dict[str, dict[str, str]] = {
    "second-rating": {
        "asked": "404  403  200  302  200  200",
        "begun": "404  403  200  200  200  200",
        "second finished": "404  403  200  200  200  200",
        "first finished": "404  403  200  200  200  200",
        "revealed": "404  403  200  200  200  200",
        "submitted": "404  200  200  200  200  200",
    },
    "second-rating-question": {
        "asked": "404  403  403  302  403  403",
        "begun": "404  403  403  200  403  403",
        "second finished": "404  403  403  302  403  403",
        "first finished": "404  403  403  200  403  403",
        "revealed": "404  403  403  302  403  403",
        "submitted": "404  403  403  302  403  403",
    },
    "second-rating-check": {
        "asked": "404  403  403  302  403  403",
        "begun": "404  403  403  200  403  403",
        "second finished": "404  403  403  302  403  403",
        "first finished": "404  403  403  200  403  403",
        "revealed": "404  403  403  302  403  403",
        "submitted": "404  403  403  302  403  403",
    },
    "second-rating-first": {
        "asked": "404  403  403  403  200  403",
        "begun": "404  403  403  403  200  403",
        "second finished": "404  403  403  403  200  403",
        "first finished": "404  403  403  403  302  403",
        "revealed": "404  403  403  403  302  403",
        "submitted": "404  403  403  403  302  403",
    },
    "second-rating-withdraw": {
        "asked": "404  403  403  403  200  403",
        "begun": "404  403  403  403  200  403",
        "second finished": "404  403  403  403  200  403",
        "first finished": "404  403  403  403  200  403",
        "revealed": "404  403  403  403  302  403",
        "submitted": "404  403  403  403  302  403",
    },
    # Before both have finished there is nothing to look at together.
    "second-rating-agree": {
        "asked": "404  403  302  403  302  403",
        "begun": "404  403  302  403  302  403",
        "second finished": "404  403  302  403  302  403",
        "first finished": "404  403  302  403  302  403",
        "revealed": "404  403  200  403  200  403",
        "submitted": "404  403  302  403  302  403",
    },
}
POST: dict[str, dict[str, str]] = {
    "second-rating-begin": {
        "asked": "404  403  403  422  403  403",
        **dict.fromkeys(STATES[1:], "404  403  403  302  403  403"),
    },
    "second-rating-first": dict.fromkeys(STATES, "404  403  403  403  302  403"),
    "second-rating-withdraw": dict.fromkeys(STATES, "404  403  403  403  302  403"),
    "second-rating-decline": dict.fromkeys(STATES, "404  403  403  302  403  403"),
    "second-rating-check": dict.fromkeys(STATES, "404  403  403  302  403  403"),
}
# What else of the round could tell a level. The reader sees no drafts at all.
CLOSED = ("assessment-hub", "assessment-check", "assessment-results", "assessment-history", "assessment-archive")
RATER_READS = {"submitted": 200}


@pytest.fixture(autouse=True)
def cheaply(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only who may do what is asked here."""
    ask_cheaply(monkeypatch)
    draw_refusals_once(monkeypatch)


def bring_to(state: str, assessment: Assessment, organiser: User, rater: User) -> SecondRating:
    """A rating in this state."""
    member = assessment.process.memberships.get(user=rater)
    if state == "asked":
        return ratings.asked(assessment, organiser, member)
    rating = ratings.begun(assessment, organiser, member)
    ratings.rate(rating, {"CR1a": 1})
    if state in ("second finished", "revealed", "submitted"):
        finish_second(rating=rating, user=rater)
    if state in ("first finished", "revealed", "submitted"):
        finish_first(rating=rating, user=organiser)
    if state == "submitted":
        from assessments.rounds.services.submission import submit_assessment  # noqa: PLC0415

        submit_assessment(assessment=assessment, user=organiser)
    return rating


def answered(client: Client, method: str, address: str) -> int:
    """The status, with whatever was done undone."""
    with taken_back(client):
        response = getattr(client, method)(address)
        if response.streaming:
            b"".join(response)
    return int(response.status_code)


@pytest.mark.parametrize("state", STATES)
def test_everybody_gets_the_answer_meant_for_them_in_every_state(
    assessment: Assessment, organiser: User, client_for: ClientFor, state: str
) -> None:
    people = {
        "stranger": builders.user(),
        "reader": builders.member(assessment.process, builders.user(), Role.REVIEWER).user,
        "contributor": builders.member(assessment.process, builders.user(), Role.CONTRIBUTOR).user,
        "rater": ratings.rater_of(assessment).user,
        "organiser": organiser,
        "admin": builders.user(is_superuser=True, is_staff=True),
    }
    bring_to(state, assessment, organiser, people["rater"])
    more = {"second-rating-question": ["CR1"], "second-rating-agree": ["CR1a"]}
    wrong = []
    for at, who in enumerate(WHO):
        client = client_for(people[who])
        for method, table in (("get", GET), ("post", POST)):
            for name, rows in table.items():
                address = reverse(f"assessments:{name}", args=[assessment.code, *more.get(name, [])])
                meant = int(rows[state].split()[at])
                if (status := answered(client, method, address)) != meant:
                    wrong.append(f"{method} {name} as {who}: {status}, not {meant}")
    client = client_for(people["rater"])
    for name in CLOSED:
        meant = RATER_READS.get(state, 403)
        if name == "assessment-hub" or name == "assessment-check":
            meant = 403  # a reader opens neither, before or after
        status = answered(client, "get", reverse(f"assessments:{name}", args=[assessment.code]))
        if status != meant:
            wrong.append(f"get {name} as rater: {status}, not {meant}")
    assert wrong == []
