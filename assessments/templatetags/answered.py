"""Template tags that write what is repeated for each item of a result: its answer, and its figures.

In Python and not in templates: a page has thirty of each, and a template takes five times as long for them.
"""

from collections.abc import Iterator

from django import template
from django.template.defaultfilters import filesizeformat
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from assessments.answers.value import ANSWERED
from assessments.documents.result import ItemResult, OptionLine
from assessments.headlines.evidence_sentences import said_of_line
from assessments.pictures import strip_bar
from assessments.results.strips import ItemStrip
from assessments.results.workings import ItemWorking
from assessments.templatetags.results import level, line_state, said
from assessments.web_addresses import is_web_address
from attributes.texts import named, text, with_name_apart

register = template.Library()


@register.simple_tag
def given_answer(item: ItemResult, resource: str) -> SafeString:
    """What was answered to an item, with evidence and comment; `resource` is what stands in its words."""
    return SafeString(" ".join(_answer(item, resource)))


@register.simple_tag
def strip_head(strip: ItemStrip) -> SafeString:
    """What is seen of an item before it is opened: letter, name, picture, and what is to be known of it."""
    marks = "".join(f"<span>{conditional_escape(mark)}</span> " for mark in strip.marks)
    picture = strip_bar(strip.row, rtl=get_language_bidi()) if strip.row else ""
    return SafeString(
        f'<span class="strip-letter">{level(strip.item.letter)}</span> '
        f'<span class="strip-name">{text(strip.item.short)}</span> '
        f'<span class="strip-picture">{picture}</span> <span class="strip-marks">{marks}</span>'
    )


@register.simple_tag
def strip_counts(strip: ItemStrip) -> SafeString:
    """What its answer counts as, and what that adds."""
    working, points = strip.working, strip.item.contribution
    if working is None:
        return SafeString("")
    words = working.sentence
    if points:
        said = _("Its weight is %(weight)s of the attribute; it adds %(points)s points of 100.")
        words = f"{words} {said % {'weight': working.weight, 'points': points.whole}}"
    return conditional_escape(words)


@register.simple_tag
def working_name(working: ItemWorking) -> SafeString:
    """What a scored item is called, and why it counts as it does."""
    item = working.item
    links = "".join(
        f' <a href="{conditional_escape(link)}" rel="nofollow noreferrer">{conditional_escape(name)}</a>'
        for link, name in working.links
    )
    critical = f' <span class="tag">{conditional_escape(_("Critical item"))}</span>' if item.critical else ""
    return SafeString(
        f'<span class="item-name">{conditional_escape(item.code)} {text(item.short)}</span>{critical} '
        f'<span class="item-why">{conditional_escape(working.sentence)}{links}</span>'
    )


@register.simple_tag
def working_figures(working: ItemWorking, claimed: str, counts: str, weight: str, known: str, adds: str) -> SafeString:
    """The cells with the figures of a scored item, under these headings; each says its own on a narrow screen."""
    item = working.item
    cells = (
        (claimed, item.claimed.printed if item.claimed else ""),
        (counts, item.counted.printed if item.counted else ""),
        (weight, working.weight),
        (known, working.share_known),
        (adds, item.contribution.printed if item.contribution else ""),
    )
    return SafeString(
        " ".join(
            f'<td role="cell" data-label="{conditional_escape(heading)}" class="number">'
            f"{conditional_escape(value or '–')}</td>"
            for heading, value in cells
        )
    )


def _answer(item: ItemResult, resource: str) -> Iterator[str]:
    is_answered = item.said == ANSWERED
    yield f"<p><strong>{text(with_name_apart(item.text, resource))}</strong></p>"
    if not is_answered or item.by_kind or (item.level is not None and item.open_because):
        reason = f": {_own_words(item.not_applicable_reason)}" if item.not_applicable_reason else ""
        yield f"<p> {conditional_escape(said(item))}{reason} </p>"
    if item.level is not None:
        yield f"<p> {text(item.level_label)}: {text(item.anchor)} </p>"
    if item.options and is_answered:
        yield f"<ul> {''.join(_line(line, resource) for line in item.options)} </ul>"
    if item.other:
        yield f"<p> {_('Other (not scored):')} {_own_words(item.other)} </p>"
    if item.answer_text:
        yield f'<p class="own-words" dir="auto">{conditional_escape(item.answer_text)}</p>'
    yield from _evidence(item)
    if item.comment:
        yield f"<p> {_('Comment:')} {_own_words(item.comment)} </p>"


def _line(line: OptionLine, resource: str) -> str:
    """A line of a list, with what was answered there."""
    if line.state_label:
        state = f"<strong>{text(line.state_label)}</strong>"
    elif line.state:
        state = f"<strong>{conditional_escape(line_state(line))}</strong>"
    else:
        state = conditional_escape(_("not answered"))
    label = f"{text(with_name_apart(line.label, resource))}: " if line.label else ""
    note = f"; {conditional_escape(found)}" if (found := said_of_line(line)) else ""
    words = f". {_own_words(line.text)}" if line.text else ""
    return f"<li> {label}{' '.join(filter(None, (state, note, words)))} </li>"


def _evidence(item: ItemResult) -> Iterator[str]:
    """The sentence, and what it speaks of: links, and the names of files, which not everybody may open."""
    if not (item.evidence_text or item.evidence_links or item.evidence_files):
        return
    sentence = f": {_own_words(item.evidence_text)}" if item.evidence_text else ""
    yield f'<p class="mb-1"> <strong>{_("Evidence")}</strong>{sentence} </p>'
    given = [_link(link) for link in item.evidence_links]
    given += [f"{named(file.name)} ({filesizeformat(file.size)})" for file in item.evidence_files]
    if given:
        yield f"<ul> {''.join(f'<li> {one} </li>' for one in given)} </ul>"


def _link(address: str) -> str:
    if not is_web_address(address):
        return named(address)
    return f'<a href="{conditional_escape(address)}" rel="nofollow noreferrer">{named(address)}</a>'


def _own_words(words: str) -> str:
    return f'<span class="own-words" dir="auto">{conditional_escape(words)}</span>'
