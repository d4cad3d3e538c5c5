"""How far an assessment is: question by question, and what is still open."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from assessments.answers.value import STORED, AnswerContent, content_of, is_complete, is_empty
from assessments.models import Answer, Assessment
from assessments.vocabulary import Progress, Track
from attributes.catalogue.published import catalogue_of
from attributes.catalogue.types import CatalogueQuestion, CatalogueSet


def contents_by_item(assessment: Assessment, catalogue: CatalogueSet) -> dict[str, AnswerContent]:
    """What is stored for every item, by its code. One query, and no instance for each of hundreds of rows."""
    answers = Answer.objects.filter(response__assessment=assessment, response__track=Track.EVIDENCE).order_by()
    rows: dict[int, Any] = {row.item_id: row for row in answers.values_list("item_id", *STORED, named=True)}
    return {code: content_of(item, rows.get(item.pk)) for code, item in catalogue.items.items()}


def contents_of_many(assessments: Iterable[Assessment]) -> dict[int, dict[str, AnswerContent]]:
    """The same of several assessments, read with their question sets, by primary key. At most one query."""
    found = {assessment.pk: assessment for assessment in assessments}
    if not found:
        return {}
    answers = Answer.objects.filter(response__assessment__in=found, response__track=Track.EVIDENCE).order_by()
    stored: dict[int, dict[int, Any]] = defaultdict(dict)
    for row in answers.values_list("response__assessment_id", "item_id", *STORED, named=True):
        stored[row.response__assessment_id][row.item_id] = row
    return {
        pk: {
            code: content_of(item, stored[pk].get(item.pk))
            for code, item in catalogue_of(assessment.question_set).items.items()
        }
        for pk, assessment in found.items()
    }


def items_done(question: CatalogueQuestion, contents: Mapping[str, AnswerContent], kind: str) -> tuple[int, int]:
    """Return how many of the items that have to be answered are, and how many there are: of those that apply to the
    kind of process."""
    apply = [item for item in question.items if item.applies_to(kind)]
    asked = [item for item in apply if item.scored] or apply
    return sum(is_complete(item, contents[item.code]) for item in asked), len(asked)


def progress_of(question: CatalogueQuestion, contents: Mapping[str, AnswerContent], done: int, total: int) -> Progress:
    """Return how far a question is, with so many of its items done."""
    if not total:
        return Progress.NOT_ASKED
    if done == total:
        return Progress.COMPLETED
    untouched = all(is_empty(contents[item.code]) for item in question.items)
    return Progress.NOT_STARTED if untouched else Progress.IN_PROGRESS


def open_questions(catalogue: CatalogueSet, contents: Mapping[str, AnswerContent], kind: str) -> set[str]:
    """Return the codes of the questions that are not answered in full."""
    counts = {question.code: items_done(question, contents, kind) for question in catalogue.questions}
    return {code for code, (done, asked) in counts.items() if done < asked}
