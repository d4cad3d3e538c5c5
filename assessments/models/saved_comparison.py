"""A comparison that somebody wants to find again."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from attributes.codes import new_code


class SavedComparison(models.Model):
    """What somebody compares, and how arranged, under a name of theirs. For nobody but them.

    It holds codes and no results: what is shown when it is opened is what its owner may see then.
    """

    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_comparisons")
    name = models.CharField(_("name"), max_length=120)
    # Codes of assessments in the order chosen, and of attributes; none of these stands for all.
    codes = models.JSONField(default=list)
    attributes = models.JSONField(default=list, blank=True)
    # As in addresses (`assessments.comparing.selection`).
    order = models.CharField(max_length=10, blank=True)
    reference = models.CharField(max_length=16, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("saved comparison")
        verbose_name_plural = _("saved comparisons")
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="comparison_name_unique_of_user")]

    def __str__(self) -> str:
        return self.name
