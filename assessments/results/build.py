"""From rows to the result document: rows → scoring → document. Nothing else computes or rounds a figure."""

from typing import TYPE_CHECKING

from django.utils import timezone

from assessments.answers.counting import item_answers, item_specs
from assessments.answers.value import DONT_KNOW, NOT_APPLICABLE, UNANSWERED
from assessments.documents.result import FORMAT, ResultDocument
from assessments.documents.values import document_digest
from assessments.models import Assessment, FrozenResult
from assessments.results import findings, parts
from assessments.results.attribute_parts import attribute_result
from assessments.results.rows import Rows, rows_of
from assessments.scoring import score

if TYPE_CHECKING:
    from msgov.accounts.models import User


def build_document(assessment: Assessment) -> ResultDocument:
    """Compute the result of an assessment as its answers stand now, as a draft.

    At most ten queries, whatever the number of answers. What was submitted is read (`frozen`), never rebuilt.
    """
    return _document(rows_of(assessment), number=None, submitted_on=None, submitted_by="")


def freeze(*, assessment: Assessment, number: int, user: "User") -> FrozenResult:
    """Compute the result and store it as the given number of this assessment; `user` submits it.

    For `submit_assessment`, in its transaction. Raises IntegrityError if the number exists already.
    """
    submitted = assessment.submitted_at or timezone.now()
    document = _document(
        rows_of(assessment),
        number=number,
        submitted_on=submitted.date().isoformat(),
        # Not the full name: without one given that is the e-mail address, and results may be public.
        submitted_by=user.get_short_name(),
    )
    return FrozenResult.objects.create(
        assessment=assessment,
        number=number,
        method_version=document.method_version,
        document=document.model_dump(mode="json"),
        digest=document_digest(document),
    )


def _document(rows: Rows, *, number: int | None, submitted_on: str | None, submitted_by: str) -> ResultDocument:
    catalogue = rows.catalogue
    resource = rows.process.resource
    specs = item_specs(catalogue)
    answers = item_answers(catalogue, rows.answers.values(), rows.files.keys())
    given = {answer.code: answer for answer in answers}
    scorecard = score(specs, answers)
    scores = {entry.code: entry for entry in scorecard.attributes}
    attributes = [
        attribute_result(rows, attribute, scores[attribute.code], specs, given)
        for attribute in catalogue.attributes
        if attribute.code in scores
    ]
    items = {item.code: item for a in attributes for q in a.questions for item in q.items}
    scored = findings.scored_items(attributes)
    return ResultDocument(
        format=FORMAT,
        method_version=scorecard.method_version,
        question_set=parts.question_set_ref(catalogue),
        process=parts.process_part(rows),
        assessment=parts.assessment_part(rows, number=number, submitted_on=submitted_on, submitted_by=submitted_by),
        screener=parts.screener_part(rows),
        goals=parts.goal_lines(rows),
        attributes=attributes,
        weakest=list(scorecard.weakest),
        index=parts.index_part(scorecard.index),
        strengths=findings.strengths(scored),
        concerns=findings.concerns(scored),
        recommendations=findings.recommendation_parts(catalogue, specs, scorecard, resource=resource),
        unknown=findings.in_state(scored, UNANSWERED, DONT_KNOW),
        not_applicable=findings.in_state(items.values(), NOT_APPLICABLE),
        unsupported_items=findings.unsupported(scored),
        crosswalk=parts.crosswalk_lines(catalogue, items),
    )
