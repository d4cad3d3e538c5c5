"""Names of files as people write them, in any script: only what a file system or a reader trips over is taken out."""

import re
import unicodedata

# Marks that turn the order of letters round: they make “exe.pdf” of what ends in “fdp.exe”. Others of their category
# join and part letters, and belong to the spelling of many languages.
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
# Not allowed by Windows, or with a meaning of its own.
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_JOINERS = "\u200c\u200d"


def readable(name: str) -> str:
    """A name without control characters; letters and the marks on them stay, in their composed form."""
    kept = (_kept(character) for character in unicodedata.normalize("NFC", name))
    return "".join(kept).strip()


def _kept(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Zs":
        return " "
    return "" if category in ("Cc", "Cs", "Zl", "Zp") or character in _TURNING else character


def storable(name: str) -> str:
    """A name that every file system takes; "" if nothing is left."""
    found = _FORBIDDEN.sub("_", readable(name)).rstrip(". ").lstrip(" ")
    return f"_{found}" if _DEVICES.match(found) else found if found.strip(". _") else ""


def hyphenated(title: str, length: int) -> str:
    """Words of a title in small letters with hyphens between them, no longer than `length`."""
    letters = (c if unicodedata.category(c)[0] in "LMN" or c in _JOINERS else " " for c in readable(title).lower())
    return shortened("-".join("".join(letters).split()), length).strip("-")


def shortened(text: str, length: int) -> str:
    """The beginning of a text, never cut between a letter and what is drawn on it."""
    end = min(length, len(text))
    while 0 < end < len(text) and (unicodedata.category(text[end])[0] == "M" or text[end] in _JOINERS):
        end -= 1
    return text[:end]
