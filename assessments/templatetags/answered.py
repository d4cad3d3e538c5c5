"""Template tags that write what is repeated for each item of a result: its answer, and what it opens to.

In Python and not in templates: a page has thirty of each, and a template takes five times as long for them.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from html import escape

from django import template
from django.template.defaultfilters import filesizeformat
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi

from assessments.answers.value import ANSWERED
from assessments.documents.result import ItemResult, OptionLine
from assessments.headlines.evidence_sentences import said_of_line
from assessments.pictures import heat_class, strip_bar
from assessments.results.panel_lines import ItemLine, Perceived
from assessments.results.strips import ItemStrip
from assessments.templatetags.results import label, line_state, said
from assessments.web_addresses import is_web_address
from attributes.memory import gettext as _
from attributes.memory import words_of_page
from attributes.texts import named, telling, with_name_apart

register = template.Library()


class Pen:
    """Writes in the language of the page, which is found out once for all that it writes.

    `gettext` says words of the application, escaped; `tell` tells a text of the question set, escaped and marked where
    it is in another language.
    """

    def __init__(self) -> None:
        self.gettext = words_of_page()
        self.tell = telling()

    @cached_property
    def rtl(self) -> bool:
        """Whether the page runs from right to left."""
        return get_language_bidi()

    def level(self, letter: str | None) -> str:
        """The letter in its colour, or a dash that is read out as "no letter". The letter is always printed."""
        if letter:
            return _chip(letter)
        return f'<span aria-hidden="true">–</span><span class="visually-hidden">{self.gettext("no letter")}</span>'


@lru_cache(maxsize=64)
def _chip(letter: str) -> SafeString:
    return SafeString(
        f'<span class="heat-chip {conditional_escape(heat_class(letter))}">{conditional_escape(letter)}</span>'
    )


@register.simple_tag
def given_answer(item: ItemResult, resource: str) -> SafeString:
    """What was answered to an item, with evidence and comment; `resource` is what stands in its words."""
    return SafeString(" ".join(_answer(item, resource, Pen())))


@register.simple_tag
def item_strips(strips: Iterable[ItemStrip], resource: str) -> SafeString:
    """The items of an attribute: what is seen of each, and the answer that opens."""
    pen = Pen()
    return SafeString("".join(_strip(strip, resource, pen) for strip in strips))


def _strip(strip: ItemStrip, resource: str, pen: Pen) -> str:
    item = strip.item
    groups = step = ""
    if strip.groups:
        groups = f"<p> {pen.gettext('Stakeholders:')} {perceived_words(strip.groups, strip.perceived, pen)} </p>"
    if strip.step:
        step = (
            f'<p> <a href="#step-{escape(item.code)}">{pen.gettext("What to do about it")}'
            f'<span class="visually-hidden">: {pen.tell(item.short)}</span></a> </p>'
        )
    return (
        f'<details class="strip"> <summary> {_strip_head(strip, pen)} </summary> '
        f'<div class="strip-open" id="item-{escape(item.code)}"> {" ".join(_answer(item, resource, pen))} '
        f'<p class="form-text"> {_strip_counts(strip)} </p> {groups} {step} </div> </details> '
    )


def _strip_head(strip: ItemStrip, pen: Pen) -> str:
    """What is seen of an item before it is opened: letter, name, picture, and what is to be known of it."""
    marks = "".join(f"<span>{escape(mark)}</span> " for mark in strip.marks)
    picture = strip_bar(strip.row, rtl=pen.rtl) if strip.row else ""
    return (
        f'<span class="strip-letter">{pen.level(strip.item.letter)}</span> '
        f'<span class="strip-name">{pen.tell(strip.item.short)}</span> '
        f'<span class="strip-picture">{picture}</span> <span class="strip-marks">{marks}</span>'
    )


def _strip_counts(strip: ItemStrip) -> str:
    """What its answer counts as, and what that adds."""
    working, points = strip.working, strip.item.contribution
    if working is None:
        return ""
    words = working.sentence
    if points:
        added = _("Its weight is %(weight)s of the attribute; it adds %(points)s points of 100.")
        words = f"{words} {added % {'weight': working.weight, 'points': points.whole}}"
    return escape(words)


def perceived_words(line: ItemLine | None, perceived: Perceived | None, pen: Pen) -> str:
    """What groups say of an item, in its table and in its strip; None where it was not asked."""
    if line is None:
        return f'<span><span class="claimed">{pen.gettext("not asked")}</span></span>'
    found = line.item
    if not found.letter:
        few = pen.gettext("not applicable") if found.status == "not_applicable" else pen.gettext("too few answers")
        return f'<span><span class="claimed">{few}</span></span>'
    verdict = tag = ""
    if found.verdict != "aligned":
        words = escape(label(found.verdict, "band"))
        verdict = f' <span class="band band-{escape(found.verdict or "")}">{words}</span>'
    if perceived and not perceived.is_close:
        tag = f' <span class="tag">{conditional_escape(label(perceived.line.perception, "perception"))}</span>'
    score = escape(found.score.whole) if found.score else ""
    return f"<span>{pen.level(found.letter)} {score}{verdict}{tag}</span>"


def _answer(item: ItemResult, resource: str, pen: Pen) -> Iterator[str]:
    is_answered = item.said == ANSWERED
    yield f"<p><strong>{pen.tell(with_name_apart(item.text, resource))}</strong></p>"
    if not is_answered or item.by_kind or (item.level is not None and item.open_because):
        reason = f": {_own_words(item.not_applicable_reason)}" if item.not_applicable_reason else ""
        yield f"<p> {conditional_escape(said(item))}{reason} </p>"
    if item.level is not None:
        yield f"<p> {pen.tell(item.level_label)}: {pen.tell(item.anchor)} </p>"
    if item.options and is_answered:
        yield f"<ul> {''.join(_line(line, resource, pen) for line in item.options)} </ul>"
    if item.other:
        yield f"<p> {pen.gettext('Other (not scored):')} {_own_words(item.other)} </p>"
    if item.answer_text:
        yield f'<p class="own-words" dir="auto">{escape(item.answer_text)}</p>'
    yield from _evidence(item, pen)
    if item.comment:
        yield f"<p> {pen.gettext('Comment:')} {_own_words(item.comment)} </p>"


def _line(line: OptionLine, resource: str, pen: Pen) -> str:
    """A line of a list, with what was answered there."""
    if line.state_label:
        state = f"<strong>{pen.tell(line.state_label)}</strong>"
    elif line.state:
        state = f"<strong>{conditional_escape(line_state(line))}</strong>"
    else:
        state = pen.gettext("not answered")
    name = f"{pen.tell(with_name_apart(line.label, resource))}: " if line.label else ""
    note = f"; {conditional_escape(found)}" if (found := said_of_line(line)) else ""
    words = f". {_own_words(line.text)}" if line.text else ""
    return f"<li> {name}{' '.join(filter(None, (state, note, words)))} </li>"


def _evidence(item: ItemResult, pen: Pen) -> Iterator[str]:
    """The sentence, and what it speaks of: links, and the names of files, which not everybody may open."""
    if not (item.evidence_text or item.evidence_links or item.evidence_files):
        return
    sentence = f": {_own_words(item.evidence_text)}" if item.evidence_text else ""
    yield f'<p class="mb-1"> <strong>{pen.gettext("Evidence")}</strong>{sentence} </p>'
    given = [_link(link) for link in item.evidence_links]
    given += [f"{named(file.name)} ({filesizeformat(file.size)})" for file in item.evidence_files]
    if given:
        yield f"<ul> {''.join(f'<li> {one} </li>' for one in given)} </ul>"


def _link(address: str) -> str:
    if not is_web_address(address):
        return named(address)
    return f'<a href="{escape(address)}" rel="nofollow noreferrer">{named(address)}</a>'


def _own_words(words: str) -> str:
    return f'<span class="own-words" dir="auto">{escape(words)}</span>'
