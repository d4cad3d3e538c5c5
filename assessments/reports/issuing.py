"""Noting which reports were given out: what a report can be checked against, long after its file is gone."""

import hashlib
from datetime import datetime
from typing import Any

from django.utils import timezone

from assessments.documents.report import ReportDocument
from assessments.documents.values import document_digest
from assessments.models import IssuedReport, Report
from assessments.reports.drawing import DrawnReport


def record_issue(
    *, drawn: DrawnReport, document: ReportDocument, as_of: datetime, report: Report | None = None
) -> IssuedReport:
    """Note that a report was given out. It shows what was so at the moment `as_of`; `report` is where it is stored.

    The same file twice in a row is noted once.
    """
    manifest = drawn.manifest
    about: dict[str, Any] = {
        "number": manifest.number,
        "kind": document.kind,
        "language": manifest.language,
        "readers": document.readers,
        "product": manifest.product,
        "about": " ".join(manifest.assessments),
        "is_draft": is_draft(document),
        "file_digest": hashlib.sha256(drawn.content).hexdigest(),
        "document_digest": manifest.document,
        "shown_digest": shown_digest(document),
        "panel_digest": panel_digest(document),
    }
    last = IssuedReport.objects.of_same(about["about"], document.kind, manifest.language, document.readers).first()
    if last is not None and last.file_digest == about["file_digest"]:
        return last
    return IssuedReport.objects.create(**about, as_of=as_of, report=report)


def record_again(*, report: Report) -> IssuedReport | None:
    """Note that a stored report holds again, where another one of the same sort was given out meanwhile.

    So it is after what had been changed is changed back. Two queries where there is nothing to note.
    """
    own = IssuedReport.objects.filter(report=report).order_by("-as_of", "-pk").first()
    if own is None:
        return None
    last = IssuedReport.objects.of_same(own.about, own.kind, own.language, own.readers).first()
    if last is None or last.shown_digest == own.shown_digest:
        return own
    own.pk = None
    own.as_of = own.issued_at = timezone.now()
    own.save(force_insert=True)
    return own


def panel_digest(document: ReportDocument) -> str:
    """Return the digest of the numbers of stakeholders in a report on one assessment, "" where there are none."""
    shown = document.joint or document.annual
    return document_digest(shown.panel) if shown and shown.panel else ""


def is_draft(document: ReportDocument) -> bool:
    """Whether a report shows answers that can still change."""
    shown = document.joint or document.annual
    result = shown.result if shown else document.result
    return result is not None and result.assessment.status == "draft"


def shown_digest(document: ReportDocument) -> str:
    """Return the digest of what a report says, whatever sheets, looks and annexes it comes with."""
    plain = {"paper": "A4", "annexes": [], "brand": type(document.brand)()}
    return document_digest(document.model_copy(update=plain))
