"""Files of one assessment: pictures for whoever may read the page, tables and the archive for who may export."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from assessments.archive.services import export_archive
from assessments.archive.writing import archive_bytes
from assessments.downloads.answers import file_answer, picture_answer, tables_answer
from assessments.downloads.drawings import drawing_of
from assessments.downloads.shown import ShownResult, shown_to
from assessments.downloads.tables import tables_of
from assessments.permissions import Right, assessment_for, open_to_visitors

ALL = "all"


@open_to_visitors
@require_safe
def picture_file(request: HttpRequest, code: str, name: str, form: str) -> HttpResponse:
    """A picture of the results or of where people disagree, as SVG or PNG; from the document that this reader has."""
    shown = shown_to(request, code)
    return picture_answer(drawing_of(shown, name), f"{name}-{shown.assessment.code}", form)


@require_safe
def table_file(request: HttpRequest, code: str, name: str, form: str) -> HttpResponse:
    """A table as CSV or XLSX, or all of them in a workbook."""
    shown = _exported(request, code)
    made = tables_of(shown)
    if name != ALL and name not in made:
        raise Http404
    tables = [make() for make in made.values()] if name == ALL else [made[name]()]
    return tables_answer(tables, shown.about, f"{name}-{shown.assessment.code}", form)


@require_safe
def archive_file(request: HttpRequest, code: str) -> HttpResponse:
    """The assessment as an open archive, with which it can be taken to another installation."""
    assessment = assessment_for(request, code, Right.EXPORT)
    content = archive_bytes(export_archive(assessment=assessment))
    return file_answer(content, f"msgov-{assessment.code}", "json")


def _exported(request: HttpRequest, code: str) -> ShownResult:
    shown = shown_to(request, code)
    if not shown.may_export:
        raise PermissionDenied
    return shown
