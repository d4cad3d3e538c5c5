"""What all rows of a question set share: they cannot change once their set is published."""

from collections.abc import Iterable
from typing import Any, ClassVar, TypeVar

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from attributes.exceptions import PublishedQuestionSetError


class Status(models.TextChoices):
    """Where a version of a question set stands. It only ever moves down this list."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    RETIRED = "retired", _("Retired")


FROZEN = (Status.PUBLISHED, Status.RETIRED)

_M = TypeVar("_M", bound="FrozenWhenPublished")


def frozen_rows(rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """Those of the rows that belong to a published or retired question set."""
    model: type[FrozenWhenPublished] = rows.model
    return rows.order_by().filter(**{"__".join([*model.set_path, "status__in"]): FROZEN})


def refuse_frozen(rows: models.QuerySet[Any]) -> None:
    """Raise if any of the rows belongs to a published or retired question set."""
    if frozen_rows(rows).exists():
        raise PublishedQuestionSetError(rows.model._meta.verbose_name)


class FrozenQuerySet(models.QuerySet[_M]):
    """A queryset whose bulk operations leave published question sets alone."""

    def update(self, **kwargs: Any) -> int:
        """Update rows of drafts; looked at again afterwards, since a row can be moved to another set."""
        refuse_frozen(self)
        with transaction.atomic(using=self.db):
            moved = [] if self.model.parent_names().isdisjoint(kwargs) else list(self.values_list("pk", flat=True))
            count = super().update(**kwargs)
            if moved:
                refuse_frozen(self.model._base_manager.using(self.db).filter(pk__in=moved))
        return count

    update.alters_data = True  # type: ignore[attr-defined]

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete rows of drafts."""
        refuse_frozen(self)
        return super().delete()

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]

    def _raw_delete(self, using: str | None) -> int:
        refuse_frozen(self)
        return int(super()._raw_delete(using))

    _raw_delete.alters_data = True  # type: ignore[attr-defined]

    def bulk_create(self, objs: Iterable[_M], *args: Any, **kwargs: Any) -> list[_M]:
        """Insert rows into drafts."""
        rows = list(objs)
        self.model.refuse_frozen_parents(rows, using=self.db)
        if kwargs.get("update_conflicts"):
            # Which rows would be overwritten is known to the database only.
            raise PublishedQuestionSetError(self.model._meta.verbose_name)
        return super().bulk_create(rows, *args, **kwargs)

    def bulk_update(self, objs: Iterable[_M], fields: Iterable[str], batch_size: int | None = None) -> int:
        """Update rows of drafts. Refused before it starts: halfway through, the transaction would be lost."""
        rows = list(objs)
        refuse_frozen(self.model._base_manager.using(self.db).filter(pk__in=[row.pk for row in rows]))
        self.model.refuse_frozen_parents(rows, using=self.db)
        return super().bulk_update(rows, list(fields), batch_size)

    bulk_update.alters_data = True  # type: ignore[attr-defined]


FrozenManager = models.Manager.from_queryset(FrozenQuerySet)


class FrozenWhenPublished(models.Model):
    """A row of a question set. `set_path` leads from the row to its set, hop by hop."""

    set_path: ClassVar[tuple[str, ...]] = ("question_set",)

    objects = FrozenManager()

    class Meta:
        abstract = True
        # Related managers write through it (`parent.children.add(row)`): it must refuse as well.
        base_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, unless the row's set (as stored, or as it would become) is published."""
        self.refuse_frozen_self(using=kwargs.get("using"))
        self.refuse_frozen_parents([self], using=kwargs.get("using"))
        super().save(*args, **kwargs)

    save.alters_data = True  # type: ignore[attr-defined]

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete, unless the row's set is published."""
        self.refuse_frozen_self(using=kwargs.get("using"))
        return super().delete(*args, **kwargs)

    delete.alters_data = True  # type: ignore[attr-defined]

    @classmethod
    def parent_names(cls) -> set[str]:
        """The keyword arguments by which an update can move a row to another set."""
        return {cls.set_path[0], f"{cls.set_path[0]}_id"} if cls.set_path else set()

    @classmethod
    def refuse_frozen_parents(cls, rows: Iterable["FrozenWhenPublished"], *, using: str | None) -> None:
        """Refuse rows that would be put into a published set."""
        if not cls.set_path:
            return
        parent_field = cls._meta.get_field(cls.set_path[0])
        parent: type[FrozenWhenPublished] = parent_field.related_model  # type: ignore[assignment]
        pks = {getattr(row, f"{cls.set_path[0]}_id") for row in rows}
        if frozen_rows(parent._base_manager.using(using).filter(pk__in=pks)).exists():
            raise PublishedQuestionSetError(cls._meta.verbose_name)

    def refuse_frozen_self(self, *, using: str | None) -> None:
        """Refuse when the stored row belongs to a published set."""
        if self.pk is not None:
            refuse_frozen(type(self)._base_manager.using(using).filter(pk=self.pk))
