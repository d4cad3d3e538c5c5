"""An assessment was moved to another version of its question set."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.models.assessment import Assessment


class Move(models.Model):
    """From which version to which, what was decided for each item, and whether it was undone.

    `decisions` maps codes of items of the newer version to
    `{"choice": "take", "became": fingerprint of the answer made, or ""}`.
    """

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="moves")
    from_set = models.ForeignKey("attributes.QuestionSet", models.PROTECT, related_name="+")
    to_set = models.ForeignKey("attributes.QuestionSet", models.PROTECT, related_name="+")
    decisions = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    # The name as it was then; empty for a move from the command line.
    by_name = models.CharField(max_length=150, blank=True)
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    undone_by_name = models.CharField(max_length=150, blank=True)

    class Meta:
        verbose_name = _("move to another version")
        verbose_name_plural = _("moves to another version")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.assessment_id}: {self.from_set_id} → {self.to_set_id}"
