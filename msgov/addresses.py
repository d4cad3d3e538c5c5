"""The tag `{% url %}`, which looks every kind of address up once.

Looking one up takes as long as a dozen other tags, and a page has up to twenty. Two addresses of one kind differ in
their codes alone: the first is looked up with marks in place of the codes, and the others are made of it.
"""

import re
from collections.abc import Iterable
from typing import Any

from django import template
from django.conf import settings
from django.template.base import Parser, Token
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as django_url
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.html import escape

from attributes.memory import MemoryCache

register = template.Library()

# What stands in an address as it is, and is what `<str:…>` and `<slug:…>` take.
CODE = re.compile(r"[A-Za-z0-9-]+")
NO_PATTERN = ("", "")
# By what the lookup depends on: the address with %s for each code, and the same as it stands in a page.
_patterns: MemoryCache[tuple[object, ...], tuple[str, str]] = MemoryCache(1024)


class AddressNode(URLNode):
    """An address in a template."""

    def render(self, context: Any) -> str:
        """Draw it, or put it into a variable. What has no codes alone is looked up as Django does."""
        codes = tuple(argument.resolve(context) for argument in self.args)
        if self.kwargs or not _are_codes(codes):
            return str(super().render(context))
        pattern, in_page = _pattern(self.view_name.resolve(context), _current_app(context), len(codes))
        if not pattern:
            return str(super().render(context))
        if self.asvar:
            context[self.asvar] = pattern % codes
            return ""
        return (in_page if context.autoescape else pattern) % codes


def address(name: str, *codes: str) -> str:
    """Return what Django's `reverse` returns."""
    pattern, _in_page = _pattern(name, None, len(codes)) if _are_codes(codes) else NO_PATTERN
    return pattern % codes if pattern else reverse(name, args=codes)


def _are_codes(values: Iterable[object]) -> bool:
    return all(isinstance(value, str) and CODE.fullmatch(value) for value in values)


def _current_app(context: Any) -> str | None:
    request = getattr(context, "request", None)
    match = getattr(request, "resolver_match", None)
    found: str | None = getattr(request, "current_app", getattr(match, "namespace", None))
    return found


def _pattern(name: str, current_app: str | None, count: int) -> tuple[str, str]:
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


@register.tag
def url(parser: Parser, token: Token) -> AddressNode:
    """As Django's tag."""
    node = django_url(parser, token)
    return AddressNode(node.view_name, node.args, node.kwargs, node.asvar)
