"""A small valid question set that tests bend, and the shipped one."""

import copy
from typing import Any

import pytest

from attributes.loading import store_spec
from attributes.models import QuestionSet
from attributes.schema import QuestionSetSpec
from tests import builders
from tests.builders.small_set import SMALL


@pytest.fixture
def small() -> dict[str, Any]:
    """A small set as plain data, to be changed freely."""
    return copy.deepcopy(SMALL)


@pytest.fixture
def small_spec(small: dict[str, Any]) -> QuestionSetSpec:
    """The small set, checked."""
    return QuestionSetSpec.model_validate(small)


@pytest.fixture
def published(empty_site: None, small_spec: QuestionSetSpec) -> QuestionSet:
    """The small set, stored and published, and alone in the site."""
    return store_spec(small_spec)[0]


@pytest.fixture(scope="session")
def shipped_spec() -> QuestionSetSpec:
    """The Internet Society's set as shipped."""
    return builders.shipped_spec()


@pytest.fixture
def shipped(db: None) -> QuestionSet:
    """The Internet Society's set, stored and published."""
    return builders.question_set()
