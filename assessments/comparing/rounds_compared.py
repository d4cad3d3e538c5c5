"""Rounds of one process as page and PDF show them: names for codes, words for what moved and why."""

from collections.abc import Mapping
from dataclasses import dataclass

from assessments.comparing import sentences, words
from assessments.comparing.matched import UnmatchedGroup, grouped
from assessments.documents.comparison import AttributeHead, ComparisonDocument
from assessments.documents.comparison_parts import MovedItem, RoundAttribute, RoundsPair


@dataclass(frozen=True)
class MovedLine:
    """An item that moved, how, and its letters from one round to the other."""

    item: MovedItem
    how: str
    claimed: str
    counted: str


@dataclass(frozen=True)
class RoundLine:
    """One attribute in two rounds: the verdict, the points by what they come from, and what moved."""

    head: AttributeHead
    figures: RoundAttribute
    verdict: str
    parts: list[tuple[str, str]]
    noise: str
    moved: list[MovedLine]
    unmatched: list[UnmatchedGroup]


@dataclass(frozen=True)
class RoundsTable:
    """Two rounds of one process."""

    earlier: str
    later: str
    lines: list[RoundLine]


def rounds_tables(document: ComparisonDocument, names: Mapping[str, str]) -> list[RoundsTable]:
    """Each two rounds of one process that are compared."""
    heads = {head.code: head for head in document.attributes}
    return [_table(pair, heads, names) for pair in document.rounds]


def _table(pair: RoundsPair, heads: Mapping[str, AttributeHead], names: Mapping[str, str]) -> RoundsTable:
    return RoundsTable(
        names[pair.earlier], names[pair.later], [_line(heads[entry.attribute], entry) for entry in pair.attributes]
    )


def _line(head: AttributeHead, entry: RoundAttribute) -> RoundLine:
    return RoundLine(
        head=head,
        figures=entry,
        verdict=sentences.round_verdict(entry),
        parts=[(str(words.MOVED[part.how]), sentences.signed(part.points.exact)) for part in entry.parts],
        noise=sentences.round_noise(entry),
        moved=[_moved(item) for item in entry.moved],
        unmatched=grouped(entry.unmatched),
    )


def _moved(item: MovedItem) -> MovedLine:
    return MovedLine(
        item=item,
        how=str(words.MOVED[item.how]),
        claimed=_change(item.claimed_before, item.claimed_after),
        counted=_change(item.counted_before, item.counted_after),
    )


def _change(before: str, after: str) -> str:
    """Letters from one round to the other: one where it stayed."""
    return f"{before or '–'} → {after or '–'}" if before != after else before or "–"
