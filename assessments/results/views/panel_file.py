"""The numbers of a closed wave as a CSV file, from the document the reader may see and no other."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from assessments.permissions import Right, assessment_for, open_to_visitors, rights_in
from assessments.results.frozen import panel_source
from assessments.results.panel_numbers import panel_csv


@open_to_visitors
@require_safe
def panel_numbers(request: HttpRequest, code: str) -> HttpResponse:
    """The file of an assessment's panel; without the right to group by item the public part."""
    assessment = assessment_for(request, code, Right.VIEW_RESULTS)
    restricted = Right.VIEW_RESTRICTED in rights_in(assessment.process, request.user)
    source = panel_source(assessment, restricted=restricted)
    if source is None:
        raise Http404
    response = HttpResponse(panel_csv(source.document()), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="panel-{assessment.code}.csv"'
    return response
