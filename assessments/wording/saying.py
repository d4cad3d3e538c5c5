"""Say something in the language of the reader; in English, marked as such, where a language has no words for it."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from re import Match
from typing import Any

from django.utils import translation
from django.utils.formats import number_format
from django.utils.functional import lazy
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeData, SafeString

from assessments.models import Wave, WaveGroup, WordingLanguage
from assessments.wording.shipped import SLOT, SOURCE, Texts, shipped, shipped_languages
from attributes.memory import Statement
from attributes.texts import LocalisedText, direction, is_of_page, kept_apart, named, own_name, reading


@dataclass(frozen=True)
class _Spoken:
    """What is spoken now: `code` was asked for, `page` is that of the words. `own`: what administrators wrote."""

    code: str = ""
    page: str = SOURCE
    own: Mapping[str, Texts] = field(default_factory=dict)
    checked: Mapping[str, str] = field(default_factory=dict)


_NOBODY = _Spoken()
_spoken: ContextVar[_Spoken | None] = ContextVar("spoken_wording", default=None)


def _now() -> _Spoken:
    return _spoken.get() or _NOBODY


class NoSuchWords(KeyError):
    """There are no words under this key, or they have a slot that was given nothing."""


@contextmanager
def speaking(language: str, *, as_shipped: bool = False) -> Iterator[None]:
    """Within: everything is in this language, words, questions, dates and forms. One query.

    Where there are no words at all in it, the page is in English, and the questions alone are in the language.
    `as_shipped`: without a query, for pages that say that the database does not answer.
    """
    code = language.lower()
    now = _now()
    if now.code == code:  # said once more on the way
        with reading(language), translation.override(now.page):
            yield
        return
    now = _as_shipped(code) if as_shipped else _prepared(code)
    token = _spoken.set(now)
    try:
        with reading(language), translation.override(now.page):
            yield
    finally:
        _spoken.reset(token)


def _prepared(code: str) -> _Spoken:
    line = _line(code)
    rows = _written(line[0], line[-1])
    own = {row: texts for row, texts, _digest in rows}
    is_known = own or any(one in shipped_languages() for one in line)
    return _Spoken(code, code if is_known else SOURCE, own, {row: digest for row, _texts, digest in rows})


# On each page of a respondent: a language, and the one it is a variant of, or the same again.
_written: Statement[tuple[str, Any, str]] = Statement(
    lambda own, base: (
        WordingLanguage.objects.filter(code__in=(own, base)).values_list("code", "texts", "checked_digest").order_by()
    )
)


def _as_shipped(code: str) -> _Spoken:
    """Nobody knows then whether a speaker has checked the words, so nothing is said of it."""
    page = code if code in shipped_languages() else SOURCE
    return _Spoken(code, page, {}, {page: digest_of(page, {})})


def _line(language: str) -> tuple[str, ...]:
    """A language and the one it is a variant of: pt-br, pt."""
    base = language.split("-")[0]
    return (language,) if base == language else (language, base)


def words(key: str, language: str | None = None) -> LocalisedText:
    """The words as they are written, with their slots. Raises NoSuchWords."""
    own = _now().own
    for code in _line((language or translation.get_language() or SOURCE).lower()):
        if text := own.get(code, {}).get(key) or shipped(code).get(key):
            return LocalisedText(text, code)
    if (text := own.get(SOURCE, {}).get(key) or shipped(SOURCE).get(key)) is None:
        raise NoSuchWords(f"No words {key!r} in {SOURCE}.yaml")
    return LocalisedText(text, SOURCE)


def digest_of(code: str, own: Texts) -> str:
    """What tells the words of a language from those it had when somebody checked them."""
    return hashlib.sha256(json.dumps({**shipped(code), **own}, sort_keys=True).encode()).hexdigest()


def is_unchecked() -> bool:
    """Whether the page is in words that nobody who speaks the language has confirmed as they are now."""
    now = _now()
    page = next((code for code in _line(now.page) if code in now.own or shipped(code)), SOURCE)
    return page != SOURCE and now.checked.get(page) != digest_of(page, now.own.get(page, {}))


def only_questions_in() -> str:
    """The language that was asked for, if only the questions exist in it; else empty."""
    now = _now()
    return now.code if now.code and now.page != now.code else ""


def _filled(text: str, slots: Mapping[str, Any], key: str, put: Callable[[Any], str]) -> str:
    """Not str.format: words are data, and format would evaluate whatever stands in braces."""

    def value(match: Match[str]) -> str:
        name = match[1]
        if name not in slots:
            raise NoSuchWords(f"{key!r} says {{{name}}}, and was given {', '.join(slots) or 'nothing'}")
        return put(slots[name])

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


# For forms, whose labels are written before anybody reads them: in the language of the page that shows them.
say_later = lazy(say_marked, SafeString)


def _isolated(value: Any) -> str:
    if isinstance(value, int):
        return number_format(value)
    return value if isinstance(value, SafeData) else named(value)  # type: ignore[return-value]


def marked(said: SafeString, language: str) -> SafeString:
    """Words in a language, marked where that is not the one of the page."""
    if not said or is_of_page(language):
        return said
    return format_html('<span lang="{}" dir="{}">{}</span>', language, direction(language), said)


# --- What is said of the page itself --------------------------------------------------------------------------------


def page_direction() -> str:
    """The direction of the page, also of a language that Django does not know."""
    return "rtl" if direction(translation.get_language() or SOURCE) == "rtl" else "ltr"


def spoken_note() -> SafeString:
    """A line on how far the page can be trusted to be in the language of its reader; nothing where it can."""
    if code := only_questions_in():
        name = named(LocalisedText(own_name(code), code))
        return format_html('<p class="hint">{}</p>', say_marked("base.questions_only", language=name))
    return format_html('<p class="hint">{}</p>', unofficial()) if is_unchecked() else SafeString("")


def unofficial() -> SafeString:
    """That nobody who speaks the language has checked its words, where that is so."""
    return say_marked("base.unofficial") if is_unchecked() else SafeString("")


# --- What a wave and its groups are called --------------------------------------------------------------------------


@dataclass(frozen=True)
class WaveNames:
    """Texts of the organiser, each in the language asked for or in the best there is, which it knows."""

    process: LocalisedText
    organisation: LocalisedText
    notice: LocalisedText
    responsible: LocalisedText
    group: LocalisedText | None = None


def names_of(wave: Wave, language: str, group: WaveGroup | None = None) -> WaveNames:
    """The names for pages and mails in a language. The wave comes with its process, the group with the wave."""
    return WaveNames(
        process=wave.process_in(language),
        organisation=wave.organisation_in(language),
        notice=wave.notice_in(language),
        responsible=wave.responsible_in(language),
        group=group.name_in(language) if group else None,
    )
