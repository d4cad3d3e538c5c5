"""The parts of the results page that show the document and nothing else.

What is frozen never changes, so its markup is kept in memory, by the fingerprint of the document and the language:
a page of thirty items costs more to draw than everything around it.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from assessments.documents.both_tracks import JointDocument
from assessments.documents.last_time import AttributeThen, LastTimePart
from assessments.documents.result import AttributeResult, ResultDocument
from assessments.documents.values import Text
from assessments.headlines import (
    concerns_of,
    groups_headline,
    headline,
    how_sure,
    known,
    second_rating_words,
    short_title,
    standard,
    strengths,
)
from assessments.models import FrozenResult
from assessments.pictures import Profile, groups_heat, profile_of
from assessments.results.frozen import PanelSource
from assessments.results.last_time import EarlierRound
from assessments.results.panel_lines import panel_context
from assessments.results.review_lines import review_shown
from assessments.results.standouts import evidence_context
from assessments.results.strips import in_two_columns, strips_of
from assessments.results.workings import workings_of
from assessments.typefaces.choice import undrawn_in
from assessments.vocabulary import EVIDENCE_LABELS
from attributes.memory import MemoryCache, one_language

FIRST_STEPS = 3
_NO_PANEL = {"panel": None, "panel_items": None, "perceived_items": None}


@dataclass(frozen=True)
class ResultsPage:
    """The name of the process, and the parts of the page between which stands what depends on the reader."""

    name: str
    title: SafeString
    message: SafeString  # the first screen: what a board needs
    sections: SafeString
    workings: SafeString  # how it is known
    attributes: tuple[tuple[str, Text], ...]  # code and title, for links to their pictures
    undrawn: tuple[str, ...]  # what a PDF of it could not show, by script


@dataclass(frozen=True)
class SinceLine:
    """An attribute now and in the round before."""

    name: str
    now: AttributeResult
    then: AttributeThen


_kept: MemoryCache[tuple[Hashable, ...], ResultsPage] = MemoryCache(64)


def frozen_page(
    result: FrozenResult,
    document: Callable[[], ResultDocument],
    panel: PanelSource | None = None,
    before: EarlierRound | None = None,
) -> ResultsPage:
    """Return the page of a frozen result; `document` is asked for only if it has to be drawn."""
    if settings.DEBUG:  # templates change under the hands of who works on them
        return drawn(document(), result, panel, before)
    # The same content may be stored twice (an import): number, fingerprint and the code it has here are printed. What
    # restricted readers see of a panel is never drawn for others.
    beside = (panel.key if panel else None, before.key if before else None)
    key = (result.digest, result.number, result.assessment_id, get_language(), *beside)
    return _kept.get_or_make(key, lambda: drawn(document(), result, panel, before))


def drawn(
    document: ResultDocument,
    result: FrozenResult | None = None,
    panel: PanelSource | None = None,
    before: EarlierRound | None = None,
) -> ResultsPage:
    """Draw the page of a document, with what stakeholders said beside it, and what it was in the round before."""
    last = before.seen_from(document) if before else None
    joint = panel.numbers(document) if panel else None
    with one_language():
        context = {**page_context(document, joint, last), "result": result}
        title, message, sections, workings = (
            render_to_string(f"assessments/results/{name}.html", context)
            for name in ("_title", "_message", "_sections", "_how")
        )
    return ResultsPage(
        name=document.process.name,
        title=title,
        message=message,
        sections=sections,
        workings=workings,
        attributes=tuple((entry.code, entry.title) for entry in document.attributes),
        undrawn=undrawn_in(panel.everything(document) if panel else document),
    )


def page_context(
    document: ResultDocument, joint: JointDocument | None = None, last: LastTimePart | None = None
) -> dict[str, Any]:
    """Return what the templates of the page need of a result."""
    items = document.items()
    steps = joint.steps if joint else document.steps
    # Said of either kind: for a name that is not there Django looks everywhere, in every line of a table.
    panel = {**panel_context(joint), "groups_heat": groups_heat(joint)} if joint else _NO_PANEL
    workings = workings_of(document)
    lines = concerns_of(steps.steps, document)
    return {
        **panel,
        "document": document,
        # In the public record nothing leads to pages that not everybody may open.
        "on_record": False,
        "items_by_code": items,
        "sentences": standard,
        "evidence_labels": EVIDENCE_LABELS,
        "stamps": standard.stamps(document),
        "is_first_set": standard.is_first_set(document.question_set.slug, document.question_set.version),
        "framework": next((line.framework for line in document.crosswalk if line.framework), {}),
        "weakest": [document.attribute(code) for code in document.weakest],
        # One scored attribute among several is no statement about the weakest.
        "all_scored": all(attribute.score for attribute in document.attributes),
        "index_sentence": standard.index_range(document),
        "headline": headline(document, joint, last),
        "profile": _short_profile(document, joint, last),
        "known": known(document),
        "how_sure": how_sure(document, joint),
        "rated": second_rating_words(document),
        "who_says": standard.who_says(document),
        "groups_headline": groups_headline(joint) if joint else "",
        "strengths": strengths(document, steps),
        "first_steps": [line for line in lines if line.part.in_head][:FIRST_STEPS],
        "head_steps": [line for line in lines if line.part.in_head],
        "more_steps": [line for line in lines if not line.part.in_head],
        "attribute_columns": in_two_columns(strips_of(document, workings, steps, panel, joint)),
        "last": last,
        "since": _since(document, last) if last else [],
        **evidence_context(document, steps),
        "reviewing": review_shown(document, document.review) if document.review else None,
        "workings": workings,
    }


def _since(document: ResultDocument, last: LastTimePart) -> list[SinceLine]:
    found = ((entry, last.attribute(entry.code)) for entry in document.attributes)
    return [SinceLine(short_title(entry), entry, then) for entry, then in found if then is not None]


def _short_profile(document: ResultDocument, joint: JointDocument | None, last: LastTimePart | None) -> Profile:
    """The profile under the names that the sentences use, each leading to its section."""
    # What was asked otherwise then is no measure of what stands now.
    then = {entry.code: entry.score for entry in last.attributes if entry.why is None} if last else None
    found = profile_of(document, joint, then, links={entry.code: f"#{entry.code}" for entry in document.attributes})
    pairs = zip(found.lines, document.attributes, strict=True)
    return replace(found, lines=tuple(replace(line, name=short_title(attribute)) for line, attribute in pairs))
