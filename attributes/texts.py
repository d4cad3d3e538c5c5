"""Texts that exist in several languages: pick one, say which it is, and mark it where the page is in another."""

import html
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info

from attributes.kinds import PLACEHOLDER, PROCESS_PLACEHOLDER
from attributes.memory import language_of_page

TextMap = Mapping[str, str]
FALLBACK_LANGUAGE = "en"
QUESTION_LANGUAGE_COOKIE = "question_language"
# Scripts written from right to left, for languages that Django does not know.
_RIGHT_TO_LEFT = frozenset({"arab", "hebr", "thaa", "syrc", "nkoo", "adlm"})
_DIRECTIONS = {"L": "ltr", "R": "rtl", "AL": "rtl"}
_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"

# The language the reader wants the texts of question sets in; empty: the one of the page.
_reading: ContextVar[str] = ContextVar("reading_language", default="")

# Office programs write the break of a line within a paragraph as a vertical tab, and that of a page as a form feed.
_LINE_END = re.compile("\r\n|[\r\v\f]")


class LocalisedText(str):
    """A text that knows its language, so that a page can mark it where the rest is in another one."""

    __slots__ = ("lang",)

    lang: str

    def __new__(cls, text: str, lang: str) -> "LocalisedText":
        localised = super().__new__(cls, text)
        localised.lang = lang
        return localised


def localise(
    text_map: TextMap | None, language: str | None = None, resource: str | TextMap | None = None
) -> LocalisedText:
    """The text in the language asked for (default: the reader's choice, or the active one), or in the best there is.

    `resource` takes the place of {resource}; given as a map it is localised as well.
    """
    return LocalisedText(*_found(text_map, language or _reading.get() or language_of_page(), resource))


def _found(text_map: TextMap | None, wanted: str | None, resource: str | TextMap | None) -> tuple[str, str]:
    """The text that `localise` returns, and its language."""
    if not text_map:
        return "", wanted or FALLBACK_LANGUAGE
    chosen = _best(text_map, wanted or FALLBACK_LANGUAGE)
    text = text_map[chosen]
    if resource and PLACEHOLDER in text:
        # Not str.format: the texts are data, and format would evaluate whatever stands in braces.
        filling = resource if isinstance(resource, str) else _found(resource, chosen, None)[0]
        text = text.replace(PLACEHOLDER, kept_apart(filling, "ltr" if direction(chosen) == "rtl" else "rtl"))
    return text, chosen


def _best(text_map: TextMap, wanted: str) -> str:
    return _spelled(text_map, wanted) or _spelled(text_map, FALLBACK_LANGUAGE) or next(iter(text_map))


def _spelled(text_map: TextMap, wanted: str) -> str:
    """A language, or the one it is a variant of, as the texts write its code; "" where they do not have it."""
    for candidate in (wanted, wanted.split("-")[0]):
        if candidate in text_map:
            return candidate
        # Django writes pt-br, question sets may write pt-BR.
        for language in text_map if "-" in candidate else ():
            if language.casefold() == candidate.casefold():
                return language
    return ""


def called(name: str, names: TextMap) -> str:
    """A name that people gave: in the language of the reader where they gave one in it, else as they gave it first.

    `names` by language has the first one too. It knows its language, unless there are none: documents were frozen
    before names had languages.
    """
    wanted = _reading.get() or language_of_page() or FALLBACK_LANGUAGE
    first = next((language for language, words in names.items() if words == name), "")
    language = _spelled(names, wanted) or first
    return LocalisedText(names[language], language) if language else name


@contextmanager
def reading(language: str) -> Iterator[None]:
    """Within: texts are in this language where they have it, whatever the language of the page. "" ends that."""
    token = _reading.set(language)
    try:
        yield
    finally:
        _reading.reset(token)


def read_in(language: str) -> None:
    """The same until the `reading` around it ends."""
    _reading.set(language)


def language_read(languages: Iterable[str]) -> str:
    """The one of these languages that texts are shown in now, as far as they have it."""
    return _best(dict.fromkeys(languages, ""), _reading.get() or language_of_page() or FALLBACK_LANGUAGE)


@lru_cache(maxsize=256)
def direction(language: str) -> str:
    """Return "rtl" or "ltr", or "auto" for a language that nobody here knows: the browser looks at the letters."""
    subtags = language.lower().split("-")[1:]
    if any(subtag in _RIGHT_TO_LEFT for subtag in subtags):
        return "rtl"
    try:
        return "rtl" if get_language_info(language.lower())["bidi"] else "ltr"
    except KeyError:
        return "auto"


def first_direction(words: str) -> str:
    """Return "rtl" or "ltr" after the first letter that has a direction, "" where none has: UAX #9, rules P2 and P3."""
    return next(filter(None, (_DIRECTIONS.get(unicodedata.bidirectional(character)) for character in words)), "")


def runs(words: str, wanted: str) -> bool:
    """Whether any letter runs in a direction, "rtl" or "ltr"."""
    if words.isascii():  # as most names are: nothing in them runs from right to left
        return wanted == "ltr" and any(map(str.isalpha, words))
    return any(_DIRECTIONS.get(unicodedata.bidirectional(character)) == wanted for character in words)


def kept_apart(name: str, other: str) -> str:
    """A name to put into a sentence where nothing can be marked up: if it has letters that run in the `other`
    direction, it is set between marks by which neither changes the order of the other.
    """
    return f"{_FIRST_STRONG_ISOLATE}{name}{_POP_ISOLATE}" if runs(name, other) else name


def with_process(texts: TextMap, name: str | TextMap) -> TextMap:
    """Texts for participants with what the process is called put in; a name in several languages in that of each."""
    if not name or not any(PROCESS_PLACEHOLDER in words for words in texts.values()):
        return texts
    return {language: words.replace(PROCESS_PLACEHOLDER, _called(name, language)) for language, words in texts.items()}


def with_name_apart(texts: TextMap, name: str) -> TextMap:
    """Texts in which a name of somebody's own stands already, as in a frozen document: kept apart from their words."""
    if not name or not any(name in words for words in texts.values()):
        return texts
    return {
        language: words.replace(name, kept_apart(name, "ltr" if direction(language) == "rtl" else "rtl"))
        for language, words in texts.items()
    }


def _called(name: str | TextMap, language: str) -> str:
    words = name if isinstance(name, str) else name[_best(name, language)]
    return kept_apart(words, "ltr" if direction(language) == "rtl" else "rtl")


def own_name(language: str) -> str:
    """What a language calls itself, or its code; variants with their code: "français (fr-CA)"."""
    try:
        info = get_language_info(language.lower())
    except KeyError:
        return language
    return info["name_local"] if info["code"] == language.lower() else f"{info['name_local']} ({language})"


def language_name(language: str) -> str:
    """What it is called in the language of the page, or its code."""
    try:
        info = get_language_info(language.lower())
    except KeyError:
        return language
    return info["name_translated"] if info["code"] == language.lower() else f"{info['name_translated']} ({language})"


def text(text_map: TextMap | None, resource: str | TextMap | None = None) -> SafeString:
    """The text in the language of the page, or in a marked span in the language it falls back to."""
    page = language_of_page()
    return _text(text_map, resource, page, _reading.get() or page)


def _text(text_map: TextMap | None, resource: str | TextMap | None, page: str | None, wanted: str | None) -> SafeString:
    words, language = _found(text_map, wanted, resource)
    escaped = SafeString(html.escape(words))  # whatever it claims to be: texts are data
    if not words or language == page or _same_language(language, page):
        return escaped
    return format_html('<span lang="{}" dir="{}">{}</span>', language, direction(language), escaped)


def telling() -> Callable[[TextMap | None], SafeString]:
    """Return `text` for a part of a page with many texts: which language is read there is found out once."""
    page = language_of_page()
    wanted = _reading.get() or page
    if wanted is None or not _same_language(wanted, page):
        return text

    def told(text_map: TextMap | None) -> SafeString:
        words = text_map.get(wanted) if text_map else None
        return text(text_map) if words is None else SafeString(html.escape(words))

    return told


def named(name: object) -> SafeString:
    """A name to stand in a sentence of the page: it changes no order, and says its language where it has another."""
    language = language_apart(name)
    if language is None:
        return SafeString(f"<bdi>{conditional_escape(str(name))}</bdi>")
    return format_html('<bdi lang="{}" dir="{}">{}</bdi>', language, direction(language), str(name))


def language_apart(words: object) -> str | None:
    """The language of words that know it ("": that nobody does), where it is not that of the page; else None."""
    language = words.lang if isinstance(words, LocalisedText) else None
    return None if language is None or is_of_page(language) else language


def is_of_page(language: str) -> bool:
    """Whether the page is in this language, or in a variant of it."""
    return _same_language(language, language_of_page() or FALLBACK_LANGUAGE)


@lru_cache(maxsize=256)
def _same_language(lang: str, page: str | None) -> bool:
    return page is not None and lang.split("-")[0].lower() == page.split("-")[0].lower()


class Wording:
    """Says the texts of a question set about one resource, in the language of the page."""

    def __init__(self, resource: str | TextMap) -> None:
        self.resource = resource

    def __call__(self, text_map: TextMap) -> SafeString:
        """The text, escaped, and marked where it is in another language than the page."""
        return text(text_map, self.resource) if text_map else SafeString("")

    def each(self, text_maps: Iterable[TextMap]) -> list[SafeString]:
        """The same of many texts: in which language is looked up once."""
        page = language_of_page()
        wanted = _reading.get() or page
        return [_text(text_map, self.resource, page, wanted) for text_map in text_maps]


def filled(sentence: str, values: Mapping[str, str]) -> SafeString:
    """A sentence with its %(names)s put in, everything escaped that is not marked up already."""
    return SafeString(escape(sentence) % {name: conditional_escape(value) for name, value in values.items()})


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


def plain_lines(text: str) -> str:
    """Return text with one kind of line end: browsers send CR LF."""
    return _LINE_END.sub("\n", text)


def clean_text(text: str) -> str:
    """Return typed text with one kind of line end and without what cannot be stored or printed."""
    kept = (char for char in plain_lines(text) if char in "\n\t" or (char >= " " and char != "\x7f"))
    return "".join(kept).strip()
