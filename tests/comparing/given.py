"""Frozen results of stored assessments, for comparisons."""

from typing import Any

from assessments.documents.result import ResultDocument
from assessments.models import Assessment, Process
from assessments.results.build import freeze
from assessments.results.frozen import document_of
from attributes.catalogue.published import catalogue_of
from attributes.models import QuestionSet
from tests import builders
from tests.builders import worked

PLAIN = dict.fromkeys(("ED1a", "ED1b", "ED2a", "ED3a", "ED4a", "ED4b", "ED4c", "ED4d"), 2)


def assessed(
    name: str,
    levels: dict[str, Any] | None = None,
    version: QuestionSet | None = None,
    process: Process | None = None,
    evidence: dict[str, str] | None = None,
    **fields: Any,
) -> ResultDocument:
    """The frozen result of a process whose items are all answered, some at other levels; level -1 is don't know."""
    organiser = builders.user()
    process = process or builders.process(organiser=organiser, name=name, **fields)
    assessment = builders.assessment(process, question_set=version or builders.question_set())
    answered(assessment, levels or {}, evidence)
    return document_of(freeze(assessment=assessment, number=1, user=organiser))


def answered(assessment: Assessment, levels: dict[str, Any], evidence: dict[str, str] | None = None) -> Assessment:
    """The same assessment with all its items answered."""
    given: dict[str, Any] = {
        **worked.INCLUSIVENESS, **PLAIN, **worked.RESPONSIBILITY, **worked.COLLABORATION, **levels
    }  # fmt: skip
    asked = {item.code for item in catalogue_of(assessment.question_set).items.values()}
    worked.give_all(assessment, {code: value for code, value in given.items() if code in asked}, evidence)
    return assessment
