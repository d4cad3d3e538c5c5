"""Drafts of coming versions: whole documents, each change of them kept as a step that can be taken back.

A draft may be incomplete, and is changed, compared and imported as a whole. When it is published its document becomes
that of a version, and never changes again (docs/adr).
"""

import json
import zlib
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from attributes.codes import new_code
from attributes.models.question_sets import QuestionSet

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from msgov.accounts.models import User


class DraftStatus(models.TextChoices):
    """Where a draft stands on its way to being a version."""

    EDITING = "editing", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    APPROVED = "approved", _("Approved")


class DraftQuerySet(models.QuerySet["Draft"]):
    """Reads of drafts that mean something."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """All drafts for question set administrators, none for anybody else."""
        if user.is_authenticated and user.edits_question_sets:
            return self
        return self.none()

    def with_base(self) -> Self:
        """With the version each started from, but for its document."""
        return self.select_related("base").defer("base__document")


class Draft(models.Model):
    """A coming version of a question set, as it stands now."""

    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    slug = models.SlugField(max_length=80)
    # The version it started from; none for a new question set.
    base = models.ForeignKey(QuestionSet, models.PROTECT, null=True, blank=True, related_name="drafts")
    # A question set in the format of the files, which need not be complete (`attributes.documents.documents`).
    content = models.JSONField()
    # The number of the step that `content` is.
    step = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=10, choices=DraftStatus.choices, default=DraftStatus.EDITING)
    # Codes once given stay given, also when what bore them was taken out again.
    spent_codes = models.JSONField(default=list, blank=True)
    # {"item/IT1a": {"as": "spelling" | "wording", "of": fingerprint}}: what an editor said of a change that the words
    # alone do not tell, and of which content it was said (`attributes.versions.services.publishing.declarations`).
    declared = models.JSONField(default=dict, blank=True)
    # {language: {key of a text: fingerprint of the source text}} (`attributes.documents.translating`).
    translated_from = models.JSONField(default=dict, blank=True)
    changelog = models.TextField(_("what changed"), max_length=20_000, blank=True)
    review_asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    review_asked_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    updated_at = models.DateTimeField(default=timezone.now)

    objects = models.Manager.from_queryset(DraftQuerySet)()

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        ordering = ["-updated_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.slug} ({self.code})"

    @property
    def is_open(self) -> bool:
        """Whether it may be edited; in review it stands still."""
        return self.status == DraftStatus.EDITING


class DraftStep(models.Model):
    """What a draft was after one change."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="steps")
    number = models.PositiveIntegerField()
    # What was changed: an address (`attributes.documents.documents`), or a word for changes of structure.
    target = models.CharField(max_length=120)
    summary = models.CharField(max_length=300)
    packed = models.BinaryField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["draft_id", "number"]
        constraints = [models.UniqueConstraint(fields=["draft", "number"], name="draft_step_number")]

    def __str__(self) -> str:
        return f"{self.draft_id}: {self.number}"

    @staticmethod
    def pack(content: dict[str, Any], translated_from: dict[str, Any] | None = None) -> bytes:
        """The document and what its translations were made from, a tenth of their size."""
        kept = {"content": content, "translated_from": translated_from or {}}
        return zlib.compress(json.dumps(kept, ensure_ascii=False).encode(), 6)

    @property
    def content(self) -> dict[str, Any]:
        """The document as it was after this change."""
        return self._kept["content"]

    @property
    def translated_from(self) -> dict[str, Any]:
        """What the translations had been made from then."""
        return self._kept["translated_from"]

    @property
    def _kept(self) -> dict[str, dict[str, Any]]:
        kept: dict[str, dict[str, Any]] = json.loads(zlib.decompress(bytes(self.packed)))
        return kept


class DraftNote(models.Model):
    """A remark on a draft for those who write and review it, kept until somebody has dealt with it."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="notes")
    # What it is about: the key of a text, or the address of a part; empty for the draft as a whole.
    place = models.CharField(max_length=200, blank=True)
    text = models.TextField(_("note"), max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("note on a draft")
        verbose_name_plural = _("notes on drafts")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.draft_id}: {self.place}"
