"""What is planned, written and known of the mails of a wave. Nothing here is about one person: links are, in `panel`.

That a reminder went out is kept for the wave and for its groups. Kept for a link it would show who had not answered.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.models.panel import Wave
from assessments.vocabulary import MailKind

SUBJECT_MAX = 120
OPENING_MAX = 1000


class WaveMailPlan(models.Model):
    """Which mails go out by themselves in a wave. `root` is the address of this site, as organisers reach it."""

    wave = models.OneToOneField(Wave, models.CASCADE, related_name="mail_plan")
    # Such as "start+7" and "end-3": days after the launch, and before the closing date (assessments.panels.planning).
    reminders = models.JSONField(default=list, blank=True)
    thanks = models.BooleanField(_("thank everybody who was invited, after the closing"), default=False)
    root = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("plan of mails")
        verbose_name_plural = _("plans of mails")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.wave_id}: {self.reminders}"


class WaveMailing(models.Model):
    """A day on which mails of one kind went out in a wave: to whom is not kept."""

    class Kind(models.TextChoices):
        """What went out."""

        REMINDER = "reminder", _("Reminders")
        THANKS = "thanks", _("Thank-you")
        CLOSES_SOON = "closes_soon", _("To the organisers, that it closes")

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="mailings")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    sent_on = models.DateField()
    # Groups, by number, whose mails still have to go out, and the link after which to go on. Whoever sends takes the
    # group out first, so that nobody gets a mail twice.
    waiting = models.JSONField(default=dict, blank=True)
    # When the mail server could not be reached; None: it could, or it is being tried. It stays where a later reminder
    # has taken the place of what waited.
    unreached_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("day of mails")
        verbose_name_plural = _("days of mails")
        ordering = ["wave_id", "sent_on", "kind"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["wave", "kind", "sent_on"], name="wave_mailing_once_a_day"),
            # Whoever was thanked is not thanked again, also where a wave is opened and closed once more.
            models.UniqueConstraint(fields=["wave"], condition=Q(kind="thanks"), name="wave_thanked_once"),
        ]

    def __str__(self) -> str:
        return f"{self.wave_id}: {self.kind} {self.sent_on}"


class WaveMailText(models.Model):
    """Subject and first paragraph of a kind of mail in a language, as the organiser wrote them. Empty: as usual."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="mail_texts")
    kind = models.CharField(max_length=12, choices=MailKind.choices)
    language = models.CharField(max_length=20)
    subject = models.CharField(_("subject"), max_length=SUBJECT_MAX, blank=True)
    opening = models.TextField(_("first paragraph"), max_length=OPENING_MAX, blank=True)

    class Meta:
        verbose_name = _("text of mails")
        verbose_name_plural = _("texts of mails")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["wave", "kind", "language"], name="wave_mail_text")]

    def __str__(self) -> str:
        return f"{self.wave_id}: {self.kind} {self.language}"


class BounceReading(models.Model):
    """When the mailbox of mails that come back was read, and why it could not be. One row; of mails nothing is kept."""

    read_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("reading of returned mails")
        verbose_name_plural = _("readings of returned mails")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.read_at} {self.failure}"
