"""What is left of a wave when it is closed: frozen numbers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.models.panel import Wave


class WaveSnapshot(models.Model):
    """The frozen numbers of a closed wave (`assessments.documents.panel`). Never changed, only followed.

    `document` is for restricted readers, `public` for everybody else: it was made at the closing, and nothing in it is
    derived from the other when it is read.
    """

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="snapshots")
    number = models.PositiveSmallIntegerField(default=1)
    document = models.JSONField()
    digest = models.CharField(max_length=64)
    public = models.JSONField()
    public_digest = models.CharField(max_length=64)
    # What a later snapshot is compared with (`assessments.scoring.next_wave`): how often each answer was given.
    tallies = models.JSONField()
    made_on = models.DateField()

    class Meta:
        verbose_name = _("result of a wave")
        verbose_name_plural = _("results of waves")
        ordering = ["wave_id", "number"]
        constraints = [models.UniqueConstraint(fields=["wave", "number"], name="wave_snapshot_number")]

    def __str__(self) -> str:
        return f"{self.wave_id}: {self.number}"
