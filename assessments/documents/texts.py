"""Texts of the document: per-language maps, with the process's own resource put in."""

from collections.abc import Iterable

from assessments.documents.result import Text
from attributes.texts import PLACEHOLDER, TextMap

# What people wrote themselves: in a language nobody recorded.
OWN_LANGUAGE = "und"


def plain(text: TextMap | None) -> Text:
    """A text of the question set as it stands."""
    return dict(text or {})


def with_resource(text: TextMap | None, resource: str, default: TextMap) -> Text:
    """A text of the question set with {resource} replaced, by the default in its own language if none is given."""
    return {
        language: words.replace(PLACEHOLDER, resource or default.get(language) or next(iter(default.values()), ""))
        for language, words in (text or {}).items()
    }


def own_words(text: str) -> Text:
    """A text somebody wrote here."""
    return {OWN_LANGUAGE: text} if text else {}


def first(texts: Iterable[TextMap]) -> TextMap:
    """The first text, or none."""
    return next(iter(texts), {})
