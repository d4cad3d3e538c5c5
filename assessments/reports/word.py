"""The files besides a PDF that there are of a report, by its kind."""

from django.utils.translation import override

from assessments.annual.plain import annual_text
from assessments.documents.report import ReportDocument
from assessments.reports.annual import annual_of
from assessments.vocabulary import Readers, ReportKind
from attributes.texts import reading

WORD_KINDS = frozenset({ReportKind.BOARD, ReportKind.FULL, ReportKind.ANNUAL})


def word_file(report: ReportDocument, language: str) -> bytes:
    """Return a board paper, a full report or an annual page as a Word file."""
    # Only here: they load what writes Word files, which is much and seldom wanted.
    from assessments.reports.docx import board_docx, profile_png  # noqa: PLC0415
    from assessments.reports.docx_annual import annual_docx  # noqa: PLC0415
    from assessments.reports.docx_full import full_docx  # noqa: PLC0415

    if report.annual:
        return annual_docx(report, language)
    write = full_docx if report.kind == "full" else board_docx
    return write(report, language, profile_png(report, language))


def as_text(report: ReportDocument, language: str) -> bytes:
    """Return an annual page as plain text, with who may read it."""
    with override(language), reading(""):
        return annual_text(annual_of(report), str(Readers(report.readers).label)).encode()
