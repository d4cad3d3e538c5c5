"""The background of a process: what it does, its stakeholder groups, how well the approach fits, and its goals."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.models.process import Process
from assessments.vocabulary import KIND_LABELS, ScreenerChoice


class KindChange(models.Model):
    """What a process was said to do from a moment on; the first is how it was described when it was created."""

    process = models.ForeignKey(Process, models.CASCADE, related_name="kind_changes")
    kind = models.CharField(_("what it does"), max_length=20, choices=list(KIND_LABELS.items()), blank=True)
    # Who it was stands in the trail.
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("change of what a process does")
        verbose_name_plural = _("changes of what a process does")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.process_id}: {self.kind}"

    @property
    def words(self) -> str:
        """The kind in words, also where it was taken back."""
        return self.get_kind_display() or gettext("Not stated")


class StakeholderGroup(models.Model):
    """A group with a stake in the process."""

    process = models.ForeignKey(Process, models.CASCADE, related_name="groups")
    name = models.CharField(_("name"), max_length=100)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("stakeholder group")
        verbose_name_plural = _("stakeholder groups")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["process", "name"], name="group_unique_in_process")]

    def __str__(self) -> str:
        return self.name


class ScreenerAnswer(models.Model):
    """One of the suitability criteria, answered. Advice, never part of a score."""

    process = models.ForeignKey(Process, models.CASCADE, related_name="screener_answers")
    criterion = models.CharField(max_length=12)
    choice = models.CharField(max_length=8, choices=ScreenerChoice.choices, blank=True)
    note = models.TextField(max_length=2000, blank=True)

    class Meta:
        verbose_name = _("screener answer")
        verbose_name_plural = _("screener answers")
        ordering = ["criterion"]
        constraints = [models.UniqueConstraint(fields=["process", "criterion"], name="criterion_unique_in_process")]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.choice}"


class Goal(models.Model):
    """A line of the goals register: a shared goal, who agreed to it, when, and where that is recorded."""

    process = models.ForeignKey(Process, models.CASCADE, related_name="goals")
    # Code of one of the question set's shared goals; empty for a goal of the process's own.
    shared_goal = models.CharField(max_length=12, blank=True)
    text = models.TextField(_("goal"), max_length=1000)
    agreed_by = models.TextField(_("groups that agreed"), max_length=1000, blank=True)
    agreed_when = models.CharField(_("when"), max_length=100, blank=True)
    recorded_in = models.CharField(_("where it is recorded"), max_length=500, blank=True)
    reservations = models.TextField(_("reservations"), max_length=1000, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text[:80]
