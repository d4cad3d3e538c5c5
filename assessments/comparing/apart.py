"""What page and PDF say of each two processes: on which attributes one stands higher, and why the rest is not told."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from assessments.comparing import sentences, words
from assessments.comparing.matched import MatchedTable, matched_table, reason_of
from assessments.documents.comparison import AttributeHead, AttributeVerdict, ComparisonDocument, Pair
from attributes.texts import filled, localise, text

# Why a pair is not compared that the two processes by themselves do not show.
OF_THE_PAIR = frozenset({"little_in_common", "missing", "not_rebuilt", "asked_otherwise"})


@dataclass(frozen=True)
class ApartCell:
    """Two processes on one attribute: the name of the one that stands higher, if one does, and why or by how much."""

    title: str
    higher: str
    words: str
    note: str


@dataclass(frozen=True)
class PairLine:
    """Two processes by name, what can be said of them in sentences, and by attribute; `matched` beside full scores."""

    first: str
    second: str
    sentences: list[Any]
    cells: list[ApartCell]
    matched: MatchedTable | None


@dataclass(frozen=True)
class HigherLines:
    """One attribute with many processes: who stands higher than whom, by name, and what cannot be told."""

    head: AttributeHead
    higher: list[str]
    rest: str
    left_out: list[str]


@dataclass(frozen=True)
class Marking:
    """How sentences are made: what stands for a title, for several, and for all of it in one sentence."""

    title: Callable[[Any], Any]
    listed: Callable[[Iterable[Any]], Any]
    fill: sentences.Fill


def _marked_list(titles: Iterable[Any]) -> SafeString:
    return format_html_join(", ", "{}", ((title,) for title in titles))


MARKED = Marking(text, _marked_list, filled)


def pair_lines(document: ComparisonDocument, names: Mapping[str, str], marking: Marking) -> list[PairLine]:
    """Each two processes."""
    return [_pair_line(pair, document, names, marking) for pair in document.pairs]


def verdict_sentences(
    pair: Pair, heads: Iterable[AttributeHead], names: Mapping[str, str], marking: Marking
) -> list[Any]:
    """What can be said of two processes."""
    titles = {head.code: marking.title(head.title) for head in heads}
    return sentences.higher_sentence(pair, names[pair.first], names[pair.second], titles, marking.listed, marking.fill)


def cells_of(pair: Pair, heads: Iterable[AttributeHead], names: Mapping[str, str]) -> list[ApartCell]:
    """Two processes attribute by attribute."""
    titles = {head.code: str(localise(head.title)) for head in heads}
    return [_cell(entry, pair, titles[entry.attribute], names) for entry in pair.attributes]


def higher_lines(document: ComparisonDocument, names: Mapping[str, str]) -> list[HigherLines]:
    """For many processes: attribute by attribute who stands higher than whom, in the order of names."""
    return [_higher(head, document, names) for head in document.attributes]


def _pair_line(pair: Pair, document: ComparisonDocument, names: Mapping[str, str], marking: Marking) -> PairLine:
    return PairLine(
        names[pair.first],
        names[pair.second],
        verdict_sentences(pair, document.attributes, names, marking),
        cells_of(pair, document.attributes, names),
        matched_table(pair, document, names),
    )


def _cell(entry: AttributeVerdict, pair: Pair, title: str, names: Mapping[str, str]) -> ApartCell:
    on = pair.on_matched(entry.attribute)
    note = sentences.why(entry, (on.first.share.printed, on.second.share.printed) if on else None)
    if entry.verdict == "not_compared":
        return ApartCell(title, "", gettext("not compared"), note)
    if entry.verdict == "cannot_be_told_apart":
        return ApartCell(title, "", gettext("cannot be told apart"), note)
    name = names[pair.first if entry.verdict == "first_higher" else pair.second]
    apart = sentences.points_apart(entry)
    note = ngettext("by %(points)d point", "by %(points)d points", apart) % {"points": apart}
    return ApartCell(title, name, gettext("%(name)s stands higher") % {"name": name}, note)


def _higher(head: AttributeHead, document: ComparisonDocument, names: Mapping[str, str]) -> HigherLines:
    lower: dict[str, list[str]] = {code: [] for code in names}
    left_out = [
        gettext("%(name)s: %(why)s") % {"name": names[process.code], "why": words.NOT_COMPARED[own.not_compared]}
        for process in document.processes
        if (own := process.attribute(head.code)) and own.not_compared
    ]
    same = 0
    for pair in document.pairs:
        entry = next(each for each in pair.attributes if each.attribute == head.code)
        if entry.verdict == "first_higher":
            lower[pair.first].append(names[pair.second])
        elif entry.verdict == "second_higher":
            lower[pair.second].append(names[pair.first])
        elif entry.verdict == "cannot_be_told_apart":
            same += 1
        elif entry.why in OF_THE_PAIR:
            values = {"first": names[pair.first], "second": names[pair.second], "why": reason_of(entry, pair)}
            left_out.append(gettext("%(first)s and %(second)s: %(why)s") % values)
    higher = [
        gettext("%(name)s stands higher than %(others)s.") % {"name": names[code], "others": ", ".join(others)}
        for code, others in lower.items()
        if others
    ]
    return HigherLines(head, higher, _rest(same, bool(higher)), left_out)


def _rest(same: int, some_higher: bool) -> str:
    if not same:
        return "" if some_higher else gettext("No two can be compared.")
    if not some_higher:
        return gettext("No two can be told apart.")
    return ngettext("%(n)d other pair cannot be told apart.", "The other %(n)d pairs cannot be told apart.", same) % {
        "n": same
    }
