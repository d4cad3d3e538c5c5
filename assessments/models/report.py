"""What became of an assessment: its changes of state, its frozen results, and the reports drawn from them."""

from collections.abc import Collection
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.models.assessment import Assessment
from assessments.models.process import Process
from assessments.vocabulary import Paper, Readers, ReportKind, ReportState
from attributes.codes import new_code

# For the reports of others that are asked for at the same time.
USUAL_WAIT = timedelta(seconds=30)


class FrozenResult(models.Model):
    """The result of one submission: inputs, method version, every figure. Written once, never changed.

    `document` has the form of `assessments.documents.result.ResultDocument`.
    """

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="results")
    # 1 for the first submission of the assessment, 2 after it was reopened and submitted again, …
    number = models.PositiveSmallIntegerField()
    method_version = models.CharField(max_length=20)
    document = models.JSONField()
    # SHA-256 of the canonical JSON of the document; printed in reports to prove they were not edited.
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("frozen result")
        verbose_name_plural = _("frozen results")
        ordering = ["assessment", "number"]
        constraints = [models.UniqueConstraint(fields=["assessment", "number"], name="result_number_unique")]

    def __str__(self) -> str:
        return f"{self.assessment} no. {self.number}"


def report_path(instance: "Report", filename: str) -> str:
    """Where a rendered report is stored."""
    return f"reports/{instance.code[:2]}/{instance.code}.pdf"


class ReportQuerySet(models.QuerySet["Report"]):
    """Reads and deletions that depend on what a stored report shows."""

    def listed_for(self, assessment: int, *, readers: Collection[str], drafts: bool, waiting: bool) -> "ReportQuerySet":
        """The newest report on this assessment alone of each kind, paper, language and circle of readers.

        The assessment by its primary key; only those for these `readers`, those of a draft and those that wait for
        being drawn only if asked for. Without their documents.
        """
        found = self.filter(assessments=assessment, kind__in=ReportKind.on_one(), readers__in=readers)
        same = ("kind", "paper", "language", "readers", "is_draft", "result_number")
        newer = self.model.objects.filter(
            Q(requested_at__gt=OuterRef("requested_at"))
            | Q(requested_at=OuterRef("requested_at"), pk__gt=OuterRef("pk")),
            assessments=assessment,
            **{name: OuterRef(name) for name in same},
        )
        if not drafts:
            found = found.filter(is_draft=False)
        if not waiting:
            found = found.filter(state=ReportState.READY)
        return found.filter(~Exists(newer)).defer("document").order_by("-requested_at", "-pk")

    def over_time_of(self, process: Process, *, readers: Collection[str], most: int = 5) -> "ReportQuerySet":
        """The newest reports on rounds of a process over time for these readers. Without their documents."""
        found = self.filter(kind=ReportKind.OVER_TIME, readers__in=readers)
        mine = Exists(Assessment.reports.through.objects.filter(report=OuterRef("pk"), assessment__process=process))
        return found.filter(mine).defer("document").order_by("-requested_at", "-pk")[:most]

    def delete_with_comments(self, assessment: Assessment, *, everybodys: bool) -> None:
        """Delete the reports on an assessment that have its comments, with their files. Within a transaction.

        The restricted ones; `everybodys` all, where a comment was in those for everybody too.
        """
        found = self.filter(assessments=assessment)
        found = found if everybodys else found.filter(readers=Readers.STEERING)
        doomed = dict(found.values_list("pk", "file"))
        self.filter(pk__in=doomed).delete()
        # Files are not part of the transaction: they go when it is certain.
        for name in filter(None, doomed.values()):
            transaction.on_commit(partial(default_storage.delete, name), robust=True)


class Report(models.Model):
    """A PDF: asked for, drawn once in the background, then served from storage."""

    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    kind = models.CharField(max_length=12, choices=ReportKind.choices)
    assessments = models.ManyToManyField(Assessment, related_name="reports")
    language = models.CharField(max_length=12, default="en")
    is_draft = models.BooleanField(default=False)
    paper = models.CharField(max_length=8, choices=Paper.choices, default=Paper.A4)
    readers = models.CharField(max_length=10, choices=Readers.choices, default=Readers.MEMBERS)
    # Of the frozen result it shows; none of a draft or a comparison.
    result_number = models.PositiveSmallIntegerField(null=True, blank=True)
    # What is drawn, in the form of `assessments.documents.report.ReportDocument`.
    document = models.JSONField()
    # SHA-256 over document, language, templates, style sheet, fonts and engine versions: same key, same bytes.
    cache_key = models.CharField(max_length=64, db_index=True)
    state = models.CharField(max_length=12, choices=ReportState.choices, default=ReportState.QUEUED)
    progress = models.CharField(max_length=200, blank=True)
    error = models.TextField(blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    file = models.FileField(upload_to=report_path, max_length=200, blank=True)
    pages = models.PositiveIntegerField(null=True, blank=True)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    requested_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-requested_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.code}"

    @property
    def is_restricted(self) -> bool:
        """Whether it is for the steering group only."""
        return self.readers == Readers.STEERING

    @property
    def waits_long(self) -> bool:
        """Whether nobody has begun to draw it for longer than it should take: perhaps no worker runs."""
        since = self.heartbeat_at or self.requested_at
        return self.state == ReportState.QUEUED and since < timezone.now() - USUAL_WAIT


class AssessmentEvent(models.Model):
    """A change of state, with who, when and why. Append-only."""

    class Kind(models.TextChoices):
        STARTED = "started", _("Started")
        SUBMITTED = "submitted", _("Submitted")
        REOPENED = "reopened", _("Reopened")
        SUPERSEDED = "superseded", _("Superseded by a later round")
        IMPORTED = "imported", _("Imported")
        MOVED = "moved", _("Moved to a newer version of the questions")
        MOVED_BACK = "moved_back", _("Moved back to the earlier version of the questions")
        REVIEWED = "reviewed", _("Reviewed: the reviewer signed")

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    reason = models.TextField(max_length=2000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=150, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d}"
