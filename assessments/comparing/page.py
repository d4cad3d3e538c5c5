"""A comparison as a page shows it: names for codes, sentences for verdicts."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assessments.comparing.build import build_comparison
from assessments.comparing.matched import (
    MatchedTable,
    explanations,
    matched_table,
    names_of,
    not_comparable,
    reason_of,
    version_tables,
)
from assessments.comparing.panel_compared import experience_context
from assessments.documents.comparison import (
    AttributeDifference,
    AttributeHead,
    ComparedAttribute,
    ComparedProcess,
    ComparisonDocument,
    ItemStanding,
    Pair,
)
from assessments.models import Assessment, FrozenResult
from assessments.results import sentences
from assessments.results.frozen import documents_of, latest_digests, latest_of, latest_panels
from assessments.typefaces.choice import undrawn_in
from attributes.memory import MemoryCache
from attributes.texts import filled, localise, text


@dataclass(frozen=True)
class Bar:
    """One process on one attribute."""

    name: str
    process: ComparedProcess
    attribute: ComparedAttribute


@dataclass(frozen=True)
class ComparedSide:
    """All processes on one attribute."""

    head: AttributeHead
    bars: list[Bar]


@dataclass(frozen=True)
class DifferenceCell:
    """Two processes on one attribute; `reason` is why their versions make it not comparable, if they do."""

    title: str
    difference: AttributeDifference
    reason: str


@dataclass(frozen=True)
class PairLine:
    """Two processes by name, and what can be said of them; `matched` where their versions differ."""

    first: str
    second: str
    verdict: str
    cells: list[DifferenceCell]
    matched: MatchedTable | None


@dataclass(frozen=True)
class Lead:
    """A process and those it is meaningfully ahead of on one attribute, each with the difference."""

    name: str
    behind: list[tuple[str, str, bool]]


@dataclass(frozen=True)
class Leads:
    """The meaningful differences on one attribute."""

    head: AttributeHead
    leads: list[Lead]
    not_comparable: list[str]


@dataclass(frozen=True)
class ComparisonPage:
    """The part of the page that shows the comparison and nothing else."""

    count: int
    body: SafeString
    undrawn: tuple[str, ...]  # what a PDF of it could not show, by script


_kept: MemoryCache[tuple[Hashable, ...], ComparisonPage] = MemoryCache(32)


def comparison_page(assessments: Sequence[Assessment]) -> ComparisonPage:
    """Return the comparison of assessments; drafts are named as left out.

    Made of frozen results alone, so it is kept in memory under their fingerprints and the language.
    """
    reopened = [assessment for assessment in assessments if assessment.is_draft]
    results = latest_of(assessment for assessment in assessments if not assessment.is_draft)
    chosen = [results[assessment.pk] for assessment in assessments if assessment.pk in results]
    asked = [assessment for assessment in assessments if assessment.pk in results]
    if settings.DEBUG:  # templates change under the hands of who works on them
        return _drawn(chosen, reopened, asked)
    panels = latest_digests(asked)
    asked = [assessment for assessment in asked if assessment.pk in panels]
    key = (
        tuple((result.pk, result.digest, panels.get(result.assessment_id)) for result in chosen),
        tuple((assessment.process.name, assessment.round) for assessment in reopened),
        get_language(),
    )
    return _kept.get_or_make(key, lambda: _drawn(chosen, reopened, asked))


def _drawn(
    results: Sequence[FrozenResult], reopened: Sequence[Assessment], asked: Sequence[Assessment]
) -> ComparisonPage:
    documents, panels = documents_of(results), latest_panels(asked)
    comparison = build_comparison(
        [documents[result.assessment_id] for result in results],
        {each.code: panels[each.pk] for each in asked if each.pk in panels},
    )
    context = {"reopened": reopened, **comparison_context(comparison)}
    body = render_to_string("assessments/comparing/_body.html", context)
    return ComparisonPage(len(comparison.processes), body, undrawn_in(comparison))


def comparison_context(comparison: ComparisonDocument) -> dict[str, Any]:
    """Return what the templates of a comparison need."""
    names = names_of(comparison.processes)
    return {
        "comparison": comparison,
        "titles": _plain_titles(comparison),
        "sentences": sentences,
        **sentences.set_compared(comparison),
        "about_versions": explanations(comparison),
        "versions": version_tables(comparison),
        "processes": [(names[process.code], process) for process in comparison.processes],
        "sides": _sides(comparison, names),
        **experience_context(comparison, names),
        "pairs": [_pair_line(pair, comparison, names) for pair in comparison.pairs] if comparison.list_pairs else [],
        "leads": [] if comparison.list_pairs else _leads(comparison, names),
        "learn_from": [
            (entry, _named(entry.teachers, names), _named(entry.learners, names)) for entry in comparison.learn_from
        ],
        "shared_weaknesses": [(entry, _named(entry.weak, names)) for entry in comparison.shared_weaknesses],
    }


def _named(standings: Sequence[ItemStanding], names: dict[str, str]) -> list[tuple[str, ItemStanding]]:
    return [(names[entry.code], entry) for entry in standings]


def _sides(comparison: ComparisonDocument, names: dict[str, str]) -> list[ComparedSide]:
    sides = []
    for head in comparison.attributes:
        bars = []
        for process in comparison.processes:
            attribute = process.attribute(head.code)
            if attribute is not None:
                bars.append(Bar(names[process.code], process, attribute))
        sides.append(ComparedSide(head, bars))
    return sides


def _plain_titles(comparison: ComparisonDocument) -> dict[str, str]:
    """The titles of attributes, by code, for attributes of HTML, where no language can be marked."""
    return {head.code: str(localise(head.title)) for head in comparison.attributes}


def _pair_line(pair: Pair, comparison: ComparisonDocument, names: dict[str, str]) -> PairLine:
    titles = {head.code: text(head.title) for head in comparison.attributes}
    plain = _plain_titles(comparison)
    return PairLine(
        names[pair.first],
        names[pair.second],
        verdict_sentence(pair, names[pair.first], names[pair.second], titles),
        [_cell(entry, pair, plain) for entry in pair.differences],
        matched_table(pair, comparison, names),
    )


def _cell(entry: AttributeDifference, pair: Pair, titles: dict[str, str]) -> DifferenceCell:
    on_matched = pair.matched.attribute(entry.attribute) if pair.matched else None
    reason = reason_of(on_matched, pair.matched) if pair.matched and on_matched else ""
    return DifferenceCell(titles[entry.attribute], entry, reason)


def verdict_sentence(pair: Pair, first: str, second: str, titles: dict[str, SafeString]) -> SafeString:
    """Say which of two processes is ahead, on what; there is no total."""
    values = {
        "first": first,
        "second": second,
        "first_on": _listed(titles[code] for code in pair.first_ahead_on),
        "second_on": _listed(titles[code] for code in pair.second_ahead_on),
        "open": _listed(titles[code] for code in pair.not_compared),
    }
    if pair.verdict == "first_ahead":
        return filled(_("%(first)s is ahead on %(first_on)s, and behind nowhere."), values)
    if pair.verdict == "second_ahead":
        return filled(_("%(second)s is ahead on %(second_on)s, and behind nowhere."), values)
    if pair.verdict == "mixed":
        return filled(_("Mixed: %(first)s is ahead on %(first_on)s, %(second)s on %(second_on)s."), values)
    if pair.verdict == "no_meaningful_difference":
        return filled(_("No meaningful difference."), {})
    return format_html_join(" ", "{}", ((part,) for part in _undecided(pair, values)))


def _listed(titles: Iterable[SafeString]) -> SafeString:
    return format_html_join(", ", "{}", ((title,) for title in titles))


def _undecided(pair: Pair, values: dict[str, str]) -> list[SafeString]:
    parts = [filled(_("No verdict: %(open)s cannot be compared."), values)]
    if pair.first_ahead_on:
        parts.append(filled(_("On what can, %(first)s is ahead on %(first_on)s."), values))
    elif pair.second_ahead_on:
        parts.append(filled(_("On what can, %(second)s is ahead on %(second_on)s."), values))
    return parts


def _leads(comparison: ComparisonDocument, names: dict[str, str]) -> list[Leads]:
    """For many processes: only the meaningful differences, attribute by attribute."""
    found = []
    for index, head in enumerate(comparison.attributes):
        ahead: dict[str, list[tuple[str, str, bool]]] = {code: [] for code in names}
        for pair in comparison.pairs:
            difference = pair.differences[index]
            if not difference.meaningful or difference.difference is None:
                continue
            points = difference.difference.printed
            if points.startswith("-"):
                ahead[pair.second].append((names[pair.first], points.removeprefix("-"), difference.robust))
            else:
                ahead[pair.first].append((names[pair.second], points, difference.robust))
        leads = [Lead(names[code], behind) for code, behind in ahead.items() if behind]
        found.append(Leads(head, leads, not_comparable(comparison, head.code, names)))
    return found
