"""Comments of a closed wave: read first by a moderator, gathered by theme, replied to by the organiser.

What was written is never tied to who wrote it. The language of a comment is what its words show, by their script or
said by the moderator: the language in which somebody answered would, beside the language of a link, say whose it was.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.models.panel import Wave
from assessments.models.panel_stores import WaveGroup
from assessments.vocabulary import CommentState


class CommentTheme(models.Model):
    """What several comments of a wave are about, in the moderator's words. `summary`: what they say, in a sentence."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="themes")
    title = models.CharField(_("theme"), max_length=120)
    summary = models.TextField(_("what people say about it"), max_length=1000, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    # Which stand of it a page showed: see `Conflict`.
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("theme of comments")
        verbose_name_plural = _("themes of comments")
        ordering = ["wave_id", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["wave", "title"], name="comment_theme_title")]

    def __str__(self) -> str:
        return self.title

    @property
    def reply(self) -> "ThemeReply | None":
        """The reply that everybody reads who may read the theme: the last one published. No query if prefetched."""
        return max((one for one in self.replies.all() if one.published_on), key=lambda one: one.number, default=None)

    @property
    def draft(self) -> "ThemeReply | None":
        """The reply that the organiser has not published yet. No query if prefetched."""
        return next((one for one in self.replies.all() if one.published_on is None), None)


class ThemeReply(models.Model):
    """What the organiser replies to a theme. Written over until it is published; from then on only followed."""

    theme = models.ForeignKey(CommentTheme, models.CASCADE, related_name="replies")
    number = models.PositiveSmallIntegerField(default=1)
    text = models.TextField(_("reply"), max_length=2000)
    version = models.PositiveIntegerField(default=1, editable=False)
    replied_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    replied_on = models.DateField()
    published_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("reply to a theme")
        verbose_name_plural = _("replies to themes")
        ordering = ["theme_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["theme", "number"], name="theme_reply_number"),
            models.UniqueConstraint(
                fields=["theme"], condition=Q(published_on__isnull=True), name="one_draft_reply_per_theme"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.theme}: {self.number}"


class PanelComment(models.Model):
    """A comment of a closed wave, for moderation: made from the ballot boxes in random order when the wave closes.

    `group` is empty where fewer than eight answered in the group (method 3.8).
    """

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="comments")
    group = models.ForeignKey(WaveGroup, models.CASCADE, null=True, blank=True, related_name="+")
    attribute = models.CharField(max_length=20)
    text = models.TextField()
    # The words that are shown: names taken out. The original stays for whoever moderates.
    edited = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=CommentState.choices, default=CommentState.WAITING)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    theme = models.ForeignKey(CommentTheme, models.SET_NULL, null=True, blank=True, related_name="comments")
    # Of its words, empty where nobody has said: see above.
    language = models.CharField(max_length=20, blank=True)
    # By the moderator, for readers who do not read that language.
    translation = models.TextField(blank=True)
    # The moderator's choice, never the organiser's: it may stand where everybody reads.
    chosen_for_public = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["attribute", "pk"]

    def __str__(self) -> str:
        return f"{self.wave_id}: {self.attribute}"

    @property
    def shown_words(self) -> str:
        """The words in which it was cleared; nothing unless it is shown."""
        return (self.edited or self.text) if self.state == CommentState.SHOWN else ""
