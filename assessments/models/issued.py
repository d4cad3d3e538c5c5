"""What was given out: a record that only grows, and outlives files and processes."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.models.report import Report
from assessments.vocabulary import Readers, ReportKind


class IssuedReportQuerySet(models.QuerySet["IssuedReport"]):
    """Which of the records speak of the same."""

    def of_same(self, about: str, kind: str, language: str, readers: str) -> "IssuedReportQuerySet":
        """The reports of one sort on the same assessments, the newest first."""
        found = self.filter(about=about, kind=kind, language=language, readers=readers)
        return found.order_by("-as_of", "-pk")


class IssuedReport(models.Model):
    """A report that was given out: which it is, and what its file and its data were. Never changed.

    It names nobody and says nothing of what was answered, so it stays when the file or the process is deleted: then it
    still tells a genuine report from a forged one.
    """

    # Follows from document and language (`assessments.documents.manifest`); of several files, one for each version.
    number = models.CharField(max_length=12, db_index=True)
    kind = models.CharField(max_length=12, choices=ReportKind.choices)
    language = models.CharField(max_length=12)
    readers = models.CharField(max_length=10, choices=Readers.choices)
    is_draft = models.BooleanField(default=False)
    product = models.CharField(max_length=40)
    # The codes of the assessments it is about, in order, with blanks between: they may be deleted.
    about = models.CharField(max_length=250, db_index=True)
    file_digest = models.CharField(max_length=64, db_index=True)
    document_digest = models.CharField(max_length=64)
    # Of what it says, without sheets, looks and annexes: another one replaces it, the same one does not.
    shown_digest = models.CharField(max_length=64)
    # Of the numbers of the panel in it, if it shows one assessment that has some: these know no more than their day.
    panel_digest = models.CharField(max_length=64, blank=True)
    # When what it shows was so: results and waves that are younger are not in it.
    as_of = models.DateTimeField()
    issued_at = models.DateTimeField(default=timezone.now)
    report = models.ForeignKey(Report, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = IssuedReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report that was given out")
        verbose_name_plural = _("reports that were given out")
        ordering = ["-as_of", "-pk"]

    def __str__(self) -> str:
        return self.number

    @property
    def codes(self) -> list[str]:
        """The codes of the assessments it is about."""
        return self.about.split()
