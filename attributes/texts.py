"""Texts that exist in several languages: pick one, and say which it is."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils.translation import get_language, get_language_info

from attributes.kinds import PLACEHOLDER

TextMap = Mapping[str, str]
FALLBACK_LANGUAGE = "en"
QUESTION_LANGUAGE_COOKIE = "question_language"
# Scripts written from right to left, for languages that Django does not know.
_RIGHT_TO_LEFT = frozenset({"arab", "hebr", "thaa", "syrc", "nkoo", "adlm"})

# The language the reader wants the texts of question sets in; empty: the one of the page.
_reading: ContextVar[str] = ContextVar("reading_language", default="")


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
    wanted = language or _reading.get() or get_language() or FALLBACK_LANGUAGE
    if not text_map:
        return LocalisedText("", wanted)
    chosen = _best(text_map, wanted)
    text = text_map[chosen]
    if resource:
        # Not str.format: the texts are data, and format would evaluate whatever stands in braces.
        text = text.replace(PLACEHOLDER, resource if isinstance(resource, str) else localise(resource, chosen))
    return LocalisedText(text, chosen)


def _best(text_map: TextMap, wanted: str) -> str:
    for candidate in (wanted, wanted.split("-")[0], FALLBACK_LANGUAGE):
        if candidate in text_map:
            return candidate
        # Django writes pt-br, question sets may write pt-BR.
        for language in text_map if "-" in candidate else ():
            if language.casefold() == candidate.casefold():
                return language
    return next(iter(text_map))


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
    return _best(dict.fromkeys(languages, ""), _reading.get() or get_language() or FALLBACK_LANGUAGE)


def direction(language: str) -> str:
    """Return "rtl" or "ltr", or "auto" for a language that nobody here knows: the browser looks at the letters."""
    subtags = language.lower().split("-")[1:]
    if any(subtag in _RIGHT_TO_LEFT for subtag in subtags):
        return "rtl"
    try:
        return "rtl" if get_language_info(language.lower())["bidi"] else "ltr"
    except KeyError:
        return "auto"


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
