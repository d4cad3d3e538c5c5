"""Choosing fonts for what a report says: those that come with msgov first, others only for what these lack."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from pydantic import BaseModel

from assessments.typefaces import fontconfig
from assessments.typefaces.fontconfig import Face
from assessments.typefaces.scripts import EAST_ASIAN, by_script, east_asian_language, is_drawn
from attributes.texts import localise

SHIPPED = Path(__file__).parents[1] / "reports" / "fonts"
REGULAR = 80  # what Fontconfig calls it

# By language: how fonts that draw Han characters its way are marked in their names, and what selects its texts.
MARKED = {
    "ja": ("JP", "Japanese", "Hiragino", "Yu Gothic", "Meiryo", "MS Gothic", "IPA", "Takao", "VL Gothic"),
    "ko": ("KR", "Korean", "Nanum", "Malgun", "Apple SD Gothic", "Baekmuk", "Un"),
    "zh-Hant": ("TC", "TW", "HK", "JhengHei", "MingLiU", "UMing", "UKai"),
}
SELECTORS = {"ja": ":lang(ja)", "ko": ":lang(ko)", "zh-Hant": ":lang(zh-hant), :lang(zh-tw), :lang(zh-hk)"}
# What the shipped fonts have all of: Latin, Greek, Cyrillic, the usual signs. A text of these needs no looking up.
COMMON = re.compile("[\\x00-\u03e1\u03f0-\u052f\u1e00-\u1eff\u2010-\u2027\u2030-\u203e\u2190-\u21ae\u2200-\u22ff]*")
_PLAIN_NAME = re.compile(r"[\w .+-]+")
_WORDS = re.compile(r"\w+")
_MARKED_TEXT = re.compile(r'<\w+[^<>]*\blang="([^"]+)"[^<>]*>([^<]*)')


@dataclass(frozen=True)
class Choice:
    """The fonts that a text needs beside the shipped ones, and the characters that nothing here can draw."""

    files: tuple[str, ...] = ()
    families: tuple[tuple[str, str], ...] = ()  # language and font family for its Han characters
    undrawn: tuple[str, ...] = ()

    @property
    def missing(self) -> list[str]:
        """What cannot be drawn, by script."""
        return by_script(self.undrawn)

    @property
    def mark(self) -> str:
        """A digest of it, empty where the shipped fonts are all that is needed."""
        if not (self.files or self.undrawn):
            return ""
        parts = [f"{Path(file).name} {Path(file).stat().st_size}" for file in self.files]
        return hashlib.sha256("\0".join([*parts, *map(" ".join, self.families), *self.undrawn]).encode()).hexdigest()

    @property
    def style(self) -> str:
        """Rules that set the Han characters of a language in its own font."""
        return "".join(
            f'{SELECTORS[language]} {{ font-family: "Noto Sans", "{family}", "Noto Sans Arabic", "Noto Sans SC", '
            '"Noto Emoji", sans-serif; }\n'
            for language, family in self.families
        )


NOTHING = Choice()


def choose(texts: Sequence[tuple[str, str]]) -> Choice:
    """Return the fonts for texts, each given with its language ("" if unknown). The same for the same fonts."""
    if not fontconfig.is_there():
        return NOTHING
    used = {character for text, _language in texts for character in text}
    lacking = {c for c in used if ord(c) > 127 and is_drawn(c)}
    lacking -= fontconfig.covered(lacking, str(SHIPPED))
    by_language = _east_asian(texts)
    if not lacking and not by_language:
        return NOTHING
    wanted = lacking.union(*by_language.values())
    faces = fontconfig.faces(wanted, str(settings.FONTS_DIR), system=settings.SYSTEM_FONTS)
    chosen: dict[str, Face] = {}
    for language, characters in sorted(by_language.items()):
        if best := _best_for(language, characters, faces):
            chosen[language] = best
            lacking -= best.covers
    others = []
    while left := [face for face in faces if face.covers & lacking]:
        others.append(min(left, key=lambda face: (-len(face.covers & lacking), *_rank(face))))
        lacking -= others[-1].covers
    used_faces = [*chosen.values(), *others]
    bold = [face for face in faces if face.is_bold and any(face.family == used.family for used in used_faces)]
    return Choice(
        files=tuple(dict.fromkeys(face.file for face in [*used_faces, *bold])),
        families=tuple((language, face.family) for language, face in chosen.items() if _can_be_named(face)),
        undrawn=tuple(sorted(lacking)),
    )


def choose_for_html(html: str, language: str) -> Choice:
    """Return the fonts for a page as it will be drawn."""
    return choose([(html, language), *((text, lang) for lang, text in _MARKED_TEXT.findall(html))])


def choose_for_document(document: BaseModel, language: str) -> Choice:
    """Return the fonts for whatever a document says in a language, before a page is made of it."""
    if COMMON.fullmatch(document.model_dump_json()):
        return NOTHING
    texts = (text for text in _strings(document, language) if not COMMON.fullmatch(text))
    lines = [line for text in texts for line in text.split("\n")]
    return choose([(line, east_asian_language(line) or language) for line in lines])


def undrawn_in(document: BaseModel) -> tuple[str, ...]:
    """Return what a report on a document could not show in the language of the page, by script."""
    return tuple(choose_for_document(document, get_language() or "").missing)


def _strings(value: Any, language: str) -> Iterator[str]:
    """The texts of a document; of those that exist in several languages the one that is printed."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, BaseModel):
        for _name, part in value:
            yield from _strings(part, language)
    elif isinstance(value, Mapping):
        if value and all(isinstance(part, str) for part in value.values()):
            yield str(localise(value, language))
        else:
            for part in value.values():
                yield from _strings(part, language)
    elif isinstance(value, Sequence):
        for part in value:
            yield from _strings(part, language)


def _east_asian(texts: Sequence[tuple[str, str]]) -> dict[str, set[str]]:
    """The characters of texts in Japanese, Korean and traditional Chinese, by language."""
    found: dict[str, set[str]] = {}
    for text, language in texts:
        known = _known(language)
        if known and (characters := EAST_ASIAN.findall(text)):
            found.setdefault(known, set()).update(characters)
    return found


def _known(language: str) -> str:
    lowered = language.lower()
    if lowered.startswith(("zh-hant", "zh-tw", "zh-hk")):
        return "zh-Hant"
    return next((known for known in ("ja", "ko") if lowered == known or lowered.startswith(f"{known}-")), "")


def _best_for(language: str, characters: set[str], faces: Sequence[Face]) -> Face | None:
    """The font that draws most of the characters in the way of this language; none if only others' fonts are here."""
    fitting = [(_place(language, face), face) for face in faces if face.covers & characters]
    best = min(
        ((-len(face.covers & characters), place, *_rank(face), face) for place, face in fitting if place is not None),
        key=lambda entry: entry[:-1],
        default=None,
    )
    return best[-1] if best else None


def _place(language: str, face: Face) -> int | None:
    """Which of the marks of a language the name of a font has; None without any."""
    words = {*_WORDS.findall(face.family)}
    return next((place for place, mark in enumerate(MARKED[language]) if {*_WORDS.findall(mark)} <= words), None)


def _rank(face: Face) -> tuple[Any, ...]:
    """Which of several fonts with the same characters is taken: the least. Like the shipped ones if possible."""
    words = {word.casefold() for word in _WORDS.findall(f"{face.family} {face.style}")}
    return (
        face.color,
        bool(words & {"mono", "ui", "condensed", "semicondensed", "extracondensed", "display"}),
        not face.family.startswith("Noto Sans"),
        "serif" in words,
        face.slant,
        abs(face.weight - REGULAR),
        face.variable,
        face.family,
        face.file,
    )


def _can_be_named(face: Face) -> bool:
    return bool(_PLAIN_NAME.fullmatch(face.family))
