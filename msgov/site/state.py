"""How the site is doing: what an administrator would otherwise look up in five places."""

import platform
from dataclasses import dataclass
from datetime import datetime, timedelta

import django
from django.conf import settings
from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from assessments.models import BounceReading, Invitation, PanelLink, Process, Report, Wave
from assessments.vocabulary import ReportState, WaveState
from msgov.accounts.models import User

LATELY = timedelta(days=7)
LATE = timedelta(minutes=5)
SHOWN = 10
HAS_POWERS = Q(is_superuser=True) | Q(is_question_set_admin=True)  # over the site
# Whoever makes backups touches it, so that this site knows of them (docs/deployment.md).
BACKUP_MARK = "last-backup"


@dataclass(frozen=True)
class Worker:
    """What background work waits, and what was done last."""

    waiting: int
    oldest: datetime | None
    last_done: datetime | None
    failed_lately: int

    @property
    def is_late(self) -> bool:
        """Whether something has waited longer than it should: perhaps no worker runs."""
        return self.oldest is not None and self.oldest < timezone.now() - LATE


def people() -> dict[str, int]:
    """Numbers of accounts."""
    return User.objects.aggregate(
        all=Count("pk"),
        inactive=Count("pk", filter=Q(is_active=False)),
        site_admins=Count("pk", filter=Q(is_superuser=True, is_active=True)),
        set_admins=Count("pk", filter=Q(is_question_set_admin=True, is_active=True)),
        new=Count("pk", filter=Q(date_joined__gt=timezone.now() - LATELY)),
        unprotected=Count("pk", filter=HAS_POWERS & Q(is_active=True, authenticator=None), distinct=True),
    )


def open_waves() -> "QuerySet[Wave]":
    """Waves in which stakeholders are being asked, by the day they close."""
    return Wave.objects.filter(state=WaveState.OPEN).select_related("assessment__process").order_by("closes_on")


def failed_mails() -> dict[str, int]:
    """Mails that were not taken: numbers only, since addresses of stakeholders are the organisers' business."""
    return {
        "stakeholders": PanelLink.objects.exclude(failure="").filter(is_revoked=False).count(),
        "invitations": Invitation.objects.open().filter(sent_at=None).count(),
    }


@dataclass(frozen=True)
class ReturnedMails:
    """How this site learns of mails that come back, and since when it could not read their mailbox."""

    reads_mailbox: bool
    is_told: bool
    reading: BounceReading | None


def returned_mails() -> ReturnedMails:
    """Whether a mailbox or a secret is set up, and how reading went. A query where there is a mailbox."""
    reads = bool(settings.BOUNCE_MAILBOX)
    reading = BounceReading.objects.first() if reads else None
    return ReturnedMails(reads, bool(settings.BOUNCE_WEBHOOK_SECRET), reading)


def failed_reports() -> "QuerySet[Report]":
    """Reports that could not be drawn, the newest first."""
    return Report.objects.filter(state=ReportState.FAILED).order_by("-requested_at")[:SHOWN]


def worker() -> Worker:
    """The queue of background work."""
    ready = DBTaskResult.objects.ready()
    done = DBTaskResult.objects.exclude(finished_at=None).order_by("-finished_at")
    failed = done.filter(status=TaskResultStatus.FAILED, finished_at__gt=timezone.now() - LATELY)
    return Worker(
        waiting=ready.count(),
        oldest=ready.order_by("enqueued_at").values_list("enqueued_at", flat=True).first(),
        last_done=done.values_list("finished_at", flat=True).first(),
        failed_lately=failed.count(),
    )


def last_backup() -> datetime | None:
    """When the mark of the last backup was touched; None if there is none."""
    try:
        seconds = (settings.DATA_DIR / BACKUP_MARK).stat().st_mtime
    except OSError:
        return None
    return datetime.fromtimestamp(seconds, tz=timezone.get_current_timezone())


def software() -> dict[str, str]:
    """What msgov runs on."""
    return {"python": platform.python_version(), "django": django.get_version(), "database": connection.display_name}


def processes() -> int:
    """How many there are."""
    return Process.objects.count()
