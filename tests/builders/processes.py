"""Processes, their members, and assessments with answers."""

from collections.abc import Mapping
from datetime import date
from itertools import count
from typing import Any

from django.core.files.base import ContentFile

from assessments.answers.evidence import piece_digest
from assessments.answers.value import link_lines
from assessments.models import (
    Answer,
    AnswerVersion,
    Assessment,
    EvidenceFile,
    EvidenceOpening,
    KindChange,
    Membership,
    Process,
    Response,
)
from assessments.vocabulary import Role
from attributes.catalogue.published import catalogue_of
from msgov.accounts.models import User
from tests.builders.question_sets import question_set

_numbers = count(1)
DAY = date(2026, 3, 9)


def process(*, organiser: User | None = None, **fields: Any) -> Process:
    """A process with an organiser."""
    found = Process.objects.create(**{"name": f"Process {next(_numbers)}", "created_by": organiser, **fields})
    if found.kind:
        KindChange.objects.create(process=found, kind=found.kind)
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
    (found,) = answers(assessment, {item: {"value": value, **fields}})
    return found


def answers(assessment: Assessment, given: Mapping[str, Mapping[str, Any]]) -> list[Answer]:
    """Answers by the codes of their items, each with what `answer` takes. Three statements."""
    response = assessment.responses.get()
    items = catalogue_of(assessment.question_set).items
    rows = [Answer(response=response, item_id=items[code].pk, **_stored(**fields)) for code, fields in given.items()]
    found = Answer.objects.bulk_create(rows)
    AnswerVersion.record(found, user=None)
    return found


def _stored(value: Any = None, **fields: Any) -> dict[str, Any]:
    if isinstance(value, int):
        value = {"level": value}
    elif isinstance(value, dict) and "options" not in value and "text" not in value:
        value = {"options": {key: {"state": state} for key, state in value.items()}}
    return {"state": "unanswered" if value is None else "answered", "value": value or {}, **fields}


def opening(answer: Answer, by: User | None = None, *, outcome: str = "shows", **fields: Any) -> EvidenceOpening:
    """Somebody opened the first link of an answer as it stands."""
    link = link_lines(answer.evidence_links)[0]
    return EvidenceOpening.objects.create(
        **{
            "response": answer.response,
            "item_id": answer.item_id,
            "reference": link,
            "made_for": piece_digest(answer.evidence_text, link),
            "outcome": outcome,
            "user": by,
            "day": DAY,
            **fields,
        }
    )


def add_file(answer: Answer, name: str = "minutes.txt", content: bytes = b"minutes") -> EvidenceFile:
    """A stored file for an answer."""
    row = EvidenceFile(
        response=answer.response, item=answer.item, name=name, size=len(content), content_type="text/plain"
    )
    row.sha256 = "0" * 56 + f"{sum(content) % 10**8:08d}"
    row.store(ContentFile(content))
    row.save()
    return row
