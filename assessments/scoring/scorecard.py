"""The result of a whole assessment on one track."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessments.scoring.attribute import AttributeScore, Status, score_attribute
from assessments.scoring.items import score_items
from assessments.scoring.model import ItemAnswer, ItemSpec, ScoringError
from assessments.scoring.rules import FULL_SCORE, METHOD_VERSION
from assessments.scoring.summary import SummaryIndex, summary_index


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Profile first, then the weakest attribute, then the index (the order of method 3.7).

    `attributes` follow the order of the specs. `weakest` names the attributes with the lowest score
    among those that have one (ties are all listed). `index` is None unless every attribute is shown
    with comparable scope.
    """

    method_version: str
    attributes: tuple[AttributeScore, ...]
    weakest: tuple[str, ...]
    index: SummaryIndex | None

    def item_scores(self) -> dict[str, Fraction]:
        """The points of the items that have a letter, by code."""
        return {
            item.code: FULL_SCORE * item.value.supported
            for attribute in self.attributes
            for item in attribute.items
            if item.value.supported is not None and item.value.letter is not None
        }

    def attribute_scores(self) -> dict[str, Fraction]:
        """The points of the attributes that have a score, by code."""
        return {result.code: result.score for result in self.attributes if result.score is not None}


def score(specs: Sequence[ItemSpec], answers: Sequence[ItemAnswer]) -> Scorecard:
    """Return the scorecard of the given answers; an item without an answer counts as unanswered.

    Method 3.5 to 3.7. Raises ScoringError for input the method refuses (method 3.11): an answer to an
    unknown item, an item specified or answered twice, or an answer its item does not permit.
    """
    unknown = {answer.code for answer in answers} - {spec.code for spec in specs}
    if unknown:
        raise ScoringError(f"{', '.join(sorted(unknown))}: answer to an unknown item")
    values = score_items(specs, answers)
    codes = dict.fromkeys(spec.attribute for spec in specs)
    return scorecard_of([score_attribute(code, specs, values) for code in codes])


def scorecard_of(attributes: Sequence[AttributeScore]) -> Scorecard:
    """Return the scorecard of one track from the results of its attributes, in their order (method 3.7)."""
    return Scorecard(METHOD_VERSION, tuple(attributes), _weakest(attributes), _index(attributes))


def _weakest(attributes: Sequence[AttributeScore]) -> tuple[str, ...]:
    scores = {result.code: result.score for result in attributes if result.score is not None}
    lowest = min(scores.values(), default=None)
    return tuple(code for code, value in scores.items() if value == lowest)


def _index(attributes: Sequence[AttributeScore]) -> SummaryIndex | None:
    if any(result.status is not Status.SHOWN or result.reduced_scope for result in attributes):
        return None
    return summary_index({result.code: result.score for result in attributes})
