"""An assessment of 1.0.0 with an answer for every kind of change, and 1.1.0 published."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.test import Client

from assessments.models import Assessment
from assessments.moving.plan import Plan
from assessments.moving.services import propose
from attributes.models import QuestionSet
from msgov.accounts.models import User
from tests import builders
from tests.builders import versions
from tests.builders.processes import add_file


@pytest.fixture
def organiser() -> User:
    return builders.user("organiser@example.org", name="Olu Organiser")


@pytest.fixture
def assessment(organiser: User) -> Assessment:
    return builders.assessment(builders.process(organiser=organiser))


@pytest.fixture(scope="module", autouse=True)
def stored_newer(build_once: Callable[[Callable[[], QuestionSet]], QuestionSet]) -> QuestionSet:
    """Published for all tests: an assessment begins with 1.0.0 where it is not told otherwise."""
    return build_once(versions.second)


@pytest.fixture
def newer(assessment: Assessment, stored_newer: QuestionSet) -> QuestionSet:
    return stored_newer


@pytest.fixture
def as_organiser(client_for: Callable[[User], Client], organiser: User) -> Client:
    return client_for(organiser)


@pytest.fixture
def filled(assessment: Assessment) -> Assessment:
    """The assessment with answers."""
    lines = {key: {"state": "exists", "text": ""} for key in ("language", "cultural_norms")}
    lines["cultural_norms"]["text"] = "Formal dress"
    given: dict[str, dict[str, Any]] = {
        "IT1a": {"value": 2, "comment": "As known", "evidence_links": "https://example.org/"},
        "IT2a": {"value": {"options": lines, "other": "Time zones"}},
        "IT3c": {"state": "not_applicable", "not_applicable_reason": "No formal rule"},
        "IT4a": {"value": 3, "comment": "Everybody says so"},
        "ED2a": {"value": 1, "evidence_text": "Minutes of May"},
        "CO4a": {"value": 2, "comment": "Here"},
        "CO4b": {"value": 2, "comment": "There"},
        "CR1b": {"value": 3, "evidence_text": "One"},
        "CR1c": {"state": "dont_know", "comment": "Nobody knows"},
        "CR1d": {"value": {"text": "Much"}},
        "ED1b": {"value": 1},
    }
    answers = dict(zip(given, builders.answers(assessment, given), strict=True))
    add_file(answers["IT1a"])
    add_file(answers["ED2a"], "may.txt", b"may")
    return assessment


@pytest.fixture
def plan(filled: Assessment, newer: QuestionSet) -> Mapping[str, Plan]:
    """What a move would do, by code."""
    return propose(filled, newer).by_code
