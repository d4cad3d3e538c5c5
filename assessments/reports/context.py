"""What the templates of a report are given: the document, and lists looked up in it beforehand."""

from typing import Any

from assessments.reports import sentences
from assessments.results.canonical import document_digest
from assessments.results.document import ResultDocument

LISTED = 3  # strengths and concerns on the page for boards


def single(document: ResultDocument) -> dict[str, Any]:
    """Return the context of the report on one assessment."""
    items = document.items()
    recommendations = document.recommendations
    return {
        "document": document,
        "digest": document_digest(document),
        "stamps": sentences.stamps(document),
        "is_draft": document.assessment.status == "draft",
        "attributes": [{"part": a, "sentences": _about(a)} for a in document.attributes],
        "weakest": [document.attribute(code) for code in document.weakest],
        "strengths": [items[code] for code in document.strengths[:LISTED]],
        "concerns": [items[code] for code in document.concerns[:LISTED]],
        "top_actions": [r for r in recommendations if r.in_summary],
        "improve": [r for r in recommendations if r.kind == "improve"],
        "find_out": [r for r in recommendations if r.kind == "find_out"],
        "keep": [r for r in recommendations if r.kind == "keep"],
        "unknown": [items[code] for code in document.unknown],
        "not_applicable": [items[code] for code in document.not_applicable],
        "unsupported": sentences.unsupported(items[code] for code in document.unsupported_items),
        "index_range": sentences.index_range(document) if document.assessment.show_index else "",
        "scored_count": sum(item.scored for item in items.values()),
        "sentences": _constants(),
    }


def _about(attribute: Any) -> list[str]:
    """The standard sentences that hold for an attribute."""
    found = [str(sentences.PROVISIONAL)] if attribute.status == "provisional" else []
    if attribute.status == "withheld":
        found.append(sentences.withheld(attribute))
    return [*found, *filter(None, [sentences.one_question(attribute)])]


def _constants() -> dict[str, Any]:
    """The standard sentences that are the same in every report, by name."""
    return {name.lower(): value for name, value in vars(sentences).items() if name.isupper()}
