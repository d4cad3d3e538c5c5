"""An assessment of a process, pinned to one version of a question set; the answers to it, and the evidence
given for them."""

from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.models.process import DONE, Membership, Process
from assessments.vocabulary import AnswerState, AssessmentState, EvidenceClass, EvidenceSource, Role, Track, Visibility
from attributes.codes import new_code

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.core.files.base import File

    from assessments.models.register import EvidenceEntry
    from msgov.accounts.models import User


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    """Reads of assessments that mean something."""

    def submitted(self) -> "AssessmentQuerySet":
        """Assessments with a frozen result that holds now (submitted, or superseded by a later round)."""
        return self.filter(state__in=DONE)

    def visible_to(self, user: "User | AnonymousUser") -> "AssessmentQuerySet":
        """Assessments whose existence the user may know of.

        Members know of all assessments of their processes (what they may open is for
        `assessments.permissions`); others only of submitted ones that the process shares.
        """
        if user.is_authenticated and user.is_site_admin:
            return self
        done = Q(state__in=DONE)
        shared = Q(process__visibility=Visibility.PUBLIC) & done
        if not user.is_authenticated:
            return self.filter(shared)
        shared |= Q(process__visibility=Visibility.SIGNED_IN) & done
        member = Membership.objects.filter(process=OuterRef("process"), user=user)
        return self.filter(Q(Exists(member)) | shared)

    def with_question_set(self) -> Self:
        """With the version of the question set, but for its document, which the catalogue has in memory."""
        return self.select_related("question_set").defer("question_set__document")

    def with_round_before(self) -> Self:
        """With the last round before that was submitted (`before`), its version of the question set (`before_set`), and
        whether anything was promised on a round before (`had_actions`)."""
        rounds = Assessment.objects.submitted().filter(process=OuterRef("process"), round__lt=OuterRef("round"))
        last = rounds.order_by("-round")
        return self.annotate(
            before=Subquery(last.values("pk")[:1]),
            before_set=Subquery(last.values("question_set")[:1]),
            had_actions=Exists(rounds.filter(actions__isnull=False)),
        )

    def editable_by(self, user: "User") -> "AssessmentQuerySet":
        """Drafts the user may answer."""
        editors = Membership.objects.filter(
            process=OuterRef("process"), user=user, role__in=[Role.ORGANISER, Role.CONTRIBUTOR]
        )
        return self.filter(Exists(editors), state=AssessmentState.DRAFT)


class Assessment(models.Model):
    """One round of assessing a process."""

    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    # Set by an import: the code the assessment had where it was exported.
    origin_code = models.CharField(max_length=16, blank=True, editable=False)
    process = models.ForeignKey(Process, models.CASCADE, related_name="assessments")
    question_set = models.ForeignKey("attributes.QuestionSet", models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(_("title of this round"), max_length=120, blank=True)
    state = models.CharField(max_length=12, choices=AssessmentState.choices, default=AssessmentState.DRAFT)
    show_index = models.BooleanField(
        _("print the summary index in reports"),
        default=False,
        help_text=_("One figure hides which attribute is weak; it is always printed with its companions."),
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    # The name as it was then: outlives the account, and is all that an imported assessment has.
    submitted_by_name = models.CharField(max_length=150, blank=True, editable=False)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["process", "round", "pk"]
        constraints = [models.UniqueConstraint(fields=["process", "round"], name="round_unique_in_process")]
        indexes = [models.Index(fields=["state", "-submitted_at"], name="assessment_state_submitted")]

    def __str__(self) -> str:
        return f"{self.process} ({self.round})"

    @property
    def is_draft(self) -> bool:
        return self.state == AssessmentState.DRAFT

    @property
    def is_first(self) -> bool:
        """Whether it is the first round, so that there is none before it."""
        return self.round <= 1

    @property
    def is_submitted(self) -> bool:
        """Whether a frozen result holds (also when a later round has superseded it)."""
        return self.state in {AssessmentState.SUBMITTED, AssessmentState.SUPERSEDED}


class Response(models.Model):
    """A set of answers to an assessment. The organiser gives one; the track says whose account it is."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="responses")
    track = models.CharField(max_length=12, choices=Track.choices, default=Track.EVIDENCE)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["assessment"], condition=Q(track="evidence"), name="one_evidence_response")
        ]

    def __str__(self) -> str:
        return f"{self.assessment}: {self.get_track_display()}"


class RawAnswer(models.Model):
    """What was said about one item, raw. Its value is computed, never stored.

    `value` by kind of item:
      rating                {"level": 2}
      checklists            {"options": {"language": {"state": "mitigated", "text": "…"}}, "other": "…"}
      justified yes/no      the same; without options of its own the one option's key is ""
      open text             {"text": "…"}
    """

    state = models.CharField(max_length=16, choices=AnswerState.choices, default=AnswerState.UNANSWERED)
    value = models.JSONField(default=dict, blank=True)
    not_applicable_reason = models.TextField(_("why it is not applicable"), max_length=2000, blank=True)
    # Empty: the class suggested from what is given holds.
    evidence_class = models.CharField(max_length=2, choices=EvidenceClass.choices, blank=True)
    # What in the links and files shows the point; without any of them a description.
    evidence_text = models.TextField(_("evidence, in words"), max_length=20_000, blank=True)
    # One address per line.
    evidence_links = models.TextField(_("links to evidence"), max_length=10_000, blank=True)
    # Who made it; empty: the organiser. Matters where stakeholders have the first word.
    evidence_source = models.CharField(max_length=10, choices=EvidenceSource.choices, blank=True)
    comment = models.TextField(_("comment"), max_length=20_000, blank=True)
    # Where the answer is another one than in the round before.
    moved_because = models.TextField(_("why it moved"), max_length=2000, blank=True)
    # Optimistic lock: a save names the version it started from and fails if that is no longer the stored one.
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


class Answer(RawAnswer):
    """The answer to one item as it stands. Every version of it, this one too, is in its `history`."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="answers")
    item = models.ForeignKey("attributes.Item", models.PROTECT, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["response", "item"], name="one_answer_per_item")]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.state}"


class AnswerVersion(RawAnswer):
    """What an answer was: written beside each change of it, never changed, gone only with the answer itself."""

    class Reason(models.TextChoices):
        """Why it was written; `detail` says the rest."""

        SAVED = "saved", _("Saved")  # the mark of the page: tells a lost acknowledgement from somebody else's change
        SET_ASIDE = "set_aside", _("Set aside in a merge")  # never took the place of the answer
        FILE_ADDED = "file_added", _("File added")  # the name of the file
        FILE_REMOVED = "file_removed", _("File removed")  # the name of the file
        MOVED = "moved", _("Taken over from another version")  # the version it was taken over from
        IMPORTED = "imported", _("Imported")
        CLAIMED = "claimed", _("Taken over from a quick check")
        REGISTER = "register", _("Changed in the evidence register")
        CONSENSUS = "consensus", _("Agreed with the second rater")

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="history")
    reason = models.CharField(max_length=12, choices=Reason.choices, default=Reason.SAVED)
    detail = models.CharField(max_length=200, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("version of an answer")
        verbose_name_plural = _("versions of answers")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.answer_id}, {self.version}: {self.reason}"

    @staticmethod
    def record(answers: Iterable[Answer], *, user: "User | None", reason: str = Reason.SAVED, detail: str = "") -> None:
        """Write down the answers as they are now. One statement."""
        raw = [field.attname for field in RawAnswer._meta.local_fields]
        now = timezone.now()
        AnswerVersion.objects.bulk_create(
            AnswerVersion(
                answer=answer,
                reason=reason,
                detail=detail,
                user=user,
                at=now,
                **{name: getattr(answer, name) for name in raw},
            )
            for answer in answers
        )


def evidence_path(instance: "EvidenceFile | EvidenceEntry", filename: str) -> str:
    """Where an upload is stored: under a random name, so that nothing of the sender's name reaches the disk."""
    return f"evidence/{instance.code[:2]}/{instance.code}"


def store_content(row: "EvidenceFile | EvidenceEntry", content: "File[bytes]") -> None:
    """Write a file to its place; of what could not be written whole nothing stays. Saves no row."""
    try:
        row.file.save(row.name, content, save=False)
    except BaseException:
        with suppress(OSError):
            row.file.storage.delete(evidence_path(row, ""))
        raise


class EvidenceFileManager(models.Manager["EvidenceFile"]):
    """The files that count: those that were not taken away."""

    def get_queryset(self) -> "models.QuerySet[EvidenceFile]":
        return super().get_queryset().filter(removed_at=None)


class EvidenceFile(models.Model):
    """A file given as evidence for an item.

    Taken away after a result was frozen, it stays readable through that result: `everything` has it still.
    """

    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    # Set by an import: the code under which the file is named in results frozen elsewhere.
    origin_code = models.CharField(max_length=16, blank=True, editable=False)
    response = models.ForeignKey(Response, models.CASCADE, related_name="evidence_files")
    item = models.ForeignKey("attributes.Item", models.PROTECT, related_name="+")
    file = models.FileField(upload_to=evidence_path, max_length=200)
    name = models.CharField(_("file name"), max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = EvidenceFileManager()
    everything = models.Manager["EvidenceFile"]()

    class Meta:
        verbose_name = _("evidence file")
        verbose_name_plural = _("evidence files")
        ordering = ["uploaded_at", "pk"]

    def __str__(self) -> str:
        return self.name

    def store(self, content: "File[bytes]") -> None:
        """Write the content to its place; of what could not be written whole nothing stays. Saves no row."""
        store_content(self, content)

    @property
    def named_code(self) -> str:
        """The code under which results name the file: its own, or after an import that of its origin."""
        return self.origin_code or self.code
