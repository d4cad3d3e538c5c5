"""Read-only browsing of question sets. They are written by files and by the editor, never here."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from attributes.models import Attribute, Item, Question, QuestionSet
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


@admin.register(Attribute)
class AttributeAdmin(ReadOnlyAdmin):
    """Attributes of all sets."""

    list_display = ("code", "localised_title", "question_set")
    list_filter = ("question_set",)
    list_select_related = ("question_set",)

    @admin.display(description=_("title"))
    def localised_title(self, attribute: Attribute) -> str:
        """The title in the language of the page."""
        return localise(attribute.title)


@admin.register(Question)
class QuestionAdmin(ReadOnlyAdmin):
    """Questions of all sets."""

    list_display = ("code", "localised_text")
    list_filter = ("attribute__question_set",)

    @admin.display(description=_("question"))
    def localised_text(self, question: Question) -> str:
        """The question in the language of the page."""
        return localise(question.verbatim)


@admin.register(Item)
class ItemAdmin(ReadOnlyAdmin):
    """Items of all sets."""

    list_display = ("code", "revision", "kind", "scored", "critical", "localised_short")
    list_filter = ("question__attribute__question_set", "kind", "scored", "critical")

    @admin.display(description=_("short name"))
    def localised_short(self, item: Item) -> str:
        """The short name in the language of the page."""
        return localise(item.short)
