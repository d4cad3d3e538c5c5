"""What two versions of a question set ask alike, and one assessment on that (method 3.10)."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.scoring import ItemKind, ScoreStatus, ScoringError, ScoringItem, StateCredit, common_items
from assessments.scoring.comparison import count_matched
from assessments.scoring.matching import same_item
from assessments.scoring.model import default_weights
from tests.examples import examples
from tests.scoring.drawn import Round, answer_to, only, rounds, specs
from tests.scoring.given import listed, not_for_us, rated_at
from tests.scoring.instrument import SPECS, specs_of

exact = settings(database=None, max_examples=examples(60))

STATES = (StateCredit("no", Fraction(0)), StateCredit("yes", Fraction(1)))
LIST = ScoringItem("X1a", 1, "X1", "X", ItemKind.CHOICE, False, False, ("a", "b", "c", "d"), STATES)
CR = specs_of("CR")
HALF, THIRD = Fraction(1, 2), Fraction(1, 3)


@pytest.mark.parametrize("change", [{"revision": 2}, {"code": "CR9"}])
def test_an_item_asked_differently_is_not_matched(change: dict[str, object]) -> None:
    newer = [*CR[:2], replace(CR[2], **change)]  # type: ignore[arg-type]
    common = common_items(CR, newer)
    assert not same_item(CR[2], newer[2])
    assert common.items == {"CR1a": (), "CR1b": ()}
    assert (common.share_older, common.share_newer, common.is_enough) == (Fraction(2, 3), Fraction(2, 3), True)


def test_an_item_may_move_to_another_question_and_weigh_more() -> None:
    newer = [replace(CR[0], question="CR2", critical=False), *CR[1:]]
    common = common_items(CR, newer)
    answers = [rated_at("CR1a", 3), rated_at("CR1b", 0), rated_at("CR1c", 0)]
    found = count_matched(common, newer, CR, answers)
    assert (common.share_older, common.share_newer) == (1, 1)
    assert found.result.score == 50
    # Whether an item is critical says the newer version, for both.
    failed = count_matched(common, newer, CR, [rated_at("CR1a", 0), rated_at("CR1b", 3), rated_at("CR1c", 3)])
    assert (failed.result.score, failed.result.limited_by) == (50, ())


def test_an_item_whose_kind_changed_does_not_match() -> None:
    rated = replace(LIST, kind=ItemKind.RATING, options=(), states=())
    assert common_items([LIST], [rated]).items == {}
    assert common_items([rated], [LIST]).items == {}


def test_share_is_needed_in_both_versions() -> None:
    longer = [*CR, replace(CR[0], code="CR2a", question="CR2")]
    common = common_items(CR, longer)
    assert (common.share_older, common.share_newer, common.is_enough) == (1, HALF, False)
    back = common_items(longer, CR)
    assert (back.share_older, back.share_newer, back.is_enough) == (HALF, 1, False)


def test_list_is_matched_on_the_options_of_both_versions() -> None:
    newer = replace(LIST, options=("e", "b", "a"))
    common = common_items([LIST], [newer])
    assert (common.items, common.share_older, common.share_newer) == ({"X1a": ("b", "a")}, HALF, Fraction(2, 3))
    found = count_matched(common, [newer], [LIST], [listed("X1a", ["yes", "no", "yes", "yes"], spec=LIST)])
    assert (found.result.score, found.scope) == (50, HALF)


def test_list_without_a_common_option_does_not_match() -> None:
    assert common_items([LIST], [replace(LIST, options=("x",))]).items == {}


def test_answers_to_other_options_alone_leave_the_item_unknown() -> None:
    newer = replace(LIST, options=("a", "e"))
    common = common_items([LIST], [newer])
    found = count_matched(common, [newer], [LIST], [listed("X1a", ["", "yes", "yes", "yes"], spec=LIST)])
    assert (found.result.status, found.result.coverage) == (ScoreStatus.WITHHELD, 0)


def test_what_does_not_apply_lowers_the_scope() -> None:
    specs = [replace(spec, na_allowed=True) for spec in CR]
    common = common_items(specs, specs)
    found = count_matched(common, specs, specs, [rated_at("CR1a", 2), rated_at("CR1b", 2), not_for_us("CR1c")])
    assert (found.scope, found.result.coverage) == (Fraction(2, 3), 1)


def test_an_attribute_of_one_version_alone_has_nothing_in_common() -> None:
    for common in (common_items([], CR), common_items(CR, [])):
        assert (common.items, common.share_older, common.share_newer, common.is_enough) == ({}, 0, 0, False)


def test_items_of_several_attributes_are_refused() -> None:
    with pytest.raises(ScoringError, match="one attribute, not 4"):
        common_items(SPECS, CR)
    with pytest.raises(ScoringError, match="one attribute, not 0"):
        common_items([], [])


@exact
@given(rounds())
def test_version_compared_with_itself_is_the_plain_result(given_: Round) -> None:
    items, answers = given_
    common = common_items(items, items)
    found, plain = count_matched(common, items, items, answers), only(items, answers)
    assert (common.share_older, common.share_newer) == (1, 1)
    assert found.result == plain
    assert found.scope == plain.scope


@exact
@given(rounds(), st.data())
def test_items_that_are_not_matched_change_no_number(given_: Round, data: st.DataObject) -> None:
    items, answers = given_
    reworded = data.draw(st.sets(st.sampled_from([spec.code for spec in items]), max_size=len(items) - 1))
    newer = [replace(spec, revision=2) if spec.code in reworded else spec for spec in items]
    common = common_items(items, newer)
    others = [
        answer_to(data.draw, spec) if spec.code in reworded else a for spec, a in zip(items, answers, strict=True)
    ]
    for own in (items, newer):
        assert count_matched(common, newer, own, answers) == count_matched(common, newer, own, others)


@exact
@given(rounds(), st.data())
def test_new_items_leave_the_scores_of_matched_ones_alone(given_: Round, data: st.DataObject) -> None:
    items, answers = given_
    added = [replace(spec, code=f"new-{spec.code}", attribute=items[0].attribute) for spec in data.draw(specs())]
    newer = [*items, *added]
    common = common_items(items, newer)
    assert count_matched(common, newer, items, answers).result == only(items, answers)
    assert common.share_older == 1
    assert common.share_newer == sum(
        (weight for code, weight in default_weights(newer).items() if code in common.items), Fraction(0)
    )
