"""What pages of both applications are made of: each pattern of HTML that many templates share stands here once.

Tags and not included templates: a page of results has hundreds of cells, and an inclusion takes ten times as long.
Words come from the template, as `_("…")`, so that they are found for translation.
"""

import json
import re
from collections.abc import Hashable
from datetime import datetime, tzinfo
from typing import Any

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils.formats import date_format, time_format
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext

from assessments.zones import utc_offset, zone_label
from attributes.memory import MemoryCache
from attributes.pages import DRAWN_FOR, mark_of
from attributes.texts import named

register = template.Library()

LAYOUT = re.compile(r"[ \t\r\n]+")

# Of cells, tags and choices there are hundreds on a page: they are made without `format_html`, which takes as long as
# all the rest. What they are given is escaped one by one; the content of a block is what the template has drawn.

# Nothing is run that comes with an answer, and nothing is asked of another site.
HTMX = {
    "allowEval": False,
    "allowScriptTags": False,
    "includeIndicatorStyles": False,
    "selfRequestsOnly": True,
    "historyCacheSize": 0,
}
# What is typed is sent by itself: a refusal is shown in its place, a breakdown is not.
HTMX_FOR_FORMS = {
    **HTMX,
    "timeout": 20000,
    "responseHandling": [
        {"code": "204", "swap": False},
        {"code": "[23]..", "swap": True},
        {"code": "(400|401|409|413|422)", "swap": True, "error": True},
        {"code": "[45]..", "swap": False, "error": True},
    ],
}

# By whether a page sends what is typed.
HTMX_CONFIG = {
    forms: format_html('<meta name="htmx-config" content="{}">', json.dumps(config, separators=(",", ":")))
    for forms, config in ((True, HTMX_FOR_FORMS), (False, HTMX))
}

# Some are of an item, and a page of a question set has a few hundred items at most; each has 1 to 2 kB.
KEPT = 512
_kept: MemoryCache[tuple[Hashable, ...], str] = MemoryCache(KEPT)


@register.simple_tag
def kept(template_name: str, **values: Hashable) -> str:
    """A part that is the same on many pages: drawn once for each language and these values, and kept in memory.

    The template is given the values and nothing else, so it cannot show one reader what was drawn for another.
    """
    if settings.DEBUG:  # templates change under the hands of who works on them
        return render_to_string(template_name, values)
    key = (template_name, get_language(), get_script_prefix(), *values.items())
    return _kept.get_or_make(key, lambda: render_to_string(template_name, values))


# Places of the main menu by the name of the page, as far as the application it is of does not say it.
_PLACES = {
    "help": "help",
    "attributes:framework": "framework",
    "attributes:questions": "framework",
    "attributes:method": "framework",
}
_PLACES_OF = {"site": "site", "attributes": "sets", "assessments": "processes"}


@register.simple_tag(takes_context=True)
def place(context: Any) -> str:
    """The place of the main menu to which the page belongs, or "" (the start page, error pages)."""
    match = getattr(context.get("request"), "resolver_match", None)
    if match is None:
        return ""
    if match.view_name in _PLACES:
        return _PLACES[match.view_name]
    if match.view_name.startswith("assessments:record"):
        return ""
    if match.view_name.startswith(("assessments:compar", "assessments:saved-comparison")):
        return "compare"
    if match.namespaces:
        return _PLACES_OF.get(match.namespaces[0], "")
    return "account" if match.url_name and match.url_name.startswith(("account", "mfa", "usersessions")) else ""


@register.simple_tag(takes_context=True)
def drawn_for(context: Any) -> SafeString:
    """The hidden field with the mark of who is signed in: for whom a form was drawn."""
    return format_html('<input type="hidden" name="{}" value="{}">', DRAWN_FOR, mark_of(context["request"]))


@register.simple_tag
def htmx_config(*, forms: bool = True) -> SafeString:
    """The settings of htmx for a page; `forms`: it sends what is typed."""
    return HTMX_CONFIG[forms]


@register.simple_block_tag
def one_line(content: str) -> SafeString:
    """A text whose parts are laid out in several templates, such as the title of a page, without that layout."""
    return SafeString(LAYOUT.sub(" ", content).strip(" "))


@register.filter
def bdi(name: object) -> SafeString:
    """A name in a sentence to be translated: neither changes the order of the other, whatever scripts they are in."""
    return named(name)


@register.simple_tag
def clock(moment: datetime) -> SafeString:
    """The time of day at a moment, in the zone of the page and with its distance from UTC: “14:05 UTC+3”."""
    local = localtime(moment)
    return format_html('<time datetime="{}">{} {}</time>', local.isoformat(), time_format(local), utc_offset(local))


@register.filter(expects_localtime=True)
def stamp(moment: datetime | None) -> str:
    """A moment as pages show it: “29 November 2026, 14:05 UTC+3”. Nothing for none."""
    return f"{date_format(moment, 'DATETIME_FORMAT')} {utc_offset(moment)}" if moment else ""


@register.filter
def in_words(zone: tzinfo) -> str:
    """A time zone, with its distance from UTC today."""
    return zone_label(zone)


@register.simple_block_tag
def cell(content: str, heading: str, *, classes: str = "") -> SafeString:
    """A cell of a table whose rows are blocks on a narrow screen, where each shows the heading of its column."""
    end = f'" class="{conditional_escape(classes)}">' if classes else '">'
    return SafeString(f'<td role="cell" data-label="{conditional_escape(heading)}{end}{content.strip()}</td>')


@register.simple_tag
def number_cell(heading: str, value: str) -> SafeString:
    """The same with a number alone, or a dash where there is none."""
    content = conditional_escape(value or "–")
    return SafeString(f'<td role="cell" data-label="{conditional_escape(heading)}" class="number">{content}</td>')


@register.simple_block_tag
def fact(content: str, name: Any) -> SafeString:
    """A line of a summary list (`<dl class="facts">`): what it is about, and the value."""
    return SafeString(f"<div><dt>{conditional_escape(name)}</dt><dd>{content.strip()}</dd></div>")


@register.simple_block_tag
def said_here(content: str, id: str, *, classes: str, swap: object = False) -> SafeString:
    """A paragraph that may be empty, and is then not drawn (by `:empty`), where autosave puts words later (`swap`)."""
    oob = ' hx-swap-oob="true"' if swap else ""
    return format_html('<p class="{}" id="{}"{}>{}</p>', classes, id, SafeString(oob), _inner(content))


@register.simple_tag
def tag(words: Any, *, classes: str = "") -> SafeString:
    """A word or two in a frame: the state or the kind of what it stands beside."""
    names = f"tag {conditional_escape(classes)}" if classes else "tag"
    return SafeString(f'<span class="{names}">{conditional_escape(words)}</span>')


@register.simple_tag
def numbered_task(number: int, address: str, words: Any, state: str = "", standing: Any = "") -> SafeString:
    """A line of a numbered list of things to do: a link, and how far it is, where that is said (`standing`)."""
    described, tag = "", ""
    if standing:
        described = f' aria-describedby="status-{number}"'
        tag = f' <span class="tag status-{state}" id="status-{number}">{conditional_escape(standing)}</span>'
    link = f'<a href="{conditional_escape(address)}"{described}>{number}. {conditional_escape(words)}</a>'
    return SafeString(f'<li class="task"> <div class="task-name"> {link} </div>{tag} </li>')


@register.simple_tag
def field_error(message: object, *, id: str = "") -> SafeString | str:
    """What is wrong with a field, if anything, before it; `id` is what the field is described by."""
    if not message:
        return ""
    return format_html('<p class="field-error"{}>{} {}</p>', _attribute("id", id), _error(), message)


@register.simple_tag
def field_errors(messages: list[object], *, id: str) -> SafeString | str:
    """All that is wrong with a field that may have several errors."""
    if not messages:
        return ""
    lines = format_html_join("", '<p class="mb-0">{} {}</p>', ((_error(), message) for message in messages))
    return format_html('<div class="field-error" id="{}">{}</div>', id, lines)


@register.simple_block_tag
def error_summary(
    content: str,
    *,
    id: str = "error-summary-title",
    heading: object = "",
    untitled: bool = False,
    focus_elsewhere: object = False,
) -> SafeString:
    """What is wrong with a form, over it; it has the focus when the page opens, so that it is read out first.

    `id` is of its heading, for pages with two; `untitled` where the content is one sentence.
    """
    title = format_html('<h2 id="{}" class="h5">{}</h2>', id, heading or gettext("There is a problem"))
    return format_html(
        '<div class="error-summary" role="alert" tabindex="-1"{}{}>{}{}</div>',
        "" if focus_elsewhere else SafeString(" autofocus"),
        "" if untitled else _attribute("aria-labelledby", id),
        "" if untitled else title,
        _inner(content),
    )


@register.simple_block_tag
def choice(
    content: str,
    kind: str,
    name: str,
    value: Any,
    id: str,
    *,
    checked: object = False,
    chosen: object = None,
    disabled: object = False,
    invalid: object = False,
    describedby: str = "",
) -> SafeString:
    """A radio button or check box (`kind`) before its label, which is the content. It stands in a `form-check`.

    It is checked if it is said to be, or if its value is the one that is `chosen`.
    """
    name, identifier = conditional_escape(name), conditional_escape(id)
    box = f'type="{kind}" name="{name}" value="{conditional_escape(value)}" id="{identifier}"'
    if checked or (chosen is not None and chosen == value):
        box += " checked"
    if disabled:
        box += " disabled"
    if invalid:
        box += ' aria-invalid="true"'
    return SafeString(
        f'<input class="form-check-input{" is-invalid" if invalid else ""}" {box}'
        f"{_attribute('aria-describedby', describedby)}>"
        f'<label class="form-check-label" for="{identifier}">{content.strip()}</label>'
    )


def _inner(content: str) -> SafeString:
    """What stands in a block, without the layout of the template around it."""
    return SafeString(content.strip())


def _attribute(name: str, value: str) -> SafeString | str:
    return format_html(' {}="{}"', name, value) if value else ""


def _error() -> SafeString:
    return format_html('<span class="visually-hidden">{}</span>', gettext("Error:"))


@register.simple_tag
def has_public_record() -> bool:
    """Whether the operator has the public record switched on: pages lead to it only then."""
    return bool(settings.PUBLIC_RECORD)
