"""What surrounds the questions: the screener, shared goals, components and the crosswalk."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from attributes.models.base import FrozenWhenPublished
from attributes.models.question_sets import QuestionSet


class Criterion(FrozenWhenPublished):
    """A condition under which the approach works best, asked once per process."""

    question_set = models.ForeignKey(QuestionSet, on_delete=models.CASCADE, related_name="criteria")
    code = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField()
    text = models.JSONField()
    help = models.JSONField(default=dict, blank=True)
    source_lines = models.CharField(max_length=40, blank=True)

    class Meta(FrozenWhenPublished.Meta):
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["question_set_id", "position"]
        constraints = [models.UniqueConstraint(fields=["question_set", "code"], name="criterion_code")]

    def __str__(self) -> str:
        return self.code


class Goal(FrozenWhenPublished):
    """A goal the source offers as shared."""

    question_set = models.ForeignKey(QuestionSet, on_delete=models.CASCADE, related_name="goals")
    code = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField()
    text = models.JSONField()
    source_lines = models.CharField(max_length=40, blank=True)

    class Meta(FrozenWhenPublished.Meta):
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        ordering = ["question_set_id", "position"]
        constraints = [models.UniqueConstraint(fields=["question_set", "code"], name="goal_code")]

    def __str__(self) -> str:
        return self.code


class Component(FrozenWhenPublished):
    """A part of the multistakeholder model as the source describes it."""

    question_set = models.ForeignKey(QuestionSet, on_delete=models.CASCADE, related_name="components")
    code = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField()
    text = models.JSONField()
    note = models.JSONField(default=dict, blank=True)
    source_lines = models.CharField(max_length=40, blank=True)

    class Meta(FrozenWhenPublished.Meta):
        verbose_name = _("component")
        verbose_name_plural = _("components")
        ordering = ["question_set_id", "position"]
        constraints = [models.UniqueConstraint(fields=["question_set", "code"], name="component_code")]

    def __str__(self) -> str:
        return self.code


class CrosswalkPrinciple(FrozenWhenPublished):
    """A principle of another framework, and the items that ask for it."""

    question_set = models.ForeignKey(QuestionSet, on_delete=models.CASCADE, related_name="crosswalk")
    position = models.PositiveSmallIntegerField()
    framework = models.JSONField()
    text = models.JSONField()
    source_lines = models.CharField(max_length=40, blank=True)
    item_codes = models.JSONField(default=list, blank=True)
    not_covered = models.JSONField(default=dict, blank=True)

    class Meta(FrozenWhenPublished.Meta):
        verbose_name = _("crosswalk principle")
        verbose_name_plural = _("crosswalk principles")
        ordering = ["question_set_id", "position"]

    def __str__(self) -> str:
        return f"{self.question_set_id}: {self.position}"
