"""What an item weighs, and by how much one level of it moves a score (method 3.5 and 3.10)."""

from fractions import Fraction

import pytest

from assessments.scoring.model import default_weights, step_of, weights
from tests.scoring.given import counted, not_for_us, rated_at
from tests.scoring.instrument import SPECS, specs_of


@pytest.mark.parametrize("attribute", ["IT", "CR", "ED", "CO"])
def test_shipped_items_have_weights_that_add_up_to_one(attribute: str) -> None:
    assert sum(default_weights(specs_of(attribute)).values()) == 1


def test_a_question_shares_its_weight_among_its_items() -> None:
    found = default_weights(specs_of("IT"))
    assert (found["IT1a"], found["IT3b"], found["IT3c"], found["IT5a"]) == (
        Fraction(1, 5),
        Fraction(1, 10),
        Fraction(1, 10),
        Fraction(1, 15),
    )
    assert list(found) == [spec.code for spec in specs_of("IT")]


def test_question_without_an_applicable_item_drops_out() -> None:
    specs = specs_of("ED")
    found = weights(specs, {spec.code for spec in specs} - {"ED2a"})
    assert found["ED3a"] == Fraction(1, 3)
    assert found["ED4d"] == Fraction(1, 12)
    assert "ED2a" not in found


def test_an_item_that_drops_out_leaves_its_weight_to_its_question() -> None:
    specs = specs_of("ED")
    found = weights(specs, {spec.code for spec in specs} - {"ED4a"})
    assert (found["ED4b"], found["ED3a"]) == (Fraction(1, 12), Fraction(1, 4))


def test_default_weight_stays_when_an_item_drops_out() -> None:
    answers = [
        not_for_us(spec.code) if spec.code == "ED4a" else rated_at(spec.code, 2)
        for spec in SPECS
        if spec.attribute == "ED"
    ]
    found = {item.code: item for item in counted("ED", answers).items}
    dropped, kept = found["ED4a"], found["ED4b"]
    assert (dropped.weight, dropped.default_weight, dropped.contribution) == (0, Fraction(1, 16), 0)
    assert (kept.weight, kept.default_weight) == (Fraction(1, 12), Fraction(1, 16))


def test_nothing_applicable_has_no_weights_and_no_step() -> None:
    assert weights(specs_of("ED"), set()) == {}
    assert default_weights([]) == {}
    assert step_of({}) == 0


def test_heaviest_item_sets_the_step() -> None:
    assert step_of(default_weights(specs_of("IT"))) == Fraction(20, 3)
    assert step_of(default_weights(specs_of("CR"))) == Fraction(100, 9)


def test_a_finer_scale_has_smaller_steps() -> None:
    assert step_of(default_weights(specs_of("CR")), top_level=6) == Fraction(50, 9)
