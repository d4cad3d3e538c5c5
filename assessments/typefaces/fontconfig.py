"""The fonts of this machine, asked of Fontconfig: the library by which Pango finds them, so both find the same ones.

It is called through ctypes, because WeasyPrint's own binding would load the whole engine into the web process.
"""

import ctypes
import ctypes.util
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from django.conf import settings

NAMES = ("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll")
FIELDS = (b"file", b"family", b"style", b"weight", b"slant", b"color", b"variable", b"charset", b"outline")
CONF = "<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>"
BOLD, HEAVIER = 190, 206  # Fontconfig's bold is 200
# They have a box for every character there is, which is what they are for.
BOXES = ("lastresort", "last resort", "adobe blank", "fallback")


@dataclass(frozen=True)
class Face:
    """A font with those of the characters asked for that it has."""

    file: str
    family: str
    style: str
    weight: int
    slant: int
    color: bool
    variable: bool
    covers: frozenset[str]

    @property
    def is_bold(self) -> bool:
        """Whether headings can be set in it."""
        return BOLD <= self.weight <= HEAVIER and not self.slant


class _FontSet(ctypes.Structure):
    _fields_ = (
        ("nfont", ctypes.c_int),
        ("sfont", ctypes.c_int),
        ("fonts", ctypes.POINTER(ctypes.c_void_p)),
    )


@cache
def _library() -> Any:
    """Fontconfig with the types of what is called here; None where it is missing, as is Pango then."""
    for name in filter(None, (*NAMES, ctypes.util.find_library("fontconfig"))):
        try:
            found = ctypes.CDLL(name)
        except OSError:
            continue
        for function in ("FcInitLoadConfig", "FcConfigCreate", "FcPatternCreate", "FcObjectSetCreate"):
            getattr(found, function).restype = ctypes.c_void_p
        found.FcFontList.restype = ctypes.POINTER(_FontSet)
        found.FcFontList.argtypes = (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)
        found.FcConfigParseAndLoadFromMemory.argtypes = (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int)
        found.FcConfigBuildFonts.argtypes = (ctypes.c_void_p,)
        found.FcObjectSetAdd.argtypes = (ctypes.c_void_p, ctypes.c_char_p)
        found.FcCharSetHasChar.argtypes = (ctypes.c_void_p, ctypes.c_uint32)
        for kind in ("String", "Integer", "Bool", "CharSet"):
            function = getattr(found, f"FcPatternGet{kind}")
            function.argtypes = (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int, ctypes.c_void_p)
        return found
    return None


def is_there() -> bool:
    """Whether this machine can be asked at all."""
    return _library() is not None


@cache
def _listed(folder: str, *, system: bool) -> Any:
    """Fontconfig's list of the fonts in a folder, and those of the system. Read once per process, and kept."""
    library = _library()
    config = library.FcInitLoadConfig() if system else library.FcConfigCreate()
    # Where the system's own folder for it cannot be written, what is read of the fonts is kept with our data.
    where = CONF.format(fonts=escape(folder), cache=escape(str(settings.DATA_DIR / "cache" / "fonts")))
    library.FcConfigParseAndLoadFromMemory(config, where.encode(), 0)
    library.FcConfigBuildFonts(config)
    fields = library.FcObjectSetCreate()
    for name in FIELDS:
        library.FcObjectSetAdd(fields, name)
    return library.FcFontList(config, library.FcPatternCreate(), fields)


def covered(characters: Iterable[str], folder: str) -> set[str]:
    """Return which of the characters the fonts in a folder have."""
    return {character for character in characters if _has(character, folder)}


@cache
def _has(character: str, folder: str) -> bool:
    library = _library()
    sets = (_charset(library, pattern) for pattern in _patterns(folder, system=False))
    return any(charset and library.FcCharSetHasChar(charset, ord(character)) for charset in sets)


def faces(characters: Iterable[str], folder: str, *, system: bool) -> list[Face]:
    """Return the fonts in a folder, and of the system, that have any of the characters."""
    library = _library()
    wanted = sorted(characters)
    found = []
    for pattern in _patterns(folder, system=system):
        charset = _charset(library, pattern)
        covers = frozenset(c for c in wanted if charset and library.FcCharSetHasChar(charset, ord(c)))
        family = _string(library, pattern, b"family")
        if covers and not any(word in family.casefold() for word in BOXES):
            found.append(_face(library, pattern, family, covers))
    return found


def _face(library: Any, pattern: int, family: str, covers: frozenset[str]) -> Face:
    return Face(
        file=_string(library, pattern, b"file"),
        family=family,
        style=_string(library, pattern, b"style"),
        weight=_integer(library, pattern, b"weight"),
        slant=_integer(library, pattern, b"slant"),
        color=bool(_integer(library, pattern, b"color", "Bool")),
        variable=bool(_integer(library, pattern, b"variable", "Bool")),
        covers=covers,
    )


def _patterns(folder: str, *, system: bool) -> Iterator[int]:
    listed = _listed(folder, system=system)
    if not listed:
        return
    for index in range(listed.contents.nfont):
        pattern = listed.contents.fonts[index]
        # Bitmaps cannot be printed at any size.
        if _integer(_library(), pattern, b"outline", "Bool") or _integer(_library(), pattern, b"color", "Bool"):
            yield pattern


def _charset(library: Any, pattern: int) -> int | None:
    value = ctypes.c_void_p()
    library.FcPatternGetCharSet(pattern, b"charset", 0, ctypes.byref(value))
    return value.value


def _string(library: Any, pattern: int, field: bytes) -> str:
    value = ctypes.c_char_p()
    library.FcPatternGetString(pattern, field, 0, ctypes.byref(value))
    return os.fsdecode(value.value or b"")


def _integer(library: Any, pattern: int, field: bytes, kind: str = "Integer") -> int:
    value = ctypes.c_int()
    getattr(library, f"FcPatternGet{kind}")(pattern, field, 0, ctypes.byref(value))
    return value.value
