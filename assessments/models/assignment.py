"""Who was asked to answer which question, and by when."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from assessments.models.assessment import Assessment
from assessments.models.process import Membership
from assessments.vocabulary import AssessmentState
from assessments.zones import today_in


class QuestionAssignmentQuerySet(models.QuerySet["QuestionAssignment"]):
    """Reads of assignments that mean something."""

    def in_drafts(self) -> "QuestionAssignmentQuerySet":
        """Those of assessments that are still answered."""
        return self.filter(assessment__state=AssessmentState.DRAFT)

    def of_question(self, assessment: Assessment, question: str) -> "QuestionAssignment | None":
        """Who was asked to answer a question, while it can be answered. At most one query."""
        if not assessment.is_draft:
            return None
        given = self.filter(assessment=assessment, question=question).select_related("member__user").first()
        if given is not None:
            given.assessment = assessment
        return given


class QuestionAssignment(models.Model):
    """A question of an assessment given to a member. It goes with the membership.

    The question is named by its code, so that it follows an assessment to another version of its question set.
    """

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="assignments")
    question = models.CharField(max_length=50)
    member = models.ForeignKey(Membership, models.CASCADE, related_name="assignments")
    due = models.DateField(_("to be answered by"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    # When the one reminder was queued.
    reminded_at = models.DateTimeField(null=True, blank=True)

    objects = QuestionAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("question given to a member")
        verbose_name_plural = _("questions given to members")
        ordering = ["due", "pk"]
        constraints = [models.UniqueConstraint(fields=["assessment", "question"], name="question_given_once")]

    def __str__(self) -> str:
        return f"{self.question}: {self.member}"

    @property
    def until(self) -> str:
        """By when, in words; empty without a day."""
        return date_format(self.due, "DATE_FORMAT") if self.due else ""

    @property
    def is_late(self) -> bool:
        """Whether the day is over where the process is."""
        return self.due is not None and self.due < self.today

    @property
    def today(self) -> date:
        """The day it is in the process. The assessment has to be read along with it."""
        return today_in(self.assessment.process.zone)
