"""The contradictions of a draft, in words and to be tried out: nothing is stored, and the method itself judges."""

from collections.abc import Mapping
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from assessments.scoring.evidence.lines import Contradiction, ContradictionRule, contradictions
from attributes.contradiction_words import NamedAnswers, item_words, level_words, rule_words
from attributes.documents.contradictions import answers_by_item
from attributes.documents.documents import Document, nodes
from attributes.kinds import UNANSWERED
from attributes.texts import filled

# Stands for the one line of each list that is tried.
LINE = "line"


def rules_context(document: Document, data: Mapping[str, str]) -> dict[str, Any]:
    """The rules in sentences, an input for every item that they name, and what the answers in `data` come to."""
    rules = [rule for rule in document.get("contradictions", []) if rule.get("a") and rule.get("b")]
    rows = {row["code"]: row for row in nodes(document, "item")}
    codes = [code for code in rows if any(code in (rule["a"], rule["b"]) for rule in rules)]
    words = {code: _words(rows[code], document) for code in codes}
    offered = {code: possible for code, possible in answers_by_item(document).items() if code in words}
    chosen = {code: data.get(input_name(code), "") for code in codes}
    answers = {code: word for code, word in chosen.items() if word in offered[code]}
    return {
        "rules": rule_words(rules, words),
        "inputs": [_input(code, words[code], offered[code], chosen[code]) for code in codes],
        "outcome": [_said(found, words) for found in _found(rules, rows, answers)] if answers else None,
        "has_advice": any(row.get("recommendations") for row in rows.values()),
    }


def input_name(code: str) -> str:
    """Of the answer that is tried for an item."""
    return f"try-{code}"


def _words(row: Mapping[str, Any], document: Document) -> NamedAnswers:
    states = [(str(state.get("key", "")), state.get("label") or {}) for state in row.get("states", [])]
    return item_words(row.get("short") or {}, states or level_words(document.get("scale", [])))


def _input(code: str, item: NamedAnswers, offered: list[str], chosen: str) -> dict[str, Any]:
    choices = [(word, item.answers.get(word, word), word == chosen) for word in offered]
    return {"name": input_name(code), "code": code, "short": item.short, "choices": choices}


def _found(
    rules: list[Mapping[str, Any]], rows: Mapping[str, Mapping[str, Any]], answers: Mapping[str, str]
) -> tuple[Contradiction, ...]:
    """What the method finds. What was not chosen is not answered."""
    states = {code: {LINE if row.get("options") else "": _state(answers.get(code, ""))} for code, row in rows.items()}
    return contradictions([_rule(row) for row in rules], states)


def _state(word: str) -> str:
    return "" if word == UNANSWERED else word


def _rule(row: Mapping[str, Any]) -> ContradictionRule:
    names = ("a_states", "b_states", "named_states")
    a_states, b_states, named = (frozenset(_state(word) for word in row.get(name, ())) for name in names)
    return ContradictionRule(str(row.get("code", "")), row["a"], a_states, row["b"], b_states, named)


def _said(found: Contradiction, words: Mapping[str, NamedAnswers]) -> SafeString:
    values = {"code": found.rule, "a": words[found.a].short, "b": words[found.b].short}
    counts = _("%(code)s: “%(a)s” and “%(b)s” contradict each other. The second is an admission, and counts.")
    unknown = _("%(code)s: “%(a)s” and “%(b)s” contradict each other. The second counts as not known.")
    return filled(unknown if found.is_unknown else counts, values)
