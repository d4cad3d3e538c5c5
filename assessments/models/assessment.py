"""An assessment of a process, pinned to one version of a question set."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.models.process import DONE, Membership, Process
from assessments.vocabulary import AssessmentState, Role, Track, Visibility
from attributes.codes import new_code

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

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
    def is_submitted(self) -> bool:
        """Whether a frozen result holds (also when a later round has superseded it)."""
        return self.state in {AssessmentState.SUBMITTED, AssessmentState.SUPERSEDED}


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
