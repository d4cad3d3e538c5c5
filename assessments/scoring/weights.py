"""What both tracks weigh alike: equal weight per question, shared by its items, and how far a score can be shown
(method 3.5)."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from fractions import Fraction

from assessments.scoring.method import FULL_SCORE, TOP_LEVEL, ZERO
from assessments.scoring.model import ScoringItem


class ScoreStatus(StrEnum):
    """How far an attribute's score can be shown (method 3.5)."""

    SHOWN = "shown"
    PROVISIONAL = "provisional"
    WITHHELD = "withheld"
    NOT_APPLICABLE = "not_applicable"


def weights(specs: Sequence[ScoringItem], applicable: Collection[str]) -> dict[str, Fraction]:
    """Return the weight (share of one) of each applicable item of one attribute, in the order of `specs`.

    Method 3.5: equal weight per question with an applicable item, shared equally by its applicable items.
    The weights add up to 1; without an applicable item there are none.
    """
    kept = [spec for spec in specs if spec.code in applicable]
    size = Counter(spec.question for spec in kept)
    return {spec.code: Fraction(1, len(size) * size[spec.question]) for spec in kept}


def default_weights(specs: Sequence[ScoringItem]) -> dict[str, Fraction]:
    """Return the weight (share of one) of each item of one attribute with nothing left out (method 3.5)."""
    return weights(specs, {spec.code for spec in specs})


def step_of(item_weights: Mapping[str, Fraction], top_level: int = TOP_LEVEL) -> Fraction:
    """Return the points by which one level of the heaviest item moves the score (method 3.10).

    `top_level` is the highest level of the scale the items are rated on.
    """
    return FULL_SCORE / top_level * max(item_weights.values(), default=ZERO)
