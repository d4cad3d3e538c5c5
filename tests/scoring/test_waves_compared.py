"""Two waves of questions to the stakeholder groups by method 1.1 (3.10)."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import pytest

from assessments.scoring import ScoringItem, WaveAnswers
from assessments.scoring.comparison import PanelRound, WaveVerdict, compare_panels, wave_verdict
from assessments.scoring.experience import sampling_ranges, score_panel
from tests.scoring.given import items_of
from tests.scoring.panel import group, rated

Levels = Mapping[str, list[int]]


def panel(specs: tuple[ScoringItem, ...], levels: Levels) -> PanelRound:
    """Everybody in a group answers every item of CR at the level given for the person."""
    people = {code: [{spec.code: rated(level) for spec in specs} for level in own] for code, own in levels.items()}
    wave = WaveAnswers(
        tuple(
            group(code, {spec.code: [rated(level) for level in own] for spec in specs}) for code, own in levels.items()
        )
    )
    result = score_panel(specs, wave)
    return PanelRound(specs, result, sampling_ranges(specs, result, people))


CR = items_of("CR")
LOW = {code: [0, 0, 1, 1, 0, 1, 0, 1] for code in "abc"}
HIGH = {code: [3, 2, 3, 3, 3, 2, 3, 2] for code in "abc"}


def test_a_change_of_every_group_counts() -> None:
    (found,) = compare_panels(panel(CR, LOW), panel(CR, HIGH))
    assert (found.verdict, found.keeps_sign, found.groups) == (WaveVerdict.BETTER, True, ("a", "b", "c"))
    assert found.difference == found.after - found.before  # type: ignore[operator]
    assert compare_panels(panel(CR, HIGH), panel(CR, LOW))[0].verdict is WaveVerdict.LOWER


def test_without_a_sampling_range_nothing_can_be_told() -> None:
    two = {code: LOW[code] for code in "ab"}
    (found,) = compare_panels(panel(CR, two), panel(CR, HIGH))
    assert (found.groups, found.verdict) == (("a", "b"), WaveVerdict.CHANCE)
    without = replace(panel(CR, LOW), ranges={})
    assert compare_panels(without, panel(CR, HIGH))[0].verdict is WaveVerdict.CHANCE


def test_other_groups_are_not_the_same_groups() -> None:
    others = {f"other {code}": levels for code, levels in HIGH.items()}
    (found,) = compare_panels(panel(CR, LOW), panel(CR, others))
    assert (found.items, found.verdict, found.share_after) == ((), None, 0)


def test_an_item_that_changed_is_not_matched() -> None:
    newer = (replace(CR[0], revision=2), replace(CR[1], attribute="XX"), CR[2])
    found = compare_panels(panel(CR, LOW), panel(newer, HIGH))
    assert [(entry.attribute, entry.items, entry.verdict) for entry in found] == [
        ("CR", ("CR1c",), None),
        ("XX", (), None),
    ]


@pytest.mark.parametrize(
    ("difference", "step", "verdict"),
    [
        (9, 1, WaveVerdict.CHANCE),
        (11, 11, WaveVerdict.CHANCE),
        (11, 10, WaveVerdict.BETTER),
        (-11, 10, WaveVerdict.LOWER),
    ],
)
def test_a_change_is_large_and_more_than_a_step(difference: int, step: int, verdict: WaveVerdict) -> None:
    found = wave_verdict(
        Fraction(difference), variance_before=Fraction(1), variance_after=Fraction(1), step=Fraction(step)
    )
    assert found is verdict
