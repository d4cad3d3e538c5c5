"""How many mails people had this site send, so that nobody sends advertising through it."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class MailsQueued(models.Model):
    """Mails that somebody put into the queue at once: to how many addresses, and to nobody in particular."""

    at = models.DateTimeField(default=timezone.now, db_index=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    number = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("mails queued")
        verbose_name_plural = _("mails queued")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.number} mails at {self.at:%Y-%m-%d %H:%M}"
