"""What is left of a wave when it is closed: comments for moderation, and frozen numbers."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.models.panel import Wave, WaveGroup
from assessments.vocabulary import CommentState


class PanelComment(models.Model):
    """A comment of a closed wave, for moderation: made from the ballot boxes in random order when the wave closes.

    `group` is empty where fewer than eight answered in the group (method 3.8).
    """

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="comments")
    group = models.ForeignKey(WaveGroup, models.CASCADE, null=True, blank=True, related_name="+")
    attribute = models.CharField(max_length=20)
    text = models.TextField()
    # The words that are shown: names taken out. The original stays for whoever moderates.
    edited = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=CommentState.choices, default=CommentState.WAITING)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["attribute", "pk"]

    def __str__(self) -> str:
        return f"{self.wave_id}: {self.attribute}"


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
