"""Two waves of questions to the stakeholder groups (method 3.10)."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import pytest

from assessments.scoring import POOLED, RespondentAnswer, ScoringItem, WaveAnswers
from assessments.scoring.comparison import PanelRound, WaveChange, WaveVerdict, compare_panels, wave_verdict
from assessments.scoring.experience import sampling_ranges, score_panel
from tests.scoring.given import items_of
from tests.scoring.instrument import BY_CODE
from tests.scoring.panel import DONT_KNOW, group, rated, ticked

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


Answers = Mapping[str, tuple[int | None, int | None, int | None]]


def alike(levels: Answers, specs: tuple[ScoringItem, ...] = CR, sizes: Mapping[str, int] | None = None) -> PanelRound:
    """Groups of five, or as said, who all answer alike; None is "don't know"."""
    groups = []
    for code, given in levels.items():
        answers: dict[str, list[RespondentAnswer]] = {
            spec.code: [DONT_KNOW if level is None else rated(level)] * (sizes or {}).get(code, 5)
            for spec, level in zip(specs, given, strict=True)
        }
        groups.append(group(code, answers))
    result = score_panel(specs, WaveAnswers(tuple(groups)))
    people = {own.code: [{c: next(iter(t)) for c, t in own.answers.items()}] * own.received for own in groups}
    return PanelRound(specs, result, sampling_ranges(specs, result, people))


def changed(before: Answers, after: Answers) -> WaveChange:
    (found,) = compare_panels(alike(before), alike(after))
    return found


def test_both_waves_are_computed_on_the_same_items_and_groups() -> None:
    three = {"a": (1, 1, 1), "b": (1, 1, 2), "c": (1, 1, 1)}
    found = changed({**three, "gone": (3, 3, 3)}, {**dict.fromkeys("abc", (2, 2, 2)), "new": (0, 0, 0)})
    assert (found.groups, found.items) == (("a", "b", "c"), ("CR1a", "CR1b", "CR1c"))
    assert (found.before, found.after, found.difference) == (Fraction(1000, 27), Fraction(200, 3), Fraction(800, 27))
    assert (found.share_before, found.share_after, found.keeps_sign, found.verdict) == (1, 1, True, WaveVerdict.BETTER)


def test_a_change_that_hangs_on_one_group_does_not_count() -> None:
    found = changed({"a": (0, 0, 0), "b": (2, 2, 2), "c": (2, 2, 2)}, {"a": (3, 3, 3), "b": (2, 2, 2), "c": (1, 1, 1)})
    assert (found.difference, found.keeps_sign, found.verdict) == (Fraction(200, 9), False, WaveVerdict.CHANCE)


def test_no_change_has_no_sign_to_keep() -> None:
    same = dict.fromkeys("abc", (1, 1, 2))
    found = changed(same, same)
    assert (found.difference, found.keeps_sign, found.verdict) == (0, False, WaveVerdict.CHANCE)


def test_one_level_of_one_item_does_not_count() -> None:
    found = changed(dict.fromkeys("abc", (1, 1, 1)), dict.fromkeys("abc", (2, 1, 1)))
    assert (found.difference, found.keeps_sign, found.verdict) == (Fraction(100, 9), True, WaveVerdict.CHANCE)


def test_a_group_is_left_out_of_an_item_it_lacks_in_one_wave() -> None:
    found = changed(
        {"a": (1, 1, 1), "b": (1, 1, 1), "c": (3, 0, 0)}, {"a": (2, 2, 2), "b": (2, 2, 2), "c": (None, 1, 1)}
    )
    assert found.groups == ("a", "b", "c")
    assert found.before == Fraction(100 * 7, 27)  # (1/3 + 2/9 + 2/9) / 3
    assert found.keeps_sign


def test_a_pool_is_the_same_only_with_the_same_members() -> None:
    levels = dict.fromkeys("abcd", (1, 1, 1))
    first = alike(levels, sizes={"c": 3, "d": 3})
    other = alike({**levels, "e": (1, 1, 1)}, sizes={"c": 3, "d": 3, "e": 3})
    assert compare_panels(first, first)[0].groups == ("a", "b", POOLED)
    assert compare_panels(first, other)[0].groups == ("a", "b")


def test_fewer_than_two_common_groups_are_not_compared() -> None:
    found = changed({"a": (1, 1, 1), "b": (1, 1, 1)}, {"a": (2, 2, 2), "c": (2, 2, 2)})
    assert (found.before, found.difference, found.keeps_sign, found.verdict) == (None, None, None, None)
    assert (found.groups, found.share_after) == ((), 0)


def test_groups_that_share_too_few_items_are_not_compared() -> None:
    # All of the weight is matched, by two groups each, but only one group has half of it.
    once = alike({"a": (1, 1, 1), "b": (1, None, None), "c": (None, 1, None), "d": (None, None, 1)})
    (found,) = compare_panels(once, once)
    assert (found.verdict, found.groups, found.share_before) == (None, ("a",), 1)


def test_two_thirds_of_the_weight_are_enough() -> None:
    newer = (*CR[:2], replace(CR[2], code="CR9"))
    before, after = dict.fromkeys("abc", (1, 1, 1)), dict.fromkeys("abc", (2, 2, 2))
    (found,) = compare_panels(alike(before), alike(after, newer))
    assert (found.items, found.share_before, found.share_after) == (("CR1a", "CR1b"), Fraction(2, 3), Fraction(2, 3))
    assert found.verdict is WaveVerdict.BETTER
    one = (CR[0], *(replace(spec, code=f"X{spec.code}") for spec in CR[1:]))
    (rest,) = compare_panels(alike(before), alike(after, one))
    assert (rest.items, rest.verdict) == (("CR1a",), None)


def test_a_list_with_other_options_is_not_matched() -> None:
    spec = BY_CODE["IT5b"]
    fewer = replace(spec, options=spec.options[:2])

    def asked(each: ScoringItem) -> PanelRound:
        answer = {"IT5b": [ticked(each, *["yes"] * len(each.options))] * 5}
        return PanelRound((each,), score_panel([each], WaveAnswers((group("a", answer), group("b", answer)))), {})

    assert compare_panels(asked(spec), asked(fewer))[0].items == ()
    assert compare_panels(asked(spec), asked(spec))[0].items == ("IT5b",)


def test_weights_are_those_of_the_full_form_where_a_short_one_was_asked() -> None:
    first = CR[:1]
    short = [replace(panel(first, levels), full=CR) for levels in (LOW, HIGH)]
    for before, after in ((short[0], short[1]), (short[0], panel(CR, HIGH)), (panel(CR, LOW), short[1])):
        (found,) = compare_panels(before, after)
        assert (min(found.share_before, found.share_after), found.verdict) == (Fraction(1, 3), None)
    # Without a full form to be a part of, the same answers change something.
    assert compare_panels(panel(first, LOW), panel(first, HIGH))[0].share_after == 1
