"""Finding words without regard to capitals, accents and other marks, in any script, on every database.

Databases do this each in their own way, if at all: SQLite knows the capitals of ASCII only, PostgreSQL those of the
locale it was set up with, and neither leaves accents out without an extension. So the words looked for are turned into
a regular expression that has every form of every letter; both databases search by it alike, and nothing has to be
stored twice and kept in step.
"""

import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

# Letters that Unicode does not take apart, and that people without the key write in this way.
_PLAIN = str.maketrans(dict(zip("øłđħŧıð", "oldhtid", strict=True)) | {"æ": "ae", "œ": "oe", "þ": "th"})
# Only stretches an Arabic word.
_PLAIN[0x640] = ""
_KEPT_MARKS = (0, 8, 9)  # vowels and voicing marks are letters in their scripts, and so is what kills a vowel
_LAST = 0x1F000  # beyond are pictures and Han characters, which have one form
_HAN_AND_HANGUL = range(0x3400, 0xD7A4)
_SPACES = "(?:[ \\t\\n\u00a0\u2000-\u200a\u202f\u3000]+)"
# Ranges of what may stand between two letters and is not looked at: accents, points, and marks that steer joins.
_BETWEEN = (
    "\u00ad \u0300-\u036f \u0483-\u0487 \u0591-\u05bd \u05bf \u05c1 \u05c2 \u05c4 \u05c5 \u05c7 \u0610-\u061a \u0640 "
    "\u064b-\u065f \u0670 \u06d6-\u06dc \u06df-\u06e4 \u06e7 \u06e8 \u06ea-\u06ed \u093c \u09bc \u0a3c \u0abc "
    "\u0b3c \u0cbc \u0e48-\u0e4b \u0ec8-\u0ecb \u1ab0-\u1aff \u1dc0-\u1dff \u200b-\u200f \u2060 \u20d0-\u20ff "
    "\ufe00-\ufe0f \ufe20-\ufe2f \ufeff"
)
_MARKS = f"[{_BETWEEN.replace(' ', '')}]*"


def folded(text: str) -> str:
    """The letters of a text without capitals, accents, points and other marks."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    kept = (c for c in apart if unicodedata.combining(c) in _KEPT_MARKS and unicodedata.category(c) not in ("Cf", "Cc"))
    return unicodedata.normalize("NFKC", "".join(kept).translate(_PLAIN))


def containing(text: str, *fields: str) -> Q:
    """The condition that one of the fields has a text, however it is written there."""
    pattern = pattern_of(text)
    found = Q()
    for field in fields:
        found |= Q(**{f"{field}__regex": pattern})
    return found


def pattern_of(text: str) -> str:
    """The regular expression that finds a text, read alike by Python (for SQLite) and PostgreSQL."""
    letters = folded(" ".join(text.split()))
    parts, place = [], 0
    while place < len(letters):
        length = next((n for n in (3, 2) if letters[place : place + n] in _forms() and place + n <= len(letters)), 1)
        parts.append(_one_of(letters[place : place + length]))
        place += length
    return "".join(parts)


def _one_of(letters: str) -> str:
    """The pattern of some letters that have forms of their own when they stand together, or of a single one."""
    if letters == " ":
        return _SPACES
    forms = "".join(_forms().get(letters, ()))
    if len(letters) > 1:
        return f"(?:[{forms}]{_MARKS}|{''.join(map(_one_of, letters))})"
    if letters.isascii() and not letters.isalnum():
        return f"(?:\\{letters}|[{forms}])" if forms else f"\\{letters}"
    return f"[{letters}{forms}]{_MARKS}"


@cache
def _forms() -> dict[str, tuple[str, ...]]:
    """Every character that is not its own plain form, by that form: "e" has É and ê, "ss" has ß."""
    found: dict[str, list[str]] = {}
    for code in range(0x80, _LAST):
        if code in _HAN_AND_HANGUL:
            continue
        character = chr(code)
        plain = folded(character) if unicodedata.category(character)[0] in "LNP" else character
        if plain != character and (len(plain) == 1 or (1 < len(plain) < 4 and plain.isalpha())):
            found.setdefault(plain, []).append(character)
    for code in range(ord("A"), ord("Z") + 1):
        found.setdefault(chr(code).lower(), []).append(chr(code))
    return {plain: tuple(forms) for plain, forms in found.items()}


class FoldedSearch(admin.ModelAdmin[Any]):
    """A list of the admin site in which every word is looked for, however it is written."""

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Return the rows with all the words, and that none is there twice."""
        for word in search_term.split():
            queryset = queryset.filter(containing(word, *map(str, self.search_fields)))
        return queryset, False


# Tags: words by which people find things, kept in one text so that they are edited with the rest.
BETWEEN = ", "
LONGEST_TAG = 30


def tags_in(text: str) -> list[str]:
    """Return the tags in a text with commas, each once whatever its capitals, by alphabet."""
    found: dict[str, str] = {}
    for part in text.split(","):
        tag = " ".join(part.split())
        if tag:
            found.setdefault(tag.casefold(), tag)
    return [found[key] for key in sorted(found)]


def as_tags(tags: Iterable[str]) -> str:
    """Return tags as they are kept."""
    return BETWEEN.join(tags_in(",".join(tags)))


def tagged(tag: str) -> Q:
    """What has this tag among others, as they are kept."""
    whole = as_tags([tag])
    return (
        Q(tags=whole)
        | Q(tags__startswith=whole + BETWEEN)
        | Q(tags__endswith=BETWEEN + whole)
        | Q(tags__contains=BETWEEN + whole + BETWEEN)
    )
