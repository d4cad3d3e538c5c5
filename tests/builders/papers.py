"""Reports as documents, with everything that can be in them."""

from typing import Any

from assessments.documents.both_tracks import JointDocument
from assessments.documents.comparison import ComparisonDocument
from assessments.documents.report import ReportDocument, as_report
from assessments.documents.result import ResultDocument
from assessments.vocabulary import Annex


def paper(shown: ResultDocument | JointDocument | ComparisonDocument, **how: Any) -> ReportDocument:
    """What is shown as a full report with all annexes, or as the comparison it is."""
    if not isinstance(shown, ComparisonDocument):
        how = {"annexes": [annex.value for annex in Annex], **how}
    return as_report(shown, **how)
