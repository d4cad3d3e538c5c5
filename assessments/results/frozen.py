"""Reading frozen results. The stored text is parsed once, straight into the document: half the time of going
through JSONField."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Max, OuterRef, QuerySet, Subquery, TextField
from django.db.models.functions import Cast
from pydantic import BaseModel, ConfigDict

from assessments.comparing.comparability import not_compared
from assessments.documents.result import Figure, ResultDocument
from assessments.memory import Kept
from assessments.models import Assessment, FrozenResult


class AttributeGlance(BaseModel):
    """As much of an attribute as a list shows."""

    model_config = ConfigDict(frozen=True)

    code: str
    title: dict[str, str]
    status: str
    letter: str | None
    scope: Figure

    @property
    def is_comparable(self) -> bool:
        return not_compared(self.status, self.scope) is None


class Glance(BaseModel):
    """As much of a result as a list shows; the rest of the document is passed over unread."""

    model_config = ConfigDict(frozen=True)

    method_version: str
    attributes: list[AttributeGlance]

    @property
    def has_comparable_score(self) -> bool:
        return any(attribute.is_comparable for attribute in self.attributes)


# By digest, so that the same content is the same glance wherever it is stored.
_glances: Kept[str, Glance] = Kept(2000)


def latest(assessment: Assessment) -> FrozenResult | None:
    """Return the result of an assessment that holds now, without its document, or None. One query."""
    return FrozenResult.objects.filter(assessment=assessment).defer("document").order_by("-number").first()


def document_of(result: FrozenResult) -> ResultDocument:
    """Return the document of a frozen result. One query."""
    return _document(_raw(FrozenResult.objects.filter(pk=result.pk)).get().raw)


def latest_of(assessments: Iterable[Assessment]) -> dict[int, FrozenResult]:
    """Return the result of each assessment that holds now, without its document, by the assessment's primary key.

    One query for any number.
    """
    return {row.assessment_id: row for row in _newest(assessments)}


def current_documents(assessments: Iterable[Assessment]) -> dict[int, ResultDocument]:
    """Return the document of each assessment that holds now, by the assessment's primary key. One query."""
    return {row.assessment_id: _document(row.raw) for row in _raw(_newest(assessments))}


def documents_of(results: Iterable[FrozenResult]) -> dict[int, ResultDocument]:
    """Return the documents of frozen results, by the assessment's primary key. One query for any number."""
    rows = _raw(FrozenResult.objects.filter(pk__in=[result.pk for result in results]))
    return {row.assessment_id: _document(row.raw) for row in rows}


def glances(assessments: Iterable[Assessment]) -> dict[int, Glance]:
    """Return what a list shows of the latest result of each assessment, by primary key.

    One query for any number, and one more for results that this process has not seen yet.
    """
    results = latest_of(assessments)
    new = [result for result in results.values() if _glances.get(result.digest) is None]
    found = {}
    if new:
        for row in _raw(FrozenResult.objects.filter(pk__in=[result.pk for result in new])):
            found[row.digest] = _glances.put(row.digest, Glance.model_validate_json(row.raw))
    return {
        pk: glance
        for pk, result in results.items()
        if (glance := found.get(result.digest) or _glances.get(result.digest)) is not None
    }


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


def _raw(results: QuerySet[FrozenResult]) -> QuerySet[Any]:
    return results.annotate(raw=Cast("document", TextField())).defer("document")


def _document(raw: str) -> ResultDocument:
    return ResultDocument.model_validate_json(raw)
