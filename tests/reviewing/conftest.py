"""An assessment that was submitted, with somebody who reviews it."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass

import pytest
from django.test import Client

from assessments.models import Assessment, Membership, Review
from assessments.reviewing.answers import reviewed_answers
from assessments.reviewing.reading import reviewable
from assessments.reviewing.services.inviting import accept_review, invite_reviewer
from assessments.reviewing.services.opinions import OpinionEntered, save_opinions
from assessments.reviewing.services.signing import save_review_page
from assessments.rounds.services.submission import submit_assessment
from assessments.vocabulary import Role
from msgov.accounts.models import User
from tests import builders
from tests.builders import worked

Say = Callable[..., None]


@dataclass(frozen=True)
class ReviewWorld:
    """All four attributes are shown; ED1b and ED4c are not known."""

    organiser: User
    reviewer: User
    assessment: Assessment


@pytest.fixture(scope="module")
def submitted_once(build_once: Callable[[Callable[[], ReviewWorld]], ReviewWorld]) -> ReviewWorld:
    """Built once for all tests of a module."""
    return build_once(build)


def build() -> ReviewWorld:
    organiser = builders.user("organiser@example.org", name="Ona Organiser")
    reviewer = builders.user("reviewer@example.org", name="Rea Reviewer")
    process = builders.process(organiser=organiser, name="Northvale")
    Membership.objects.create(process=process, user=reviewer, role=Role.REVIEWER)
    assessment = builders.assessment(process)
    worked.everything(assessment)
    submit_assessment(assessment=assessment, user=organiser)
    return ReviewWorld(organiser, reviewer, assessment)


@pytest.fixture
def submitted(submitted_once: ReviewWorld) -> ReviewWorld:
    return deepcopy(submitted_once)


@pytest.fixture
def organiser(submitted: ReviewWorld) -> User:
    return submitted.organiser


@pytest.fixture
def reviewer(submitted: ReviewWorld) -> User:
    return submitted.reviewer


@pytest.fixture
def assessment(submitted: ReviewWorld) -> Assessment:
    return submitted.assessment


@pytest.fixture
def review(assessment: Assessment, organiser: User, reviewer: User) -> Review:
    """Accepted, with nothing said yet."""
    found = invite_reviewer(assessment=assessment, user=organiser, reviewer=reviewer)
    accept_review(review=found, user=reviewer, interests="None.", affiliation="Eastmarch University")
    found.refresh_from_db()
    return found


@pytest.fixture
def say(review: Review, reviewer: User) -> Say:
    """Say something of items: agree with all that can be agreed with, but for what is told."""

    def entered(**opinions: dict[str, object]) -> None:
        answers = reviewed_answers(review.assessment)
        entries = []
        for item, _weight in reviewable(answers.document):
            said = {"says": "agrees" if item.claimed else "cannot_tell"} | opinions.get(item.code, {})
            entries.append(OpinionEntered(item=item.code, made_for=answers.fingerprint(item.code), **said))  # type: ignore[arg-type]
        save_opinions(review=review, user=reviewer, entries=entries)
        save_review_page(review=review, user=reviewer, solid="The list.", not_solid="The log.", board_asks=["When?"])

    return entered


@pytest.fixture
def as_reviewer(client_for: Callable[[User], Client], reviewer: User) -> Client:
    return client_for(reviewer)


@pytest.fixture
def as_organiser(client_for: Callable[[User], Client], organiser: User) -> Client:
    return client_for(organiser)
