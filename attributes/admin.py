"""Read-only browsing of question sets. They are written by files and by the editor, never here."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from attributes.catalogue.published import catalogue_of
from attributes.catalogue.types import CatalogueItem
from attributes.models import Item, QuestionSet
from attributes.texts import localise


class ReadOnlyAdmin(admin.ModelAdmin[Any]):
    """Shows rows and changes none."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody adds rows here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody changes rows here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody deletes rows here."""
        return False


@admin.register(QuestionSet)
class QuestionSetAdmin(ReadOnlyAdmin):
    """Versions of question sets."""

    list_display = ("slug", "version", "status", "localised_title", "published_at")
    list_filter = ("status", "slug")

    @admin.display(description=_("title"))
    def localised_title(self, question_set: QuestionSet) -> str:
        """The title in the language of the page."""
        return localise(question_set.title)


@admin.register(Item)
class ItemAdmin(ReadOnlyAdmin):
    """Items of all sets: what answers point at, and what the document of the set says of them."""

    list_display = ("code", "revision", "kind", "scored", "critical", "localised_short", "question_set")
    list_filter = ("question_set", "kind")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """With the version each belongs to; its document is in memory."""
        return Item.objects.select_related("question_set").defer("question_set__document")

    @admin.display(description=_("scored"), boolean=True)
    def scored(self, item: Item) -> bool:
        """Whether it counts."""
        return _asked(item).scored

    @admin.display(description=_("critical"), boolean=True)
    def critical(self, item: Item) -> bool:
        """Whether its attribute cannot be good without it."""
        return _asked(item).critical

    @admin.display(description=_("short name"))
    def localised_short(self, item: Item) -> str:
        """The short name in the language of the page."""
        return localise(_asked(item).short)


def _asked(item: Item) -> CatalogueItem:
    return catalogue_of(item.question_set).items[item.code]
