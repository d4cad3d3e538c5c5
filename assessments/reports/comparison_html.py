"""What the templates of a comparison on paper are given: the document, and lists looked up in it beforehand."""

from collections.abc import Sequence
from typing import Any

from assessments.comparing import heat, message, sentences, words
from assessments.comparing.apart import MARKED, PairLine, higher_lines, pair_lines
from assessments.comparing.matched import COLUMN_LENGTH, asked_tables, names_of
from assessments.comparing.panel_compared import experience_context
from assessments.documents.comparison import AttributeHead, ComparisonDocument
from assessments.documents.values import document_digest
from assessments.headlines import comparison_headline, short_title
from assessments.headlines import standard as result_sentences
from assessments.scoring.method import TOP_LEVEL

COLUMNS = 4  # attributes side by side on paper
PAPER_NAME, PAPER_NAME_OF_MANY = 34, 28  # characters of a name; in full it stands where it is said what is compared
FEW = 6  # processes with which there is room for more lines on the two pages of the message
LEARNT, LEARNT_OF_MANY = 6, 4
TELLING, TELLING_OF_MANY = 10, 5


def comparison(document: ComparisonDocument) -> dict[str, Any]:
    """Return the context of the comparison of several processes."""
    names = names_of(document.processes)
    is_many = len(document.processes) > FEW
    rows = names_of(document.processes, PAPER_NAME_OF_MANY if is_many else PAPER_NAME)
    columns = names_of(document.processes, COLUMN_LENGTH)
    pairs = pair_lines(document, rows, MARKED) if document.list_pairs else []
    learnt = message.learnt(document, rows) if document.record != "example" else []
    return {
        "document": document,
        "digest": document_digest(document),
        "title": sentences.title(document),
        "stamps": sentences.stamps(document),
        "words": words,
        **sentences.set_compared(document),
        "has_four_levels": document.top_level == TOP_LEVEL,
        "versions": sorted({process.question_set_version for process in document.processes}),
        # Two pages that carry the message.
        "headline": comparison_headline(document),
        "about": sentences.about_order(document, names),
        "learnt": learnt,
        "learnt_first": learnt[: LEARNT_OF_MANY if is_many else LEARNT],
        "heat": heat.attribute_heat(document, rows),
        "told_apart": message.told_apart(document, rows),
        "picture_key": sentences.picture_key(document),
        "pictures": heat.picture_rows(document, rows),
        "telling": heat.telling_items(document, columns, TELLING_OF_MANY if is_many else TELLING),
        "common_gaps": message.common_gaps(document),
        "how_sure": message.how_sure(document, rows),
        # Details.
        "names": names,
        "checked": words.checked(document),
        "all_items": heat.all_items(document, columns),
        "is_many": is_many,
        **experience_context(document, rows, MARKED),
        "experience_heat": heat.experience_heat(document, rows),
        "left_out": [
            (rows[process.code], _title(document, attribute.code), words.NOT_COMPARED[attribute.not_compared])
            for process in document.processes
            for attribute in process.attributes
            if attribute.not_compared
        ],
        "about_apart": sentences.about_apart(document),
        "pairs": pairs,
        "pair_tables": _in_columns(document.attributes, pairs),
        "higher": [] if document.list_pairs or not document.pairs else higher_lines(document, rows),
        "about_asked": sentences.about_asked(document),
        "asked_tables": asked_tables(document),
        "matched_tables": [line.matched for line in pairs if line.matched],
        "shared": [
            (entry, len(entry.weak), message.listed_briefly([rows[each.code] for each in entry.weak]))
            for entry in document.shared_weaknesses
        ],
        "sentences": {name.lower(): value for name, value in vars(result_sentences).items() if name.isupper()},
    }


def _title(document: ComparisonDocument, code: str) -> str:
    return next(short_title(head) for head in document.attributes if head.code == code)


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
