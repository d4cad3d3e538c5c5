"""Answers in words, for pages that show them without a form: check, merge and history."""

from dataclasses import dataclass

from django.utils.html import escape, format_html
from django.utils.translation import gettext as _

from assessments.answers.value import (
    ANSWERED,
    DONT_KNOW,
    NOT_APPLICABLE,
    AnswerContent,
    OptionContent,
    web_links,
)
from attributes.catalogue.types import CatalogueItem, CatalogueSet
from attributes.kinds import UNNAMED_OPTION, Kind
from attributes.texts import Wording


@dataclass(frozen=True, slots=True)
class WordedLine:
    """One part of an answer. `key` is the same for the same part of another version of the answer."""

    key: str
    label: str
    text: str
    links: tuple[str, ...] = ()
    # Whether it is missing rather than said.
    empty: bool = False


def state_words(state: str) -> str:
    """What the answers apart from a scale or a list are called."""
    return {
        DONT_KNOW: _("Don't know"),
        NOT_APPLICABLE: _("Not applicable"),
    }.get(state, _("Not answered yet"))


def answer_lines(
    catalogue: CatalogueSet, item: CatalogueItem, content: AnswerContent, say: Wording
) -> list[WordedLine]:
    """Return the answer part by part: the answer proper always, everything else where something was entered."""
    return [*_proper(catalogue, item, content, say), *_beside(content)]


def _proper(catalogue: CatalogueSet, item: CatalogueItem, content: AnswerContent, say: Wording) -> list[WordedLine]:
    label = _("Answer")
    lines = []
    if content.state == NOT_APPLICABLE or (content.state == DONT_KNOW and not item.options):
        lines.append(WordedLine("answer", label, state_words(content.state)))
        if content.not_applicable_reason or content.state == NOT_APPLICABLE:
            reason = content.not_applicable_reason
            lines.append(WordedLine("reason", _("Why not applicable"), reason or _("Not given"), empty=not reason))
    elif item.kind is Kind.RATING:
        lines.append(_rating(catalogue, item, content, say))
    elif item.kind is Kind.OPEN_TEXT:
        lines.append(WordedLine("answer", label, content.text or state_words(""), empty=not content.text))
    elif item.options:
        for option in item.options:
            line = content.options.get(option.key, OptionContent())
            lines.append(_option(item, option.key, say(option.label), line, say))
    else:
        lines.append(_option(item, UNNAMED_OPTION, label, content.options.get(UNNAMED_OPTION, OptionContent()), say))
    if content.other:
        lines.append(WordedLine("other", _("Other"), content.other))
    return lines


def _rating(catalogue: CatalogueSet, item: CatalogueItem, content: AnswerContent, say: Wording) -> WordedLine:
    if content.state != ANSWERED or content.level is None:
        return WordedLine("answer", _("Answer"), state_words(content.state), empty=True)
    level = catalogue.scale[content.level]
    words = format_html("{} – {}: {}", level.letter, say(level.label), say(item.anchors[content.level]))
    return WordedLine("answer", _("Answer"), words)


def _option(item: CatalogueItem, key: str, label: str, line: OptionContent, say: Wording) -> WordedLine:
    labels = {state.key: say(state.label) for state in item.states}
    words = labels.get(line.state) or escape(state_words(line.state))
    if line.text:
        words = format_html("{}: {}", words, line.text)
    return WordedLine(f"option {key}", label, words, empty=not line.state)


def _beside(content: AnswerContent) -> list[WordedLine]:
    lines = []
    if content.evidence_text:
        lines.append(WordedLine("evidence", _("Evidence"), content.evidence_text))
    if content.evidence_links:
        lines.append(
            WordedLine(
                "links", _("Links to evidence"), content.evidence_links, tuple(web_links(content.evidence_links))
            )
        )
    if content.evidence_class:
        lines.append(WordedLine("class", _("Evidence class chosen"), content.evidence_class))
    if content.comment:
        lines.append(WordedLine("comment", _("Comment"), content.comment))
    if content.moved_because:
        lines.append(WordedLine("moved", _("Why it moved since last time"), content.moved_because))
    return lines
