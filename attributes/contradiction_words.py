"""Contradictions in words, of a version and of a draft."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from attributes.kinds import DONT_KNOW, NOT_APPLICABLE, UNANSWERED
from attributes.texts import TextMap, filled, text


class NamedAnswers(NamedTuple):
    """An item of a rule: what it is called, and what it can be answered, in words."""

    short: SafeString
    answers: dict[str, SafeString]


class RuleWords(NamedTuple):
    """A rule in a sentence."""

    code: str
    sentence: SafeString


def item_words(short: TextMap, answers: Iterable[tuple[str, TextMap]]) -> NamedAnswers:
    """`answers`: the states of its list, or the levels, each with its label."""
    offered = {DONT_KNOW: _("don’t know"), NOT_APPLICABLE: _("not applicable"), UNANSWERED: _("not answered")}
    found = {word: text(label) for word, label in answers}
    return NamedAnswers(text(short), found | {word: escape(words) for word, words in offered.items()})


def level_words(scale: Iterable[Mapping[str, Any]]) -> list[tuple[str, TextMap]]:
    """The levels of a scale as answers: by number, with letter and label."""
    return [
        (
            str(number),
            {language: f"{row.get('letter', '')} – {words}" for language, words in (row.get("label") or {}).items()},
        )
        for number, row in enumerate(scale)
    ]


def rule_words(rules: Iterable[Mapping[str, Any]], items: Mapping[str, NamedAnswers]) -> list[RuleWords]:
    """Rules as a document has them, in sentences. Those about items that there are not are left out."""
    return [RuleWords(str(rule.get("code", "")), _sentence(rule, items)) for rule in rules if _is_about(rule, items)]


def _is_about(rule: Mapping[str, Any], items: Mapping[str, NamedAnswers]) -> bool:
    return rule.get("a") in items and rule.get("b") in items


def _sentence(rule: Mapping[str, Any], items: Mapping[str, NamedAnswers]) -> SafeString:
    first, second = items[rule["a"]], items[rule["b"]]
    values = {
        "a": _named(rule["a"], first),
        "a_answers": _listed(rule.get("a_states", ()), first),
        "b": _named(rule["b"], second),
        "b_answers": _listed(rule.get("b_states", ()), second),
        "named": _listed(rule.get("named_states", ()), second),
    }
    if not rule.get("named_states"):
        return filled(
            _("If %(a)s is answered %(a_answers)s, then %(b)s, answered %(b_answers)s, counts as not known."), values
        )
    return filled(
        _(
            "If %(a)s is answered %(a_answers)s, then %(b)s, answered %(b_answers)s, counts as not known; answered "
            "%(named)s, it is an admission, which is named and counts."
        ),
        values,
    )


def _named(code: str, item: NamedAnswers) -> SafeString:
    return format_html("{} ({})", item.short, code)


def _listed(words: Iterable[str], item: NamedAnswers) -> SafeString:
    """The answers with “or” between them."""
    quoted = [format_html("“{}”", item.answers.get(word, word)) for word in words]
    joint = format_html(" {} ", _("or"))
    found = SafeString("")
    for place, one in enumerate(quoted):
        found = format_html("{}{}{}", found, joint if place else "", one)
    return found
