"""What stands out of a result: strengths, concerns, what to do."""

from collections.abc import Iterable, Mapping, Sequence

from assessments.documents.result import AttributeResult, ItemResult, RecommendationPart, RecommendationText
from assessments.documents.values import exact, first, plain, with_resource
from assessments.scoring import ItemSpec, Recommendation, Scorecard, select, standings, summary_actions
from assessments.scoring.rules import FULL_EVIDENCE, ZERO
from attributes.catalogue.types import CatalogueItem, CatalogueSet

MAX_LISTED = 5
# F first, then what is largely achieved and openly shown.
STRONG = ("F", "L")
WEAK = ("N", "P")


def scored_items(attributes: Iterable[AttributeResult]) -> list[ItemResult]:
    """All scored items in order."""
    return [item for a in attributes for q in a.questions for item in q.items if item.scored]


def strengths(items: Sequence[ItemResult]) -> list[str]:
    """The codes of up to five items that stand best: F, then L with open evidence; the higher value first."""
    strong = [
        item
        for item in items
        if item.letter == STRONG[0] or (item.letter == STRONG[1] and item.evidence_class == FULL_EVIDENCE)
    ]
    strong.sort(key=lambda item: (STRONG.index(item.letter or ""), -(exact(item.supported) or ZERO)))
    return [item.code for item in strong[:MAX_LISTED]]


def concerns(items: Sequence[ItemResult]) -> list[str]:
    """The codes of up to five items at N or P: critical ones first, then N before P, then the largest weight."""
    weak = [item for item in items if item.letter in WEAK]
    weak.sort(key=lambda item: (not item.critical, WEAK.index(item.letter or ""), -(exact(item.weight) or ZERO)))
    return [item.code for item in weak[:MAX_LISTED]]


def unsupported(items: Iterable[ItemResult]) -> list[str]:
    """The codes of items that claim more than their evidence supports."""
    return [item.code for item in items if item.capped]


def in_state(items: Iterable[ItemResult], *states: str) -> list[str]:
    """The codes of items in one of these states."""
    return [item.code for item in items if item.state in states]


def recommendation_parts(
    catalogue: CatalogueSet, specs: Sequence[ItemSpec], scorecard: Scorecard, *, resource: str
) -> list[RecommendationPart]:
    """What to do about each applicable item, most urgent first; items to keep come last (method 3.13)."""
    offered = [
        Recommendation(recommendation.code, item.code, recommendation.trigger.value)
        for item in catalogue.items.values()
        for recommendation in item.recommendations
    ]
    selected = select(standings(specs, scorecard), offered)
    summary = {action.item for action in summary_actions(selected)}
    parts = []
    for entry in selected:
        item = catalogue.items[entry.item]
        prompt = first(item.evidence_prompts) if entry.kind == "find_out" else {}
        parts.append(
            RecommendationPart(
                item=entry.item,
                attribute=entry.attribute,
                short=plain(item.short),
                letter=entry.letter,
                critical=item.critical,
                kind=entry.kind,
                priority=entry.priority,
                in_summary=entry.item in summary,
                texts=_texts(item, entry.recommendations, resource, catalogue.resource_default),
                settle_by=with_resource(prompt, resource, catalogue.resource_default),
            )
        )
    return parts


def _texts(
    item: CatalogueItem, codes: Sequence[str], resource: str, default: Mapping[str, str]
) -> list[RecommendationText]:
    """The recommendations in words; the quotation they rest on is never changed."""
    return [
        RecommendationText(
            code=recommendation.code,
            text=with_resource(recommendation.text, resource, default),
            basis_quote=plain(recommendation.basis_quote),
        )
        for recommendation in item.recommendations
        if recommendation.code in codes
    ]
