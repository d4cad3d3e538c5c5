"""A hostile member asks every address there is: nobody is told a rating by any of them before both have finished."""

from collections.abc import Callable
from copy import deepcopy

import pytest
from django.test import Client

from assessments.models import Answer, Assessment, RatedAnswer, Report, SecondRating
from assessments.rating.services.rating import finish_first, finish_second
from assessments.reports.content import report_on
from assessments.rounds.services.submission import submit_assessment
from assessments.vocabulary import RatingSide, ReportKind, Role
from msgov.accounts.models import User
from tests import builders
from tests.builders import ratings
from tests.every_address import differing, let_nothing_differ, shown_again, shown_everywhere
from tests.permission_world import PermissionWorld

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

FIRST = "Said by the first alone"
SECOND = "Said by the second alone"
# Those who may see most of a process; who is no member is sent away by the rules of every page.
OTHERS = ("contributor", "organiser")


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """No minute passes between two looks, and nothing is drawn."""
    let_nothing_differ(monkeypatch)


@pytest.fixture(scope="module")
def built(build_once: Callable[[Callable[[], PermissionWorld]], PermissionWorld]) -> PermissionWorld:
    """One of everything, once for all tests here."""
    return build_once(build)


@pytest.fixture
def world(built: PermissionWorld) -> PermissionWorld:
    return deepcopy(built)


def build() -> PermissionWorld:
    """With two answers on the paper, and a comment on them."""
    found = PermissionWorld("draft")
    builders.answer(found.assessment, "CR1a", 3, updated_by=found.organiser)
    Answer.objects.filter(response__assessment=found.assessment).update(comment=FIRST, updated_by=found.organiser)
    return found


def brought_to(world: PermissionWorld, stage: str, rater: User) -> SecondRating:
    """A rating at this stage, by this member."""
    member = world.process.memberships.get(user=rater)
    rating = ratings.begun(world.assessment, world.organiser, member)
    ratings.rate(rating, {"IT1a": 1, "CR1a": 1}, reason=SECOND)
    if stage in ("second finished", "revealed"):
        finish_second(rating=rating, user=rater)
    if stage in ("first finished", "revealed"):
        finish_first(rating=rating, user=world.organiser)
    return rating


def first_says(world: PermissionWorld, level: int) -> None:
    """The organiser's levels, in the answers, in what was written down, and in a paper on the draft made before."""
    Answer.objects.filter(response__assessment=world.assessment).update(value={"level": level})
    RatedAnswer.objects.filter(side=RatingSide.FIRST).update(value={"level": level})
    document = report_on(Assessment.objects.get(pk=world.assessment.pk), kind=ReportKind.BOARD)
    Report.objects.filter(pk=world.report.pk).update(document=document.model_dump(mode="json"))


# What `first_says` changes.
WRITTEN = (Answer, RatedAnswer, Report)


def asked_for(world: PermissionWorld, own: Assessment | None = None) -> list[str]:
    """Addresses that name the round, or search for what was said."""
    code, process = world.assessment.code, world.process.code
    both = f"code={code}&code={own.code if own else code}"
    return [
        f"/compare/result/?{both}",
        f"/compare/?{both}&rounds=all",
        f"/processes/{process}/over-time/?round={code}",
        "/processes/?q=Said+by+the+first",
        "/processes/?q=Said+by+the+second",
        "/?q=Said+by+the+first",
        *(f"/assessments/{code}/tables/{name}.{form}" for name in ("items", "attributes") for form in ("csv", "xlsx")),
        *(f"/assessments/{code}/{part}/CR1/" for part in ("questions", "second-rating/questions")),
    ]


@pytest.mark.parametrize(
    ("role", "stage"),
    [
        (Role.CONTRIBUTOR, "begun"),
        (Role.REVIEWER, "first finished"),
    ],
)
def test_no_address_tells_the_second_rater_what_the_first_said(world: PermissionWorld, role: Role, stage: str) -> None:
    rater = world.people[role]
    assert rater
    own = builders.assessment(builders.process(organiser=rater, name="Their own"))
    builders.answer(own, "CR1a", 2)
    submit_assessment(assessment=own, user=rater)
    rating = brought_to(world, stage, rater)
    client = Client()
    client.force_login(rater)
    first_says(world, 3)
    look = shown_everywhere(world, client, asked_for(world, own))
    first_says(world, 0)
    other = shown_again(look, world, client, WRITTEN, asked_for(world, own))
    assert [name for name, text in (*look.items(), *other.items()) if FIRST in text] == []
    assert "get assessments:second-rating" in other
    assert differing(look, other) == []
    # What is looked for would be found: it is, once both have finished.
    (finish_first if stage == "second finished" else finish_second)(
        rating=rating, user=world.organiser if stage == "second finished" else rater
    )
    if stage == "begun":
        finish_first(rating=rating, user=world.organiser)
    assert FIRST in client.get(f"/assessments/{world.assessment.code}/second-rating/").content.decode()


@pytest.mark.parametrize("column", OTHERS)
def test_no_address_tells_anybody_else_what_the_second_said(world: PermissionWorld, column: str) -> None:
    rater = world.people["reviewer"]
    assert rater
    brought_to(world, "second finished", rater)
    client = world.seen_by(column)
    second = RatedAnswer.objects.filter(side=RatingSide.SECOND)
    second.update(value={"level": 3})
    look = shown_everywhere(world, client, asked_for(world))
    second.update(value={"level": 0})
    other = shown_again(look, world, client, [RatedAnswer], asked_for(world))
    assert [name for name, text in (*look.items(), *other.items()) if SECOND in text] == []
    assert differing(look, other) == []
