"""Texts of question sets in templates: escaped, and marked where their language is not that of the page."""

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info

from attributes.kinds import Kind
from attributes.labels import KIND_LABELS
from attributes.texts import LocalisedText, TextMap, localise

register = template.Library()


@register.simple_tag
def text(text_map: TextMap | None, resource: str | TextMap | None = None) -> SafeString:
    """The text in the language of the page, or in a marked span in the language it falls back to."""
    localised = localise(text_map, resource=resource)
    if not localised or _same_language(localised.lang, get_language()):
        # A plain str: conditional_escape() must not be talked out of escaping by a subclass.
        return conditional_escape(str(localised))
    return format_html('<span lang="{}" dir="{}">{}</span>', localised.lang, _direction(localised.lang), str(localised))


@register.filter
def localised(text_map: TextMap | None, resource: str | TextMap | None = None) -> LocalisedText:
    """The text alone, for attributes and for tags that take a value."""
    return localise(text_map, resource=resource)


@register.filter
def kind_label(kind: Kind) -> str:
    """What the kind of an item is called."""
    return str(KIND_LABELS[kind])


def _same_language(lang: str, page: str | None) -> bool:
    return page is not None and lang.split("-")[0] == page.split("-")[0]


def _direction(lang: str) -> str:
    try:
        return "rtl" if get_language_info(lang)["bidi"] else "ltr"
    except KeyError:
        return "auto"  # not one of Django's languages: the browser looks at the letters
