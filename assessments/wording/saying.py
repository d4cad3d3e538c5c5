"""Say something in the language of the reader; in English, marked as such, where a language has no words for it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.utils import translation
from django.utils.formats import number_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeData, SafeString

from assessments.models import WordingLanguage
from assessments.wording.shipped import SLOT, SOURCE, Texts, shipped, shipped_languages
from attributes.texts import LocalisedText, direction, kept_apart, reading

# The words that administrators wrote for the language spoken now, which take the place of those that are shipped.
_spoken: ContextVar[tuple[str, str, Mapping[str, Texts]]] = ContextVar("spoken_wording", default=("", SOURCE, {}))


class NoSuchWords(KeyError):
    """There are no words under this key, or they have a slot that was given nothing."""


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Within: everything is in this language, words, questions, dates and forms.

    Where there are no words at all in it, the page is in English, and the questions alone are in the language.
    """
    code = language.lower()
    spoken, page, _own = _spoken.get()
    if spoken == code:  # said once more on the way: one query is enough
        with reading(language), translation.override(page):
            yield
        return
    own = _written_here(code)
    page = code if own or any(one in shipped_languages() for one in _line(code)) else SOURCE
    token = _spoken.set((code, page, own))
    try:
        with reading(language), translation.override(page):
            yield
    finally:
        _spoken.reset(token)


def _line(language: str) -> tuple[str, ...]:
    """A language and the one it is a variant of: pt-br, pt."""
    base = language.split("-")[0]
    return (language,) if base == language else (language, base)


def _written_here(language: str) -> dict[str, Texts]:
    return dict(WordingLanguage.objects.filter(code__in=_line(language)).values_list("code", "texts"))


def words(key: str, language: str | None = None) -> LocalisedText:
    """The words as they are written, with their slots. Raises NoSuchWords."""
    language = (language or translation.get_language() or SOURCE).lower()
    _code, _page, own = _spoken.get()
    for code in _line(language):
        if text := own.get(code, {}).get(key) or shipped(code).get(key):
            return LocalisedText(text, code)
    if (text := shipped(SOURCE).get(key)) is None:
        raise NoSuchWords(f"No words {key!r} in {SOURCE}.yaml")
    return LocalisedText(text, SOURCE)


def _filled(text: str, slots: Mapping[str, Any], key: str, put: Any) -> str:
    """Not str.format: words are data, and format would evaluate whatever stands in braces."""

    def value(match: Any) -> str:
        name = match[1]
        if name not in slots:
            raise NoSuchWords(f"{key!r} says {{{name}}}, and was given {', '.join(slots) or 'nothing'}")
        return str(put(slots[name]))

    return SLOT.sub(value, text)


def say(key: str, /, **slots: Any) -> str:
    """The words under a key as plain text, for mails and attributes. Names stay apart from the words around them."""
    text = words(key)
    other = "ltr" if direction(text.lang) == "rtl" else "rtl"

    def put(value: Any) -> str:
        return number_format(value) if isinstance(value, int) else kept_apart(str(value), other)

    return _filled(text, slots, key, put)


def say_marked(key: str, /, **slots: Any) -> SafeString:
    """The same for a page: escaped, names isolated, and marked where the words are in another language than the page.

    A slot that is marked up already is taken as it is.
    """
    text = words(key)
    said = SafeString(_filled(conditional_escape(str(text)), slots, key, _isolated))
    return marked(said, text.lang)


def _isolated(value: Any) -> str:
    if isinstance(value, int):
        return number_format(value)
    return value if isinstance(value, SafeData) else named(value)


def named(value: str) -> SafeString:
    """A name to stand in a sentence of the page: it changes no order, and says its language where it has another."""
    language = getattr(value, "lang", None)
    if language is None or _is_of_page(language):
        return format_html("<bdi>{}</bdi>", str(value))
    return format_html('<bdi lang="{}" dir="{}">{}</bdi>', language, direction(language), str(value))


def marked(said: SafeString, language: str) -> SafeString:
    """Words in a language, marked where that is not the one of the page."""
    if not said or _is_of_page(language):
        return said
    return format_html('<span lang="{}" dir="{}">{}</span>', language, direction(language), said)


def _is_of_page(language: str) -> bool:
    page = translation.get_language() or SOURCE
    return language.split("-")[0].lower() == page.split("-")[0].lower()
