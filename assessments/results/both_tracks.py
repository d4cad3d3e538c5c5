"""Organiser and stakeholders read together (method 3.9 and 3.13). Pure: documents in, a document out.

What is frozen in the two documents is compared as it stands, and never scored again: only the list of steps is chosen
anew.
"""

from collections.abc import Mapping, Sequence

from assessments.documents.both_tracks import (
    FORMAT,
    DividedLine,
    JointDocument,
    PerceptionLine,
    StatementLine,
)
from assessments.documents.panel import PanelDocument, PanelItem
from assessments.documents.result import ResultDocument
from assessments.documents.scored_inputs import bases_of
from assessments.documents.steps import StepsPart
from assessments.documents.themes import CommentLine, ThemePart
from assessments.documents.values import Text, exact, points
from assessments.results.standouts import chosen_for, steps_part
from assessments.scoring import PerceptionGap, PerceptionGaps, perception_gaps
from assessments.scoring.experience import GroupVerdict
from assessments.scoring.method import ZERO

__all__ = ["JointDocument", "read_together"]


def read_together(
    result: ResultDocument,
    panel: PanelDocument | None,
    *,
    themes: Sequence[ThemePart] = (),
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
        steps=_steps(result, same),
        themes=list(themes),
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
    """The gaps of the items both were asked; of attributes only if the version is the same for both, and stakeholders
    were asked all of it."""
    found = perception_gaps(result, panel)
    items = tuple(gap for gap in found.items if gap.code in same)
    whole = {item.attribute for item in panel.items} - {item.attribute for item in panel.items if item.code not in same}
    return PerceptionGaps(
        items, tuple(gap for gap in found.attributes if gap.code in whole and panel.is_all_asked(gap.code))
    )


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
        if item.verdict == GroupVerdict.DIVIDED.value
    ]
    return sorted(lines, key=lambda line: -(exact(line.gap) or ZERO))


def _steps(result: ResultDocument, same: Mapping[str, PanelItem]) -> StepsPart:
    """The one list of steps, chosen with what stakeholders say: from what is frozen, as far as the reader is told."""
    experience = {code: item.score.value for code, item in same.items() if item.score is not None}
    verdicts = {code: verdict_of(item) for code, item in same.items()}
    bases = bases_of(result, experience=experience, verdicts=verdicts)
    return steps_part(result.items(), chosen_for(bases, is_example=result.process.is_example))


def verdict_of(item: PanelItem) -> str:
    """How far groups agree on an item, in the words of the scoring; empty where nothing is said of it."""
    return item.verdict or ""
