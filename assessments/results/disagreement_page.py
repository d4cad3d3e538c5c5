"""The page on disagreement, from frozen numbers alone; kept in memory like the results page."""

from collections.abc import Callable, Hashable

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from assessments.documents.both_tracks import CommentLine
from assessments.documents.result import ResultDocument
from assessments.models import FrozenResult
from assessments.results.frozen import PanelSource, comment_heads, remarks_by_head
from assessments.results.panel_lines import panel_context
from attributes.catalogue.types import CatalogueSet
from attributes.memory import Kept
from attributes.texts import TextMap

_kept: Kept[tuple[Hashable, ...], SafeString] = Kept(32)


def disagreement_body(
    panel: PanelSource, document: Callable[[], ResultDocument], result: FrozenResult | None
) -> SafeString:
    """Return what the page shows of the numbers. What restricted readers see is never drawn for others."""
    if settings.DEBUG or result is None:  # templates change under the hands of who works on them; so do drafts
        return _drawn(panel, document())
    key = (result.digest, get_language(), panel.key)
    return _kept.get_or_make(key, lambda: _drawn(panel, document()))


def _drawn(panel: PanelSource, document: ResultDocument) -> SafeString:
    context = {"document": document, **panel_context(panel.numbers(document))}
    return render_to_string("assessments/results/_disagreement_body.html", context)


def remarks_of(panel: PanelSource, catalogue: CatalogueSet) -> list[tuple[TextMap | None, list[CommentLine]]]:
    """The comments this reader may see under what they are about, in the order of the set."""
    return remarks_by_head(panel.comments(), comment_heads(catalogue.attributes, catalogue.items.values()))
