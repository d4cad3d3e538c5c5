"""The public record: results that organisers published for good, under an address that stays."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.models.assessment import Assessment
from assessments.vocabulary import ReplyState
from attributes.codes import new_code
from attributes.searching import containing

if TYPE_CHECKING:
    from assessments.models.process import Process
    from assessments.models.report import Report

REPLY_LENGTH = 2000
DAYS_TO_REPLY = 30


class PublicRecordQuerySet(models.QuerySet["PublicRecord"]):
    """Reads of records that mean something."""

    def published(self) -> Self:
        """Records that can be read: those that were not withdrawn."""
        return self.filter(withdrawn_at=None)

    def of_process(self, process: "Process") -> Self:
        """Those of the assessments of a process that can be read, by round."""
        return self.published().filter(assessment__process=process.pk).order_by("round")

    def narrowed(
        self,
        *,
        text: str = "",
        kind: str = "",
        year: int | None = None,
        country: str = "",
        language: str = "",
        reviewed: str = "",
    ) -> Self:
        """Those with a text in what they are called by, of a kind, year, country and language, reviewed or not.

        `reviewed` is "yes" or "no". Empty values narrow nothing.
        """
        found = self
        if text:
            found = found.filter(containing(text, "number", "name", "organisation", "country"))
        if kind:
            found = found.filter(kind=kind)
        if year is not None:
            found = found.filter(year=year)
        if country:
            found = found.filter(country=country)
        if language:
            found = found.filter(language=language)
        if reviewed:
            found = found.filter(is_reviewed=reviewed == "yes")
        return found


class PublicRecord(models.Model):
    """What was published of one assessment, under a number that stays for ever, with its versions.

    It outlives the assessment and the process: what was published can be withdrawn, and its address then says so, but
    it never vanishes. What the index shows and looks through is copied from the newest version.
    """

    number = models.CharField(max_length=20, unique=True, editable=False)
    year = models.PositiveSmallIntegerField(editable=False)
    serial = models.PositiveIntegerField(editable=False)
    assessment = models.ForeignKey(Assessment, models.SET_NULL, null=True, blank=True, related_name="records")
    name = models.CharField(_("name of the process"), max_length=200)
    organisation = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=20, blank=True)
    country = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=20, blank=True)
    round = models.PositiveSmallIntegerField(default=1)
    is_reviewed = models.BooleanField(default=False)
    is_invented = models.BooleanField(default=False)
    published_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    # A tombstone from then on: the data go, and who withdrew it, when and why stays.
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    withdrawn_by_name = models.CharField(max_length=150, blank=True)
    withdrawn_reason = models.TextField(_("reason"), max_length=1000, blank=True)

    objects = PublicRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("public record")
        verbose_name_plural = _("public records")
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["year", "serial"], name="record_serial_unique_in_year"),
            models.UniqueConstraint(
                fields=["assessment"], condition=Q(withdrawn_at=None), name="one_record_of_an_assessment"
            ),
        ]
        indexes = [models.Index(fields=["-published_at", "-id"], name="record_published")]

    def __str__(self) -> str:
        return self.number

    @property
    def is_withdrawn(self) -> bool:
        """Whether only its tombstone is left."""
        return self.withdrawn_at is not None


class RecordVersion(models.Model):
    """One version of a record, frozen as it was published, with the consent to its publication.

    `document` has the form of `assessments.documents.record.RecordDocument`, and `figures` of its `RecordFigures`; both
    are empty once it was withdrawn. `about` (`RecordAbout`) stays.
    """

    record = models.ForeignKey(PublicRecord, models.CASCADE, related_name="versions")
    version = models.PositiveSmallIntegerField()
    result_number = models.PositiveSmallIntegerField()
    about = models.JSONField(default=dict)
    figures = models.JSONField(default=list, blank=True)
    document = models.JSONField()
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField(default=timezone.now)
    # Who agreed, on whose behalf, and to what: the words as they were shown.
    consent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    consent_name = models.CharField(max_length=150)
    consent_for = models.CharField(_("on whose behalf"), max_length=200)
    consent_text = models.TextField()
    # Drawn by the reports machinery from what is frozen here.
    report: "models.ForeignKey[Report | None, Report | None]" = models.ForeignKey(
        "assessments.Report", models.SET_NULL, null=True, blank=True, related_name="record_versions"
    )

    class Meta:
        verbose_name = _("version of a record")
        verbose_name_plural = _("versions of records")
        ordering = ["record", "version"]
        constraints = [models.UniqueConstraint(fields=["record", "version"], name="record_version_unique")]

    def __str__(self) -> str:
        return f"{self.record} v{self.version}"

    @property
    def published_on(self) -> date:
        """The day of its publication, in UTC: that of a record has to be the same for all its readers."""
        return self.published_at.date()


class ReplyInvitation(models.Model):
    """A personal link by which a stakeholder group may reply to a record. Only the hash of its token is stored.

    It has nothing to do with the links of a panel, and leads to no answer. The address goes once the reply is there.
    """

    record = models.ForeignKey(PublicRecord, models.CASCADE, related_name="reply_invitations")
    group = models.CharField(_("group"), max_length=100)
    email = models.EmailField(_("e-mail address"), blank=True)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    sent_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("invitation to reply")
        verbose_name_plural = _("invitations to reply")
        ordering = ["group", "pk"]

    def __str__(self) -> str:
        return f"{self.record_id}: {self.group}"

    @property
    def is_open(self) -> bool:
        """Whether a reply can be filed by it."""
        return self.used_at is None and self.expires_at > timezone.now()


class GroupReply(models.Model):
    """What a stakeholder group replied to a record: once, dated, and never edited by anybody.

    Whoever reads comments may take it off the page, for one of two reasons and with a note that is shown in its place.
    """

    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    record = models.ForeignKey(PublicRecord, models.CASCADE, related_name="replies")
    group = models.CharField(_("group"), max_length=100)
    text = models.TextField(_("reply"), max_length=REPLY_LENGTH)
    filed_by = models.CharField(_("name"), max_length=150)
    capacity = models.CharField(_("speaks for the group as"), max_length=200, blank=True)
    # Who typed in what came another way, as the name was; empty where the group filed it by its link.
    entered_by_name = models.CharField(max_length=150, blank=True)
    to_version = models.PositiveSmallIntegerField(default=1)
    filed_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=ReplyState.choices, default=ReplyState.SHOWN)
    note = models.TextField(_("note"), max_length=500, blank=True)
    decided_by_name = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(_("answer of the organiser"), max_length=REPLY_LENGTH, blank=True)
    answered_by_name = models.CharField(max_length=150, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("reply of a group")
        verbose_name_plural = _("replies of groups")
        ordering = ["filed_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["record", "group"], name="one_reply_of_a_group")]

    def __str__(self) -> str:
        return f"{self.record_id}: {self.group}"

    @property
    def is_shown(self) -> bool:
        """Whether its words stand on the page."""
        return self.state == ReplyState.SHOWN
