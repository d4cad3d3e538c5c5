"""Where people disagree: between groups, and between the organiser and the stakeholders. From frozen numbers alone,
and kept in memory like the results page."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from assessments.documents.both_tracks import ComparedTracks
from assessments.documents.result import ResultDocument
from assessments.documents.themes import CommentLine
from assessments.models import Assessment, FrozenResult
from assessments.permissions import Right, assessment_for, may_moderate, open_to_visitors, rights_in
from assessments.results.build import build_document
from assessments.results.disagreement import ALL_ITEMS, ItemFilter, disagreement_context, filter_of
from assessments.results.frozen import (
    PanelSource,
    comment_counts,
    comment_heads,
    document_of,
    latest,
    panel_source,
    remarks_by_head,
)
from assessments.scoring import ATTRIBUTED_MIN
from attributes.catalogue.published import catalogue_of
from attributes.catalogue.types import CatalogueSet
from attributes.memory import MemoryCache
from attributes.texts import TextMap

LEADING = 3  # comments that are read without opening anything


@dataclass(frozen=True)
class DisagreementBody:
    """The two parts of the page, above and below what people wrote."""

    top: SafeString
    rest: SafeString


_kept: MemoryCache[tuple[Hashable, ...], DisagreementBody] = MemoryCache(64)


@open_to_visitors
@require_safe
def disagreement(request: HttpRequest, code: str) -> HttpResponse:
    """Items by groups, what matters most first, and comments; without the right to it the public part only.

    `?show=divided`, `?show=critical` and `?group=` leave out what the reader is not looking for.
    """
    assessment = assessment_for(request, code, Right.VIEW_RESULTS)
    rights = rights_in(assessment.process, request.user)
    restricted = Right.VIEW_RESTRICTED in rights
    panel = panel_source(assessment, restricted=restricted)
    context: dict[str, Any] = {
        "assessment": assessment,
        "process": assessment.process,
        "panel": panel,
        "restricted": restricted,
        "may_export": Right.EXPORT in rights,
        "attributed_min": ATTRIBUTED_MIN,
        "may_moderate": may_moderate(assessment, request.user),
        "may_reply": Right.REPLY_TO_COMMENTS in rights,
    }
    if panel is not None:
        result = None if assessment.is_draft else latest(assessment)
        written = panel.comments()
        remarks = remarks_of(written.rest, catalogue_of(assessment.question_set))
        context |= {
            "body": disagreement_body(panel, lambda: _document(assessment, result), result, filter_of(request.GET)),
            "themes": written.themes,
            "leading": list(islice(((head, line) for head, lines in remarks for line in lines), LEADING)),
            "remarks": remarks if sum(len(lines) for _head, lines in remarks) > LEADING else [],
            "counts": comment_counts(panel.snapshot) if restricted else {},
        }
    return render(request, "assessments/results/disagreement.html", context)


def _document(assessment: Assessment, result: FrozenResult | None) -> ResultDocument:
    return build_document(assessment) if result is None else document_of(result)


def disagreement_body(
    panel: PanelSource,
    document: Callable[[], ResultDocument],
    result: FrozenResult | None,
    chosen: ItemFilter = ALL_ITEMS,
) -> DisagreementBody:
    """Return what the page shows of the numbers. What restricted readers see is never drawn for others."""
    if settings.DEBUG or result is None:  # templates change under the hands of who works on them; so do drafts
        return drawn(panel.compared(document()), chosen)
    key = (result.digest, result.assessment_id, get_language(), panel.key, chosen)
    return _kept.get_or_make(key, lambda: drawn(panel.compared(document()), chosen))


def drawn(joint: ComparedTracks, chosen: ItemFilter = ALL_ITEMS) -> DisagreementBody:
    """Draw what is said of both tracks read together."""
    context = disagreement_context(joint, chosen)
    return DisagreementBody(
        top=render_to_string("assessments/results/_disagreement_top.html", context),
        rest=render_to_string("assessments/results/_disagreement_rest.html", context),
    )


def remarks_of(
    comments: Sequence[CommentLine], catalogue: CatalogueSet
) -> list[tuple[TextMap | None, list[CommentLine]]]:
    """Comments that belong to no theme, under what they are about, in the order of the set."""
    return remarks_by_head(comments, comment_heads(catalogue.attributes, catalogue.items.values()))
