"""The published test vectors of the method (3.12): groups, suppression, agreement, perception."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from assessments.scoring import (
    POOLED,
    ItemExperience,
    ItemKind,
    Perception,
    ScoringItem,
    WaveAnswers,
    one_decimal,
    respondent_value,
    score_wave,
)
from assessments.scoring.balanced import agreement, balanced_distribution, consensus_band, consensus_of
from assessments.scoring.perception import perception_gap
from assessments.scoring.rules import PERCEPTION_ATTRIBUTE_POINTS, PERCEPTION_ITEM_POINTS
from tests.scoring.instrument import BARRIERS, COVERAGE, VECTORS, specs_of
from tests.scoring.panel import DONT_KNOW, TV8, TV10, group, rated, specs_named, ticked, wave_of

CR1A = specs_named("CR1a")


def named(unit: str) -> str:
    return "Other groups (pooled)" if unit == POOLED else unit


def item_of(wave: WaveAnswers) -> ItemExperience:
    (item,) = score_wave(CR1A, wave).items
    return item


def figures(item: ItemExperience) -> dict[str, Any]:
    return {
        "groups": {named(each.unit): str(each.mean) for each in item.groups},
        "n": {named(each.unit): each.n for each in item.groups},
        "balanced": str(item.score),
        "per_head": str(item.per_head),
        "gap": str(item.gap),
        "loo": {named(each.unit): str(each.without) for each in item.groups},
        "influence": {named(each.unit): str(each.influence) for each in item.groups},
    }


def test_tv8_groups_count_the_same() -> None:
    given, expected = VECTORS["TV8"]["input"]["counts"], dict(VECTORS["TV8"]["expected"])
    assert given == TV8
    item = item_of(wave_of({"CR1a": given}))
    distribution = balanced_distribution(
        [
            *(given[name] for name in list(given)[:4]),
            [a + b for a, b in zip(given["Academia"], given["Youth"], strict=True)],
        ]
    )
    assert [str(share) for share in distribution] == expected.pop("balanced_distribution")
    assert round(consensus_of(distribution), 6) == expected.pop("consensus")
    assert round(float(agreement(distribution)), 6) == expected.pop("A")
    assert item.consensus is not None
    assert (item.consensus.value, item.consensus.band) == (0.53, expected.pop("consensus_band"))
    assert not item.consensus.two_camps
    assert item.band == expected.pop("band")
    assert figures(item) == expected
    assert (item.letter, item.depends_on_who, item.n) == ("L", True, 64)
    assert (item.highest, item.lowest) == (("Business",), ("Civil society",))
    assert item.composition_low is not None
    assert item.composition_high is not None
    assert [one_decimal(x) for x in (item.composition_low, item.composition_high)] == ["46.5", "60.3"]


def test_tv8_per_head_distribution_agrees_more() -> None:
    assert round(consensus_of([4, 14, 24, 22]), 4) == 0.5719


def test_tv9_a_single_small_group_is_in_no_number() -> None:
    expected = dict(VECTORS["TV9"]["expected"])
    assert expected.pop("pool") == []
    result = score_wave(CR1A, wave_of({"CR1a": VECTORS["TV9"]["input"]["counts"]}))
    assert figures(result.items[0]) == expected
    assert (result.received, result.withheld, result.items[0].n) == (61, 2, 59)
    assert result.items[0].band == "divided"


def test_tv9b_a_cell_below_the_threshold_is_as_if_left_out() -> None:
    wave = wave_of({"CR1a": TV8})
    technical = group("Technical community", {"CR1a": [DONT_KNOW, *map(rated, (1, 2, 2, 3))]})
    groups = tuple(technical if each.code == technical.code else each for each in wave.groups)
    item = item_of(replace(wave, groups=groups))
    assert item.score == Fraction(VECTORS["TV8"]["expected"]["loo"]["Technical community"])
    assert [each.unit for each in item.groups] == ["Government", "Business", "Civil society", POOLED]


def test_tv9c_a_group_on_the_record_needs_no_threshold() -> None:
    given, expected = VECTORS["TV9c"]["input"], dict(VECTORS["TV9c"]["expected"])
    item = item_of(wave_of({"CR1a": given["counts"]}, on_record=given["on_record"]))
    assert [named(each.unit) for each in item.groups] == expected.pop("used")
    assert figures(item) == expected
    assert [each.unit for each in item.groups if each.on_record] == ["Civil society"]


def test_tv10_an_attribute_from_groups() -> None:
    result = score_wave(specs_of("CR"), wave_of(TV10))
    assert [one_decimal(item.score) for item in result.items if item.score] == ["53.2", "58.7", "65.6"]
    assert [(one_decimal(item.gap), item.band) for item in result.items if item.gap] == [
        ("55.0", "divided"),
        ("46.7", "divided"),
        ("20.0", "differing"),
    ]
    (found,) = result.attributes
    assert (found.result.score, found.result.letter, found.result.status) == (Fraction(355, 6), "L", "shown")
    assert (found.group_count, found.compared, found.divided) == (5, 3, ("CR1a", "CR1b"))
    assert found.gap is not None
    assert one_decimal(found.gap) == "40.6"
    assert {named(each.unit): one_decimal(each.score) for each in found.groups} == {
        "Business": "73.3",
        "Technical community": "73.3",
        "Government": "66.7",
        "Other groups (pooled)": "42.2",
        "Civil society": "40.3",
    }
    assert (found.highest, found.lowest) == (("Business", "Technical community"), ("Civil society",))
    assert result.divided == ("CR1a", "CR1b")
    assert result.letters == {"CR1a": "L", "CR1b": "L", "CR1c": "L"}


def test_tv14_published_examples() -> None:
    given, expected = VECTORS["TV14"]["input"]["V"], VECTORS["TV14"]["expected"]
    assert round(consensus_of(given), 6) == expected["consensus"]
    assert round(float(agreement(given)), 6) == expected["A"]
    assert agreement([2, 0, 1, 1]) == Fraction(1, 12)


@pytest.mark.parametrize("name", list(VECTORS["TV14b"]["input"]))
def test_tv14b_reference_values_on_four_levels(name: str) -> None:
    counts = VECTORS["TV14b"]["input"][name]
    found = [round(consensus_of(counts), 6), round(float(agreement(counts)), 6)]
    assert found == VECTORS["TV14b"]["expected"][name]


@pytest.mark.parametrize(
    ("value", "band"), [(1.0, "broad"), (0.7, "broad"), (0.699, "mixed"), (0.4, "mixed"), (0.0, "split")]
)
def test_a_consensus_on_an_edge_belongs_to_the_upper_band(value: float, band: str) -> None:
    assert consensus_band(value) == band


@pytest.mark.parametrize("name", ["TV16a", "TV16b", "TV16e"])
def test_tv16_a_respondents_checklist(name: str) -> None:
    states = VECTORS[name]["input"]
    options = tuple(f"option {number}" for number in range(len(states)))
    kinds = COVERAGE if "yes" in states else BARRIERS
    spec = ScoringItem("X1a", 1, "X1", "X", ItemKind.CHOICE, False, False, options, kinds)
    names = {"dk": "dont_know", "na": "not_applicable"}
    found = respondent_value(spec, ticked(spec, *(names.get(state, state) for state in states)))
    expected = VECTORS[name]["expected"]["respondent"]
    assert found == (None if expected is None else Fraction(expected))


def test_tv16_half_known_counts_and_all_not_applicable_is_nothing() -> None:
    spec = ScoringItem("X1a", 1, "X1", "X", ItemKind.CHOICE, False, False, ("a", "b"), COVERAGE)
    assert respondent_value(spec, ticked(spec, "yes", "dont_know")) == 1
    assert respondent_value(spec, ticked(spec, "not_applicable", "not_applicable")) is None


@pytest.mark.parametrize("name", ["TV19a", "TV19b", "TV19c", "TV19d"])
def test_tv19_perception_gap(name: str) -> None:
    evidence, experience, is_attribute = VECTORS[name]["input"]
    limit = PERCEPTION_ATTRIBUTE_POINTS if is_attribute else PERCEPTION_ITEM_POINTS
    found = perception_gap("X", Fraction(evidence), Fraction(experience), limit=limit)
    gap, words = VECTORS[name]["expected"]
    assert found.gap == Fraction(gap)
    assert found.perception is Perception(words.replace(" ", "_"))
