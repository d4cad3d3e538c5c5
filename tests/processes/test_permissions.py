"""Rights, and that they agree with what a person can see."""

from collections.abc import Callable
from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest

from assessments.models import Assessment, Process
from assessments.permissions import (
    NONE,
    RIGHTS,
    VISITOR,
    Right,
    may_open,
    process_for,
    require_visible,
    rights_in,
    with_reader_role,
)
from assessments.vocabulary import AssessmentState, Role, Visibility
from tests import builders

STATES = [None, AssessmentState.DRAFT, AssessmentState.SUBMITTED, AssessmentState.SUPERSEDED]
PEOPLE = ["anonymous", "stranger", *Role.values, "site admin"]


# Of those who look at the work of organisers.
NOT_OF_ORGANISERS = {Right.MODERATE, Right.REVIEW}


def test_organisers_have_every_right_but_those_of_who_looks_at_their_work() -> None:
    assert RIGHTS[Role.ORGANISER] == frozenset(Right) - NOT_OF_ORGANISERS


@pytest.mark.parametrize("right", [Right.SUBMIT, Right.REOPEN, Right.MANAGE_MEMBERS, Right.EDIT_PROCESS])
def test_only_organisers_decide(right: Right) -> None:
    assert [role for role in Role.values if right in RIGHTS[role]] == [Role.ORGANISER]


def test_site_admins_write_no_answers() -> None:
    assert not RIGHTS["site_admin"] & {Right.EDIT_ANSWERS, Right.EDIT_CONTEXT, Right.EDIT_PROCESS, Right.SUBMIT}


def test_visitors_only_read() -> None:
    assert RIGHTS[VISITOR] == {Right.VIEW_PROCESS, Right.VIEW_RESULTS, Right.DOWNLOAD}


@pytest.mark.django_db
@pytest.mark.parametrize("who", PEOPLE)
def test_visible_to_and_rights_agree(who: str) -> None:
    """Whatever the visibility and the state: a person finds exactly what they have rights in."""
    process: Process
    worlds = []
    for visibility, states in product(Visibility.values, product(STATES, STATES)):
        process = builders.process(visibility=visibility)
        rounds = [
            Assessment.objects.create(process=process, question_set=question_set, round=number, state=state)
            for question_set in [builders.question_set()]
            for number, state in enumerate(states)
            if state
        ]
        worlds.append((process, rounds))
    person = AnonymousUser() if who == "anonymous" else builders.user(is_superuser=who == "site admin")
    if who in Role.values:
        for process, _rounds in worlds:
            builders.member(process, person, who)
    visible = set(Process.objects.visible_to(person))
    known = set(Assessment.objects.visible_to(person))

    for process, rounds in worlds:
        rights = rights_in(process, person)
        assert (process in visible) == bool(rights) == (Right.VIEW_PROCESS in rights)
        for assessment in rounds:
            if may_open(assessment, rights):
                assert assessment in known
            elif who not in Role.values:
                # A member without the right knows of the draft; nobody else does.
                assert assessment not in known
    for row in with_reader_role(Assessment.objects.all(), person.pk):
        assert is_found(lambda row=row: require_visible([row], person)) == (row in known)
    request = HttpRequest()
    request.user = person
    for process, _rounds in worlds:
        found = is_found(lambda process=process: process_for(request, process.code, Right.VIEW_PROCESS))
        assert found == (process in visible)


def is_found(look: Callable[[], object]) -> bool:
    """Whether somebody gets what they ask for, and not 404."""
    try:
        look()
    except Http404:
        return False
    return True


@pytest.mark.django_db
def test_rights_of_a_stranger_to_a_private_process() -> None:
    assert rights_in(builders.process(), builders.user()) == NONE


@pytest.mark.django_db
def test_rights_are_not_those_of_the_person_asked_about_before() -> None:
    ada = builders.user()
    process = builders.process(organiser=ada)

    assert rights_in(process, ada) == frozenset(Right) - NOT_OF_ORGANISERS
    assert rights_in(process, builders.user()) == NONE
    assert rights_in(process, AnonymousUser()) == NONE
