"""Texts of question sets in templates: escaped, and marked where their language is not that of the page."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from attributes.kinds import Kind
from attributes.labels import KIND_LABELS
from attributes.texts import LocalisedText, TextMap, direction, language_name, language_read, localise, own_name

register = template.Library()


@register.simple_tag
def text(text_map: TextMap | None, resource: str | TextMap | None = None) -> SafeString:
    """The text in the language of the page, or in a marked span in the language it falls back to."""
    localised = localise(text_map, resource=resource)
    if not localised or _same_language(localised.lang, get_language()):
        # A plain str: conditional_escape() must not be talked out of escaping by a subclass.
        return conditional_escape(str(localised))
    return format_html('<span lang="{}" dir="{}">{}</span>', localised.lang, direction(localised.lang), str(localised))


@register.filter
def localised(text_map: TextMap | None, resource: str | TextMap | None = None) -> LocalisedText:
    """The text alone, for attributes and for tags that take a value."""
    return localise(text_map, resource=resource)


@register.filter
def kind_label(kind: Kind) -> str:
    """What the kind of an item is called."""
    return str(KIND_LABELS[kind])


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


@register.inclusion_tag("attributes/languages/_choose.html", takes_context=True)
def question_languages(context: dict[str, Any], languages: tuple[str, ...]) -> dict[str, Any]:
    """Buttons to read the questions in another of the languages of their set; nothing where there is one."""
    request: HttpRequest | None = context.get("request")
    query = request.GET.copy() if request else None
    back = ""
    if request is not None and query is not None:
        # What was chosen before must not win over what is chosen now.
        query.pop("language", None)
        back = request.path + (f"?{query.urlencode()}" if query else "")
    return {
        "languages": languages if len(languages) > 1 else (),
        "chosen": language_read(languages) if languages else "",
        "back": back,
        "csrf_token": context.get("csrf_token"),
    }


def _same_language(lang: str, page: str | None) -> bool:
    return page is not None and lang.split("-")[0] == page.split("-")[0]
