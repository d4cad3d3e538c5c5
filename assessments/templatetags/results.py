"""Template tags of results, on pages and in print: scores as pictures with a sentence for those who do not see them,
letters, labels, and why an answer counts as it does."""

import unicodedata
from collections.abc import Mapping
from fractions import Fraction
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.utils.formats import number_format
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import get_language_bidi

from assessments.answers.explaining import explain
from assessments.answers.value import ANSWERED, UNANSWERED
from assessments.comparing import words as comparison_words
from assessments.documents.about import ProcessPart
from assessments.documents.result import ItemResult, OptionLine
from assessments.documents.review import ReviewPart
from assessments.documents.values import day_words, day_words_there
from assessments.headlines import Sentence, disputed, evidence_sentences, panel_sentences, reviewed_by, standard
from assessments.headlines.levels import LETTER_LABELS
from assessments.headlines.themes import comments_told, reply_head
from assessments.over_time import words as over_time_words
from assessments.pictures import heat_class
from assessments.scoring.evidence import OpenReason
from assessments.scoring.method import ATTRIBUTE_BANDS
from assessments.typefaces.scripts import east_asian_language
from assessments.vocabulary import (
    EVIDENCE_LABELS,
    KIND_LABELS,
    RESERVED_LABELS,
    SCREENER_LABELS,
    STATE_LABELS,
    EvidenceSource,
    GroupMode,
    Promise,
)
from assessments.working_languages import called
from assessments.zones import place_of
from attributes.memory import gettext
from attributes.texts import first_direction, kept_apart, language_apart, runs

register = template.Library()
# Said elsewhere, and taken as they are.
register.filter("working_language", called)
register.filter("line_note", evidence_sentences.said_of_line)
register.simple_tag(evidence_sentences.in_words)
register.simple_tag(evidence_sentences.status_sentence)
register.simple_tag(evidence_sentences.basis_label)
register.filter(comments_told)
register.filter("day", day_words)
register.filter("day_in", day_words_there)
register.filter(reply_head)

LONG_WORD = 40
PIECE = 24
SHORT = 1200  # characters
BREAK = "\u200b"
JOINER = "\u200d"

LABELS: dict[str, Mapping[str, object]] = {
    "letter": LETTER_LABELS,
    "status": standard.STATUS_LABELS,
    "state": STATE_LABELS,
    "evidence": EVIDENCE_LABELS,
    "promise": dict(Promise.choices),
    "choice": SCREENER_LABELS,
    "verdict": standard.SCREENER_VERDICTS,
    "kind": KIND_LABELS,
    "source": dict(EvidenceSource.choices),
    "excluded": comparison_words.EXCLUDED,
    "not_compared": comparison_words.NOT_COMPARED,
    "band": panel_sentences.VERDICT_LABELS,
    "consensus": panel_sentences.CONSENSUS_LABELS,
    "mode": dict(GroupMode.choices),
    "use": panel_sentences.USE_LABELS,
    "perception": panel_sentences.PERCEPTION_LABELS,
    "step": evidence_sentences.STEP_KINDS,
    "since": over_time_words.VERDICTS,
    "not_over_time": {
        **comparison_words.EXCLUDED,
        **over_time_words.NOT_COMPARED,
        "little_in_common": comparison_words.WHY["little_in_common"],
    },
    "moved": over_time_words.MOVED,
    "item_since": over_time_words.SINCE,
    "round_left_out": {**comparison_words.EXCLUDED, **over_time_words.LEFT_OUT},
}


@register.simple_tag
def bands() -> str:
    """Say which points each letter stands for."""
    edges = [_edge(edge) for _letter, edge in ATTRIBUTE_BANDS]
    names = ("n", "p_low", "p_high", "l_low", "l_high", "f")
    return gettext(
        "N to %(n)s, P- to %(p_low)s, P+ to %(p_high)s, L- to %(l_low)s, L+ to %(l_high)s, F to %(f)s"
    ) % dict(zip(names, edges, strict=True))


def _edge(edge: Fraction) -> str:
    """An edge of a band with as many decimals as it has, in the form of the language."""
    return number_format(float(edge) if edge.denominator > 1 else int(edge))


@register.filter
def label(value: str | None, vocabulary: str) -> str:
    """What a key is called; a key nobody foresaw is printed as it is."""
    return str(LABELS[vocabulary].get(value or "", value or ""))


@register.filter
def kinds_before(process: ProcessPart) -> SafeString:
    """What a process was said to do, and since when, a line each; nothing where it was never changed."""
    changes = process.kind_changes if len(process.kind_changes) > 1 else []
    words = gettext("%(kind)s since %(day)s")
    said = [{"kind": KIND_LABELS.get(c.kind) or gettext("Not stated"), "day": day_words(c.since)} for c in changes]
    return format_html_join("", "<br>{}", [(words % entry,) for entry in said])


@register.filter
def said(item: ItemResult) -> str:
    """What was said of an item that has no value: what was answered and does not count is not "not answered"."""
    words = str(STATE_LABELS[item.said])
    because = item.open_because
    if item.by_kind:
        words = gettext("Does not apply to this kind of process")
        if item.said != UNANSWERED:
            return gettext("%(words)s; the answer is kept and not counted") % {"words": words}
    elif because in ("reason_missing", "contradictory", "nothing_left"):
        return gettext("%(words)s; %(why)s") % {
            "words": words,
            "why": evidence_sentences.OPEN_WORDS[OpenReason(because)],
        }
    elif item.said == ANSWERED and item.state != ANSWERED:
        return gettext("Answered, but not counted")
    return words


@register.filter
def lacks_reason(item: ItemResult) -> bool:
    """Whether it was answered and would count, had somebody said why."""
    return item.without_reason or any(line.open_because == OpenReason.REASON_MISSING for line in item.options)


@register.filter
def line_state(line: OptionLine) -> str:
    """A state that the question set has no words for: don't know, or not applicable."""
    return str(RESERVED_LABELS.get(line.state, ""))


@register.filter
def breakable(text: object, longest: int = 0) -> SafeString:
    """What people wrote, on paper: long words can break, and no line gets mixed up with the text around it.

    Setting one long word takes time with the square of its length. Each line is marked with its own direction, and
    with its language where it knows one that is not that of the page, or where that decides how its characters are
    drawn. Of a text longer than `longest` the rest is left out.
    """
    words, spoken = Truncator(str(text)).chars(longest) if longest else str(text), language_apart(text) or ""
    if words.isascii() and not spoken and not get_language_bidi():
        return conditional_escape("\n".join(map(_breaking, words.split("\n"))))
    whole = spoken or east_asian_language(words)
    lines = words.split("\n")
    return SafeString(
        "\n".join(_isolated(line, whole and (spoken or east_asian_language(line) or whole)) for line in lines)
    )


def _breaking(line: str) -> str:
    return " ".join("\t".join(map(_pieces, part.split("\t"))) for part in line.split(" "))


def _isolated(line: str, language: str) -> SafeString:
    words = _breaking(line)
    right_to_left = get_language_bidi()
    own = first_direction(line) or ("rtl" if right_to_left else "ltr")
    if not language and not runs(line, "ltr" if right_to_left else "rtl"):
        return conditional_escape(words)
    marked = format_html(' lang="{}"', language) if language else ""
    return format_html('<bdi dir="{}"{}>{}</bdi>', own, marked, words)


def _pieces(word: str) -> str:
    if len(word) <= LONG_WORD:
        return word
    pieces = []
    start = 0
    while start < len(word):
        end = start + PIECE
        # Never between a letter and what is drawn on it, or inside a sequence of emoji.
        while end < len(word) and (_clings(word[end]) or word[end - 1] == JOINER):
            end += 1
        pieces.append(word[start:end])
        start = end
    return BREAK.join(pieces)


def _clings(character: str) -> bool:
    return character == JOINER or unicodedata.category(character).startswith("M")


@register.filter
def isolated(name: str) -> str:
    """A name where nothing can be marked up: kept apart from the words around it."""
    return kept_apart(name, "ltr" if get_language_bidi() else "rtl")


@register.filter
def is_short(item: ItemResult) -> bool:
    """Whether an answer should stay on one page; a long one would leave half a page empty before it."""
    texts = [item.evidence_text, item.comment, item.answer_text, item.other, item.not_applicable_reason]
    texts += [*item.evidence_links, *(option.text for option in item.options)]
    return sum(map(len, texts)) < SHORT


@register.filter
def reviewed(review: ReviewPart) -> Sentence:
    """Say who reviewed a result, how far, and how much is disputed."""
    return Sentence.together(reviewed_by(review), disputed(review))


@register.filter
def zone_name(name: str) -> str:
    """A time zone of a document by its place; one that is named after none as it is."""
    return place_of(name) or name


@register.filter
def safe_link(address: str) -> str:
    """The address if a reader may follow it from the paper, else nothing."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in ("http", "https") and parts.netloc else ""


@register.simple_tag
def letter(value: str | None) -> SafeString:
    """The letter in its box, or a dash. The letter is always printed, whatever the colour."""
    if not value:
        return SafeString('<span class="none">–</span>')
    return format_html('<span class="heat-chip {}">{}</span>', heat_class(value), value)


@register.simple_tag
def counts_as(item: ItemResult) -> str:
    """Say in a few words why an item counts as it does; empty where the answer simply counts."""
    return evidence_sentences.claimed_and_counted(item) or (said(item) if item.state != ANSWERED else "")


@register.simple_tag
def why(item: ItemResult) -> str:
    """Say in a sentence what an answer counts as: the words of the page on which it was given."""
    return explain(evidence_sentences.standing_of(item))


@register.filter
def entry(mapping: Mapping[str, Any], key: str) -> Any:
    """What a mapping holds under a key that is known in the template only; None where nothing."""
    return mapping.get(key)


@register.simple_tag
def level(letter: str | None) -> SafeString:
    """The letter in its colour, or a dash that is read out as "no letter". The letter is always printed."""
    if not letter:
        return format_html(
            '<span aria-hidden="true">–</span><span class="visually-hidden">{}</span>', gettext("no letter")
        )
    return format_html('<span class="heat-chip {}">{}</span>', heat_class(letter), letter)
