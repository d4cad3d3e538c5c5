"""What the organiser chose for the annual page of a round; everything else on it follows from what is there."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.models.assessment import Assessment
from assessments.models.panel_comments import PanelComment

FOREWORD_LENGTH = 400


class AnnualPage(models.Model):
    """Title, year, a short foreword, which promises stand on the page, and one comment. No row: all by rule."""

    assessment = models.OneToOneField(Assessment, models.CASCADE, related_name="annual_page")
    title = models.CharField(_("title"), max_length=120, blank=True)
    # In words: a year may begin in autumn ("2025/26").
    year = models.CharField(_("year"), max_length=20, blank=True)
    foreword = models.TextField(_("foreword"), max_length=FOREWORD_LENGTH, blank=True)
    # Codes of actions that do not stand on the page. They are counted all the same, and the page says how many.
    left_out = models.JSONField(default=list, blank=True)
    quoted = models.ForeignKey(PanelComment, models.SET_NULL, null=True, blank=True, related_name="+")
    # Optimistic lock.
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("annual page")
        verbose_name_plural = _("annual pages")

    def __str__(self) -> str:
        return self.title or str(self.assessment)
