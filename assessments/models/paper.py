"""Who enters what was answered on paper."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.models.panel_stores import WaveGroup


class PaperAssistantQuerySet(models.QuerySet["PaperAssistant"]):
    """Assistants."""

    def usable(self) -> "PaperAssistantQuerySet":
        """Those whose link has not been taken back."""
        return self.filter(is_revoked=False)


class PaperAssistant(models.Model):
    """Somebody who enters sheets of one group by a link of their own. Only the hash of its token is stored.

    What they enter is not kept with them: how many sheets a group has had entered stands in the group alone.
    """

    group = models.ForeignKey(WaveGroup, models.CASCADE, related_name="paper_assistants")
    name = models.CharField(_("name of the person who enters"), max_length=150)
    # Told on the sheet: they read what is on it.
    of_organiser = models.BooleanField(_("works for the organiser"), default=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    is_revoked = models.BooleanField(default=False)
    made_on = models.DateField()

    objects = PaperAssistantQuerySet.as_manager()

    class Meta:
        verbose_name = _("person who enters sheets")
        verbose_name_plural = _("persons who enter sheets")
        ordering = ["group_id", "pk"]

    def __str__(self) -> str:
        return self.name
