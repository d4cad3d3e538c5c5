"""Files of rounds over time: the picture for whoever may read it, figures for who may export of the process."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from assessments.documents.values import canonical_json
from assessments.downloads.answers import file_answer, picture_answer, tables_answer
from assessments.downloads.over_time import about_over_time, drawing_over_time, over_time_shown
from assessments.permissions import Right, open_to_visitors, process_for
from assessments.tables import over_time_tables

ALL = "all"


@open_to_visitors
@require_safe
def picture_file(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """The picture as SVG or PNG."""
    return picture_answer(drawing_over_time(over_time_shown(request, code)), f"over-time-{code}", form)


@require_safe
def table_file(request: HttpRequest, code: str, name: str, form: str) -> HttpResponse:
    """A table of it as CSV or XLSX, or all of them in a workbook."""
    process_for(request, code, Right.EXPORT)
    document = over_time_shown(request, code)
    tables = [table for table in over_time_tables(document) if name in (ALL, table.name)]
    if not tables:
        raise Http404
    return tables_answer(tables, about_over_time(document), f"{name}-{code}", form)


@require_safe
def data_file(request: HttpRequest, code: str) -> HttpResponse:
    """The document itself."""
    process_for(request, code, Right.EXPORT)
    return file_answer(canonical_json(over_time_shown(request, code)), f"over-time-{code}", "json")
