"""What the templates of a comparison on paper are given: the document, and lists looked up in it beforehand."""

from collections.abc import Mapping, Sequence
from typing import Any

from assessments.comparing import sentences, words
from assessments.comparing.apart import MARKED, PairLine, higher_lines, pair_lines
from assessments.comparing.matched import asked_tables, names_of
from assessments.comparing.panel_compared import experience_context
from assessments.comparing.rounds_compared import rounds_tables
from assessments.documents.comparison import AttributeHead, ComparisonDocument
from assessments.documents.values import document_digest
from assessments.results import sentences as result_sentences
from assessments.scoring.method import TOP_LEVEL
from attributes.texts import text

COLUMNS = 4  # attributes side by side on paper


def comparison(document: ComparisonDocument) -> dict[str, Any]:
    """Return the context of the comparison of several processes."""
    names = names_of(document.processes)
    titles = {head.code: text(head.title) for head in document.attributes}
    pairs = pair_lines(document, names, MARKED) if document.list_pairs else []
    return {
        "document": document,
        "digest": document_digest(document),
        "title": sentences.title(document),
        "stamps": sentences.stamps(document),
        "words": words,
        **sentences.set_compared(document),
        "has_four_levels": document.top_level == TOP_LEVEL,
        "versions": sorted({process.question_set_version for process in document.processes}),
        "introduction": sentences.introduction(document),
        "checked": words.CHECKED[document.record],
        "who_says": words.WHO_SAYS[document.record] if document.processes else "",
        "profiles": [
            {"head": head, "rows": [(p, p.attribute(head.code), names[p.code]) for p in document.processes]}
            for head in document.attributes
        ],
        **experience_context(document, names, MARKED),
        "left_out": [
            (names[process.code], titles[attribute.code], words.NOT_COMPARED[attribute.not_compared])
            for process in document.processes
            for attribute in process.attributes
            if attribute.not_compared
        ],
        "about_apart": sentences.about_apart(document),
        "pairs": pairs,
        "pair_tables": _in_columns(document.attributes, pairs),
        "higher": [] if document.list_pairs else higher_lines(document, names),
        "about_asked": sentences.about_asked(document),
        "asked_tables": asked_tables(document),
        "matched_tables": [line.matched for line in pairs if line.matched],
        "rounds_tables": rounds_tables(document, names),
        "learn_from": [_with_names(entry, names, ("teachers", "learners")) for entry in document.learn_from],
        "shared": [_with_names(entry, names, ("weak",)) for entry in document.shared_weaknesses],
        "sentences": {name.lower(): value for name, value in vars(result_sentences).items() if name.isupper()},
    }


def _in_columns(heads: Sequence[AttributeHead], pairs: Sequence[PairLine]) -> list[dict[str, Any]]:
    """What can be said of the pairs in tables that fit the width of the paper."""
    if not pairs:
        return []
    starts = range(0, len(heads), COLUMNS)
    return [
        {
            "heads": heads[start : start + COLUMNS],
            "rows": [(pair, pair.cells[start : start + COLUMNS]) for pair in pairs],
        }
        for start in starts
    ]


def _with_names(entry: Any, names: Mapping[str, str], groups: tuple[str, ...]) -> dict[str, Any]:
    """An entry of the comparison with the names of its processes in place of their codes."""
    return {
        "entry": entry,
        **{group: sentences.standings_of(getattr(entry, group), names) for group in groups},
    }
