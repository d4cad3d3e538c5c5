"""A comparison as a page shows it: names for codes, sentences for verdicts."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from assessments.comparing import sentences, words
from assessments.comparing.apart import MARKED, higher_lines, pair_lines
from assessments.comparing.matched import asked_tables, names_of
from assessments.comparing.panel_compared import experience_context
from assessments.comparing.rounds_compared import rounds_tables
from assessments.comparing.sentences import standings_of
from assessments.comparing.stored import comparison_of_stored
from assessments.documents.comparison import (
    AttributeHead,
    ComparedAttribute,
    ComparedProcess,
    ComparisonDocument,
)
from assessments.models import Assessment, FrozenResult
from assessments.results import sentences as result_sentences
from assessments.results.frozen import documents_of, latest_digests, latest_of, latest_panels
from assessments.typefaces.choice import undrawn_in
from attributes.memory import MemoryCache
from attributes.texts import localise


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
class ComparisonPage:
    """The part of the page that shows the comparison and nothing else."""

    count: int  # of results
    title: str
    body: SafeString
    undrawn: tuple[str, ...]  # what a PDF of it could not show, by script


_kept: MemoryCache[tuple[Hashable, ...], ComparisonPage] = MemoryCache(32)


def comparison_page(assessments: Sequence[Assessment]) -> ComparisonPage:
    """Return the comparison of assessments; drafts are named as left out.

    Made of frozen results alone, so it is kept in memory under their fingerprints and the language.
    """
    reopened = [assessment for assessment in assessments if assessment.is_draft]
    results = latest_of(assessment for assessment in assessments if not assessment.is_draft)
    submitted = [assessment for assessment in assessments if assessment.pk in results]
    chosen = [results[assessment.pk] for assessment in submitted]
    if settings.DEBUG:  # templates change under the hands of who works on them
        return _drawn(chosen, reopened, submitted, submitted)
    panels = latest_digests(submitted)
    asked = [assessment for assessment in submitted if assessment.pk in panels]
    key = (
        tuple((result.pk, result.digest, panels.get(result.assessment_id)) for result in chosen),
        tuple((assessment.process.name, assessment.round) for assessment in reopened),
        get_language(),
    )
    return _kept.get_or_make(key, lambda: _drawn(chosen, reopened, submitted, asked))


def _drawn(
    results: Sequence[FrozenResult],
    reopened: Sequence[Assessment],
    submitted: Sequence[Assessment],
    asked: Sequence[Assessment],
) -> ComparisonPage:
    comparison = comparison_of_stored(submitted, documents_of(results), latest_panels(asked))
    context = {"reopened": reopened, **comparison_context(comparison)}
    body = render_to_string("assessments/comparing/_body.html", context)
    return ComparisonPage(len(comparison.processes), sentences.title(comparison), body, undrawn_in(comparison))


def comparison_context(comparison: ComparisonDocument) -> dict[str, Any]:
    """Return what the templates of a comparison need."""
    names = names_of(comparison.processes)
    return {
        "comparison": comparison,
        "titles": {head.code: str(localise(head.title)) for head in comparison.attributes},
        "words": words,
        "sentences": result_sentences,
        **sentences.set_compared(comparison),
        "introduction": sentences.introduction(comparison),
        "about_apart": sentences.about_apart(comparison),
        "about_asked": sentences.about_asked(comparison),
        "asked_tables": asked_tables(comparison),
        "checked": words.CHECKED[comparison.record],
        "who_says": words.WHO_SAYS[comparison.record] if comparison.processes else "",
        "processes": [(names[process.code], process) for process in comparison.processes],
        "sides": _sides(comparison, names),
        **experience_context(comparison, names, MARKED),
        "pairs": pair_lines(comparison, names, MARKED) if comparison.list_pairs else [],
        "higher": [] if comparison.list_pairs or not comparison.pairs else higher_lines(comparison, names),
        "rounds_tables": rounds_tables(comparison, names),
        "learn_from": [
            (entry, standings_of(entry.teachers, names), standings_of(entry.learners, names))
            for entry in comparison.learn_from
        ],
        "shared_weaknesses": [(entry, standings_of(entry.weak, names)) for entry in comparison.shared_weaknesses],
    }


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
