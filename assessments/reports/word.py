"""The board paper as a Word file: the same sentences as on paper, with headings, tables and alternative texts."""

from django.utils.translation import override

from assessments.documents.report import ReportDocument
from assessments.reports.board_docx import board_docx
from attributes.texts import reading


def word_of(report: ReportDocument, language: str) -> bytes:
    """Return the Word file of a board paper."""
    with override(language), reading(""):
        return board_docx(report)
