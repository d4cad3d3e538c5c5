"""Drawing one report in the background. The report's own state is the truth, not that of any queue.

A job may be delivered twice, or its worker may be killed: whoever takes a report first draws it, a heartbeat shows
that it is being drawn, and one whose heartbeat stopped can be taken by another.
"""

import errno
import logging
import traceback
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from assessments.models import Report
from assessments.reports.drawing import draw_report
from assessments.reports.html import document_of
from assessments.reports.issuing import record_issue
from assessments.reports.render import RenderError
from assessments.vocabulary import ReportState

logger = logging.getLogger(__name__)

# A heartbeat comes every few seconds; after this long without one the worker is taken for dead.
STALE_AFTER = timedelta(seconds=60)
MAX_ATTEMPTS = 3


def run_report(report_id: int) -> None:
    """Draw and store a report that waits to be drawn. Does nothing if it is done, failed or in other hands."""
    report = _claim(report_id)
    if report is None:
        return
    with override(report.language):
        try:
            _draw(report)
        except RenderError as error:
            _fail(report, error.reason, error.detail)
        except OSError as error:
            _fail(report, _storage_reason(error), traceback.format_exc())
        except Exception as error:
            logger.exception("Report %s failed", report.code)
            _fail(report, _("An error that nobody foresaw: %(kind)s.") % {"kind": type(error).__name__}, _detail())


def is_stale() -> Q:
    """Return the condition on reports whose worker has died."""
    return Q(state=ReportState.RENDERING, heartbeat_at__lt=timezone.now() - STALE_AFTER)


def split_error(error: str) -> tuple[str, str]:
    """Return what a stored error says to people, and its technical part."""
    reason, _blank, detail = error.partition("\n")
    return reason, detail.strip()


def _claim(report_id: int) -> Report | None:
    """Take the report, or return None if there is nothing to do. One statement, so that only one can win."""
    taken = Report.objects.filter(Q(state=ReportState.QUEUED) | is_stale(), pk=report_id).update(
        state=ReportState.RENDERING,
        attempts=F("attempts") + 1,
        heartbeat_at=timezone.now(),
        progress="",
        error="",
    )
    return Report.objects.get(pk=report_id) if taken else None


def _draw(report: Report) -> None:
    _note(report, _("Writing the text"))
    document = document_of(report)
    pdf = draw_report(
        document,
        report.language,
        assessments=list(report.assessments.values_list("code", flat=True)),
        on_text=lambda: _note(report, _("Drawing the pages")),
        on_wait=lambda: _note(report),
    )
    _note(report, _("Storing the file"))
    name = _store(report, pdf.content)
    with transaction.atomic():
        done = _mine(report).update(
            state=ReportState.READY,
            file=name,
            pages=pdf.pages,
            progress="",
            finished_at=timezone.now(),
            heartbeat_at=None,
        )
        if done:
            record_issue(drawn=pdf, document=document, as_of=report.requested_at, report=report)
    if not done and Report.objects.filter(pk=report.pk).exists():
        logger.warning("Report %s was taken over by another worker", report.code)
    elif not done:
        # Deleted with its process while it was drawn: nobody else would delete the file.
        _remove_remains(report, name)


def _store(report: Report, content: bytes) -> str:
    """Write the file under the report's own name, replacing what an attempt before may have left."""
    field = report.file
    name = field.field.generate_filename(report, "report.pdf")
    field.storage.delete(name)
    try:
        return str(field.storage.save(name, ContentFile(content)))
    except OSError:
        _remove_remains(report, name)
        raise


def _remove_remains(report: Report, name: str) -> None:
    try:
        report.file.storage.delete(name)
    except OSError:
        logger.warning("Could not remove what was left of report %s", report.code)


def _mine(report: Report) -> Any:
    """The row, as long as nobody else has taken the report since."""
    return Report.objects.filter(pk=report.pk, state=ReportState.RENDERING, attempts=report.attempts)


def _note(report: Report, progress: str = "") -> None:
    """Show a sign of life."""
    values = {"heartbeat_at": timezone.now()} | ({"progress": progress} if progress else {})
    _mine(report).update(**values)


def _fail(report: Report, reason: str, detail: str) -> None:
    logger.error("Report %s failed: %s", report.code, reason, extra={"detail": detail})
    _mine(report).update(
        state=ReportState.FAILED,
        error=f"{reason}\n{detail}".strip(),
        progress="",
        finished_at=timezone.now(),
        heartbeat_at=None,
    )


def _storage_reason(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _("The disk is full: the report could not be stored.")
    return _("The report could not be stored: %(why)s.") % {"why": error.strerror or type(error).__name__}


def _detail() -> str:
    return traceback.format_exc()
