"""What the templates of rounds over time on paper are given: the document, and lists looked up in it beforehand."""

from typing import Any

from assessments.documents.over_time import OverTimeDocument
from assessments.documents.values import document_digest
from assessments.over_time.page import over_time_context


def over_time_paper(document: OverTimeDocument) -> dict[str, Any]:
    """Return the context of a report on rounds over time."""
    context = over_time_context(document)
    return {
        **context,
        "board": {"name": document.process_name},
        "digest": document_digest(document),
        "versions": sorted({entry.question_set_version for entry in document.rounds}),
        "has_actions": bool(context["actions"]) and bool(context["actions"][0].sums),
    }
