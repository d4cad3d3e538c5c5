"""Reading frozen results. The stored text is parsed once, straight into the document: half the time of going
through JSONField."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Max, OuterRef, QuerySet, Subquery, TextField
from django.db.models.functions import Cast

from assessments.documents.result import ResultDocument
from assessments.models import Assessment, FrozenResult


def latest(assessment: Assessment) -> FrozenResult | None:
    """Return the result of an assessment that holds now, without its document, or None. One query."""
    return FrozenResult.objects.filter(assessment=assessment).defer("document").order_by("-number").first()


def document_of(result: FrozenResult) -> ResultDocument:
    """Return the document of a frozen result. One query."""
    return _document(raw_documents(FrozenResult.objects.filter(pk=result.pk)).get().raw)


def latest_of(assessments: Iterable[Assessment]) -> dict[int, FrozenResult]:
    """Return the result of each assessment that holds now, without its document, by the assessment's primary key.

    One query for any number.
    """
    return {row.assessment_id: row for row in _newest(assessments)}


def current_documents(assessments: Iterable[Assessment]) -> dict[int, ResultDocument]:
    """Return the document of each assessment that holds now, by the assessment's primary key. One query."""
    return {row.assessment_id: _document(row.raw) for row in raw_documents(_newest(assessments))}


def documents_of(results: Iterable[FrozenResult]) -> dict[int, ResultDocument]:
    """Return the documents of frozen results, by the assessment's primary key. One query for any number."""
    rows = raw_documents(FrozenResult.objects.filter(pk__in=[result.pk for result in results]))
    return {row.assessment_id: _document(row.raw) for row in rows}


def _newest(assessments: Iterable[Assessment]) -> QuerySet[Any]:
    newest = (
        FrozenResult.objects.filter(assessment=OuterRef("assessment"))
        .order_by()
        .values("assessment")
        .annotate(newest=Max("number"))
        .values("newest")
    )
    pks = [assessment.pk for assessment in assessments]
    rows = FrozenResult.objects.filter(assessment__in=pks, number=Subquery(newest))
    return rows.defer("document")


def raw_documents(results: QuerySet[FrozenResult]) -> QuerySet[Any]:
    """Return the rows with the text of their documents as `raw`."""
    return results.annotate(raw=Cast("document", TextField())).defer("document")


def _document(raw: str) -> ResultDocument:
    return ResultDocument.model_validate_json(raw)
