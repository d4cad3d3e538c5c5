"""The annual page on paper: two sheets, whatever there is to say."""

from dataclasses import dataclass
from typing import Any

from assessments.annual.content import AnnualContent, annual_content
from assessments.annual.fitting import FittedPage, fitted
from assessments.documents.annual import AnnualDocument
from assessments.documents.report import ReportDocument
from assessments.reports.board import identity
from assessments.vocabulary import Readers


@dataclass(frozen=True)
class PaperHead:
    """What stands at the edge of every sheet."""

    name: str
    readers: str
    marks: list[str]
    identity: str


def annual_of(report: ReportDocument) -> AnnualDocument:
    """Return the annual page that a report shows; ValueError where it shows something else."""
    if report.annual is None:
        raise ValueError("it shows no annual page")
    return report.annual


def annual_on_paper(report: ReportDocument) -> FittedPage:
    """Return what of the annual page stands on two sheets."""
    return fitted(annual_content(annual_of(report)), report.paper)


def paper_head(report: ReportDocument, content: AnnualContent) -> PaperHead:
    """Return what stands at the edge of every sheet of an annual page."""
    return PaperHead(
        name=content.heading,
        readers=str(Readers(report.readers).label),
        marks=content.marks,
        identity=identity(report.evidence),
    )


def annual(report: ReportDocument) -> dict[str, Any]:
    """Return the context of the annual page."""
    page = annual_on_paper(report)
    return {
        "annual": page.content,
        "promised_more": page.promised_more,
        "promises_more": page.promises_more,
        "groups_more": page.groups_more,
        "unpromised_more": page.unpromised_more,
        "head": paper_head(report, page.content),
        "brand": report.brand,
        "submitted_on": report.evidence.assessment.submitted_on,
        "is_draft": report.evidence.assessment.status == "draft",
    }
