"""What the organiser adds to a result for those who decide: the decision asked for, who stands behind it, and how the
organisation's papers look. What was decided, and what is done about it: `assessments.models.action`."""

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
    # Of whoever made it: what could make them see the process as better or worse than it is.
    interests = models.TextField(_("interests declared"), max_length=600, blank=True)
    # Optimistic lock.
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("board paper")
        verbose_name_plural = _("board papers")

    def __str__(self) -> str:
        return str(self.assessment)


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
