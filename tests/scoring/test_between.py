"""Two processes that answered different versions (method 3.10, TV21)."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.scoring import (
    ItemAnswer,
    ItemKind,
    ScoreStatus,
    ScoringError,
    ScoringItem,
    common_items,
    matched,
    matched_step,
    score,
    score_on,
)
from assessments.scoring.weights import default_weights, step_of
from tests.scoring.instrument import SPECS, VECTORS, answers_worth, choice, not_applicable, rating, specs_of, worth
from tests.scoring.test_matching import LIST
from tests.scoring.test_properties import Assessment, answer_to, assessments, exact, only, specs

CR = specs_of("CR")


def answer(code: str, value: str | None) -> ItemAnswer:
    if value is None:
        return rating(code, None)
    return not_applicable(code) if value == "N/A" else worth(code, Fraction(value))


def given_of(values: Mapping[str, str | None]) -> list[ItemAnswer]:
    return [answer(code, value) for code, value in values.items()]


def versions(name: str) -> tuple[list[ScoringItem], list[ScoringItem]]:
    """The version of the method, and the one the vector describes."""
    vector = VECTORS[name]["input"]
    older = list(specs_of(vector["attribute"]))
    newer = [
        replace(spec, revision=2) if spec.code in vector["reworded"] else spec
        for spec in older
        if spec.code not in vector["gone"]
    ]
    return older, newer + [replace(older[0], code=code, question=q) for code, q in vector["new"].items()]


@pytest.mark.parametrize("name", ["TV21a", "TV21c", "TV21d"])
def test_tv21_two_versions_on_matched_items(name: str) -> None:
    vector, expected = VECTORS[name]["input"], VECTORS[name]["expected"]
    older, newer = versions(name)
    common = common_items(older, newer)
    one = score_on(common, newer, older, given_of(vector["older"]))
    other = score_on(common, newer, newer, given_of(vector["newer"]))
    assert common.is_enough
    assert [str(common.share_older), str(common.share_newer)] == expected["share"]
    assert [str(one.scope), str(other.scope)] == expected["scope"]
    assert [str(one.score.score), str(other.score.score)] == [expected["older"], expected["newer"]]
    assert [str(one.score.low), str(one.score.high)] == expected["older_range"]
    assert str(matched_step(common, older, newer)) == expected["step"]


def test_tv21b_too_little_in_common() -> None:
    common = common_items(*versions("TV21b"))
    assert [str(common.share_older), str(common.share_newer)] == VECTORS["TV21b"]["expected"]["share"]
    assert not common.is_enough


def test_tv21a_is_the_comparison_over_time_where_all_is_answered() -> None:
    vector = VECTORS["TV21a"]["input"]
    older, newer = versions("TV21a")
    over_time = matched(older, answers_worth(vector["older"]), newer, answers_worth(vector["newer"]))
    found = score_on(common_items(older, newer), newer, newer, answers_worth(vector["newer"]))
    assert over_time.after == found.score.score


def test_checklist_is_matched_on_the_options_of_both_versions() -> None:
    newer = replace(LIST, options=("a", "b", "e"))
    common = common_items([LIST], [newer])
    assert (common.items, common.share_older, common.share_newer) == (
        {"X1a": ("a", "b")},
        Fraction(1, 2),
        Fraction(2, 3),
    )
    found = score_on(common, [newer], [LIST], [choice("X1a", ["yes", "no", "yes", "yes"], spec=LIST)])
    assert found.score.score == 50


def test_answers_to_other_options_alone_leave_the_item_unknown() -> None:
    newer = replace(LIST, options=("a", "e"))
    common = common_items([LIST], [newer])
    found = score_on(common, [newer], [LIST], [choice("X1a", ["", "yes", "yes", "yes"], spec=LIST)])
    assert (found.score.status, found.score.coverage) == (ScoreStatus.WITHHELD, 0)


def test_checklist_without_a_common_option_and_another_kind_do_not_match() -> None:
    assert common_items([LIST], [replace(LIST, options=("x",))]).items == {}
    rated = replace(LIST, kind=ItemKind.RATING, options=(), states=())
    assert common_items([LIST], [rated]).items == {}


def test_attribute_of_one_version_alone_has_nothing_in_common() -> None:
    common = common_items([], CR)
    assert (common.items, common.share_older, common.share_newer) == ({}, 0, 0)
    assert matched_step(common, [], CR) == step_of(default_weights(CR))


def test_questions_of_the_newer_version_weigh() -> None:
    newer = [replace(CR[0], question="CR2"), *CR[1:]]
    common = common_items(CR, newer)
    found = score_on(common, newer, CR, [rating("CR1a", 3), rating("CR1b", 0), rating("CR1c", 0)])
    assert found.score.score == 50
    assert matched_step(common, CR, newer) == Fraction(50, 3)


def test_items_of_several_attributes_are_refused() -> None:
    with pytest.raises(ScoringError, match="one attribute, not 4"):
        common_items(SPECS, CR)


@exact
@given(assessments())
def test_version_compared_with_itself_is_the_plain_comparison(given_: Assessment) -> None:
    items, answers = given_
    common = common_items(items, items)
    found, plain = score_on(common, items, items, answers), only(items, answers)
    assert (common.share_older, common.share_newer) == (1, 1)
    assert found.score == plain
    assert found.scope == plain.scope
    assert matched_step(common, items, items) == plain.step


@exact
@given(assessments(), st.data())
def test_items_that_are_not_matched_change_no_number(given_: Assessment, data: st.DataObject) -> None:
    items, answers = given_
    reworded = data.draw(st.sets(st.sampled_from([spec.code for spec in items]), max_size=len(items) - 1))
    newer = [replace(spec, revision=2) if spec.code in reworded else spec for spec in items]
    common = common_items(items, newer)
    others = [
        data.draw(answer_to(spec)) if spec.code in reworded else a for spec, a in zip(items, answers, strict=True)
    ]
    for own in (items, newer):
        assert score_on(common, newer, own, answers) == score_on(common, newer, own, others)


@exact
@given(assessments(), st.data())
def test_new_items_leave_the_scores_of_matched_ones_alone(given_: Assessment, data: st.DataObject) -> None:
    items, answers = given_
    added = [replace(spec, code=f"new-{spec.code}", attribute=items[0].attribute) for spec in data.draw(specs())]
    newer = [*items, *added]
    common = common_items(items, newer)
    assert score_on(common, newer, items, answers).score == score(items, answers).attributes[0]
    assert common.share_older == 1
    assert common.share_newer == sum(
        (weight for code, weight in default_weights(newer).items() if code in common.items), Fraction(0)
    )
