"""Organiser against stakeholders: blind spots and hidden strengths (method 3.9).

The two tracks stand side by side and are never blended.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from assessments.scoring.experience import Experience
from assessments.scoring.rules import FULL_SCORE, PERCEPTION_ATTRIBUTE_POINTS, PERCEPTION_ITEM_POINTS
from assessments.scoring.scorecard import Scorecard


class Perception(StrEnum):
    """What a perception gap may mean."""

    BLIND_SPOT = "possible_blind_spot"
    CLOSE = "close"
    HIDDEN_STRENGTH = "hidden_strength"


@dataclass(frozen=True, slots=True)
class PerceptionGap:
    """Supported evidence score, experience score, and their difference (evidence minus experience), in points."""

    code: str
    evidence: Fraction
    experience: Fraction
    gap: Fraction
    perception: Perception


@dataclass(frozen=True, slots=True)
class PerceptionGaps:
    """The gaps of all items, and of all attributes, that have a score on both tracks."""

    items: tuple[PerceptionGap, ...]
    attributes: tuple[PerceptionGap, ...]

    @property
    def blind_spots(self) -> tuple[str, ...]:
        """The codes of the items that are possible blind spots: what `standings` takes."""
        return tuple(gap.code for gap in self.items if gap.perception is Perception.BLIND_SPOT)

    @property
    def hidden_strengths(self) -> tuple[str, ...]:
        """The codes of the items that stakeholders rate higher than the evidence."""
        return tuple(gap.code for gap in self.items if gap.perception is Perception.HIDDEN_STRENGTH)


def perception_gap(
    code: str, evidence: Fraction, experience: Fraction, *, limit: Fraction = PERCEPTION_ITEM_POINTS
) -> PerceptionGap:
    """Return the gap between two scores (0 to 100 points); `limit` is the first gap that is not close."""
    gap = evidence - experience
    perception = Perception.CLOSE
    if gap >= limit:
        perception = Perception.BLIND_SPOT
    elif gap <= -limit:
        perception = Perception.HIDDEN_STRENGTH
    return PerceptionGap(code, evidence, experience, gap, perception)


def perception_gaps(evidence: Scorecard, experience: Experience) -> PerceptionGaps:
    """Return the gaps between the two tracks of one assessment, in the order of the question set.

    Items the evidence track gives no letter (no value, or less than half known) have no gap, nor have
    attributes that either track withholds.
    """
    felt = {item.code: item.score for item in experience.items}
    items = []
    for weighted in (item for result in evidence.attributes for item in result.items):
        value, score = weighted.value, felt.get(weighted.code)
        if value.supported is not None and value.letter is not None and score is not None:
            items.append(perception_gap(weighted.code, FULL_SCORE * value.supported, score))
    scores = {result.code: result.score for result in experience.scorecard.attributes}
    attributes = []
    for result in evidence.attributes:
        score = scores.get(result.code)
        if result.score is not None and score is not None:
            attributes.append(perception_gap(result.code, result.score, score, limit=PERCEPTION_ATTRIBUTE_POINTS))
    return PerceptionGaps(tuple(items), tuple(attributes))
