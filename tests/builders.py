"""Smallest valid rows for tests. Each builder takes what matters and makes up the rest."""

from functools import cache
from itertools import count
from typing import Any

from assessments.models import Answer, Assessment, Membership, Process, Response, Role
from attributes import catalogue
from attributes.catalogue import CatalogueSet
from attributes.loading import SHIPPED_FOLDER, read_spec, store_spec
from attributes.models import QuestionSet
from attributes.schema import QuestionSetSpec
from msgov.accounts.models import User

_numbers = count(1)
PASSWORD = "correct horse battery staple"


def user(email: str = "", **fields: Any) -> User:
    """A person who can sign in."""
    return User.objects.create_user(email or f"person{next(_numbers)}@example.org", PASSWORD, **fields)


@cache
def shipped_spec() -> QuestionSetSpec:
    """The shipped question set, read and checked once: it takes as long as storing it."""
    return read_spec(SHIPPED_FOLDER / "isoc-multistakeholder-attributes-1.0.0.yaml")


@cache
def netmundial_spec() -> QuestionSetSpec:
    """The other shipped question set, which is experimental."""
    return read_spec(SHIPPED_FOLDER / "netmundial-process-principles-1.0.0.yaml")


def question_set() -> QuestionSet:
    """The shipped question set, which is stored once for all tests; in an empty site it is stored now."""
    spec = shipped_spec()
    return QuestionSet.objects.filter(slug=spec.slug, version=spec.version).first() or store_spec(spec)[0]


def items() -> CatalogueSet:
    """The catalogue of the shipped question set."""
    return catalogue.of(question_set())


def process(*, organiser: User | None = None, **fields: Any) -> Process:
    """A process with an organiser."""
    found = Process.objects.create(**{"name": f"Process {next(_numbers)}", "created_by": organiser, **fields})
    if organiser is not None:
        member(found, organiser, Role.ORGANISER)
    return found


def member(of: Process, who: User, role: str) -> Membership:
    """A role in a process."""
    return Membership.objects.create(process=of, user=who, role=role)


def assessment(process: Process, **fields: Any) -> Assessment:
    """A draft with an empty response."""
    fields.setdefault("question_set", question_set())
    fields.setdefault("round", process.assessments.count() + 1)
    found = Assessment.objects.create(process=process, **fields)
    Response.objects.create(assessment=found)
    return found


def answer(assessment: Assessment, item: str, value: Any = None, **fields: Any) -> Answer:
    """An answer to an item by its code: a level, a dict of option states, or a whole value."""
    if isinstance(value, int):
        value = {"level": value}
    elif isinstance(value, dict) and "options" not in value and "text" not in value:
        value = {"options": {key: {"state": state} for key, state in value.items()}}
    fields.setdefault("state", "unanswered" if value is None else "answered")
    row = catalogue.of(assessment.question_set).items[item]
    return Answer.objects.create(response=assessment.responses.get(), item_id=row.pk, value=value or {}, **fields)
