"""Addresses, of which every kind is looked up once.

Looking one up takes as long as a dozen other tags, and a page has up to twenty. Two addresses of one kind differ in
their codes alone: the first is looked up with marks in place of the codes, and the others are made of it.
"""

import re
from collections.abc import Iterable

from django.conf import settings
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.html import escape

from attributes.memory import MemoryCache

# What stands in an address as it is, and is what `<str:…>` and `<slug:…>` take.
CODE = re.compile(r"[A-Za-z0-9-]+")
NO_PATTERN = ("", "")
# By what the lookup depends on: the address with %s for each code, and the same as it stands in a page.
_patterns: MemoryCache[tuple[object, ...], tuple[str, str]] = MemoryCache(1024)


def address(name: str, *codes: str) -> str:
    """Return what Django's `reverse` returns."""
    pattern, _in_page = pattern_of(name, None, len(codes)) if are_codes(codes) else NO_PATTERN
    return pattern % codes if pattern else reverse(name, args=codes)


def are_codes(values: Iterable[object]) -> bool:
    """Whether all of them are codes, which stand in an address as they are."""
    return all(isinstance(value, str) and CODE.fullmatch(value) for value in values)


def pattern_of(name: str, current_app: str | None, count: int) -> tuple[str, str]:
    """What addresses of this name with so many codes are made of, or NO_PATTERN where they take no codes."""
    key = (name, current_app, count, get_script_prefix(), get_urlconf() or settings.ROOT_URLCONF)
    return _patterns.get_or_make(key, lambda: _looked_up(name, current_app, count))


def _looked_up(name: str, current_app: str | None, count: int) -> tuple[str, str]:
    marks = [f"mark-{number}-of-a-code" for number in range(count)]
    try:
        address = reverse(name, args=marks, current_app=current_app).replace("%", "%%")
    except NoReverseMatch:
        return NO_PATTERN
    for mark in marks:
        if address.count(mark) != 1:
            return NO_PATTERN
        address = address.replace(mark, "%s")
    return address, escape(address)
