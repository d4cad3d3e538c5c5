"""What a question set rules about its own answers, ready for the method page: contradictions, kinds of process."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from attributes.catalogue.types import CatalogueItem, CatalogueSet
from attributes.kinds import DONT_KNOW, NOT_APPLICABLE, KindOfProcess
from attributes.labels import PROCESS_KIND_LABELS
from attributes.texts import TextMap

# Answers that no set words itself; "" is no answer yet.
RESERVED_WORDS: Mapping[str, Promise] = {
    "": _("not answered"),
    DONT_KNOW: _("don’t know"),
    NOT_APPLICABLE: _("not applicable"),
}


def contradictions_in_words(question_set: CatalogueSet) -> list[dict[str, Any]]:
    """Return every rule of a set with its two items and the words of their answers."""
    items = question_set.items
    return [
        {
            "code": rule.code,
            "a": items[rule.a],
            "a_answers": _answers(question_set, items[rule.a], rule.a_states),
            "b": items[rule.b],
            "b_answers": _answers(question_set, items[rule.b], rule.b_states),
            "named_answers": _answers(question_set, items[rule.b], rule.named_states),
        }
        for rule in question_set.contradictions
    ]


def not_asked(question_set: CatalogueSet) -> list[dict[str, Any]]:
    """Return the items that some kind of process is not asked, with the names of these kinds."""
    return [
        {"item": item, "kinds": [PROCESS_KIND_LABELS[KindOfProcess(kind)] for kind in item.not_for]}
        for item in question_set.items.values()
        if item.not_for
    ]


def _answers(question_set: CatalogueSet, item: CatalogueItem, keys: Iterable[str]) -> list[dict[str, Any]]:
    """Either a text of the set (`text`) or a word of msgov (`word`) for each answer."""
    texts: dict[str, TextMap] = {state.key: state.label for state in item.states}
    if not texts:
        texts = {str(level.value): level.label for level in question_set.scale}
    return [{"text": texts.get(key), "word": RESERVED_WORDS.get(key)} for key in keys]
