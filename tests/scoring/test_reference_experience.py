"""The reference vectors of the experience track (method 3.8 to 3.10)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import pytest

from assessments.scoring import GroupResponses, RespondentAnswer, ScoringItem, WaveAnswers
from assessments.scoring.experience import (
    BalancedAttribute,
    BalancedItem,
    LinkCounts,
    SamplingRange,
    groups_are_public,
    item_score_is_public,
    panel_cells,
    sampling_bounds,
    sampling_ranges,
    score_panel,
    spread_may_be_printed,
    threshold_allowed,
)
from assessments.scoring.experience.cells import RespondentValues
from assessments.scoring.experience.disagreement import agreement, balanced_distribution, consensus_band, consensus_of
from assessments.scoring.experience.items import by_sector, depends
from assessments.scoring.experience.sampling import attribute_variance
from assessments.scoring.groups import POOLED, units_of
from assessments.scoring.method import PERCEPTION_ATTRIBUTE_POINTS, PERCEPTION_ITEM_POINTS
from assessments.scoring.perception import perception_gap
from tests.scoring.given import items_of
from tests.scoring.instrument import BY_CODE
from tests.scoring.panel import DONT_KNOW, group, rated, wave_of
from tests.scoring.reference import expected, given

NAMES = {POOLED: "Other groups (pooled)"}
ITEM_VECTORS = ("TV8", "TV9", "TV9c", "TV25a", "TV25b", "TV25c", "TV25d", "TV25e", "TV25f")


def name_of(unit: str) -> str:
    return NAMES.get(unit, unit)


def by_name(figures: Mapping[str, object]) -> dict[str, str]:
    return {name_of(unit): str(figure) for unit, figure in figures.items()}


def one_item(name: str) -> tuple[BalancedItem, WaveAnswers]:
    case = given(name)
    wave = wave_of({"CR1a": case["counts"]}, on_record=case.get("on_record", ()))
    result = score_panel([BY_CODE["CR1a"]], wave)
    return result.items[0], wave


def item_figures(found: BalancedItem, wave: WaveAnswers) -> dict[str, Any]:
    pool = next((unit.members for unit in units_of(wave) if unit.code == POOLED), ())
    apart = found.disagreement
    assert apart is not None
    levels = [cell.levels for cell in panel_cells([BY_CODE["CR1a"]], wave).items["CR1a"].values()]
    distribution = balanced_distribution(levels)
    return {
        "pool": list(pool),
        "used": [name_of(unit.unit) for unit in found.units],
        "groups": by_name({unit.unit: unit.mean for unit in found.units}),
        "n": {name_of(unit.unit): unit.n for unit in found.units},
        "balanced": str(found.score),
        "per_head": str(found.per_head),
        "one_answer": str(found.one_answer),
        "without_named": str(found.without_named),
        "loo": by_name({unit.unit: unit.without for unit in found.units}),
        "influence": by_name({unit.unit: unit.influence for unit in found.units}),
        "gap": str(apart.gap),
        "verdict": apart.verdict.value.replace("_", " "),
        "pair": [name_of(unit) for unit in apart.pair],
        "beyond": apart.beyond_chance,
        "V": str(apart.variance),
        "limit": str(apart.limit),
        "z2": str(apart.z2),
        "needs": apart.needs,
        "chance": int(apart.chance + 0.5),
        "balanced_distribution": [str(share) for share in distribution],
        "consensus": round(consensus_of(distribution), 6),
        "consensus_band": consensus_band(consensus_of(distribution)),
        "A": round(float(agreement(distribution)), 6),
    }


@pytest.mark.parametrize("name", ITEM_VECTORS)
def test_items_of_the_panel(name: str) -> None:
    found = item_figures(*one_item(name))
    assert {key: found[key] for key in expected(name)} == expected(name)


def test_tv8_spread_of_small_groups_is_a_band() -> None:
    item, _ = one_item("TV8")
    assert item.consensus is not None
    assert (item.consensus.value, item.consensus.band, item.may_show_spread) == (None, "mixed", False)
    assert item.depends_on_who


def attribute_of(name: str) -> tuple[BalancedAttribute, dict[str, BalancedItem]]:
    case = given(name)
    wave = wave_of(case["counts"], on_record=case.get("on_record", ()))
    result = score_panel(items_of(case["attribute"]), wave)
    return result.attributes[0], {item.code: item for item in result.items}


def test_tv26_attribute_gap_and_what_chance_gives() -> None:
    found, items = attribute_of("TV26")
    assert found.chance_gap is not None
    assert {
        "score": str(found.result.score),
        "mean_gap": str(found.gap),
        "chance_gap": round(found.chance_gap, 4),
        "verdicts": {
            code: item.disagreement.verdict.value for code, item in items.items() if item.disagreement is not None
        },
        "divided": len(found.divided),
        "may_be_divided": len(found.may_be_divided),
        "groups": found.group_count,
    } == expected("TV26")
    assert (found.result.letter, found.result.status) == ("L-", "shown")
    profiles = {name_of(profile.unit): profile.score for profile in found.profiles}
    assert profiles["Business"] == profiles["Technical community"] == Fraction(220, 3)


def test_tv49_groups_are_counted_on_scored_items() -> None:
    found, _ = attribute_of("TV49")
    assert {
        "status": found.result.status.value,
        "score": found.result.score,
        "groups": found.group_count,
        "coverage": str(found.result.coverage),
    } == expected("TV49")


Panel = tuple[Sequence[ScoringItem], WaveAnswers, dict[str, list[dict[str, RespondentAnswer]]], dict[str, LinkCounts]]


def sampled(name: str) -> Panel:
    case = given(name)
    codes = case["items"]
    people = {
        code: [
            {item: DONT_KNOW if level is None else rated(level) for item, level in zip(codes, levels, strict=True)}
            for levels in answers
        ]
        for code, answers in case["questionnaires"].items()
    }
    groups: list[GroupResponses] = [
        group(code, {item: [one[item] for one in answers] for item in codes}) for code, answers in people.items()
    ]
    groups += [
        group(code, {item: [rated(level)] for item, level in zip(codes, levels, strict=True)}, on_record=True)
        for code, levels in case.get("on_record", {}).items()
    ]
    links = {code: LinkCounts(invited=n, everybody=True) for code, n in case.get("invited", {}).items()}
    links |= {code: LinkCounts(open_link=True) for code in people if code not in links}
    return items_of(case["attribute"]), WaveAnswers(tuple(groups)), people, links


def ends(found: SamplingRange) -> list[int] | None:
    return None if found.low is None or found.high is None else [found.low, found.high]


@pytest.mark.parametrize("name", ["TV27", "TV27b", "TV27c", "TV27d", "TV27e"])
def test_tv27_sampling_range(name: str) -> None:
    specs, wave, people, links = sampled(name)
    result = score_panel(specs, wave)
    (attribute,) = result.attributes
    found = sampling_ranges(specs, result, people, links)["CR"]
    bound = sampling_bounds(result, panel_cells(specs, wave), links)["CR"]
    variance = None
    if found.why is None:
        items = {item.code: item for item in result.items}
        values = {spec.code: RespondentValues(spec) for spec in specs}
        variance = str(attribute_variance(values, attribute, items, result.units, people, links).variance)
    figures = {
        "score": str(attribute.result.score),
        "variance": variance,
        "t": str(found.t),
        "low": found.low,
        "high": found.high,
        "bound": ends(bound),
        "why": {"few_confidential": "fewer than three confidential groups"}.get(found.why or "", found.why),
    }
    assert {key: figures[key] for key in expected(name)} == expected(name)
    assert (found.at_most, bound.at_most) == (False, True)


def test_tv27e_a_group_is_missing_on_one_item() -> None:
    specs, wave, people, links = sampled("TV27e")
    assert sampling_ranges(specs, score_panel(specs, wave), people, links)["CR"].missing_a_unit == 1


def test_tv14_consensus_and_agreement() -> None:
    def both(counts: Sequence[int]) -> list[float]:
        return [round(consensus_of(counts), 6), round(float(agreement(counts)), 6)]

    assert both(given("TV14")["V"]) == [expected("TV14")["consensus"], expected("TV14")["A"]]
    assert {name: both(counts) for name, counts in given("TV14b").items()} == expected("TV14b")


@pytest.mark.parametrize("name", ["TV19a", "TV19b", "TV19c", "TV19d"])
def test_tv19_perception_gap(name: str) -> None:
    evidence, experience, attribute = given(name)
    limit = PERCEPTION_ATTRIBUTE_POINTS if attribute else PERCEPTION_ITEM_POINTS
    found = perception_gap("X", Fraction(evidence), Fraction(experience), limit=limit)
    assert [str(found.gap), found.perception.value.replace("_", " ")] == expected(name)


def test_tv41_thresholds() -> None:
    assert [threshold_allowed(k) for k in given("TV41")] == expected("TV41")


@pytest.mark.parametrize("name", ["TV42", "TV42b"])
def test_tv42_pools(name: str) -> None:
    case = given(name)
    groups = []
    for code, received in case["received"].items():
        named = code in case["on_record"]
        # A named answer is one, however many people stand behind it.
        groups.append(GroupResponses(code, 1 if named else received, {"CR1a": Counter()}, named))
    pool = next((unit.members for unit in units_of(WaveAnswers(tuple(groups), k=case["k"])) if unit.code == POOLED), ())
    assert sorted(pool) == expected(name)


def test_tv44_where_spread_may_be_printed() -> None:
    assert [spread_may_be_printed(sizes, k) for sizes, k in given("TV44")] == expected("TV44")


def test_tv45_what_the_public_version_may_print() -> None:
    assert [
        {"item_score": item_score_is_public(units), "by_group": groups_are_public(units)} for units in given("TV45")
    ] == expected("TV45")


def test_tv48_every_sector_counts_the_same() -> None:
    means = {unit: Fraction(mean) for unit, mean in given("TV48")["groups"].items()}
    found = by_sector(means, given("TV48")["sectors"])
    score = sum(means.values()) / len(means)
    assert [str(found), depends(score, found)] == expected("TV48")
