"""What a comparison across versions shows, in words: shares, items that do not count, matched scores beside full ones.

The page and the PDF are drawn from these; there is nothing here for a comparison within one version.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.text import Truncator
from django.utils.translation import get_language_bidi, gettext
from django.utils.translation import gettext_lazy as _

from assessments.documents.comparison import (
    AttributeDifference,
    AttributeHead,
    ComparedProcess,
    ComparisonDocument,
    MatchedAttribute,
    Pair,
    PairMatching,
    UnmatchedItem,
    VersionPair,
)
from assessments.documents.values import Figure
from assessments.results.sentences import MATCHED, MATCHED_ROUNDS, NOT_COMPARED
from attributes.texts import kept_apart

UNMATCHED = {
    "reworded": _("reworded"),
    "new": _("new"),
    "gone": _("gone"),
    "not_answered": _("not answered both times"),
}
NAME_LENGTH = 46  # characters, so that the round still stands in the narrowest place


@dataclass(frozen=True)
class Unmatched:
    """Items that do not count for one reason."""

    why: str
    items: list[UnmatchedItem]


@dataclass(frozen=True)
class VersionLine:
    """One attribute in two versions."""

    head: AttributeHead
    older: Figure
    newer: Figure
    unmatched: list[Unmatched]


@dataclass(frozen=True)
class VersionTable:
    """What two versions have in common; no lines where they ask the same."""

    older: str
    newer: str
    lines: list[VersionLine]


@dataclass(frozen=True)
class MatchedSide:
    """One process on one attribute: the share compared, the score of its own result, and the one on matched items."""

    share: Figure
    full: Figure | None
    matched: Figure | None


@dataclass(frozen=True)
class MatchedLine:
    """One attribute of a pair. `reason` says why it is not comparable, empty where it is.

    `step`: points by which one answer moves it, where that is more than the attribute's heading says.
    """

    head: AttributeHead
    step: Figure | None
    first: MatchedSide
    second: MatchedSide
    difference: AttributeDifference
    reason: str
    unmatched: list[Unmatched]


@dataclass(frozen=True)
class MatchedTable:
    """A pair that was compared on matched items. `is_rounds`: both are rounds of one process."""

    first: str
    second: str
    first_version: str
    second_version: str
    is_rounds: bool
    lines: list[MatchedLine]


def names_of(processes: Sequence[ComparedProcess]) -> dict[str, str]:
    """Names by the codes of assessments. Rounds are told apart by number, processes of one name by code."""
    names = [process.name for process in processes]
    rounds = [process.process_code for process in processes]
    found = {}
    for process in processes:
        name = process.name
        if rounds.count(process.process_code) > 1:
            short = Truncator(name).chars(NAME_LENGTH)
            name = gettext("%(name)s, round %(round)s") % {"name": short, "round": process.round}
        elif names.count(name) > 1:
            name = f"{name} ({process.code})"
        found[process.code] = kept_apart(name, "ltr" if get_language_bidi() else "rtl")
    return found


def explanations(document: ComparisonDocument) -> list[str]:
    """The standard sentences about versions that hold for a comparison."""
    kinds = {pair.matched.kind for pair in document.pairs if pair.matched}
    found = [str(MATCHED)] if kinds else []
    return [*found, str(MATCHED_ROUNDS)] if "rounds" in kinds else found


def version_tables(document: ComparisonDocument) -> list[VersionTable]:
    """What each two versions in a comparison have in common."""
    heads = {head.code: head for head in document.attributes}
    return [_version_table(versions, heads) for versions in document.versions]


def matched_table(pair: Pair, document: ComparisonDocument, names: dict[str, str]) -> MatchedTable | None:
    """The scores of a pair on matched items beside its full ones, or None where it was compared on full scores."""
    if pair.matched is None:
        return None
    heads = {head.code: head for head in document.attributes}
    first, second = document.process(pair.first), document.process(pair.second)
    differences = {entry.attribute: entry for entry in pair.differences}
    lines = []
    for entry in pair.matched.attributes:
        code = entry.attribute
        lines.append(
            MatchedLine(
                head=heads[code],
                step=entry.step if entry.step.number > heads[code].step.number else None,
                first=MatchedSide(entry.first_share, _full(first, code), entry.first),
                second=MatchedSide(entry.second_share, _full(second, code), entry.second),
                difference=differences[code],
                reason=reason_of(entry, pair.matched),
                unmatched=_grouped(entry.not_answered),
            )
        )
    return MatchedTable(
        names[pair.first],
        names[pair.second],
        first.question_set_version,
        second.question_set_version,
        pair.matched.kind == "rounds",
        lines,
    )


def reason_of(entry: MatchedAttribute, matching: PairMatching) -> str:
    """Say why an attribute is not comparable on matched items, with the shares; empty where it is comparable."""
    if entry.reason is None:
        return ""
    if entry.reason != "matched_share":
        return str(NOT_COMPARED[entry.reason])
    values = {"first": entry.first_share.printed, "second": entry.second_share.printed}
    if matching.kind == "rounds":
        return (
            gettext("less than two thirds was asked alike and answered both times (%(first)s and %(second)s)") % values
        )
    return gettext("the versions have less than two thirds of it in common (%(first)s and %(second)s)") % values


def not_comparable(document: ComparisonDocument, attribute: str, names: dict[str, str]) -> list[str]:
    """The pairs that are not comparable on an attribute because of their versions, each with the reason."""
    found = []
    for pair in document.pairs:
        entry = pair.matched.attribute(attribute) if pair.matched else None
        if pair.matched and entry and entry.reason:
            values = {"first": names[pair.first], "second": names[pair.second], "why": reason_of(entry, pair.matched)}
            found.append(gettext("%(first)s and %(second)s: %(why)s") % values)
    return found


def _full(process: ComparedProcess, attribute: str) -> Figure | None:
    found = process.attribute(attribute)
    return found.score if found else None


def _version_table(versions: VersionPair, heads: dict[str, AttributeHead]) -> VersionTable:
    return VersionTable(
        versions.older,
        versions.newer,
        [
            VersionLine(heads[part.attribute], part.older_share, part.newer_share, _grouped(part.unmatched))
            for part in versions.attributes
        ],
    )


def _grouped(items: Iterable[UnmatchedItem]) -> list[Unmatched]:
    by_reason: dict[str, list[UnmatchedItem]] = {}
    for item in items:
        by_reason.setdefault(item.why, []).append(item)
    return [Unmatched(str(UNMATCHED[why]), found) for why, found in by_reason.items()]
