"""The public document of a closed wave: what `published` lets through, in whole points and nothing finer (method 3.8).

Of the restricted document it takes what holds no answer: names, counts, texts. Whatever depends on answers comes from
the public figures, rounded before anything else is computed from them: what is computed from finer ones would tell more
than what is printed.
"""

from dataclasses import replace
from fractions import Fraction

from assessments.documents.about import IndexPart
from assessments.documents.panel import PanelAttribute, PanelDocument, SamplingPart, UnitFigure
from assessments.documents.panel_asked import PanelGroup
from assessments.documents.panel_items import PanelItem
from assessments.documents.values import Figure, whole_points, whole_share
from assessments.panels.scored import ScoredPanel
from assessments.scoring import SummaryIndex, whole
from assessments.scoring.evidence.attribute import CountedAttribute, index_of, weakest
from assessments.scoring.experience import PublicItem, PublishedAttribute, changed_cells
from assessments.scoring.experience.disagreement import extremes
from assessments.scoring.method import FULL_SCORE, ONE, ZERO


def public_document(
    restricted: PanelDocument, scored: ScoredPanel, earlier: PanelDocument | None = None
) -> PanelDocument:
    """Return the public document beside a restricted one; `earlier` is that of the closing before, if there was one."""
    attributes = [
        _attribute(entry, found, scored, earlier)
        for entry, found in zip(restricted.attributes, scored.public.attributes, strict=True)
    ]
    results = [_as_printed(found) for found in scored.public.attributes]
    return restricted.model_copy(
        update={
            "version": "public",
            "wave": restricted.wave.model_copy(
                update={
                    "threshold_chosen_by": "",
                    "changes": [change.model_copy(update={"by": ""}) for change in restricted.wave.changes],
                }
            ),
            "attributes": attributes,
            "weakest": list(weakest(results)),
            "index": _index(index_of(results)) if all(found.score is not None for found in results) else None,
            "items": [
                _item(entry, found, earlier) for entry, found in zip(restricted.items, scored.public.items, strict=True)
            ],
            "barriers": [],
            "flat_count": None,
            "groups": [_group(group) for group in restricted.groups],
            "by_assistant": restricted.by_assistant if (restricted.by_assistant or 0) >= scored.result.k else None,
        }
    )


def _group(group: PanelGroup) -> PanelGroup:
    """A group without how many of its answers came on paper: of a few, it would be known who they are. Nor how many
    links were used, from which that would follow."""
    if group.by_assistant is None:
        return group
    links = group.links and group.links.model_copy(update={"used": None})
    return group.model_copy(update={"by_assistant": None, "links": links})


def _item(entry: PanelItem, found: PublicItem, earlier: PanelDocument | None) -> PanelItem:
    # Where too little changed, even whether it has a score is said as before.
    before = earlier.item(found.code) if earlier and found.letter is None else None
    return entry.model_copy(
        update={
            "status": before.status if before else entry.status,
            "score": _points(found.score),
            "letter": found.letter,
            "verdict": found.verdict.value if found.verdict else None,
            "hidden": found.hidden.value if found.hidden else None,
            "named_decides": None if found.named_decides is None else whole_share(found.named_decides),
            "cells": None,
        }
    )


def _attribute(
    entry: PanelAttribute, found: PublishedAttribute, scored: ScoredPanel, earlier: PanelDocument | None
) -> PanelAttribute:
    before = earlier.attribute(found.code) if earlier else None
    if before is not None and _is_repeated(found, scored):
        return before.model_copy(update={"repeats_earlier": before.repeats_earlier or _has_moved(found.code, scored)})
    printed = _as_printed(found)
    low, high = _range(printed)
    profiles = {own.unit: Fraction(whole(own.score)) for own in found.profiles}
    highest, lowest = extremes(profiles) if profiles else ((), ())
    return entry.model_copy(
        update={
            "status": printed.status.value,
            "score": _points(printed.score),
            "low": low,
            "high": high,
            "sampling": _sampling(entry.sampling, found),
            "coverage": whole_share(printed.coverage),
            "scope": whole_share(printed.scope),
            "letter": printed.letter,
            "band_letter": printed.band_letter,
            "limited_by": list(printed.limited_by),
            "critical_open": list(printed.critical_open),
            "provisional_because": list(printed.provisional_because),
            "group_count": found.group_count,
            "divided": list(found.divided),
            "may_be_divided": list(found.may_be_divided),
            "compared": found.compared,
            "depends_on_who": found.depends_on_who,
            "depends_on_named": found.depends_on_named,
            "depends_on_groups": found.depends_on_groups,
            "hidden": found.hidden.value if found.hidden else None,
            "score_hidden": found.score_hidden.value if found.score_hidden else None,
            "groups": [
                UnitFigure(unit=own.unit, score=whole_points(own.score), letter=own.letter) for own in found.profiles
            ],
            "highest": list(highest),
            "lowest": list(lowest),
            "per_head": _points(found.per_head),
            "gap": _points(found.gap),
            "chance_gap": None if found.chance_gap is None else whole_points(Fraction(found.chance_gap)),
            "composition_low": _points(found.composition_low),
            "composition_high": _points(found.composition_high),
            "without_named": None,
            "by_sector": None,
        }
    )


def _is_repeated(found: PublishedAttribute, scored: ScoredPanel) -> bool:
    """Whether a later result says of an attribute what the one before said."""
    return scored.public_before is not None and any(found is first for first in scored.public_before.attributes)


def _has_moved(code: str, scored: ScoredPanel) -> bool:
    """Whether answers to the items of an attribute changed since the closing before."""
    if scored.before is None:
        return False
    before = {item.code: item for item in scored.before.items}
    return any(changed_cells(before[item.code], item) for item in scored.result.items if item.attribute == code)


def _as_printed(found: PublishedAttribute) -> CountedAttribute:
    """The result with its score as it is printed."""
    result = found.result
    return result if result.score is None else replace(result, score=Fraction(whole(result.score)))


def _range(result: CountedAttribute) -> tuple[Figure | None, Figure | None]:
    """The range, from the score as it is printed: with what nobody could answer at its lowest, and at its highest."""
    if result.low is None:
        return None, None
    score = result.score
    if score is None:
        score = Fraction(whole(result.low / result.coverage)) if result.coverage else ZERO
    low = result.coverage * score
    return whole_points(low), whole_points(low + FULL_SCORE * (ONE - result.coverage))


def _sampling(own: SamplingPart, found: PublishedAttribute) -> SamplingPart:
    """The sampling range, which is around the score and so is told only with it."""
    if own.low is None:
        return own
    why = "score_hidden" if found.score_hidden else None if found.may_show_sampling else "one_item"
    return own.model_copy(update={"low": None, "high": None, "t": None, "why": why}) if why else own


def _index(found: SummaryIndex | None) -> IndexPart | None:
    if found is None:
        return None
    geometric, low, high = (Fraction(value) for value in (found.geometric, found.weight_low, found.weight_high))
    return IndexPart(
        geometric=whole(geometric),
        arithmetic=whole(found.arithmetic),
        minimum=whole(found.minimum),
        weight_low=whole(low),
        weight_high=whole(high),
        robust=found.robust,
    )


def _points(value: Fraction | None) -> Figure | None:
    return None if value is None else whole_points(value)
