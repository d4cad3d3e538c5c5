"""Template tags that write the tables of a results page: steps, items with their figures, attributes, principles.

In Python for the reason that `answered.py` gives.
"""

from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from assessments.documents.about import CrosswalkItem
from assessments.documents.result import AttributeResult, ItemResult
from assessments.documents.steps import AdviceText
from assessments.headlines import Concern
from assessments.headlines.evidence_sentences import basis_label
from assessments.results.panel_lines import ItemLine, Perceived
from assessments.results.workings import AttributeWorking, ItemWorking
from assessments.templatetags.answered import Pen, perceived_words
from assessments.templatetags.results import label, lacks_reason, said
from attributes.memory import address
from attributes.memory import gettext as _

register = template.Library()

CELL = '<td role="cell" data-label="'
NUMBER = '" class="number">'
FILLER = '<td role="cell" class="filler"></td> '


@register.simple_tag
def step_rows(steps: Iterable[Concern]) -> SafeString:
    """The rows of the table of steps that come after the first."""
    pen = Pen()
    say = pen.gettext
    kind, why, change = say("Kind"), say("Why, and what to do"), say("What it would change")
    critical = f'<span class="tag">{say("Critical item")}</span>'

    def row(step: Concern) -> str:
        part = step.part
        short, code = pen.tell(part.short), escape(part.item)
        return (
            f'<tr role="row" id="step-{code}"> <th role="rowheader" scope="row"> {short} '
            f'{critical if part.critical else ""} </th> {CELL}{kind}" class="nowrap">'
            f"{conditional_escape(label(part.kind, 'step'))}</td> "
            f'{CELL}{why}"><details> <summary> {conditional_escape(step.why)}<span class="visually-hidden">: {short}'
            f"</span> </summary> {_step(step, pen, told=True)} </details></td> "
            f'{CELL}{change}">{conditional_escape(step.change)}</td> </tr>'
        )

    return SafeString("".join(map(row, steps)))


@register.simple_tag
def step_words(step: Concern) -> SafeString:
    """Why something is a step, and what to do."""
    return SafeString(_step(step, Pen(), told=False))


def _step(step: Concern, pen: Pen, *, told: bool) -> str:
    """What to do; and why, unless that is `told` already."""
    part = step.part
    if part.kind == "find_out" and lacks_reason(step.item):
        first: str = pen.gettext("Give the reason that is missing: the answer counts then.")
    else:
        why: str = "" if told else conditional_escape(step.why)
        settled = ""
        if part.settle_by:
            shown = part.kind == "show_it"
            lead = pen.gettext("This would show it:") if shown else pen.gettext("This would settle it:")
            settled = f"{lead} {pen.tell(part.settle_by)}."
        first = " ".join(filter(None, (why, pen.tell(part.hint), settled)))
    texts = " ".join(_advice(advice, pen) for advice in part.texts)
    if not texts and part.kind == "improve_it":
        texts = f"<p> {pen.gettext('This question set gives no recommendation for this item.')} </p>"
    return f"<p> {first} </p> {texts}" if first else texts


def _advice(advice: AdviceText, pen: Pen) -> str:
    words = f"<p>{pen.tell(advice.text)}</p>"
    if not advice.basis_quote:
        return words
    return (
        f"{words} <details> <summary>{conditional_escape(basis_label(advice))}</summary> "
        f'<blockquote class="basis"><q>{pen.tell(advice.basis_quote)}</q></blockquote> </details>'
    )


@register.simple_tag
def workings(
    found: Iterable[AttributeWorking],
    lines: Mapping[str, ItemLine] | None,
    perceived: Mapping[str, Perceived] | None,
) -> SafeString:
    """How the score of each attribute came about, folded; `lines` is what groups say of each item, by code."""
    pen = Pen()
    return SafeString(" ".join(_working(working, lines, perceived, pen) for working in found))


def _working(
    working: AttributeWorking,
    lines: Mapping[str, ItemLine] | None,
    perceived: Mapping[str, Perceived] | None,
    pen: Pen,
) -> str:
    attribute = working.attribute
    name: str = pen.gettext("Why there is no score")
    score = ""
    if attribute.score and attribute.low and attribute.high and attribute.claimed:
        figures = {"score": attribute.score.whole, "low": attribute.low.whole, "high": attribute.high.whole}
        name = escape(_("How %(score)s came about") % figures)
        # The sentence has markup of its own; what is put in are figures.
        words = _("<strong>%(score)s</strong> of 100; range %(low)s to %(high)s; claimed %(claimed)s")
        said = words % {**figures, "claimed": attribute.claimed.whole}
        score = f'<p class="working-score"> {pen.level(attribute.letter)} {said} </p>'
    one = f'<p class="measure">{escape(working.one_question)}</p>' if working.one_question else ""
    status = " ".join(filter(None, (working.status_sentence, working.in_words, working.letter_sentence)))
    return (
        f'<details id="working-{escape(attribute.code)}"> <summary> {name}: {pen.tell(attribute.title)} </summary> '
        f'{score} {one} <p class="measure"> {conditional_escape(status)} </p> {_formula(working)} '
        f"{_items_table(working, lines, perceived, pen)} </details>"
    )


def _formula(working: AttributeWorking) -> str:
    if not working.formula or working.attribute.score is None:
        return ""
    words = _(
        "Weight × value of each item (× the share of it that is known, where it is a list), divided by the coverage. "
        "The figures are rounded for print; the score is exactly %(exact)s."
    )
    return (
        f'<p class="formula whole-width">{escape(working.formula)}</p> '
        f'<p class="form-text"> {escape(words % {"exact": working.attribute.score.exact})} </p>'
    )


def _items_table(
    working: AttributeWorking,
    lines: Mapping[str, ItemLine] | None,
    perceived: Mapping[str, Perceived] | None,
    pen: Pen,
) -> str:
    """The items of an attribute: what they count as and what they add."""
    say, attribute = pen.gettext, working.attribute
    heads = [say("Item"), say("Letter"), *([] if lines is None else [say("Experience")])]
    heads += [say("Claimed"), say("Counts as"), say("Weight"), say("Known"), say("Adds")]

    def groups(item: ItemResult) -> str:
        if lines is None:
            return ""
        words = perceived_words(lines.get(item.code), (perceived or {}).get(item.code), pen)
        return f'{CELL}{heads[2]}">{words}</td> '

    rows = "".join(
        f'<tr role="row"> <th role="rowheader" scope="row"> {_item_name(entry, pen)} </th> '
        f'{CELL}{heads[1]}">{pen.level(entry.item.letter)}</td> {groups(entry.item)}'
        f"{_figures(entry, heads[-5:])} </tr>"
        for entry in working.items
    )
    code = escape(attribute.code)
    caption = say("what the items count as and what they add")
    headings = "".join(f'<th role="columnheader" scope="col">{head}</th>' for head in heads)
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-labelledby="items-{code}"> '
        f'<table class="table stack caption-top" role="table"> <caption id="items-{code}"> '
        f"{pen.tell(attribute.title)}: {caption} </caption> "
        f'<thead role="rowgroup"> <tr role="row"> {headings} </tr> </thead> '
        f'<tbody role="rowgroup"> {rows} </tbody> {_together(attribute, len(heads) - 3, say)} </table> </div>'
    )


def _item_name(working: ItemWorking, pen: Pen) -> str:
    """What a scored item is called, and why it counts as it does."""
    item = working.item
    links = "".join(
        f' <a href="{escape(link)}" rel="nofollow noreferrer">{conditional_escape(name)}</a>'
        for link, name in working.links
    )
    critical = f' <span class="tag">{pen.gettext("Critical item")}</span>' if item.critical else ""
    return (
        f'<span class="item-name">{escape(item.code)} {pen.tell(item.short)}</span>{critical} '
        f'<span class="item-why">{escape(working.sentence)}{links}</span>'
    )


def _figures(working: ItemWorking, heads: list[SafeString]) -> str:
    """The cells with the figures of a scored item, under these headings; each says its own on a narrow screen."""
    item = working.item
    values = (
        item.claimed.printed if item.claimed else "",
        item.counted.printed if item.counted else "",
        working.weight,
        working.share_known,
        item.contribution.printed if item.contribution else "",
    )
    return " ".join(
        f"{CELL}{head}{NUMBER}{escape(value or '–')}</td>" for head, value in zip(heads, values, strict=True)
    )


def _together(attribute: AttributeResult, fillers: int, say: Callable[[str], SafeString]) -> str:
    if not attribute.score:
        return ""
    return (
        f'<tfoot role="rowgroup"> <tr role="row"> <th role="rowheader" scope="row">{say("Together")}</th> '
        f"{FILLER * fillers}"
        f"{CELL}{say('Coverage')}{NUMBER}{escape(attribute.coverage.printed)}</td> "
        f"{CELL}{say('Score')}{NUMBER}{escape(attribute.score.printed)}</td> </tr> </tfoot>"
    )


@register.simple_tag
def figure_rows(attributes: Iterable[AttributeResult]) -> SafeString:
    """The rows of the profile in figures."""
    pen = Pen()
    say = pen.gettext
    heads = [say("Letter"), say("Score"), say("Range"), say("Claimed"), say("Answered"), say("Shown"), say("Status")]

    def row(attribute: AttributeResult) -> str:
        low, high = attribute.low, attribute.high
        status = conditional_escape(label(attribute.status, "status"))
        if attribute.reduced_scope:
            scope = _("only %(scope)s of it applies") % {"scope": attribute.scope.percent}
            status = SafeString(f"{status}; {escape(scope)}")
        numbers = (
            attribute.score.whole if attribute.score else "–",
            f"{low.whole}–{high.whole}" if low and high else "–",
            attribute.claimed.whole if attribute.claimed else "–",
            attribute.coverage.percent,
            attribute.shown_share.percent,
        )
        cells = " ".join(f"{CELL}{head}{NUMBER}{value}</td>" for head, value in zip(heads[1:6], numbers, strict=True))
        return (
            f'<tr role="row"> <th role="rowheader" scope="row">{pen.tell(attribute.title)}</th> '
            f'{CELL}{heads[0]}">{pen.level(attribute.letter)}</td> {cells} {CELL}{heads[6]}">{status}</td> </tr>'
        )

    return SafeString(" ".join(map(row, attributes)))


@register.simple_tag
def file_links(view: str, code: str, name: str, query: str, **kinds: str) -> SafeString:
    """Links to a picture or table of an assessment, by the kind of file (`svg`) what it is called."""
    links = ((address(view, code, name, kind) + query, words) for kind, words in kinds.items())
    return SafeString(" ".join(f'<a href="{escape(link)}">{conditional_escape(words)}</a>' for link, words in links))


@register.simple_tag
def principle_items(found: Iterable[CrosswalkItem], items: Mapping[str, ItemResult]) -> SafeString:
    """The items under a principle of another framework; `items` by code, for what was said where there is no letter."""
    pen = Pen()
    return SafeString("".join(f"<li> {_principle_item(item, items, pen)} </li>" for item in found))


def _principle_item(item: Any, items: Mapping[str, ItemResult], pen: Pen) -> str:
    words = "" if item.letter else f"({conditional_escape(said(items[item.code]))})"
    return f"{pen.level(item.letter)} {escape(item.code)} {pen.tell(item.short)} {words}"
