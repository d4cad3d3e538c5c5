"""Choices of a form, all of a group at once: a page of lists has a hundred radio buttons, and a template takes longer
for each than for anything else."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def radios(offered: Iterable[Mapping[str, Any]], *, may_clear: object = True) -> SafeString:
    """Radio buttons, one below the other (`assessments.answering.item_field` makes them).

    Each has `name`, `value`, `id`, `label`, whether it is `checked`, and maybe a longer `text` before the label, a
    `letter` instead of it and `marks`, classes that begin with a space. The one without a value takes an answer back.
    """
    return SafeString("".join(_radio(radio) for radio in offered if radio["value"] or may_clear))


def _radio(radio: Mapping[str, Any]) -> str:
    name, value, identifier = (conditional_escape(radio[key]) for key in ("name", "value", "id"))
    checked = " checked" if radio["checked"] else ""
    return (
        f'<div class="form-check{conditional_escape(radio.get("marks", ""))}"> '
        f'<input class="form-check-input" type="radio" name="{name}" value="{value}" id="{identifier}"{checked}>'
        f'<label class="form-check-label" for="{identifier}">{_words(radio)}</label> </div>'
    )


def _words(radio: Mapping[str, Any]) -> str:
    label = conditional_escape(radio["label"])
    if not radio["text"]:
        return label
    text = conditional_escape(radio["text"])
    if not radio["letter"]:
        return f'{text} <span class="level-of">{label}</span>'
    letter = conditional_escape(radio["letter"])
    level = f'<span class="level-of" aria-hidden="true">{letter}</span>'
    return f'{text}&nbsp;{level}<span class="visually-hidden"> ({label})</span>'


@register.simple_tag
def options(offered: Iterable[tuple[Any, Any, object]]) -> SafeString:
    """What a list offers to choose from: of each the value, what is shown, and whether it is chosen."""
    return SafeString(
        "".join(
            f'<option value="{conditional_escape(value)}"{" selected" if chosen else ""}> '
            f"{conditional_escape(label)} </option>"
            for value, label, chosen in offered
        )
    )
