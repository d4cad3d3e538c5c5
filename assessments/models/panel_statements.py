"""Responses of groups that answer on the record: one of each, openly, and corrected until the wave closes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.models.panel_stores import WaveGroup


class FiledResponse(models.Model):
    """What a group answers on the record, who answers for it, and how the group agreed.

    Either a name or an office is enough: what stands here is published for good.
    """

    answers = models.JSONField(default=dict)
    comments = models.JSONField(default=dict)
    filed_by = models.CharField(_("name of the person who files it"), max_length=150, blank=True)
    capacity = models.CharField(_("office, or in which capacity"), max_length=200, blank=True)
    prepared_by = models.TextField(_("who prepared it"), max_length=1000, blank=True)
    how_agreed = models.TextField(_("how the group agreed on it"), max_length=2000)
    filed_on = models.DateField()

    class Meta:
        abstract = True


class GroupStatement(FiledResponse):
    """The one response of a group, as it holds. `filed_on` is the day it was first filed."""

    group = models.OneToOneField(WaveGroup, models.CASCADE, related_name="statement")
    corrected_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("response on the record")
        verbose_name_plural = _("responses on the record")

    def __str__(self) -> str:
        return str(self.group)


class EarlierStatement(FiledResponse):
    """The response of a group as it was before a correction. Never changed."""

    statement = models.ForeignKey(GroupStatement, models.CASCADE, related_name="earlier")
    number = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("earlier response on the record")
        verbose_name_plural = _("earlier responses on the record")
        ordering = ["statement_id", "number"]
        constraints = [models.UniqueConstraint(fields=["statement", "number"], name="earlier_statement_number")]

    def __str__(self) -> str:
        return f"{self.statement}: {self.number}"
