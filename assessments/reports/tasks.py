"""Drawing reports in the background. With Django 6 one import changes."""

from django.utils import timezone
from django_tasks import task

from assessments.models import Report
from assessments.reports.jobs import run_report
from assessments.vocabulary import ReportState


@task()
def draw_report(report_id: int) -> None:
    """Draw a report."""
    run_report(report_id)


def enqueue_report(report_id: int) -> None:
    """Hand a waiting report to the workers. The time is noted, so that a lost job is found."""
    Report.objects.filter(pk=report_id, state=ReportState.QUEUED).update(heartbeat_at=timezone.now())
    draw_report.enqueue(report_id=report_id)
