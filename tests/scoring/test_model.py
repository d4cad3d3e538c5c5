from dataclasses import FrozenInstanceError, replace
from fractions import Fraction

import pytest

from assessments.scoring import ItemKind, ScoringError, ScoringItem, StateCredit
from tests.scoring.instrument import BY_CODE, COVERAGE


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"options": ()}, "IT4b: a choice item needs options and states"),
        ({"states": ()}, "IT4b: a choice item needs options and states"),
        ({"options": ("a", "a")}, "IT4b: an option or a state is listed twice"),
        ({"states": (*COVERAGE, COVERAGE[0])}, "IT4b: an option or a state is listed twice"),
        ({"states": (StateCredit("dont_know", Fraction(0)),)}, "IT4b: a state uses a reserved key"),
        ({"states": (StateCredit("", Fraction(0)),)}, "IT4b: a state uses a reserved key"),
        ({"states": (StateCredit("yes", Fraction(2)),)}, "IT4b: a credit lies outside 0 to 1"),
        ({"states": (StateCredit("no", Fraction(-1)),)}, "IT4b: a credit lies outside 0 to 1"),
        ({"kind": ItemKind.RATING}, "IT4b: a rating item takes no options and no states"),
        ({"kind": ItemKind.RATING, "options": ()}, "IT4b: a rating item takes no options and no states"),
        ({"top_level": 0}, "IT4b: a scale has at least two levels"),
    ],
)
def test_spec_that_cannot_be_scored_is_refused(changes: dict[str, object], message: str) -> None:
    with pytest.raises(ScoringError) as refused:
        replace(BY_CODE["IT4b"], **changes)  # type: ignore[arg-type]
    assert str(refused.value) == message


def test_spec_cannot_be_changed() -> None:
    spec: ScoringItem = BY_CODE["IT1a"]
    with pytest.raises(FrozenInstanceError):
        spec.critical = False  # type: ignore[misc]
