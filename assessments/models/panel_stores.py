"""Stakeholder panels: two stores with no key between them (docs/adr/0008).

The first knows who was asked: groups of a wave, links, and questionnaires that are not finished yet. The second holds
what was answered: ballot boxes, each one row with the finished questionnaires of a part of a group, in the order of
random numbers. No row, id, time or order of the second leads to one of the first but the group.
"""

from django.db import connection, models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assessments.models.panel import Wave
from assessments.vocabulary import GroupMode, LinkKind, Sector
from attributes.texts import LocalisedText, localise

TOGETHER = 32  # links that are written at once


class WaveGroup(models.Model):
    """A stakeholder group in a wave."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="groups")
    # In the first language of the wave.
    name = models.CharField(_("name"), max_length=100)
    # In the others, by language.
    names = models.JSONField(default=dict, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    # Empty: one of its own.
    sector = models.CharField(_("sector"), max_length=20, choices=Sector.choices, blank=True)
    mode = models.CharField(max_length=10, choices=GroupMode.choices, default=GroupMode.INDIVIDUAL)
    link_kind = models.CharField(max_length=10, choices=LinkKind.choices, default=LinkKind.PERSONAL)
    invited = models.PositiveIntegerField(_("people invited"), default=0)
    # Whether these are all there are: only then is the sampling range narrower the more of them answer (method 3.10).
    everybody = models.BooleanField(_("everybody in the group is invited"), default=False)
    # How many questionnaires are taken: with personal links as many as were invited, set at the launch.
    cap = models.PositiveIntegerField(_("most answers taken"), null=True, blank=True)
    # At most one reminder a day. Kept for the group: that of a link would show which were not used.
    reminded_on = models.DateField(null=True, blank=True)
    # How many finished questionnaires there are: all that is known before the wave is closed.
    received = models.PositiveIntegerField(default=0, editable=False)
    # How many of these an assistant entered from paper. No answer says that it is one.
    by_assistant = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("group of a wave")
        verbose_name_plural = _("groups of a wave")
        ordering = ["wave_id", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["wave", "name"], name="wave_group_name")]

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> LocalisedText:
        """What it is called in a language; in the first of its wave where it has no name in it."""
        return localise(self.all_names, language)

    @property
    def all_names(self) -> dict[str, str]:
        """What it is called, by language; the first one has its own too."""
        return {self.wave.first_language: self.name, **{code: words for code, words in self.names.items() if words}}

    @property
    def other_sector(self) -> str:
        """The sector it belongs to, where its name does not say so."""
        label = self.get_sector_display()
        return "" if label == self.name else label

    def write_boxes_anew(self) -> None:
        """Write all ballot boxes once more, whatever has changed: no transaction then wrote one of them alone.

        Needs the group to be locked: otherwise two writers of the same rows would wait for each other.
        """
        if connection.vendor != "postgresql":
            return
        with connection.cursor() as cursor:
            # Another value as far as PostgreSQL knows: large ones are stored apart, and are else not written again.
            cursor.execute(
                f"UPDATE {BallotBox._meta.db_table} SET content = content || '[]'::jsonb "  # noqa: S608
                "WHERE group_id = %s",
                [self.pk],
            )

    def write_anew(self) -> None:
        """Write all links and ballot boxes of a locked group once more, in one transaction."""
        if connection.vendor == "postgresql":
            self.links.update(is_used=F("is_used"))
        self.write_boxes_anew()


class PanelLinkQuerySet(models.QuerySet["PanelLink"]):
    """Readings of links."""

    def mailed(self) -> "PanelLinkQuerySet":
        """Those that were mailed, or are to be: of people with an address, and not taken back."""
        return self.filter(is_open_link=False, is_test=False, is_revoked=False).exclude(email="")


class PanelLink(models.Model):
    """A way into a questionnaire: its group, and whether it was used. Only the hash of its token is stored."""

    group = models.ForeignKey(WaveGroup, models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    # After a reminder to somebody who is answering: the link they came by works on, to the same questionnaire.
    former_hash = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    # Of the code on its card, which leads to the same questionnaire; empty for links that were never printed.
    short_hash = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    # An open link is never used up; who comes by it gets a link of their own.
    is_open_link = models.BooleanField(default=False)
    # The organiser's own, before the launch: what is answered by it is never kept.
    is_test = models.BooleanField(default=False)
    # Given for a receipt, whose answers were deleted, so that they can be given anew: of nobody's name or link.
    in_exchange = models.BooleanField(default=False)
    email = models.EmailField(blank=True)
    # Of the mails that bring it; empty: the first language of the wave.
    language = models.CharField(max_length=20, blank=True)
    is_used = models.BooleanField(default=False)
    is_revoked = models.BooleanField(default=False)
    sent_on = models.DateField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)
    failure = models.CharField(max_length=300, blank=True)

    objects = PanelLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ["group_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["group"], condition=Q(is_open_link=True), name="one_open_link_per_group"),
            models.UniqueConstraint(fields=["short_hash"], condition=~Q(short_hash=""), name="one_link_per_short_code"),
        ]

    def __str__(self) -> str:
        return f"{self.group_id}: {self.pk}"

    def written_together(self) -> list[int]:
        """The links, by number, that are written in one statement with this one: always the same ones together.

        At least TOGETHER of the group, or all of it. Neither a transaction nor the place of a row in its file then says
        which of them was used (docs/adr/0011). All links of a large group would take a tenth of a second, in which
        others wait.
        """
        links = PanelLink.objects.filter(group=self.group_id).order_by("pk")
        bundles = max(1, links.count() // TOGETHER)
        bundle = min(links.filter(pk__lt=self.pk).count() // TOGETHER, bundles - 1)
        end = None if bundle == bundles - 1 else (bundle + 1) * TOGETHER
        return list(links.values_list("pk", flat=True)[bundle * TOGETHER : end])


class UnfinishedQuestionnaire(models.Model):
    """A questionnaire under way. The only row that ties answers to a link, and deleted when it is finished."""

    link = models.OneToOneField(PanelLink, models.CASCADE, related_name="questionnaire")
    answers = models.JSONField(default=dict)
    comments = models.JSONField(default=dict)
    language = models.CharField(max_length=20, blank=True)
    version = models.PositiveIntegerField(default=1)
    # Of a group on the record alone: who saved which page last, by the initials they gave; of others nothing.
    saved_by = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("unfinished questionnaire")
        verbose_name_plural = _("unfinished questionnaires")

    def __str__(self) -> str:
        return str(self.pk)


class BallotBoxContent(models.TextChoices):
    """What a ballot box holds. Comments lie apart: how somebody writes must not lead to what they ticked."""

    ANSWERS = "answers", _("Answers")
    COMMENTS = "comments", _("Comments")


class BallotBox(models.Model):
    """Finished questionnaires of a part of a group, in one row and in the order of random numbers.

    One row for many questionnaires, written anew with each, because the order of rows in a table, in its file and in
    a backup is the order in which they were written.
    """

    group = models.ForeignKey(WaveGroup, models.CASCADE, related_name="ballot_boxes")
    holds = models.CharField(max_length=10, choices=BallotBoxContent.choices)
    shard = models.PositiveSmallIntegerField()
    # [{"id": …, "receipt": …, "answers": {...}}, …] or [{"id": …, "receipt": …, "attribute": …, "text": …}, …]
    content = models.JSONField(default=list)

    class Meta:
        verbose_name = _("ballot box")
        verbose_name_plural = _("ballot boxes")
        ordering = ["group_id", "holds", "shard"]
        constraints = [models.UniqueConstraint(fields=["group", "holds", "shard"], name="ballot_box_shard")]

    def __str__(self) -> str:
        return f"{self.group_id}: {self.holds} {self.shard}"
