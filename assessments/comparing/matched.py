"""What a comparison on matched items shows, in words: shares, items that do not count, matched scores beside full ones.

The page and the PDF are drawn from these; there is nothing here where all were asked the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.text import Truncator
from django.utils.translation import get_language_bidi, gettext

from assessments.comparing import sentences, words
from assessments.documents.comparison import (
    AttributeHead,
    AttributeVerdict,
    ComparedProcess,
    ComparisonDocument,
    MatchedScores,
    Pair,
)
from assessments.documents.comparison_parts import AskedAs, AskedPair, UnmatchedItem
from assessments.documents.values import Figure
from assessments.vocabulary import KIND_LABELS
from attributes.texts import kept_apart

COLUMN_LENGTH = 24  # of a name over a column


@dataclass(frozen=True)
class UnmatchedGroup:
    """Items that do not count for one reason."""

    why: str
    items: list[UnmatchedItem]


@dataclass(frozen=True)
class AskedLine:
    """One attribute as two were asked it."""

    head: AttributeHead
    older: Figure
    newer: Figure
    unmatched: list[UnmatchedGroup]


@dataclass(frozen=True)
class AskedTable:
    """What two versions, or kinds of process, have in common; no lines where they ask the same."""

    older: str
    newer: str
    lines: list[AskedLine]


@dataclass(frozen=True)
class MatchedSide:
    """One process on one attribute: the score of its own result, and what it has on matched items."""

    full: Figure | None
    on: MatchedScores


@dataclass(frozen=True)
class MatchedLine:
    """One attribute of a pair; `reason` says why it is not compared, empty where it is."""

    head: AttributeHead
    first: MatchedSide
    second: MatchedSide
    reason: str


@dataclass(frozen=True)
class MatchedTable:
    """A pair that was compared on matched items, and what each was asked."""

    first: str
    second: str
    first_asked: str
    second_asked: str
    lines: list[MatchedLine]


def names_of(processes: Sequence[ComparedProcess], length: int | None = None) -> dict[str, str]:
    """Names by the codes of assessments. Processes of one name are told apart by code.

    With a `length` names are cut there, and told apart as they are then.
    """
    names = [Truncator(process.name).chars(length) if length else process.name for process in processes]
    found = {}
    for process, name in zip(processes, names, strict=True):
        told = f"{name} ({process.code})" if names.count(name) > 1 else name
        found[process.code] = kept_apart(told, "ltr" if get_language_bidi() else "rtl")
    return found


def asked_tables(document: ComparisonDocument) -> list[AskedTable]:
    """What each two versions or kinds in a comparison have in common."""
    heads = {head.code: head for head in document.attributes}
    return [_asked_table(asked, heads) for asked in document.asked]


def matched_table(pair: Pair, document: ComparisonDocument, names: Mapping[str, str]) -> MatchedTable | None:
    """The scores of a pair on matched items beside its full ones, or None where it was compared on full scores."""
    if not pair.matched:
        return None
    heads = {head.code: head for head in document.attributes}
    first, second = document.process(pair.first), document.process(pair.second)
    verdicts = {entry.attribute: entry for entry in pair.attributes}
    return MatchedTable(
        names[pair.first],
        names[pair.second],
        _asked_of(first, document),
        _asked_of(second, document),
        [
            MatchedLine(
                head=heads[entry.attribute],
                first=MatchedSide(_full(first, entry.attribute), entry.first),
                second=MatchedSide(_full(second, entry.attribute), entry.second),
                reason=reason_of(verdicts[entry.attribute], pair),
            )
            for entry in pair.matched
        ],
    )


def reason_of(entry: AttributeVerdict, pair: Pair) -> str:
    """Say why an attribute of a pair is not compared, empty where it is."""
    if entry.verdict != "not_compared":
        return ""
    on = pair.on_matched(entry.attribute)
    return sentences.why(entry, (on.first.share.printed, on.second.share.printed) if on else None)


def grouped(items: Iterable[UnmatchedItem]) -> list[UnmatchedGroup]:
    """Items that do not count, by the reason."""
    by_reason: dict[str, list[UnmatchedItem]] = {}
    for item in items:
        by_reason.setdefault(item.why, []).append(item)
    return [UnmatchedGroup(str(words.UNMATCHED[why]), found) for why, found in by_reason.items()]


def _asked_of(process: ComparedProcess, document: ComparisonDocument) -> str:
    """The version that a process answered, with its kind where kinds were asked different things."""
    kinds = {each.kind for pair in document.asked for each in (pair.older, pair.newer)}
    kind = process.kind if process.kind in kinds else ""
    return _asked_as(AskedAs(version=process.question_set_version, kind=kind), by_kind=any(kinds))


def _asked_as(asked: AskedAs, *, by_kind: bool) -> str:
    """A version; `by_kind`: with the kind that it leaves items out of, or that it leaves none out."""
    if asked.kind:
        values = {"version": asked.version, "kind": KIND_LABELS[asked.kind]}
        return gettext("%(version)s, kind “%(kind)s”") % values
    return gettext("%(version)s, every item") % {"version": asked.version} if by_kind else asked.version


def _full(process: ComparedProcess, attribute: str) -> Figure | None:
    found = process.attribute(attribute)
    return found.score if found else None


def _asked_table(asked: AskedPair, heads: Mapping[str, AttributeHead]) -> AskedTable:
    by_kind = bool(asked.older.kind or asked.newer.kind)
    return AskedTable(
        _asked_as(asked.older, by_kind=by_kind),
        _asked_as(asked.newer, by_kind=by_kind),
        [
            AskedLine(heads[part.attribute], part.older_share, part.newer_share, grouped(part.unmatched))
            for part in asked.attributes
        ],
    )
