"""Files as answers: always to be saved, and never guessed at by a browser."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from assessments.pictures import Drawing, svg_file
from assessments.reports.png import TooBusy, png_of
from assessments.reports.render import RenderError
from assessments.tables import PlainTable, csv_of, xlsx_of

TYPES = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
PICTURE_FORMS, TABLE_FORMS = ("svg", "png"), ("csv", "xlsx")
UNAVAILABLE = 503
WAIT = 5  # seconds


def file_answer(content: bytes | str, name: str, form: str) -> HttpResponse:
    """Return a file to be saved under a name; its ending says what it is."""
    response = HttpResponse(content, content_type=TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def picture_answer(drawing: Drawing | None, name: str, form: str) -> HttpResponse:
    """Return a picture in a form; 404 where there is none, 503 where it cannot be drawn now."""
    if drawing is None or form not in PICTURE_FORMS:
        raise Http404
    if form == "svg":
        return file_answer(svg_file(drawing, get_language() or "", rtl=get_language_bidi()), name, form)
    try:
        return file_answer(png_of(drawing), name, form)
    except TooBusy:
        return _not_now(_("Too many pictures are being drawn. Try again in a few seconds."))
    except RenderError as error:
        return _not_now(error.reason)


def tables_answer(tables: Sequence[PlainTable], about: Sequence[tuple[str, str]], name: str, form: str) -> HttpResponse:
    """Return tables in a form: a CSV file holds one, a workbook all of them."""
    if form == "csv" and len(tables) == 1:
        return file_answer(csv_of(tables[0]), name, form)
    if form != "xlsx":
        raise Http404
    return file_answer(xlsx_of(tables, about), name, form)


def _not_now(reason: str) -> HttpResponse:
    response = HttpResponse(reason, status=UNAVAILABLE, content_type="text/plain; charset=utf-8")
    response["Retry-After"] = str(WAIT)
    return response
