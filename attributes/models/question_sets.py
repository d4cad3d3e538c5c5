"""A version of a question set, its attributes and their questions."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from attributes.exceptions import PublishedQuestionSetError
from attributes.models.base import FrozenManager, FrozenQuerySet, FrozenWhenPublished, Status, refuse_frozen


class QuestionSetQuerySet(FrozenQuerySet["QuestionSet"]):
    """Versions of question sets."""

    def published(self) -> Self:
        """Versions that new assessments may use."""
        return self.filter(status=Status.PUBLISHED)

    def frozen(self) -> Self:
        """Versions that can no longer change: published or retired."""
        return self.filter(status__in=[Status.PUBLISHED, Status.RETIRED])

    def newest_first(self) -> list["QuestionSet"]:
        """By slug, the default set first and experimental ones last; of each the highest version first."""
        # A set counts as experimental as a whole while its highest version is.
        ordered = sorted(self, key=lambda row: row.version_key, reverse=True)
        highest: dict[str, QuestionSet] = {}
        for row in ordered:
            highest.setdefault(row.slug, row)
        default = settings.DEFAULT_QUESTION_SET
        return sorted(ordered, key=lambda row: (row.slug != default, highest[row.slug].experimental, row.slug))

    def latest_versions(self) -> list["QuestionSet"]:
        """The highest published version of every slug, whenever it was published; the default set comes first."""
        latest: dict[str, QuestionSet] = {}
        for question_set in self.published().newest_first():
            latest.setdefault(question_set.slug, question_set)
        return list(latest.values())

    def update(self, **kwargs: Any) -> int:
        """Update drafts; of published versions only the status, and that only to retired."""
        if kwargs == {"status": Status.RETIRED}:
            return models.QuerySet.update(self.filter(status=Status.PUBLISHED), **kwargs)
        return super().update(**kwargs)

    update.alters_data = True  # type: ignore[attr-defined]


class QuestionSet(FrozenWhenPublished):
    """One version of a question set. Every text is a map from language code to text."""

    set_path = ()

    slug = models.SlugField(max_length=80)
    version = models.CharField(max_length=20)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    experimental = models.BooleanField(default=False)
    title = models.JSONField()
    summary = models.JSONField(default=dict, blank=True)
    credit = models.JSONField(default=dict, blank=True)
    # What {resource} in the texts stands for where an assessment names nothing of its own.
    resource_default = models.JSONField()
    # [{"value": 0, "letter": "N", "label": {...}, "meaning": {...}}, …], lowest level first.
    scale = models.JSONField()
    # Language codes; the first is the language the set was written in.
    languages = models.JSONField()
    # {"title": …, "publisher": …, "year": …, "url": …}: where the questions come from.
    source = models.JSONField()
    digest = models.CharField(max_length=64, blank=True)
    # The version it was made from, what changed since, and who answers for it. Not part of the digest.
    based_on = models.CharField(max_length=20, blank=True)
    changelog = models.TextField(blank=True)
    published_by_name = models.CharField(max_length=150, blank=True)
    approved_by_name = models.CharField(max_length=150, blank=True)
    # {"fr": {"item/IT1a/text": fingerprint of the source text the translation was made from}}
    translated_from = models.JSONField(default=dict, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar = FrozenManager.from_queryset(QuestionSetQuerySet)()

    class Meta(FrozenWhenPublished.Meta):
        verbose_name = _("question set")
        verbose_name_plural = _("question sets")
        constraints = [
            models.UniqueConstraint(fields=["slug", "version"], name="question_set_slug_version"),
            models.CheckConstraint(condition=models.Q(status__in=Status.values), name="question_set_status"),
        ]

    def __str__(self) -> str:
        return f"{self.slug} {self.version}"

    @property
    def is_frozen(self) -> bool:
        """Whether this version can no longer change."""
        return self.status != Status.DRAFT

    @property
    def version_key(self) -> tuple[int, ...]:
        """The version as numbers: 1.10.0 comes after 1.9.0."""
        return tuple(int(part) for part in self.version.split(".") if part.isdecimal())

    def refuse_frozen_self(self, *, using: str | None) -> None:
        """Refuse any change of a published version but retiring it."""
        stored = type(self)._base_manager.using(using).filter(pk=self.pk).first() if self.pk else None
        if stored is None or not stored.is_frozen:
            return
        changed = {
            field.attname
            for field in self._meta.concrete_fields
            if getattr(self, field.attname) != getattr(stored, field.attname)
        }
        retires = (stored.status, self.status) == (Status.PUBLISHED, Status.RETIRED)
        if not (retires and changed == {"status"}):
            raise PublishedQuestionSetError(self)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete a draft."""
        refuse_frozen(type(self)._base_manager.using(kwargs.get("using")).filter(pk=self.pk))
        return super().delete(*args, **kwargs)

    delete.alters_data = True  # type: ignore[attr-defined]

    def publish(self) -> None:
        """Make this draft the version it will stay for ever."""
        self.status = Status.PUBLISHED
        self.published_at = timezone.now()
        self.save(update_fields=["status", "published_at"])

    publish.alters_data = True  # type: ignore[attr-defined]

    def retire(self) -> None:
        """Take a published version out of use for new assessments. Those that use it keep it."""
        self.status = Status.RETIRED
        self.save(update_fields=["status"])

    retire.alters_data = True  # type: ignore[attr-defined]


class Attribute(FrozenWhenPublished):
    """A quality a process should have, with the questions that ask for it."""

    question_set = models.ForeignKey(QuestionSet, on_delete=models.CASCADE, related_name="attributes")
    code = models.CharField(max_length=20)
    slug = models.SlugField(max_length=80)
    position = models.PositiveSmallIntegerField()
    title = models.JSONField()
    summary = models.JSONField()
    source_lines = models.CharField(max_length=40, blank=True)
    # [{"text": {...}, "source_lines": "385"}, …]
    quotations = models.JSONField(default=list, blank=True)

    class Meta(FrozenWhenPublished.Meta):
        verbose_name = _("attribute")
        verbose_name_plural = _("attributes")
        ordering = ["question_set_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["question_set", "code"], name="attribute_code"),
            models.UniqueConstraint(fields=["question_set", "slug"], name="attribute_slug"),
        ]

    def __str__(self) -> str:
        return self.code


class Question(FrozenWhenPublished):
    """A question in the words of the source. What is answered are its items."""

    set_path = ("attribute", "question_set")

    attribute = models.ForeignKey(Attribute, on_delete=models.CASCADE, related_name="questions")
    code = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField()
    verbatim = models.JSONField()
    source_lines = models.CharField(max_length=40, blank=True)

    class Meta(FrozenWhenPublished.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["attribute_id", "position"]
        constraints = [models.UniqueConstraint(fields=["attribute", "code"], name="question_code")]

    def __str__(self) -> str:
        return self.code
