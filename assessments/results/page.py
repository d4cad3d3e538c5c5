"""The part of the results page that shows the document and nothing else.

What is frozen never changes, so its markup is kept in memory, by the fingerprint of the document and the language:
a page of thirty items costs more to draw than everything around it.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from assessments.documents.both_tracks import JointDocument
from assessments.documents.result import ItemResult, ResultDocument
from assessments.models import FrozenResult
from assessments.results import sentences
from assessments.results.evidence_lines import evidence_context
from assessments.results.frozen import PanelSource
from assessments.results.panel_lines import panel_context
from assessments.results.workings import workings_of
from assessments.typefaces.choice import undrawn_in
from assessments.vocabulary import EVIDENCE_LABELS
from attributes.memory import MemoryCache


@dataclass(frozen=True)
class ResultsPage:
    """The name of the process, and the two halves of the page: above and below what depends on the reader."""

    name: str
    head: SafeString
    body: SafeString
    undrawn: tuple[str, ...]  # what a PDF of it could not show, by script


_kept: MemoryCache[tuple[Hashable, ...], ResultsPage] = MemoryCache(64)


def frozen_page(
    result: FrozenResult, document: Callable[[], ResultDocument], panel: PanelSource | None = None
) -> ResultsPage:
    """Return the page of a frozen result; `document` is asked for only if it has to be drawn."""
    if settings.DEBUG:  # templates change under the hands of who works on them
        return drawn(document(), result, panel)
    # The same content may be stored twice (an import): number, fingerprint and the code it has here are printed. What
    # restricted readers see of a panel is never drawn for others.
    key = (result.digest, result.number, result.assessment_id, get_language(), panel.key if panel else None)
    return _kept.get_or_make(key, lambda: drawn(document(), result, panel))


def drawn(
    document: ResultDocument, result: FrozenResult | None = None, panel: PanelSource | None = None
) -> ResultsPage:
    """Draw the page of a document, with what stakeholders said beside it."""
    context = _context(document, panel.numbers(document) if panel else None)
    return ResultsPage(
        name=document.process.name,
        head=render_to_string("assessments/results/_head.html", {**context, "result": result}),
        body=render_to_string("assessments/results/_body.html", context),
        undrawn=undrawn_in(panel.everything(document) if panel else document),
    )


def _context(document: ResultDocument, joint: JointDocument | None) -> dict[str, Any]:
    items = document.items()
    steps = joint.steps if joint else document.steps
    return {
        # Said of either kind: for a name that is not there Django looks everywhere, in every line of a table.
        **(panel_context(joint) if joint else {"panel": None}),
        "document": document,
        "items_by_code": items,
        "sentences": sentences,
        "evidence_labels": EVIDENCE_LABELS,
        "stamps": sentences.stamps(document),
        "is_first_set": sentences.is_first_set(document.question_set.slug, document.question_set.version),
        "framework": next((line.framework for line in document.crosswalk if line.framework), {}),
        "weakest": [document.attribute(code) for code in document.weakest],
        # One scored attribute among several is no statement about the weakest.
        "all_scored": all(attribute.score for attribute in document.attributes),
        "index_sentence": sentences.index_range(document),
        "steps": steps,
        "strengths": _named(items, steps.strengths),
        **evidence_context(document, steps),
        "workings": workings_of(document),
    }


def _named(items: dict[str, ItemResult], codes: list[str]) -> list[ItemResult]:
    return [items[code] for code in codes]
