"""Drawing reports in the background, and taking up what got lost. With Django 6 one import changes."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from assessments.models import Report
from assessments.reports.jobs import MAX_ATTEMPTS, is_stale, run_report
from assessments.vocabulary import ReportState


@task()
def draw_report(report_id: int) -> None:
    """Draw a report."""
    run_report(report_id)


def enqueue_report(report_id: int) -> None:
    """Hand a waiting report to the workers. The time is noted, so that a lost job is found."""
    Report.objects.filter(pk=report_id, state=ReportState.QUEUED).update(heartbeat_at=timezone.now())
    draw_report.enqueue(report_id=report_id)


# A job that nobody took for this long is put into the queue again.
LOST_AFTER = timedelta(minutes=5)


def sweep() -> int:
    """Take up reports whose worker died or whose job was lost; give up on one after three attempts.

    Returns how many were put into the queue again.
    """
    Report.objects.filter(is_stale(), attempts__gte=MAX_ATTEMPTS).update(
        state=ReportState.FAILED,
        error=_("Drawing was interrupted %(n)s times.") % {"n": MAX_ATTEMPTS},
        progress="",
        finished_at=timezone.now(),
    )
    waiting = Q(state=ReportState.QUEUED) & (
        Q(heartbeat_at__lt=timezone.now() - LOST_AFTER)
        | Q(heartbeat_at=None, requested_at__lt=timezone.now() - LOST_AFTER)
    )
    lost = list(Report.objects.filter(is_stale() | waiting).order_by("pk").values_list("pk", flat=True))
    for pk in lost:
        enqueue_report(pk)
    return len(lost)
