"""Background work. The only module that knows the queue: with Django 6 one import changes."""

from django.utils import timezone
from django_tasks import task

from assessments.models import Report, ReportState
from assessments.panels.mailing import mail_links
from assessments.reports.jobs import run_report


@task()
def draw_report(report_id: int) -> None:
    """Draw a report."""
    run_report(report_id)


def enqueue_report(report_id: int) -> None:
    """Hand a waiting report to the workers. The time is noted, so that a lost job is found."""
    Report.objects.filter(pk=report_id, state=ReportState.QUEUED).update(heartbeat_at=timezone.now())
    draw_report.enqueue(report_id=report_id)


@task()
def mail_panel(group_id: int, root: str, is_reminder: bool) -> None:
    """Mail links to questionnaires."""
    mail_links(group_id, root, is_reminder=is_reminder)


def enqueue_panel_mails(group_id: int, root: str, *, is_reminder: bool) -> None:
    """Hand the mails that wait in a group of a wave to the workers. `root`: the address of this site."""
    mail_panel.enqueue(group_id=group_id, root=root, is_reminder=is_reminder)
