"""Mailing notices in the background. With Django 6 one import changes."""

from typing import Any

from django_tasks import task

from msgov.notices.mailing import Notice, send_notice


@task(priority=5)  # after invitations, before reports, which take a minute each
def mail_notice(notice: dict[str, Any]) -> None:
    """Mail a notice to those it is for."""
    send_notice(Notice(**notice))


def enqueue_notice(notice: Notice) -> None:
    """Hand a notice to the workers."""
    mail_notice.enqueue(notice=notice.as_json())
