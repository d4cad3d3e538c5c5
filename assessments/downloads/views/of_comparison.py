"""Files of a comparison: pictures for whoever may read it, tables for who may export of every process in it."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from assessments.downloads.answers import picture_answer, tables_answer
from assessments.downloads.compared import compared_for

ALL = "all"


@require_safe
def picture_file(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """A picture of the comparison that the address asks for, as SVG or PNG."""
    return picture_answer(compared_for(request).drawing(name), f"{name}-comparison", form)


@require_safe
def table_file(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """A table of it as CSV or XLSX, or all of them in a workbook."""
    shown = compared_for(request)
    if not shown.may_export:
        raise PermissionDenied
    tables = [table for table in shown.tables() if name in (ALL, table.name)]
    if not tables:
        raise Http404
    return tables_answer(tables, shown.about, f"{name}-comparison", form)
