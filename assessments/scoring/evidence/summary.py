"""Above the attributes: the weakest one, and one figure beside the profile (method 3.7)."""

from collections.abc import Sequence

from assessments.scoring.evidence.attribute import CountedAttribute
from assessments.scoring.evidence.bands import attribute_letter
from assessments.scoring.summary import SummaryIndex, summary_index
from assessments.scoring.weights import ScoreStatus


def weakest(attributes: Sequence[CountedAttribute]) -> tuple[str, ...]:
    """Return the codes of the attributes with the lowest score among those that have one; ties are all listed."""
    scores = {found.code: found.score for found in attributes if found.score is not None}
    lowest = min(scores.values(), default=None)
    return tuple(code for code, score in scores.items() if score == lowest)


def index_of(attributes: Sequence[CountedAttribute]) -> SummaryIndex | None:
    """Return the summary index of one track, None unless every attribute is shown with comparable scope.

    Its letter, and whether it is robust, go by the six letters of attributes (method 3.7).
    """
    if any(found.status is not ScoreStatus.SHOWN or found.reduced_scope for found in attributes):
        return None
    return summary_index({found.code: found.score for found in attributes}, attribute_letter)
