"""Organiser and stakeholders read together (method 3.9 and 3.13). Pure: documents in, a document out.

What is frozen in the two documents is compared as it stands, and never scored again.
"""

from collections.abc import Mapping, Sequence

from assessments.documents.both_tracks import (
    FORMAT,
    CommentLine,
    DividedLine,
    JointDocument,
    PerceptionLine,
    StatementLine,
)
from assessments.documents.panel import PanelDocument, PanelItem
from assessments.documents.result import RecommendationPart, RecommendationText, ResultDocument
from assessments.documents.values import Text, exact, points
from assessments.scoring import (
    ItemState,
    PerceptionGap,
    PerceptionGaps,
    PriorityBasis,
    Recommendation,
    Selected,
    perception_gaps,
    select,
    summary_actions,
)
from assessments.scoring.rules import GAP_TOP_BAND, TRIGGER_BY_LETTER, ZERO

__all__ = ["JointDocument", "read_together"]


def read_together(
    result: ResultDocument,
    panel: PanelDocument | None,
    *,
    comments: Sequence[CommentLine] = (),
    statements: Sequence[StatementLine] = (),
) -> JointDocument | None:
    """Return both tracks of an assessment side by side; None without a closed wave, when `result` says everything.

    Given the public part of a wave it holds nothing restricted. Items are read together where both tracks asked the
    same revision of them.
    """
    if panel is None:
        return None
    same = _same_items(result, panel)
    gaps = _gaps(result, panel, same)
    return JointDocument(
        format=FORMAT,
        result=result,
        panel=panel,
        items=[_line(gap, same[gap.code].short) for gap in gaps.items],
        attributes=[_line(gap, result.attribute(gap.code).title) for gap in gaps.attributes],
        blind_spots=list(gaps.blind_spots),
        hidden_strengths=list(gaps.hidden_strengths),
        divided=_divided(panel),
        recommendations=_recommendations(result, same, gaps),
        comments=list(comments),
        statements=list(statements),
    )


def _same_items(result: ResultDocument, panel: PanelDocument) -> dict[str, PanelItem]:
    """The items that both tracks were asked in the same words, by code."""
    if result.question_set.slug != panel.question_set.slug:
        return {}
    asked = result.items()
    return {
        item.code: item
        for item in panel.items
        if item.code in asked and (asked[item.code].revision, asked[item.code].kind) == (item.revision, item.kind)
    }


def _gaps(result: ResultDocument, panel: PanelDocument, same: Mapping[str, PanelItem]) -> PerceptionGaps:
    """The gaps of the items both were asked; of attributes only if the version is the same for both."""
    found = perception_gaps(result, panel)
    items = tuple(gap for gap in found.items if gap.code in same)
    whole = {item.attribute for item in panel.items} - {item.attribute for item in panel.items if item.code not in same}
    return PerceptionGaps(items, tuple(gap for gap in found.attributes if gap.code in whole))


def _line(gap: PerceptionGap, title: Text) -> PerceptionLine:
    return PerceptionLine(
        code=gap.code,
        title=title,
        evidence=points(gap.evidence),
        experience=points(gap.experience),
        gap=points(gap.gap),
        perception=gap.perception.value,
    )


def _divided(panel: PanelDocument) -> list[DividedLine]:
    """The items on which groups are divided, the widest gap first where gaps may be told."""
    lines = [
        DividedLine(
            item=item.code,
            attribute=item.attribute,
            short=item.short,
            critical=item.critical,
            gap=item.cells.gap if item.cells else None,
            highest=item.cells.highest if item.cells else [],
            lowest=item.cells.lowest if item.cells else [],
        )
        for item in panel.items
        if item.verdict == GAP_TOP_BAND
    ]
    return sorted(lines, key=lambda line: -(exact(line.gap) or ZERO))


def _recommendations(
    result: ResultDocument, same: Mapping[str, PanelItem], gaps: PerceptionGaps
) -> list[RecommendationPart]:
    """What to do, most urgent first. Where stakeholders put an item lower than the evidence, their letter decides."""
    own = {part.item: part for part in result.recommendations}
    offered = {code: _offered(own[code], same.get(code)) for code in own}
    selected = select(
        _standings(result, same, gaps),
        [Recommendation(text.code, code, trigger) for code, texts in offered.items() for trigger, text in texts],
    )
    summary = {action.item for action in summary_actions(selected)}
    return [_part(own[entry.item], entry, offered[entry.item], entry.item in summary) for entry in selected]


def _standings(result: ResultDocument, same: Mapping[str, PanelItem], gaps: PerceptionGaps) -> list[PriorityBasis]:
    """Where each scored item stands on both tracks, in the order of the question set."""
    return [
        PriorityBasis(
            item=item.code,
            attribute=attribute.code,
            state=ItemState(item.state),
            letter=item.letter,
            critical=item.critical,
            divided=item.code in same and same[item.code].verdict == GAP_TOP_BAND,
            blind_spot=item.code in gaps.blind_spots,
            experience_letter=same[item.code].letter if item.code in same else None,
        )
        for attribute in result.attributes
        for question in attribute.questions
        for item in question.items
        if item.scored
    ]


Offered = list[tuple[str, RecommendationText]]


def _offered(own: RecommendationPart, asked: PanelItem | None) -> Offered:
    """What could be recommended for an item, with its trigger; of one not asked only what the evidence called for."""
    if asked is None:
        return [(TRIGGER_BY_LETTER.get(own.letter or "", ""), text) for text in own.texts]
    return [
        (each.trigger, RecommendationText(code=each.code, text=each.text, basis_quote=each.basis_quote))
        for each in asked.recommendations
    ]


def _part(own: RecommendationPart, entry: Selected, offered: Offered, in_summary: bool) -> RecommendationPart:
    return own.model_copy(
        update={
            "letter": entry.letter,
            "kind": entry.kind,
            "priority": entry.priority,
            "in_summary": in_summary,
            "texts": [text for _trigger, text in offered if text.code in entry.recommendations],
        }
    )
