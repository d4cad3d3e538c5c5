"""Somebody opened what was given as evidence, or tried to, and said whether it shows what is claimed."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.models.assessment import Response
from assessments.vocabulary import OpeningOutcome


class EvidenceOpening(models.Model):
    """One look at one link or file of an item (method 3.4). Append-only: the last one of a piece counts.

    What could not be opened counts as not opened, whatever was found before.

    `made_for` is the fingerprint of the piece and of the sentence that says what in it shows the point
    (`assessments.answers.evidence`): once either changes, what was said of the earlier one no longer counts.
    """

    response = models.ForeignKey(Response, models.CASCADE, related_name="openings")
    item = models.ForeignKey("attributes.Item", models.PROTECT, related_name="+")
    # The address, or "sha256:…" of a file.
    reference = models.TextField(max_length=10_000)
    made_for = models.CharField(max_length=64)
    outcome = models.CharField(max_length=10, choices=OpeningOutcome.choices)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    # The name as it was then: outlives the account.
    user_name = models.CharField(max_length=150, blank=True)
    day = models.DateField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("opening of evidence")
        verbose_name_plural = _("openings of evidence")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.reference[:40]} {self.day}"

    @property
    def shows(self) -> bool:
        """Whether it was opened and found to show the point."""
        return self.outcome == OpeningOutcome.SHOWS

    @property
    def could_open(self) -> bool:
        """Whether it was opened at all."""
        return self.outcome != OpeningOutcome.CANNOT_OPEN
