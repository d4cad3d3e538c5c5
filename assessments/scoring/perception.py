"""What organiser and stakeholder groups see differently (method 3.9). The two tracks stand side by side and are never
blended."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Protocol

from assessments.scoring.method import PERCEPTION_ATTRIBUTE_POINTS, PERCEPTION_ITEM_POINTS


class TrackScores(Protocol):
    """One track of an assessment as far as it is set against the other: just scored, or frozen in a document."""

    def item_scores(self) -> Mapping[str, Fraction]:
        """The points (0 to 100) of the items that have a letter, by code, in the order of the question set."""
        ...

    def attribute_scores(self) -> Mapping[str, Fraction]:
        """The points (0 to 100) of the attributes that have a score, by code, in the order of the question set."""
        ...


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


def perception_gaps(evidence: TrackScores, experience: TrackScores) -> PerceptionGaps:
    """Return the gaps between the two tracks of one assessment, in the order of the question set.

    Items the evidence track gives no letter (no value, or less than half known) have no gap, nor have
    attributes that either track withholds.
    """
    items, attributes = experience.item_scores(), experience.attribute_scores()
    return PerceptionGaps(
        items=tuple(
            perception_gap(code, score, items[code]) for code, score in evidence.item_scores().items() if code in items
        ),
        attributes=tuple(
            perception_gap(code, score, attributes[code], limit=PERCEPTION_ATTRIBUTE_POINTS)
            for code, score in evidence.attribute_scores().items()
            if code in attributes
        ),
    )
