"""The part of the results page that shows the document and nothing else.

What is frozen never changes, so its markup is kept in memory, by the fingerprint of the document and the language:
a page of thirty items costs more to draw than everything around it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from assessments.models import FrozenResult
from assessments.reports import sentences
from assessments.results.document import ItemResult, ResultDocument
from assessments.results.kept import Kept
from assessments.views.workings import workings_of


@dataclass(frozen=True)
class ResultsPage:
    """The name of the process, and the two halves of the page: above and below what depends on the reader."""

    name: str
    head: SafeString
    body: SafeString


_kept: Kept[tuple[str, int, str | None], ResultsPage] = Kept(64)


def frozen_page(result: FrozenResult, document: Callable[[], ResultDocument]) -> ResultsPage:
    """Return the page of a frozen result; `document` is asked for only if it has to be drawn."""
    if settings.DEBUG:  # templates change under the hands of who works on them
        return drawn(document(), result)
    # The same content may be stored twice (an import): number and fingerprint are both printed.
    key = (result.digest, result.number, get_language())
    return _kept.get_or_make(key, lambda: drawn(document(), result))


def drawn(document: ResultDocument, result: FrozenResult | None = None) -> ResultsPage:
    """Draw the page of a document."""
    context = _context(document)
    return ResultsPage(
        name=document.process.name,
        head=render_to_string("assessments/_results_head.html", {**context, "result": result}),
        body=render_to_string("assessments/_results_body.html", context),
    )


def _context(document: ResultDocument) -> dict[str, Any]:
    items = document.items()
    actions = [entry for entry in document.recommendations if entry.kind == "find_out" or entry.texts]
    return {
        "document": document,
        "sentences": sentences,
        "stamps": sentences.stamps(document),
        "is_first_set": sentences.is_first_set(document.question_set.slug, document.question_set.version),
        "framework": next((line.framework for line in document.crosswalk if line.framework), {}),
        "weakest": [document.attribute(code) for code in document.weakest],
        # One scored attribute among several is no statement about the weakest.
        "all_scored": all(attribute.score for attribute in document.attributes),
        "index_sentence": sentences.index_range(document),
        "critical_open": _named(items, [code for a in document.attributes for code in a.critical_open]),
        "strengths": _named(items, document.strengths),
        "concerns": _named(items, document.concerns),
        "unknown": _named(items, document.unknown),
        "not_applicable": _named(items, document.not_applicable),
        "unsupported_sentence": sentences.unsupported(_named(items, document.unsupported_items)),
        "first_actions": [entry for entry in actions if entry.in_summary],
        "other_actions": [entry for entry in actions if not entry.in_summary],
        "keep": [entry for entry in document.recommendations if entry.kind == "keep"],
        "workings": workings_of(document),
    }


def _named(items: dict[str, ItemResult], codes: list[str]) -> list[ItemResult]:
    return [items[code] for code in codes]
