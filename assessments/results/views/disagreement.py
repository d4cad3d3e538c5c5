"""Where people disagree: between groups, and between the organiser and the stakeholders."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.documents.result import ResultDocument
from assessments.models import Assessment, FrozenResult
from assessments.permissions import Right, assessment_for, open_to_visitors, rights_in
from assessments.results.build import build_document
from assessments.results.disagreement_page import disagreement_body, remarks_of
from assessments.results.frozen import comment_counts, document_of, latest, panel_source
from assessments.scoring import ATTRIBUTED_MIN
from attributes.catalogue.published import catalogue_of


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
        "may_moderate": Right.MODERATE in rights,
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
