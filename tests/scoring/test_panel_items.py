"""One item, and one attribute, as the groups see it: what is told of whom (method 3.8 and 3.9)."""

from dataclasses import replace
from fractions import Fraction

import pytest

from assessments.scoring import POOLED, GroupResponses, RespondentAnswer, WaveAnswers
from assessments.scoring.experience import BalancedAttribute, BalancedItem, GroupVerdict, score_panel
from assessments.scoring.experience.disagreement import ItemStatus
from tests.scoring.given import items_of
from tests.scoring.instrument import BY_CODE
from tests.scoring.panel import DONT_KNOW, STAKEHOLDER_SPECS, TV8, TV10, group, rated, specs_named, ticked, wave_of

CR = items_of("CR")
CR1A = specs_named("CR1a")
Counts = dict[str, list[int]]


def item_of(counts: Counts, on_record: str = "") -> BalancedItem:
    (item,) = score_panel(CR1A, wave_of({"CR1a": counts}, on_record=on_record)).items
    return item


def cr(*groups: GroupResponses) -> BalancedAttribute:
    (found,) = score_panel(CR, WaveAnswers(groups)).attributes
    return found


def alike(code: str, *levels: int | None) -> GroupResponses:
    """A group of five who all answer CR1a, CR1b and CR1c alike; None is "don't know"."""
    answers: dict[str, list[RespondentAnswer]] = {
        spec.code: [DONT_KNOW if level is None else rated(level)] * 5 for spec, level in zip(CR, levels, strict=True)
    }
    return group(code, answers)


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [
        ([0, 0, 6, 0], [0, 0, 6, 0], GroupVerdict.ALIGNED),
        ([0, 4, 4, 0], [0, 1, 7, 0], GroupVerdict.ALIGNED),  # half a level but for a little
        ([0, 4, 4, 0], [0, 0, 8, 0], GroupVerdict.DIFFERING),  # half a level
        ([0, 8, 1, 0], [0, 0, 9, 0], GroupVerdict.DIFFERING),  # a level but for a little
        ([0, 8, 0, 0], [0, 0, 8, 0], GroupVerdict.DIVIDED),  # a level
        ([4, 0, 4, 0], [0, 4, 0, 4], GroupVerdict.MAY_BE_DIVIDED),  # a level, and chance could do that
    ],
)
def test_a_gap_on_an_edge_belongs_to_the_upper_band(first: list[int], second: list[int], verdict: GroupVerdict) -> None:
    item = item_of({"a": first, "b": second})
    assert item.disagreement is not None
    assert item.disagreement.verdict is verdict


def test_groups_that_agree_are_aligned_and_nothing_is_due_to_chance() -> None:
    item = item_of({"Business": [0, 0, 5, 0], "Youth": [0, 0, 6, 0]})
    assert item.disagreement is not None
    assert (item.disagreement.gap, item.disagreement.variance, item.disagreement.chance) == (0, 0, 0)
    assert (item.depends_on_who, item.score, item.per_head) == (False, Fraction(200, 3), Fraction(200, 3))


def test_nobody_answering_looks_like_nobody_shown() -> None:
    few = item_of({"Business": [0, 0, 4, 0], "Youth": []})
    one = item_of({"Business": [0, 0, 9, 0], "Youth": [0, 4, 0, 0]})
    named = item_of({"Business": [0, 1], "Youth": [0, 4, 0, 0]}, on_record="Business")
    nobody = item_of({"Business": [], "Youth": []})
    assert few == one == named == nobody
    assert (nobody.status, nobody.score, nobody.units, nobody.n) == (ItemStatus.NOT_SCORED, None, (), 0)
    assert cr().result.status == "withheld"


def test_two_camps_are_told_from_a_spread() -> None:
    item = item_of({"a": [0, 0, 0, 9], "b": [9], "c": [0, 0, 0, 9], "d": [9]})
    assert item.consensus is not None
    assert (item.consensus.value, item.consensus.band, item.consensus.two_camps) == (0.0, "split", True)
    small = item_of({"a": [0, 0, 0, 9], "b": [9], "c": [0, 0, 0, 9], "d": [7]})
    assert small.consensus is not None
    # With a small group used, the band alone.
    assert (small.consensus.value, small.consensus.band, small.consensus.two_camps) == (None, "split", True)


def test_ten_points_between_balanced_and_per_head_are_told() -> None:
    # Balanced 50; of 25 answers 15 are at level 3, so per head 60.
    item = item_of({"a": [0, 0, 0, 15], "b": [10]})
    assert (item.score, item.per_head, item.depends_on_who) == (50, 60, True)
    assert not item_of({"a": [0, 0, 0, 14], "b": [10]}).depends_on_who


def test_distributions_are_shown_for_all_groups_or_none() -> None:
    large = item_of({"a": [0, 2, 6, 0], "b": [1, 8, 0, 0]})
    assert [each.distribution for each in large.units] == [
        (0, Fraction(1, 4), Fraction(3, 4), 0),
        (Fraction(1, 9), Fraction(8, 9), 0, 0),
    ]
    one_small = item_of({"a": [0, 2, 6, 0], "b": [1, 8, 0, 0], "c": [0, 3, 4, 0]})
    assert ([each.distribution for each in one_small.units], one_small.may_show_spread) == ([None] * 3, False)
    named = item_of({"a": [0, 2, 6, 0], "b": [0, 1]}, on_record="b")
    assert [each.distribution for each in named.units][1] == (0, 1, 0, 0)


def test_a_higher_threshold_holds_for_distributions_too() -> None:
    wave = wave_of({"CR1a": {"a": [0, 2, 8, 0], "b": [1, 9, 0, 0]}}, k=10)
    assert score_panel(CR1A, wave).items[0].may_show_spread
    more = wave_of({"CR1a": {"a": [0, 3, 9, 0], "b": [1, 10, 0, 0]}}, k=12)
    assert score_panel(CR1A, more).items[0].status is ItemStatus.NOT_SCORED


def test_consensus_needs_eight_answers_in_all() -> None:
    eight = item_of({"a": [0, 0, 6], "b": [0, 1], "c": [0, 0, 1]}, on_record="bc")
    seven = item_of({"a": [0, 0, 5], "b": [0, 1], "c": [0, 0, 1]}, on_record="bc")
    assert eight.consensus is not None
    assert seven.consensus is None


def test_a_profile_is_the_mean_of_a_groups_own_items() -> None:
    wave = wave_of(TV10)
    government = wave.groups[0]
    answers = {**government.answers, "CR1a": {rated(1): 2, rated(3): 2, DONT_KNOW: 2}}
    found = score_panel(CR, replace(wave, groups=(replace(government, answers=answers), *wave.groups[1:])))
    assert "Government" not in [each.unit for each in found.items[0].units]
    assert found.items[1] == score_panel(CR, wave).items[1]
    (attribute,) = found.attributes
    profile = next(each for each in attribute.profiles if each.unit == "Government")
    assert (profile.coverage, attribute.group_count) == (Fraction(2, 3), 5)
    assert profile.score == (found.items[1].units[0].mean + found.items[2].units[0].mean) / 2


def test_two_groups_are_provisional_at_most() -> None:
    found = cr(alike("a", 2, 2, 2), alike("b", 1, 1, 1))
    assert (found.result.status, found.result.provisional_because) == ("provisional", ("few_groups",))
    assert (found.result.score, found.result.letter, found.group_count) == (50, "P+", 2)
    assert (found.composition_low, found.composition_high) == (Fraction(100, 3), Fraction(200, 3))
    assert (found.gap, found.divided) == (Fraction(100, 3), ("CR1a", "CR1b", "CR1c"))
    assert (found.highest, found.lowest) == (("a",), ("b",))


def test_groups_with_the_same_profile_have_no_extremes_and_tied_ones_are_all_named() -> None:
    same = cr(*(alike(code, 2, 2, 2) for code in "abc"))
    assert (same.result.status, same.highest, same.lowest) == ("shown", (), ())
    tied = cr(*(alike(code, level, 1, 1) for code, level in zip("abcd", (3, 0, 3, 0), strict=True)))
    assert (tied.highest, tied.lowest) == (("a", "c"), ("b", "d"))


def test_an_open_critical_item_and_few_groups_are_both_named() -> None:
    found = cr(alike("a", None, 2, 2), alike("b", 1, 1, 1))
    assert found.result.coverage == Fraction(2, 3)
    assert found.result.provisional_because == ("critical_open", "few_groups")
    assert found.compared == 2


def test_groups_below_half_of_the_attribute_are_not_counted() -> None:
    # Every item has two groups, but no two groups have half of the attribute.
    found = cr(alike("a", 3, 3, 3), alike("b", 0, None, None), alike("c", None, 0, None), alike("d", None, None, 0))
    assert (found.group_count, found.result.status, found.result.coverage) == (1, "withheld", 1)
    assert (found.result.score, found.result.claimed, found.result.letter) == (None, None, None)
    assert (found.result.low, found.result.high) == (50, 50)
    assert [item.contribution for item in found.result.items] == [0, 0, 0]
    assert (found.profiles, found.gap, found.per_head, found.composition_low) == ((), None, None, None)
    assert (found.divided, found.compared) == (("CR1a", "CR1b", "CR1c"), 3)


def test_leaving_out_a_group_below_half_still_counts_for_the_range() -> None:
    found = cr(*(alike(code, 2, 2, 2) for code in "abc"), alike("d", None, None, 0))
    assert [each.unit for each in found.profiles] == ["a", "b", "c"]
    assert found.result.score == Fraction(550, 9)
    # Without one of the others CR1c falls to 400/9, without the fourth it rises to 200/3.
    assert (found.composition_low, found.composition_high) == (Fraction(1600, 27), Fraction(200, 3))


def test_too_little_coverage_withholds_even_with_many_groups() -> None:
    found = cr(*(alike(code, 2, None, None) for code in "abcd"))
    assert (found.result.status, found.result.coverage, found.group_count) == ("withheld", Fraction(1, 3), 0)
    assert (found.result.low, found.result.high) == (Fraction(200, 9), Fraction(800, 9))


def test_what_does_not_apply_to_the_process_holds_for_every_group() -> None:
    specs = [replace(spec, na_allowed=True) for spec in CR]
    groups = tuple(alike(code, 2, 1, 0) for code in "abc")
    result = score_panel(specs, WaveAnswers(groups, not_applicable=frozenset({"CR1c"})))
    assert result.items[2].status is ItemStatus.NOT_APPLICABLE
    assert result.items[2].units == ()
    (found,) = result.attributes
    assert (found.result.score, found.result.coverage, found.result.scope) == (50, 1, Fraction(2, 3))
    everything = WaveAnswers(groups, not_applicable=frozenset({"CR1a", "CR1b", "CR1c"}))
    nothing = score_panel(specs, everything)
    assert (nothing.attributes[0].result.status, nothing.index) == ("not_applicable", None)


def test_a_critical_item_at_zero_limits_the_letter() -> None:
    found = cr(*(alike(code, 0, 3, 3) for code in "abc")).result
    assert (found.score, found.band_letter, found.letter, found.limited_by) == (Fraction(200, 3), "L-", "P+", ("CR1a",))
    two = cr(*(alike(code, 0, 3, 3) for code in "ab")).result
    assert (two.status, two.letter, two.limited_by) == ("provisional", "P+", ("CR1a",))


def test_the_track_has_its_own_weights_and_index() -> None:
    groups = tuple(
        GroupResponses(
            code,
            5,
            {
                spec.code: {(ticked(spec, *[spec.states[-1].key] * len(spec.options)) if spec.options else rated(3)): 5}
                for spec in STAKEHOLDER_SPECS
            },
        )
        for code in "abc"
    )
    result = score_panel(STAKEHOLDER_SPECS, WaveAnswers(groups))
    weights = {item.code: item.weight for found in result.attributes for item in found.result.items}
    # The groups are not asked IT5c and CO1a, so that others of their questions weigh more.
    assert (weights["IT5a"], weights["CO1b"], "IT5c" in weights) == (Fraction(1, 10), Fraction(1, 8), False)
    assert [found.result.letter for found in result.attributes] == ["F", "F", "F", "F"]
    assert result.index is not None
    assert result.index.geometric == 100.0
    assert result.weakest == ("IT", "CR", "ED", "CO")


def test_lists_have_neither_consensus_nor_distribution() -> None:
    spec = BY_CODE["IT2b"]
    answers = {"IT2b": [ticked(spec, "absent", "mitigated", "partly", "unmitigated")] * 9}
    (item,) = score_panel([spec], WaveAnswers((group("a", answers), group("b", answers)))).items
    assert (item.score, item.may_show_spread, item.consensus) == (Fraction(125, 2), True, None)
    assert [each.distribution for each in item.units] == [None, None]


def test_the_pool_is_named_among_the_groups() -> None:
    assert [each.unit for each in item_of(TV8).units][-1] == POOLED
