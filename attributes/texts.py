"""Texts that exist in several languages: pick one, and say which it is."""

from collections.abc import Mapping

from django.utils.translation import get_language

TextMap = Mapping[str, str]
FALLBACK_LANGUAGE = "en"
PLACEHOLDER = "{resource}"


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
    """The text in the language asked for (default: the active one), or in the best one there is.

    `resource` takes the place of {resource}; given as a map it is localised as well.
    """
    wanted = language or get_language() or FALLBACK_LANGUAGE
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
    return next(iter(text_map))
