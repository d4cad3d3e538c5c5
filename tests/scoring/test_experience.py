"""The experience track: items, attributes, disagreement, and the edge cases of the method (3.11)."""

from dataclasses import replace
from fractions import Fraction

import pytest

from assessments.scoring import (
    POOLED,
    AttributeExperience,
    GroupResponses,
    ItemExperience,
    RespondentAnswer,
    ScoringError,
    WaveAnswers,
    gap_band,
    score_wave,
    standings,
)
from assessments.scoring import score as score_evidence
from assessments.scoring.balanced import ItemStatus, agreement, balanced_distribution, consensus_of
from tests.scoring.instrument import SPECS, rating, specs_of
from tests.scoring.panel import DONT_KNOW, STAKEHOLDER_SPECS, TV8, TV10, group, rated, specs_named, ticked, wave_of

CR = specs_of("CR")
CR1A = specs_named("CR1a")


def cr(wave: WaveAnswers) -> AttributeExperience:
    (found,) = score_wave(CR, wave).attributes
    return found


def item_of(wave: WaveAnswers) -> ItemExperience:
    (item,) = score_wave(CR1A, wave).items
    return item


def alike(code: str, levels: dict[str, int | None], n: int = 5) -> GroupResponses:
    """A group of `n` who all answer alike; None is "don't know"."""
    answers: dict[str, list[RespondentAnswer]] = {
        item: [DONT_KNOW if level is None else rated(level)] * n for item, level in levels.items()
    }
    return group(code, answers)


def cr_levels(a: int | None, b: int | None, c: int | None) -> dict[str, int | None]:
    return {"CR1a": a, "CR1b": b, "CR1c": c}


@pytest.mark.parametrize(
    ("gap", "band"),
    [
        ("0", "aligned"),
        ("16.6", "aligned"),
        ("50/3", "differing"),
        ("33.3", "differing"),
        ("100/3", "divided"),
        ("100", "divided"),
    ],
)
def test_a_gap_on_an_edge_belongs_to_the_upper_band(gap: str, band: str) -> None:
    assert gap_band(Fraction(gap)) == band


def test_one_usable_group_gives_no_score_and_is_not_shown() -> None:
    item = item_of(wave_of({"CR1a": {"Business": [0, 0, 9, 0], "Youth": [0, 4, 0, 0]}}))
    assert (item.status, item.score, item.groups, item.single, item.n) == (ItemStatus.NOT_SCORED, None, (), None, 0)


def test_one_usable_group_on_the_record_is_a_single_view() -> None:
    item = item_of(wave_of({"CR1a": {"Business": [0, 1], "Youth": [0, 4, 0, 0]}}, on_record=["Business"]))
    assert (item.status, item.score, item.groups) == (ItemStatus.NOT_SCORED, None, ())
    assert item.single == ("Business", Fraction(100, 3))


def test_nobody_answering_looks_like_nobody_shown() -> None:
    few = item_of(wave_of({"CR1a": {"Business": [0, 0, 4, 0], "Youth": []}}))
    nobody = item_of(wave_of({"CR1a": {"Business": [], "Youth": []}}))
    assert few == nobody
    assert cr(WaveAnswers(())).result.status == "withheld"


def test_groups_that_agree_have_no_extremes() -> None:
    item = item_of(wave_of({"CR1a": {"Business": [0, 0, 5, 0], "Youth": [0, 0, 6, 0]}}))
    assert (item.gap, item.band, item.highest, item.lowest) == (0, "aligned", (), ())
    assert (item.depends_on_who, item.score, item.per_head) == (False, Fraction(200, 3), Fraction(200, 3))


def test_tied_extremes_are_all_named() -> None:
    item = item_of(wave_of({"CR1a": {"a": [0, 0, 0, 5], "b": [5], "c": [0, 0, 0, 5], "d": [5]}}))
    assert (item.highest, item.lowest) == (("a", "c"), ("b", "d"))
    assert item.consensus is not None
    assert (item.consensus.value, item.consensus.band, item.consensus.two_camps) == (0.0, "split", True)


def test_ten_points_between_balanced_and_per_head_are_told() -> None:
    # Balanced 50; of 25 answers 15 are at level 3, so per head 60.
    item = item_of(wave_of({"CR1a": {"a": [0, 0, 0, 15], "b": [10]}}))
    assert (item.score, item.per_head, item.depends_on_who) == (50, 60, True)
    fewer = item_of(wave_of({"CR1a": {"a": [0, 0, 0, 14], "b": [10]}}))
    assert not fewer.depends_on_who


def test_distributions_are_shown_for_all_groups_or_none() -> None:
    large = item_of(wave_of({"CR1a": {"a": [0, 2, 6, 0], "b": [1, 8, 0, 0]}}))
    assert [each.distribution for each in large.groups] == [
        (0, Fraction(1, 4), Fraction(3, 4), 0),
        (Fraction(1, 9), Fraction(8, 9), 0, 0),
    ]
    one_small = item_of(wave_of({"CR1a": {"a": [0, 2, 6, 0], "b": [1, 8, 0, 0], "c": [0, 3, 4, 0]}}))
    assert [each.distribution for each in one_small.groups] == [None, None, None]
    on_record = item_of(wave_of({"CR1a": {"a": [0, 2, 6, 0], "b": [0, 1]}}, on_record=["b"]))
    assert [each.distribution for each in on_record.groups][1] == (0, 1, 0, 0)


def test_consensus_needs_three_groups_where_one_is_small() -> None:
    two = item_of(wave_of({"CR1a": {"a": [0, 2, 6, 0], "b": [0, 3, 4, 0]}}))
    assert two.consensus is None
    three = item_of(wave_of({"CR1a": {"a": [0, 2, 6, 0], "b": [0, 3, 4, 0], "c": [0, 3, 3, 0]}}))
    assert three.consensus is not None
    # A group on the record hides nobody else.
    known = item_of(wave_of({"CR1a": {"a": [0, 2, 6, 0], "b": [0, 3, 4, 0], "c": [0, 1]}}, on_record=["c"]))
    assert known.consensus is None


def test_consensus_needs_eight_answers_in_all() -> None:
    def with_answers(n: int) -> ItemExperience:
        return item_of(wave_of({"CR1a": {"a": [0, 0, n], "b": [0, 1], "c": [0, 0, 1]}}, on_record=["b", "c"]))

    assert with_answers(8).consensus is not None
    small = wave_of({"CR1a": {"a": [0, 1], "b": [0, 0, 1]}}, on_record=["a", "b"])
    assert item_of(small).consensus is None


def test_checklists_have_no_consensus_and_no_distribution() -> None:
    (spec,) = specs_named("IT2b")
    answer = ticked(spec, "absent", "mitigated", "partly", "unmitigated")
    groups = (group("a", {"IT2b": [answer] * 9}), group("b", {"IT2b": [answer] * 9}))
    (item,) = score_wave([spec], WaveAnswers(groups)).items
    assert (item.score, item.consensus) == (Fraction(125, 2), None)
    assert [each.distribution for each in item.groups] == [None, None]


def test_a_distribution_needs_answers() -> None:
    with pytest.raises(ScoringError, match="a distribution needs two levels"):
        consensus_of([0, 0, 0])
    with pytest.raises(ScoringError, match="a distribution needs two levels"):
        agreement([1])
    with pytest.raises(ScoringError, match="a distribution needs two levels"):
        agreement([2, -1])
    with pytest.raises(ScoringError, match="a distribution needs a group"):
        balanced_distribution([])


def test_a_cell_below_the_threshold_is_withheld_on_that_item_only() -> None:
    wave = wave_of(TV10)
    government = wave.groups[0]
    answers = {**government.answers, "CR1a": {rated(1): 2, rated(3): 2, DONT_KNOW: 2}}
    found = score_wave(CR, replace(wave, groups=(replace(government, answers=answers), *wave.groups[1:])))
    assert "Government" not in [each.unit for each in found.items[0].groups]
    assert found.items[1] == score_wave(CR, wave).items[1]
    (attribute,) = found.attributes
    profile = next(each for each in attribute.groups if each.unit == "Government")
    assert (profile.coverage, attribute.group_count) == (Fraction(2, 3), 5)
    # Its profile is the mean of its own two items.
    assert profile.score == (found.items[1].groups[0].mean + found.items[2].groups[0].mean) / 2


def test_two_groups_are_provisional_at_most() -> None:
    found = cr(WaveAnswers((alike("a", cr_levels(2, 2, 2)), alike("b", cr_levels(1, 1, 1)))))
    assert (found.result.status, found.result.provisional_because) == ("provisional", ("few_groups",))
    assert (found.result.score, found.result.letter, found.group_count) == (50, "P", 2)
    assert (found.composition_low, found.composition_high) == (Fraction(100, 3), Fraction(200, 3))
    assert (found.gap, found.divided) == (Fraction(100, 3), ("CR1a", "CR1b", "CR1c"))


def test_three_groups_are_shown() -> None:
    groups = [alike(code, cr_levels(2, 2, 2)) for code in "abc"]
    assert cr(WaveAnswers(tuple(groups))).result.status == "shown"
    assert cr(WaveAnswers(tuple(groups))).highest == ()


def test_an_open_critical_item_and_few_groups_are_both_named() -> None:
    found = cr(WaveAnswers((alike("a", cr_levels(None, 2, 2)), alike("b", cr_levels(1, 1, 1)))))
    assert found.result.coverage == Fraction(2, 3)
    assert found.result.provisional_because == ("critical_open", "few_groups")
    assert found.compared == 2


def test_groups_below_half_of_the_attribute_are_not_counted() -> None:
    # Every item has two groups, but no two groups have half of the attribute.
    groups = (
        alike("a", cr_levels(3, 3, 3)),
        alike("b", cr_levels(0, None, None)),
        alike("c", cr_levels(None, 0, None)),
        alike("d", cr_levels(None, None, 0)),
    )
    found = cr(WaveAnswers(groups))
    assert (found.group_count, found.result.status, found.result.coverage) == (1, "withheld", 1)
    assert (found.result.score, found.result.claimed, found.result.letter) == (None, None, None)
    assert (found.result.low, found.result.high) == (50, 50)
    assert [item.contribution for item in found.result.items] == [0, 0, 0]
    assert (found.groups, found.gap, found.per_head, found.composition_low) == ((), None, None, None)
    assert (found.divided, found.compared) == (("CR1a", "CR1b", "CR1c"), 3)


def test_leaving_out_a_group_below_half_still_counts_for_the_range() -> None:
    groups = (*(alike(code, cr_levels(2, 2, 2)) for code in "abc"), alike("d", cr_levels(None, None, 0)))
    found = cr(WaveAnswers(groups))
    assert [each.unit for each in found.groups] == ["a", "b", "c"]
    assert found.result.score is not None
    assert found.composition_low is not None
    assert found.composition_low < found.result.score
    assert found.composition_high == Fraction(200, 3)


def test_too_little_coverage_withholds_even_with_many_groups() -> None:
    found = cr(WaveAnswers(tuple(alike(code, cr_levels(2, None, None)) for code in "abcd")))
    assert (found.result.status, found.result.coverage, found.group_count) == ("withheld", Fraction(1, 3), 0)
    assert (found.result.low, found.result.high) == (Fraction(200, 9), Fraction(800, 9))


def test_what_does_not_apply_to_the_process_holds_for_every_group() -> None:
    groups = tuple(alike(code, cr_levels(2, 1, 0)) for code in "abc")
    result = score_wave(CR, WaveAnswers(groups, not_applicable=frozenset({"CR1c"})))
    assert result.items[2].status is ItemStatus.NOT_APPLICABLE
    assert result.items[2].groups == ()
    (found,) = result.attributes
    assert (found.result.score, found.result.coverage, found.result.scope) == (50, 1, Fraction(2, 3))
    everything = WaveAnswers(groups, not_applicable=frozenset({"CR1a", "CR1b", "CR1c"}))
    assert cr(everything).result.status == "not_applicable"
    assert score_wave(CR, everything).scorecard.index is None


def test_a_critical_item_at_zero_limits_the_letter() -> None:
    found = cr(WaveAnswers(tuple(alike(code, cr_levels(0, 3, 3)) for code in "abc"))).result
    assert (found.score, found.band_letter, found.letter, found.limited_by) == (Fraction(200, 3), "L", "P", ("CR1a",))


def test_two_groups_keep_the_limited_letter_and_one_has_none() -> None:
    two = cr(WaveAnswers(tuple(alike(code, cr_levels(0, 3, 3)) for code in "ab"))).result
    assert (two.status, two.letter, two.limited_by) == ("provisional", "P", ("CR1a",))


def test_the_track_has_its_own_weights_steps_and_index() -> None:
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
    result = score_wave(STAKEHOLDER_SPECS, WaveAnswers(groups))
    steps = {each.result.code: each.result.step for each in result.attributes}
    assert steps == {"IT": Fraction(20, 3), "CR": Fraction(100, 9), "ED": Fraction(25, 3), "CO": Fraction(25, 3)}
    assert [each.result.letter for each in result.attributes] == ["F", "F", "F", "F"]
    assert result.scorecard.index is not None
    assert result.scorecard.index.geometric == 100.0
    assert result.scorecard.weakest == ("IT", "CR", "ED", "CO")


def test_the_groups_view_reaches_the_recommendations() -> None:
    result = score_wave(CR, wave_of(TV10))
    scorecard = score_evidence(SPECS, [rating("CR1a", 3), rating("CR1b", 3), rating("CR1c", 3)])
    found = {
        each.item: each
        for each in standings(SPECS, scorecard, divided=result.divided, experience_letters=result.letters)
    }
    assert (found["CR1a"].divided, found["CR1a"].letter, found["CR1a"].experience_letter) == (True, "F", "L")
    assert (found["CR1c"].divided, found["ED1a"].experience_letter) == (False, None)


def test_the_pool_is_named_among_the_groups() -> None:
    assert [each.unit for each in item_of(wave_of({"CR1a": TV8})).groups][-1] == POOLED
