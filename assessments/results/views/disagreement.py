"""Where people disagree: between groups, and between the organiser and the stakeholders. From frozen numbers alone,
and kept in memory like the results page."""

from collections.abc import Callable, Hashable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from assessments.documents.both_tracks import CommentLine
from assessments.documents.result import ResultDocument
from assessments.models import Assessment, FrozenResult
from assessments.permissions import Right, assessment_for, may_moderate, open_to_visitors, rights_in
from assessments.results.build import build_document
from assessments.results.frozen import (
    PanelSource,
    comment_counts,
    comment_heads,
    document_of,
    latest,
    panel_source,
    remarks_by_head,
)
from assessments.results.panel_lines import panel_context
from assessments.scoring import ATTRIBUTED_MIN
from attributes.catalogue.published import catalogue_of
from attributes.catalogue.types import CatalogueSet
from attributes.memory import MemoryCache
from attributes.texts import TextMap

_kept: MemoryCache[tuple[Hashable, ...], SafeString] = MemoryCache(32)


@open_to_visitors
@require_safe
def disagreement(request: HttpRequest, code: str) -> HttpResponse:
    """Items by how far groups are apart, barriers by group, comments; without the right to it the public part only."""
    assessment = assessment_for(request, code, Right.VIEW_RESULTS)
    rights = rights_in(assessment.process, request.user)
    restricted = Right.VIEW_RESTRICTED in rights
    panel = panel_source(assessment, restricted=restricted)
    context: dict[str, Any] = {
        "assessment": assessment,
        "process": assessment.process,
        "panel": panel,
        "restricted": restricted,
        "attributed_min": ATTRIBUTED_MIN,
        "may_moderate": may_moderate(assessment, request.user),
    }
    if panel is not None:
        result = None if assessment.is_draft else latest(assessment)
        context |= {
            "body": disagreement_body(panel, lambda: _document(assessment, result), result),
            "remarks": remarks_of(panel, catalogue_of(assessment.question_set)),
            "counts": comment_counts(panel.snapshot) if restricted else {},
        }
    return render(request, "assessments/results/disagreement.html", context)


def _document(assessment: Assessment, result: FrozenResult | None) -> ResultDocument:
    return build_document(assessment) if result is None else document_of(result)


def disagreement_body(
    panel: PanelSource, document: Callable[[], ResultDocument], result: FrozenResult | None
) -> SafeString:
    """Return what the page shows of the numbers. What restricted readers see is never drawn for others."""
    if settings.DEBUG or result is None:  # templates change under the hands of who works on them; so do drafts
        return _drawn(panel, document())
    key = (result.digest, result.assessment_id, get_language(), panel.key)
    return _kept.get_or_make(key, lambda: _drawn(panel, document()))


def _drawn(panel: PanelSource, document: ResultDocument) -> SafeString:
    context = {"document": document, **panel_context(panel.numbers(document))}
    return render_to_string("assessments/results/_disagreement_body.html", context)


def remarks_of(panel: PanelSource, catalogue: CatalogueSet) -> list[tuple[TextMap | None, list[CommentLine]]]:
    """The comments this reader may see under what they are about, in the order of the set."""
    return remarks_by_head(panel.comments(), comment_heads(catalogue.attributes, catalogue.items.values()))
