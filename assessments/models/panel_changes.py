"""What was changed in a wave after its launch: written beside each change, never changed, printed with the result."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.models.panel import Wave
from assessments.models.panel_stores import WaveGroup
from assessments.vocabulary import WaveChangeKind


class WaveAmendment(models.Model):
    """One change of a launched wave: what, for which group, from what to what, on which day, by whom.

    Of a corrected address neither the old nor the new one is kept: it is only counted.
    """

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=20, choices=WaveChangeKind.choices)
    group = models.ForeignKey(WaveGroup, models.CASCADE, null=True, blank=True, related_name="changes")
    day = models.DateField()
    # A number of people, or a day as YYYY-MM-DD; empty where there was none.
    before = models.CharField(max_length=20, blank=True)
    after = models.CharField(max_length=20, blank=True)
    reason = models.TextField(max_length=2000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("change of a wave")
        verbose_name_plural = _("changes of waves")
        ordering = ["wave_id", "pk"]

    def __str__(self) -> str:
        return f"{self.wave_id}: {self.kind}"
