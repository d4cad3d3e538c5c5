"""Words for respondents that were written on this site: a language more, or others than come with it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class WordingLanguage(models.Model):
    """The words of one language that take the place of those that come with this software, by key."""

    code = models.CharField(_("language"), max_length=20, unique=True)
    texts = models.JSONField(default=dict)
    # Until somebody who speaks it has read all of it, respondents are told that nobody has.
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    checked_on = models.DateField(null=True, editable=False)
    # What was read: other words, such as those of a newer version of this software, have to be read again.
    checked_digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("language of respondents")
        verbose_name_plural = _("languages of respondents")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code
