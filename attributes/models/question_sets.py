"""A version of a question set: one document, and a row for each item that answers point at."""

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from attributes.documents.history import version_key
from attributes.kinds import Kind
from attributes.models.base import WrittenOnce, WrittenOnceManager, WrittenOnceQuerySet


class VersionStatus(models.TextChoices):
    """Where a version of a question set stands. It only ever moves down this list; what comes before is a `Draft`."""

    PUBLISHED = "published", _("Published")
    RETIRED = "retired", _("Retired")


class QuestionSetQuerySet(WrittenOnceQuerySet["QuestionSet"]):
    """Versions of question sets."""

    def published(self) -> Self:
        """Versions that new assessments may use."""
        return self.filter(status=VersionStatus.PUBLISHED)

    def with_documents(self) -> Self:
        """With their documents, for whoever reads several of them: otherwise each is read when it is asked for."""
        return self.defer(None)

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

    @transaction.atomic(savepoint=False)
    def publish(self, document: Mapping[str, Any], **fields: Any) -> "QuestionSet":
        """Store a new version: the one way in. `document` has been checked (`attributes.loading`).

        The querysets here are Django's own, which refuse nothing. Neither overwrites: a version that is stored
        already is an IntegrityError.
        """
        heads = {name: document[name] for name in ("slug", "version", "title", "languages")}
        row = QuestionSet(document=document, experimental=document.get("experimental", False), **heads, **fields)
        models.QuerySet[QuestionSet](QuestionSet, using=self.db).bulk_create([row])
        items = (
            item
            for attribute in document["attributes"]
            for question in attribute["questions"]
            for item in question["items"]
        )
        models.QuerySet[Item](Item, using=self.db).bulk_create(
            Item(
                question_set=row,
                code=item["code"],
                revision=item.get("revision", 1),
                kind=item["kind"],
                position=position,
            )
            for position, item in enumerate(items, start=1)
        )
        return row

    publish.alters_data = True  # type: ignore[attr-defined]

    def update(self, **kwargs: Any) -> int:
        """Retire published versions; everything else is refused."""
        if kwargs == {"status": VersionStatus.RETIRED}:
            return models.QuerySet.update(self.filter(status=VersionStatus.PUBLISHED), **kwargs)
        return super().update(**kwargs)

    update.alters_data = True  # type: ignore[attr-defined]


class WithoutDocuments(models.Manager["QuestionSet"]):
    """Documents are large, and the catalogue keeps them in memory: each is read where it is asked for."""

    def get_queryset(self) -> models.QuerySet["QuestionSet"]:
        """Versions with what lists show of them."""
        return super().get_queryset().defer("document")


class QuestionSet(WrittenOnce):
    """One version of a question set. Every text is a map from language code to text."""

    slug = models.SlugField(max_length=80)
    version = models.CharField(max_length=20)
    status = models.CharField(max_length=10, choices=VersionStatus.choices, default=VersionStatus.PUBLISHED)
    # Everything that is asked, in the format of the files (`attributes.schema`), without what is at its default.
    document = models.JSONField()
    # Of the document. It says whether two installations have the same content.
    digest = models.CharField(max_length=64)
    # What lists show of the document, so that they need not read it.
    experimental = models.BooleanField(default=False)
    title = models.JSONField()
    # Language codes; the first is the language the set was written in.
    languages = models.JSONField()
    # The version it was made from, what changed since, and who answers for it. Not part of the document.
    based_on = models.CharField(max_length=20, blank=True)
    changelog = models.TextField(blank=True)
    published_by_name = models.CharField(max_length=150, blank=True)
    approved_by_name = models.CharField(max_length=150, blank=True)
    # {"fr": {"item/IT1a/text": fingerprint of the source text the translation was made from}}
    translated_from = models.JSONField(default=dict, blank=True)
    published_at = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar = WithoutDocuments.from_queryset(QuestionSetQuerySet)()

    class Meta(WrittenOnce.Meta):
        verbose_name = _("question set")
        verbose_name_plural = _("question sets")
        constraints = [
            models.UniqueConstraint(fields=["slug", "version"], name="question_set_slug_version"),
            models.CheckConstraint(condition=models.Q(status__in=VersionStatus.values), name="question_set_status"),
        ]

    def __str__(self) -> str:
        return f"{self.slug} {self.version}"

    @property
    def version_key(self) -> tuple[int, ...]:
        """The version as numbers: 1.10.0 comes after 1.9.0."""
        return version_key(self.version)

    def refresh_from_db(
        self, using: str | None = None, fields: Any = None, from_queryset: models.QuerySet[Any] | None = None
    ) -> None:
        """Read again. Django would ask the manager, which leaves the document out even when it is asked for."""
        if from_queryset is None:
            from_queryset = QuestionSet.objects.db_manager(using, hints={"instance": self}).with_documents()
        super().refresh_from_db(using=using, fields=fields, from_queryset=from_queryset)

    def retire(self) -> None:
        """Take a published version out of use for new assessments. Those that use it keep it."""
        QuestionSet.objects.filter(pk=self.pk).update(status=VersionStatus.RETIRED)
        self.status = VersionStatus.RETIRED

    retire.alters_data = True  # type: ignore[attr-defined]


class Item(WrittenOnce):
    """One thing that is answered: what an answer points at. What it asks stands in the document of its set."""

    question_set = models.ForeignKey(QuestionSet, on_delete=models.PROTECT, related_name="items")
    # Code and revision together say exactly what was asked.
    code = models.CharField(max_length=20)
    revision = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=30, choices=[(kind.value, kind.value) for kind in Kind])
    # In the order of the document, from 1 through the whole set.
    position = models.PositiveSmallIntegerField()

    objects = WrittenOnceManager()

    class Meta(WrittenOnce.Meta):
        verbose_name = _("item")
        verbose_name_plural = _("items")
        ordering = ["question_set_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["question_set", "code"], name="item_code"),
            models.CheckConstraint(condition=models.Q(revision__gte=1), name="item_revision"),
            models.CheckConstraint(condition=models.Q(kind__in=[kind.value for kind in Kind]), name="item_kind"),
        ]

    def __str__(self) -> str:
        return self.code
