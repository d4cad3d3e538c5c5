"""Items: what is answered one by one, and everything that helps to answer it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from attributes.kinds import Audience, Kind, Trigger
from attributes.models.base import FrozenWhenPublished
from attributes.models.question_sets import Question


class Item(FrozenWhenPublished):
    """One thing that is answered. Code and revision together say exactly what was asked."""

    set_path = ("question", "attribute", "question_set")

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="items")
    code = models.CharField(max_length=20)
    revision = models.PositiveSmallIntegerField(default=1)
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=30, choices=[(kind.value, kind.value) for kind in Kind])
    short = models.JSONField()
    text = models.JSONField()
    note = models.JSONField(default=dict, blank=True)
    scored = models.BooleanField()
    critical = models.BooleanField(default=False)
    na_allowed = models.BooleanField(default=False)
    na_condition = models.JSONField(default=dict, blank=True)
    # The stakeholders know this best: the organiser alone cannot vouch for it.
    stakeholder_primary = models.BooleanField(default=False)
    audience = models.CharField(
        max_length=10,
        choices=[(audience.value, audience.value) for audience in Audience],
        default=Audience.BOTH.value,
    )
    # Checklists only: a free line for what the options do not name; never scored.
    other_allowed = models.BooleanField(default=False)
    # Codes of items of earlier versions that this one takes the place of (split, merged).
    replaces = models.JSONField(default=list, blank=True)

    class Meta(FrozenWhenPublished.Meta):
        verbose_name = _("item")
        verbose_name_plural = _("items")
        ordering = ["question_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["question", "code"], name="item_code"),
            models.CheckConstraint(condition=models.Q(revision__gte=1), name="item_revision"),
            models.CheckConstraint(condition=models.Q(kind__in=[kind.value for kind in Kind]), name="item_kind"),
            models.CheckConstraint(
                condition=models.Q(audience__in=[audience.value for audience in Audience]),
                name="item_audience",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class ItemPart(FrozenWhenPublished):
    """What belongs to one item."""

    set_path = ("item", "question", "attribute", "question_set")

    class Meta(FrozenWhenPublished.Meta):
        abstract = True


class Anchor(ItemPart):
    """What a level of the scale means for one rated item."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="anchors")
    level = models.PositiveSmallIntegerField()
    text = models.JSONField()

    class Meta(ItemPart.Meta):
        verbose_name = _("anchor")
        verbose_name_plural = _("anchors")
        ordering = ["item_id", "level"]
        constraints = [models.UniqueConstraint(fields=["item", "level"], name="anchor_level")]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.level}"


class Option(ItemPart):
    """One line of a checklist."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="options")
    key = models.SlugField(max_length=50)
    position = models.PositiveSmallIntegerField()
    label = models.JSONField()
    help = models.JSONField(default=dict, blank=True)

    class Meta(ItemPart.Meta):
        verbose_name = _("option")
        verbose_name_plural = _("options")
        ordering = ["item_id", "position"]
        constraints = [models.UniqueConstraint(fields=["item", "key"], name="option_key")]

    def __str__(self) -> str:
        return self.key


class OptionState(ItemPart):
    """What can be said of each line of a checklist (or of the item, where it has no lines)."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="states")
    key = models.SlugField(max_length=50)
    position = models.PositiveSmallIntegerField()
    # A fraction such as "1/2": exact, where a float would not be. Empty: not scored.
    credit = models.CharField(max_length=20, null=True, blank=True)
    needs_text = models.BooleanField(default=False)
    label = models.JSONField()
    text = models.JSONField(default=dict, blank=True)

    class Meta(ItemPart.Meta):
        verbose_name = _("state")
        verbose_name_plural = _("states")
        ordering = ["item_id", "position"]
        constraints = [models.UniqueConstraint(fields=["item", "key"], name="option_state_key")]

    def __str__(self) -> str:
        return self.key


class EvidencePrompt(ItemPart):
    """Something that would show how things stand."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="evidence_prompts")
    position = models.PositiveSmallIntegerField()
    text = models.JSONField()

    class Meta(ItemPart.Meta):
        verbose_name = _("evidence prompt")
        verbose_name_plural = _("evidence prompts")
        ordering = ["item_id", "position"]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.position}"


class Recommendation(ItemPart):
    """What to do when an item stands low, and the passage of the source it rests on."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="recommendations")
    code = models.CharField(max_length=30)
    position = models.PositiveSmallIntegerField()
    trigger = models.CharField(max_length=2, choices=[(trigger.value, trigger.value) for trigger in Trigger])
    text = models.JSONField()
    basis_quote = models.JSONField()
    basis_lines = models.CharField(max_length=40, blank=True)

    class Meta(ItemPart.Meta):
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        ordering = ["item_id", "position"]
        constraints = [models.UniqueConstraint(fields=["item", "code"], name="recommendation_code")]

    def __str__(self) -> str:
        return self.code
