"""Rows that are written once: what a published question set consists of never changes again.

Every way to write that Django offers is refused, and the one way in is `QuestionSet.objects.publish`.
"""

from collections.abc import Iterable
from typing import Any, NoReturn, TypeVar

from django.db import models

from attributes.exceptions import PublishedQuestionSetError

_M = TypeVar("_M", bound="WrittenOnce")


class WrittenOnceQuerySet(models.QuerySet[_M]):
    """A queryset that reads, and refuses to write."""

    def _refuse(self) -> NoReturn:
        raise PublishedQuestionSetError(self.model._meta.verbose_name)

    def update(self, **kwargs: Any) -> int:
        """Refuse."""
        self._refuse()

    update.alters_data = True  # type: ignore[attr-defined]

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refuse."""
        self._refuse()

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]

    def _raw_delete(self, using: str | None) -> int:
        self._refuse()

    _raw_delete.alters_data = True  # type: ignore[attr-defined]

    def bulk_create(self, objs: Iterable[_M], *args: Any, **kwargs: Any) -> list[_M]:
        """Refuse."""
        self._refuse()

    def bulk_update(self, objs: Iterable[_M], fields: Iterable[str], batch_size: int | None = None) -> int:
        """Refuse."""
        self._refuse()

    bulk_update.alters_data = True  # type: ignore[attr-defined]


WrittenOnceManager = models.Manager.from_queryset(WrittenOnceQuerySet)


class WrittenOnce(models.Model):
    """A row of a published question set. Its manager `objects` is made of a `WrittenOnceQuerySet`."""

    class Meta:
        abstract = True
        # Related managers write through it (`parent.children.add(row)`): it must refuse as well.
        base_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refuse."""
        raise PublishedQuestionSetError(self)

    save.alters_data = True  # type: ignore[attr-defined]

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse."""
        raise PublishedQuestionSetError(self)

    delete.alters_data = True  # type: ignore[attr-defined]
