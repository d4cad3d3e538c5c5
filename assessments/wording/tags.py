"""What respondents read around the questions, in templates: `{% say "start.title" group=name %}`."""

from collections.abc import Sequence

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from assessments.wording import days
from assessments.wording.saying import page_direction, say, say_marked, spoken_note, unofficial
from attributes.texts import LocalisedText, language_apart, named

register = template.Library()
register.filter(named)
# Words in a page; and where nothing can be marked up: in attributes, titles and mails.
register.simple_tag(say_marked, name="say")
register.simple_tag(say, name="say_text")
# Until when something is possible, in words; and where nothing can be marked up.
register.filter("last_day", days.last_day)
register.filter("last_day_text", days.last_day_plain)
for said_of_the_page in (page_direction, spoken_note, unofficial):
    register.simple_tag(said_of_the_page)


@register.filter
def names_listed(names: Sequence[str]) -> SafeString:
    """Names one after the other, each by itself."""
    listed = SafeString("")
    for name in names:
        listed = say_marked("base.listed", before=listed, name=name) if listed else named(name)
    return listed


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
