"""The words that come with this software: one file for each language, read once and kept in memory."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from attributes.strict_parsing import ParseError, parse_yaml

FOLDER = Path(__file__).parent / "texts"
SOURCE = "en"
SLOT = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_KEY = re.compile(r"[a-z][a-z0-9_]*")

Texts = Mapping[str, str]


class BrokenWording(Exception):
    """A file of words cannot be used: which one, where, and why."""


@cache
def shipped_languages() -> tuple[str, ...]:
    """The codes of the languages that come with this software, the source first."""
    codes = sorted(path.stem for path in FOLDER.glob("*.yaml"))
    return (SOURCE, *(code for code in codes if code != SOURCE))


@cache
def shipped(language: str) -> Texts:
    """The words of a language by key, such as "start.title"; none for a language that does not come with it."""
    path = FOLDER / f"{language}.yaml"
    return texts_in(path.read_text(encoding="utf-8"), path.name) if language in shipped_languages() else {}


def texts_in(text: str, named: str) -> dict[str, str]:
    """The words in a file by key. Raises BrokenWording."""
    try:
        sections = parse_yaml(text)
    except ParseError as error:
        raise BrokenWording(f"{named}: {error}") from error
    if not isinstance(sections, dict):
        raise BrokenWording(f"{named}: a map of sections is expected")
    return dict(_flat(sections, named))


def _flat(sections: Mapping[str, object], named: str) -> Iterator[tuple[str, str]]:
    for section, words in sections.items():
        if not isinstance(words, dict):
            raise BrokenWording(f"{named}: {section}: a map of words is expected")
        for name, text in words.items():
            if not isinstance(text, str) or not text.strip() or not _KEY.fullmatch(name):
                raise BrokenWording(f"{named}: {section}.{name}: a text is expected, under a name of a-z, 0-9 and _")
            yield f"{section}.{name}", text.strip()


def slots_of(text: str) -> frozenset[str]:
    """The names in braces that stand for something else."""
    return frozenset(SLOT.findall(text))


def problems_of(texts: Texts, *, complete: bool) -> Iterator[tuple[str, str]]:
    """What is wrong with the words of a language, by key. `complete`: a key that is missing is a problem too."""
    source = shipped(SOURCE)
    for key, text in source.items():
        if key not in texts:
            if complete:
                yield key, "is missing"
            continue
        missing, unknown = slots_of(text) - slots_of(texts[key]), slots_of(texts[key]) - slots_of(text)
        if missing:
            yield key, f"lacks {_braced(missing)}"
        if unknown:
            yield key, f"has {_braced(unknown)}, which the English text has not"
    for key in texts:
        if key not in source:
            yield key, "is not in the English words"


def _braced(names: frozenset[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names))
