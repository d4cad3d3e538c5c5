"""What respondents read around the questions, in templates: `{% say "start.title" group=name %}`."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString

from assessments.wording import days
from assessments.wording import say as plain
from assessments.wording.saying import is_unchecked, only_questions_in, say_marked
from assessments.wording.shipped import SOURCE
from assessments.zones import LastDay
from attributes.texts import LocalisedText, direction, language_apart, named, own_name

register = template.Library()
register.filter(named)


@register.simple_tag
def say(key: str, **slots: Any) -> SafeString:
    """Words in a page."""
    return say_marked(key, **slots)


@register.simple_tag
def say_text(key: str, **slots: Any) -> str:
    """The same where nothing can be marked up: in attributes, titles and mails."""
    return plain(key, **slots)


@register.filter
def last_day(last: LastDay | None) -> SafeString:
    """Until when something is possible, in words."""
    return days.last_day(last)


@register.filter
def last_day_text(last: LastDay | None) -> str:
    """The same where nothing can be marked up."""
    return days.last_day_plain(last)


@register.filter
def names_listed(names: Sequence[str]) -> SafeString:
    """Names one after the other, each by itself."""
    listed = SafeString("")
    for name in names:
        listed = say_marked("base.listed", before=listed, name=name) if listed else named(name)
    return listed


@register.simple_tag
def spoken_note() -> SafeString:
    """A line on how far the page can be trusted to be in the language of its reader; nothing where it can."""
    if code := only_questions_in():
        name = named(LocalisedText(own_name(code), code))
        return format_html('<p class="hint">{}</p>', say_marked("base.questions_only", language=name))
    return format_html('<p class="hint">{}</p>', unofficial()) if is_unchecked() else SafeString("")


@register.simple_tag
def unofficial() -> SafeString:
    """That nobody who speaks the language has checked its words, where that is so."""
    return say_marked("base.unofficial") if is_unchecked() else SafeString("")


@register.simple_tag
def lang_of(text: str) -> SafeString:
    """The attributes of an element with what an organiser wrote: its language, and its direction by its letters.

    Where only one language is asked for, people write in the field for it what they speak.
    """
    language = language_apart(text)
    return SafeString('dir="auto"') if language is None else format_html('lang="{}" dir="auto"', language)


@register.filter
def in_language(words: str, language: str) -> LocalisedText:
    """Words of which the language is known elsewhere; "" says that nobody knows it, so that none is taken for it."""
    return LocalisedText(words, language)


@register.simple_tag
def page_direction() -> str:
    """The direction of the page, also of a language that Django does not know."""
    return "rtl" if direction(translation.get_language() or SOURCE) == "rtl" else "ltr"
