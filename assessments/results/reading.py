"""Reading frozen results. The stored text is parsed once, straight into the document: half the time of going
through JSONField."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, OuterRef, QuerySet, Subquery, TextField
from django.db.models.functions import Cast
from pydantic import BaseModel, ConfigDict

from assessments.models import Assessment, FrozenResult
from assessments.results.comparison import not_compared
from assessments.results.document import Figure, ResultDocument


@dataclass(frozen=True)
class Current:
    """The result that holds now, with what is printed about its storage."""

    document: ResultDocument
    number: int
    digest: str
    created_at: datetime


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


def current(assessment: Assessment) -> Current | None:
    """Return the latest frozen result of an assessment, or None. One query."""
    row = _raw(FrozenResult.objects.filter(assessment=assessment)).order_by("-number").first()
    if row is None:
        return None
    return Current(_document(row.raw), row.number, row.digest, row.created_at)


def current_documents(assessments: Iterable[Assessment]) -> dict[int, ResultDocument]:
    """Return the latest frozen result of each assessment, by primary key. One query for any number."""
    return {row.assessment_id: _document(row.raw) for row in _latest(assessments)}


def glances(assessments: Iterable[Assessment]) -> dict[int, Glance]:
    """Return what a list shows of the latest result of each assessment, by primary key. One query."""
    return {row.assessment_id: Glance.model_validate_json(row.raw) for row in _latest(assessments)}


def _latest(assessments: Iterable[Assessment]) -> QuerySet[Any]:
    newest = (
        FrozenResult.objects.filter(assessment=OuterRef("assessment"))
        .order_by()
        .values("assessment")
        .annotate(newest=Max("number"))
        .values("newest")
    )
    pks = [assessment.pk for assessment in assessments]
    return _raw(FrozenResult.objects.filter(assessment__in=pks, number=Subquery(newest)))


def _raw(results: QuerySet[FrozenResult]) -> QuerySet[Any]:
    return results.annotate(raw=Cast("document", TextField())).defer("document")


def _document(raw: str) -> ResultDocument:
    return ResultDocument.model_validate_json(raw)
