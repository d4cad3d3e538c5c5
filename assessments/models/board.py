"""What the organiser adds to a result for those who decide: the decision asked for, who stands behind it, the actions
that were planned, and how the organisation's papers look."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.models.assessment import Assessment
from assessments.models.process import Process

COLOUR = RegexValidator(r"^#[0-9a-f]{6}\Z", _("Give the colour as # and six digits or letters a to f, like #12355b."))


class BoardPaper(models.Model):
    """What a board paper says that no answer says. No row: nothing has been written yet."""

    assessment = models.OneToOneField(Assessment, models.CASCADE, related_name="board_paper")
    # One line for each decision.
    decision = models.TextField(_("what the board is asked to decide"), max_length=600, blank=True)
    made_by = models.CharField(_("made by"), max_length=120, blank=True)
    checked_by = models.CharField(_("checked by"), max_length=120, blank=True)
    commissioned_by = models.CharField(_("commissioned by"), max_length=120, blank=True)
    # Optimistic lock, of the actions too: they are written on the same page.
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("board paper")
        verbose_name_plural = _("board papers")

    def __str__(self) -> str:
        return str(self.assessment)


class Action(models.Model):
    """Something that was planned: what, by whom, until when. `item` is the code of the item whose step it takes."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="actions")
    item = models.CharField(max_length=50, blank=True)
    text = models.CharField(_("what will be done"), max_length=160, blank=True)
    # In words: most who carry out an action have no account.
    owner = models.CharField(_("owner"), max_length=80, blank=True)
    due = models.DateField(_("by"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text or self.item


class Brand(models.Model):
    """How the papers of a process look: name and logo of the organisation, and one colour."""

    process = models.OneToOneField(Process, models.CASCADE, related_name="brand")
    name = models.CharField(_("name on papers"), max_length=120, blank=True)
    colour = models.CharField(_("colour"), max_length=7, blank=True, validators=[COLOUR])
    # A PNG that was made here from what was uploaded, small enough to stand in the row.
    logo = models.BinaryField(blank=True, default=bytes)

    class Meta:
        verbose_name = _("look of papers")
        verbose_name_plural = _("looks of papers")

    def __str__(self) -> str:
        return self.name or str(self.process)
