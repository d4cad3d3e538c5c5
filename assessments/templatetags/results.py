"""Tags of the results and compare pages."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from assessments.answers.value import is_web_address

register = template.Library()


@register.simple_tag
def level(letter: str | None) -> SafeString:
    """The letter in its colour, or a dash that is read out as "no letter". The letter is always printed."""
    if not letter:
        return format_html(
            '<span aria-hidden="true">–</span><span class="visually-hidden">{}</span>', gettext("no letter")
        )
    return format_html('<span class="level level-{}">{}</span>', letter, letter)


@register.filter
def web_address(line: str) -> bool:
    """Whether a line of evidence may become a link."""
    return is_web_address(line)


@register.filter
def entry(mapping: Mapping[str, Any], key: str) -> Any:
    """What a mapping holds under a key that is known in the template only; None where nothing."""
    return mapping.get(key)
