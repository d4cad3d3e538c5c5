"""Texts of question sets in templates: escaped, and marked where their language is not that of the page."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from attributes.catalogue.types import CatalogueItem
from attributes.kinds import Kind, KindOfProcess
from attributes.labels import KIND_LABELS, PROCESS_KIND_LABELS
from attributes.texts import (
    LocalisedText,
    TextMap,
    direction,
    language_name,
    localise,
    own_name,
    question_languages,
    text,
    with_name_apart,
    with_process,
)

register = template.Library()

register.simple_tag(text)
register.inclusion_tag("attributes/languages/_choose.html", takes_context=True)(question_languages)


@register.filter
def localised(text_map: TextMap | None, resource: str | TextMap | None = None) -> LocalisedText:
    """The text alone, for attributes and for tags that take a value."""
    return localise(text_map, resource=resource)


@register.filter
def kind_label(kind: Kind) -> str:
    """What the kind of an item is called."""
    return str(KIND_LABELS[kind])


@register.filter
def about_process(text_map: TextMap, name: str | TextMap) -> TextMap:
    """A text for participants with what the process is called put in."""
    return with_process(text_map, name)


@register.filter
def naming(text_map: TextMap, name: str) -> TextMap:
    """A text of a document in which this name was put when it was made, kept apart from the words around it."""
    return with_name_apart(text_map, name)


@register.filter
def readings(item: CatalogueItem) -> list[tuple[str, TextMap | None]]:
    """By kind of process, where that matters: how to read the item, None where it is not asked."""
    return [
        (str(PROCESS_KIND_LABELS[kind]), item.reading.get(kind))
        for kind in KindOfProcess
        if kind in item.not_for or item.reading.get(kind)
    ]


@register.simple_tag
def own_language(code: str) -> SafeString:
    """What a language calls itself, marked as being in it."""
    return format_html('<span lang="{}" dir="{}">{}</span>', code, direction(code), own_name(code))


@register.filter
def text_direction(code: str) -> str:
    """The direction a language is written in, for the attribute `dir`."""
    return direction(code)


@register.filter
def language_called(code: str) -> str:
    """What a language is called in the language of the page."""
    return language_name(code)
