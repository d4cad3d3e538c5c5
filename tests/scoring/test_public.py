"""What a public report may say does not lead to what only a restricted one may."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings

from assessments.scoring import WaveAnswers, public_attributes, score_wave
from assessments.scoring.groups import GroupUse
from assessments.scoring.public import PublicAttribute, solvable
from tests.examples import examples
from tests.scoring.instrument import specs_of
from tests.scoring.panel import DONT_KNOW, TV10, group, rated, wave_of
from tests.scoring.test_no_differencing import SPECS, Block, Figures, Panel, equations, independent, leaves, panels

CR = specs_of("CR")


def public(wave: WaveAnswers) -> PublicAttribute:
    (found,) = public_attributes(score_wave(CR, wave))
    return found


def rows(*rows: dict[str, int]) -> frozenset[str]:
    found = solvable({("i", unit): Fraction(factor) for unit, factor in row.items()} for row in rows)
    return frozenset(unit for _, unit in found)


def test_what_can_be_solved_for() -> None:
    assert rows({"a": 1, "b": 1}) == frozenset()
    assert rows({"a": 1, "b": 1}, {"b": 2}) == {"a", "b"}
    assert rows({"a": 1, "b": 1, "c": 1}, {"a": 1, "b": 1}) == {"c"}
    assert rows({"a": 1, "b": 1}, {"b": 1, "c": 1}, {"a": 1, "c": 1}) == {"a", "b", "c"}
    assert rows({"a": 1, "b": 1}, {"a": 2, "b": 2}, {"a": 0}) == frozenset()


def test_groups_by_attribute_are_public() -> None:
    result = score_wave(CR, wave_of(TV10))
    found, whole = public(wave_of(TV10)), result.attributes[0]
    assert found.by_group
    assert found.groups == {each.unit: each.score for each in whole.groups}
    assert (found.gap, found.per_head) == (whole.gap, whole.per_head)
    assert (found.composition_low, found.composition_high) == (whole.composition_low, whole.composition_high)
    assert (found.group_count, found.divided, found.compared) == (5, ("CR1a", "CR1b"), 3)


def test_a_profile_that_gives_an_item_away_is_not_public() -> None:
    groups = tuple(group(code, {"CR1a": [rated(level)] * 5}) for code, level in (("a", 1), ("b", 2), ("c", 3)))
    found = public(WaveAnswers(groups, not_applicable=frozenset({"CR1b", "CR1c"})))
    # One item left: the profile is the cell.
    assert not found.by_group
    assert found.result.score == Fraction(200, 3)
    assert (found.groups, found.gap, found.per_head, found.composition_low, found.composition_high) == (
        {},
        None,
        None,
        None,
        None,
    )


def test_profiles_of_groups_that_answer_different_items_are_not_public() -> None:
    # With the score of CR1c and the profiles over all items, the items only some groups have could be solved for.
    known, unknown = [rated(1)] * 5, [DONT_KNOW] * 5
    groups = (
        group("a", {"CR1a": known, "CR1b": known, "CR1c": unknown}),
        group("b", {"CR1a": [rated(3)] * 5, "CR1b": unknown, "CR1c": [rated(0)] * 5}),
        group("c", {"CR1a": unknown, "CR1b": [rated(2)] * 5, "CR1c": [rated(3)] * 5}),
    )
    assert not public(WaveAnswers(groups)).by_group


def test_leaving_out_a_group_used_on_one_item_would_tell_its_answers_to_it() -> None:
    wave = wave_of({**TV10, "CR1c": {**TV10["CR1c"], "Labour": [0, 0, 0, 6]}})
    found = public(wave)
    assert (found.by_group, found.group_count) == (False, 5)


def test_without_a_score_there_is_nothing_by_group() -> None:
    found = public(WaveAnswers(()))
    assert (found.by_group, found.groups, found.result.status) == (False, {}, "withheld")


def test_groups_on_the_record_are_known_and_give_nobody_else_away() -> None:
    alone = public(wave_of(TV10, on_record=()))
    assert alone.by_group
    levels = {item: {"a": [0, 1], "b": [1], "c": [0, 2, 4]} for item in ("CR1a", "CR1b", "CR1c")}
    # Each item's score already tells what the one confidential group said; the profiles add nothing.
    assert public(wave_of(levels, on_record=["a", "b"])).by_group


@settings(database=None, max_examples=examples(40))
@given(panels())
def test_public_reports_name_no_withheld_group(panel: Panel) -> None:
    result = score_wave(SPECS, panel.wave())
    used = {count.code for count in result.counts if count.use is GroupUse.OWN} | {"pooled_groups"}
    (found,) = public_attributes(result)
    assert set(found.groups) <= used
    assert found.result == result.attributes[0].result


def cells_from(panel: Panel, publish: Callable[[Panel], Figures]) -> set[Block]:
    """The groups' answers to one item that follow from some figures, found without the code under test."""
    blocks, found = equations(panel, publish)
    whole = independent(found)
    return {
        block
        for at, block in enumerate(blocks)
        if len(independent((*row[:at], *row[at + 1 :]) for row in whole)) < len(whole)
    }


def item_figures(panel: Panel) -> Figures:
    """What a public report says of the items: score, letter and band over all groups together."""
    items = score_wave(SPECS, panel.wave()).items
    return dict(leaves(tuple((item.code, item.score, item.letter, item.band) for item in items), "items"))


def public_figures(panel: Panel) -> Figures:
    result = score_wave(SPECS, panel.wave())
    return item_figures(panel) | dict(leaves(public_attributes(result), "attributes"))


@settings(database=None, max_examples=examples(15))
@given(panels())
def test_public_figures_tell_no_group_by_item(panel: Panel) -> None:
    assert cells_from(panel, public_figures) == cells_from(panel, item_figures)


def test_the_check_finds_profiles_that_tell_a_group_by_item() -> None:
    levels = [[5, 9, 20, 33, 41], [50, 7, 12, 30, 11], [58, 44, 2, 17, 29]]
    unknown = [None] * 5
    panel = Panel(
        (
            {
                "a": {"A1a": levels[0], "A1b": levels[1], "A2a": unknown},
                "b": {"A1a": levels[2], "A1b": unknown, "A2a": levels[0]},
                "c": {"A1a": unknown, "A1b": levels[2], "A2a": levels[1]},
            },
        )
    )

    def leaky(panel: Panel) -> Figures:
        (found,) = score_wave(SPECS, panel.wave()).attributes
        profiles = {f"profile of {each.unit}": each.score for each in found.groups}
        return item_figures(panel) | profiles | {"gap": found.gap or Fraction(0)}

    assert cells_from(panel, leaky) != set()
    assert cells_from(panel, public_figures) == set()


def test_divided_items_are_named_whether_or_not_groups_are() -> None:
    wave = replace(wave_of(TV10), not_applicable=frozenset({"CR1b", "CR1c"}))
    found = public(wave)
    assert (found.by_group, found.divided, found.depends_on_who) == (False, ("CR1a",), True)
