"""A comparison as a page shows it: names for codes, sentences for verdicts."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from assessments.comparing import heat, message, sentences, words
from assessments.comparing.apart import MARKED, higher_lines, pair_lines
from assessments.comparing.arranged import Arrangement
from assessments.comparing.matched import COLUMN_LENGTH, asked_tables, names_of
from assessments.comparing.panel_compared import experience_context
from assessments.comparing.stored import comparison_of_stored
from assessments.documents.comparison import AttributeHead, ComparisonDocument
from assessments.headlines import comparison_headline
from assessments.headlines import standard as result_sentences
from assessments.models import Assessment, FrozenResult
from assessments.results.frozen import documents_of, latest_digests, latest_of, latest_panels
from assessments.typefaces.choice import undrawn_in
from attributes.memory import MemoryCache

LEARNT_FIRST = 6  # lines that stand before all are folded


@dataclass(frozen=True)
class ComparisonPage:
    """The part of the page that shows the comparison and nothing else, and what can be arranged in it otherwise."""

    count: int  # of results
    title: str
    body: SafeString
    undrawn: tuple[str, ...]  # what a PDF of it could not show, by script
    left_out: tuple[str, ...]  # codes of what was chosen and is not compared
    places: tuple[tuple[str, str], ...]  # code and name of what is compared, in the order shown
    reference: str
    attributes: tuple[tuple[AttributeHead, bool], ...]  # all there are, and whether they are shown

    @property
    def codes(self) -> list[str]:
        """Those of all that was chosen, in the order shown."""
        return [*(code for code, _name in self.places), *self.left_out]

    @property
    def has_no_reference(self) -> bool:
        """Whether sentences are told from no process."""
        return not self.reference


_kept: MemoryCache[tuple[Hashable, ...], ComparisonPage] = MemoryCache(32)


def comparison_page(assessments: Sequence[Assessment], arrangement: Arrangement) -> ComparisonPage:
    """Return the comparison of assessments; drafts are named as left out.

    Made of frozen results alone, so it is kept in memory under their fingerprints, the arrangement and the language.
    """
    reopened = [assessment for assessment in assessments if assessment.is_draft]
    results = latest_of(assessment for assessment in assessments if not assessment.is_draft)
    submitted = [assessment for assessment in assessments if assessment.pk in results]
    chosen = [results[assessment.pk] for assessment in submitted]
    if settings.DEBUG:  # templates change under the hands of who works on them
        return _drawn(chosen, reopened, submitted, submitted, arrangement)
    panels = latest_digests(submitted)
    asked = [assessment for assessment in submitted if assessment.pk in panels]
    key = (
        tuple((result.pk, result.digest, panels.get(result.assessment_id)) for result in chosen),
        tuple((assessment.process.name, assessment.round) for assessment in reopened),
        arrangement,
        get_language(),
    )
    return _kept.get_or_make(key, lambda: _drawn(chosen, reopened, submitted, asked, arrangement))


def _drawn(
    results: Sequence[FrozenResult],
    reopened: Sequence[Assessment],
    submitted: Sequence[Assessment],
    asked: Sequence[Assessment],
    arrangement: Arrangement,
) -> ComparisonPage:
    comparison = comparison_of_stored(submitted, documents_of(results), latest_panels(asked), arrangement)
    context = {"reopened": reopened, **comparison_context(comparison)}
    body = render_to_string("assessments/comparing/_body.html", context)
    shown = [process.code for process in comparison.processes]
    left_out = [process.code for process in comparison.excluded] + [assessment.code for assessment in reopened]
    names = context["names"]
    return ComparisonPage(
        len(comparison.processes),
        sentences.title(comparison),
        body,
        undrawn_in(comparison),
        tuple(left_out),
        tuple((code, names[code]) for code in shown),
        comparison.reference,
        (*((head, True) for head in comparison.attributes), *((head, False) for head in comparison.left_aside)),
    )


def comparison_context(comparison: ComparisonDocument) -> dict[str, Any]:
    """Return what the templates of a comparison need."""
    names = names_of(comparison.processes)
    columns = names_of(comparison.processes, COLUMN_LENGTH)
    learnt = message.learnt(comparison, names)
    return {
        "comparison": comparison,
        "names": names,
        "words": words,
        "sentences": result_sentences,
        **sentences.set_compared(comparison),
        "headline": comparison_headline(comparison),
        "about": sentences.about_order(comparison, names),
        "learnt": learnt,
        "learnt_first": learnt[:LEARNT_FIRST],
        "heat": heat.attribute_heat(comparison, names, linked=True),
        "told_apart": message.told_apart(comparison, names),
        "stamps": sentences.stamps(comparison),
        "picture_key": sentences.picture_key(comparison),
        "pictures": heat.picture_rows(comparison, names),
        "telling": heat.telling_items(comparison, columns),
        "all_items": heat.all_items(comparison, columns),
        "common_gaps": message.common_gaps(comparison),
        "how_sure": message.how_sure(comparison, names),
        "about_apart": sentences.about_apart(comparison),
        "about_asked": sentences.about_asked(comparison),
        "asked_tables": asked_tables(comparison),
        "checked": words.checked(comparison),
        "processes": [(names[process.code], process) for process in comparison.processes],
        **experience_context(comparison, names, MARKED),
        "experience_heat": heat.experience_heat(comparison, names),
        "pairs": pair_lines(comparison, names, MARKED) if comparison.list_pairs else [],
        "higher": [] if comparison.list_pairs or not comparison.pairs else higher_lines(comparison, names),
    }
