"""What page and PDF look up of the evidence track beforehand: items for codes, lines for contradictions."""

from dataclasses import dataclass
from typing import Any

from assessments.documents.result import ItemResult, ResultDocument
from assessments.documents.standouts import ContradictionPart, LineRef
from assessments.documents.steps import StepsPart
from assessments.documents.values import Text
from assessments.headlines import evidence_sentences
from assessments.results.sections import reserved_label


@dataclass(frozen=True)
class NamedLine:
    """One side of a contradiction: the item, its line where it is a list, and what was answered there."""

    item: ItemResult
    label: Text
    said: Text


@dataclass(frozen=True)
class NamedContradiction:
    """Two lines that contradict each other, in words; `is_unknown`: the second counts as unknown."""

    first: NamedLine
    second: NamedLine
    is_unknown: bool


def evidence_context(document: ResultDocument, steps: StepsPart) -> dict[str, Any]:
    """Return what the templates of page and PDF share of the evidence track."""
    items = document.items()
    capped = [item for item in items.values() if item.capped]
    return {
        "head": steps.head,
        "other_steps": steps.others,
        "nothing_to_do": evidence_sentences.nothing_to_do(steps, is_example=document.process.is_example),
        "no_strength": evidence_sentences.no_strength(is_example=document.process.is_example),
        "unknown": [items[code] for code in document.unknown],
        "not_applicable": [items[code] for code in document.not_applicable],
        "lines_not_applicable": [
            (item, line) for item in items.values() for line in item.options if _is_left_out(item, line.counts_as)
        ],
        "by_kind": [items[code] for code in document.by_kind],
        "claims_above": evidence_sentences.claims_above(capped),
        "capped": [(item, evidence_sentences.claimed_and_counted(item)) for item in capped],
        "open_sentence": evidence_sentences.open_sentence(document),
        "transparency": evidence_sentences.transparency_sentences(document),
        "contradictions": [_named(items, found) for found in document.contradictions],
        # Of lists many lines may contradict each other: where space is short, the items are named once.
        "contradicted": list(dict.fromkeys(f"{found.a.item} / {found.b.item}" for found in document.contradictions)),
        "letter_notes": [
            (attribute, note)
            for attribute in document.attributes
            if (note := evidence_sentences.letter_note(attribute))
        ],
    }


def _is_left_out(item: ItemResult, counts_as: str) -> bool:
    return item.scored and item.state == "answered" and counts_as == "not_applicable"


def _named(items: dict[str, ItemResult], found: ContradictionPart) -> NamedContradiction:
    return NamedContradiction(_line(items, found.a), _line(items, found.b), found.is_unknown)


def _line(items: dict[str, ItemResult], ref: LineRef) -> NamedLine:
    item = items[ref.item]
    line = next((line for line in item.options if line.key == ref.option), None)
    return NamedLine(
        item, line.label if line else {}, line.state_label or reserved_label(line.state) if line else item.level_label
    )
