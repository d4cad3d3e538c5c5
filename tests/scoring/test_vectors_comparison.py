"""The published test vectors of the method (3.12): change over time, two processes."""

from dataclasses import replace
from fractions import Fraction

import pytest

from assessments.scoring import compare_profiles, matched, one_decimal, score
from assessments.scoring.compare import compare_attribute
from assessments.scoring.scorecard import default_weights, step_of
from tests.scoring.instrument import VECTORS, answers_worth, fractions, rating, specs_of

STEPS = {code: step_of(default_weights(specs_of(code))) for code in ("IT", "CR", "ED", "CO")}


def full_score(values: dict[str, str]) -> Fraction | None:
    (found,) = score(specs_of("IT"), answers_worth(values)).attributes
    return found.score


@pytest.mark.parametrize(
    ("name", "reworded"),
    [("TV11", VECTORS["TV11"]["input"]["revision2"]), ("TV11b", [])],
)
def test_tv11_reassessment_on_matched_items(name: str, reworded: list[str]) -> None:
    given, expected = VECTORS[name]["input"], VECTORS[name]["expected"]
    before = specs_of("IT")
    after = [replace(spec, revision=2) if spec.code in reworded else spec for spec in before]
    found = matched(before, answers_worth(given["wave1"]), after, answers_worth(given["wave2"]))
    assert found.status == expected["status"]
    assert [str(found.share_before), str(found.share_after)] == expected["share"]
    assert str(found.before) == expected["before"]
    assert str(found.after) == expected["after"]
    assert str(found.difference) == expected["delta"]
    assert str(found.step) == expected["step"]
    assert found.meaningful is expected["meaningful"]


def test_tv11_full_scores_are_not_the_matched_ones() -> None:
    given, expected = VECTORS["TV11"]["input"], VECTORS["TV11"]["expected"]
    assert str(full_score(given["wave1"])) == expected["unmatched_before"]
    assert str(full_score(given["wave2"])) == expected["unmatched_after"]


def test_tv11c_one_level_of_one_item_is_never_meaningful() -> None:
    before = [rating(code, 1) for code in ("CR1a", "CR1b", "CR1c")]
    after = [rating("CR1a", 2), *before[1:]]
    found = matched(specs_of("CR"), before, specs_of("CR"), after)
    assert (found.difference, found.step) == (Fraction(100, 9), Fraction(100, 9))
    assert found.meaningful is False


def test_tv11d_too_little_in_common_is_not_comparable() -> None:
    given = VECTORS["TV11d"]["input"]
    specs = specs_of("CO")
    found = matched(specs, answers_worth(given["wave1"]), specs, answers_worth(given["wave2"]))
    assert found.status.replace("_", " ") == VECTORS["TV11d"]["expected"]["status"]
    assert [str(found.share_before), str(found.share_after)] == VECTORS["TV11d"]["expected"]["share"]
    assert (found.before, found.after, found.difference, found.meaningful) == (None, None, None, None)


@pytest.mark.parametrize("name", ["TV12a", "TV12c"])
def test_tv12_two_processes(name: str) -> None:
    given, expected = VECTORS[name]["input"], VECTORS[name]["expected"]
    found = compare_profiles(fractions(given["first"]), fractions(given["second"]), STEPS)
    assert list(found.first_ahead_on) == expected["first_ahead_on"]
    assert list(found.second_ahead_on) == expected["second_ahead_on"]
    assert found.verdict.replace("_", " ") == expected["verdict"]


def test_tv12b_each_ahead_somewhere_is_mixed() -> None:
    first = fractions({"IT": "72", "CR": "61", "ED": "58", "CO": "66"})
    second = fractions({"IT": "58", "CR": "75", "ED": "57", "CO": "66"})
    found = compare_profiles(first, second, STEPS)
    assert (found.first_ahead_on, found.second_ahead_on) == (("IT",), ("CR",))
    assert found.verdict == "mixed"


def test_steps_are_those_of_the_method() -> None:
    assert {code: one_decimal(step) for code, step in STEPS.items()} == {
        "IT": "6.7",
        "CR": "11.1",
        "ED": "8.3",
        "CO": "4.2",
    }
    assert not compare_attribute(Fraction(100, 9), Fraction(0), STEPS["CR"]).meaningful
