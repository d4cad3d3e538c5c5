"""Organiser and stakeholders read together (method 3.9 and 3.13). Pure: documents in, a document out.

What is frozen in the two documents is compared as it stands, and never scored again: only the list of steps is chosen
anew.
"""

from collections.abc import Mapping, Sequence

from assessments.documents.both_tracks import JointDocument, StatementLine, figures_compared, same_items
from assessments.documents.panel import PanelDocument
from assessments.documents.panel_items import PanelItem
from assessments.documents.result import ResultDocument
from assessments.documents.scored_inputs import bases_of
from assessments.documents.steps import StepsPart
from assessments.documents.themes import CommentLine, ThemePart
from assessments.results.standouts import chosen_for, steps_part

__all__ = ["JointDocument", "read_together"]


def read_together(
    result: ResultDocument,
    panel: PanelDocument,
    *,
    themes: Sequence[ThemePart] = (),
    comments: Sequence[CommentLine] = (),
    statements: Sequence[StatementLine] = (),
) -> JointDocument:
    """Return both tracks side by side (`compared`), with the steps that they call for and with what people wrote."""
    same = same_items(result, panel)
    return JointDocument(
        **figures_compared(result, panel),
        steps=_steps(result, same),
        themes=list(themes),
        comments=list(comments),
        statements=list(statements),
    )


def _steps(result: ResultDocument, same: Mapping[str, PanelItem]) -> StepsPart:
    """The one list of steps, chosen with what stakeholders say: from what is frozen, as far as the reader is told."""
    experience = {code: item.score.value for code, item in same.items() if item.score is not None}
    verdicts = {code: item.verdict or "" for code, item in same.items()}
    bases = bases_of(result, experience=experience, verdicts=verdicts)
    return steps_part(result.items(), chosen_for(bases, is_example=result.process.is_example))
