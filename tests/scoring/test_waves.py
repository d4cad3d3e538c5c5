"""Two waves of one process on the groups and items both have (method 3.10)."""

from dataclasses import replace
from fractions import Fraction

import pytest

from assessments.scoring import Experience, RespondentAnswer, ScoringError, ScoringItem, WaveAnswers, score_wave
from assessments.scoring.waves import WaveComparison, compare_waves
from tests.scoring.instrument import BY_CODE, specs_of
from tests.scoring.panel import DONT_KNOW, group, rated, specs_named, ticked

CR = specs_of("CR")
Answers = dict[str, tuple[int | None, int | None, int | None]]


def experience(levels: Answers, sizes: dict[str, int] | None = None, specs: tuple[ScoringItem, ...] = CR) -> Experience:
    """Groups of five, or as said, who all answer alike."""
    groups = []
    for code, given in levels.items():
        answers: dict[str, list[RespondentAnswer]] = {
            spec.code: [DONT_KNOW if level is None else rated(level)] * (sizes or {}).get(code, 5)
            for spec, level in zip(CR, given, strict=True)
        }
        groups.append(group(code, answers))
    return score_wave(specs, WaveAnswers(tuple(groups)))


def compared(before: Answers, after: Answers) -> WaveComparison:
    (found,) = compare_waves(CR, experience(before), CR, experience(after))
    return found


def test_a_change_that_all_groups_carry_is_meaningful() -> None:
    found = compared({"a": (1, 1, 1), "b": (1, 1, 2)}, {"a": (2, 2, 2), "b": (2, 2, 2)})
    assert (found.matched.status, found.groups, found.keeps_sign) == ("comparable", ("a", "b"), True)
    assert (found.matched.before, found.matched.after) == (Fraction(350, 9), Fraction(200, 3))
    assert (found.matched.difference, found.matched.meaningful) == (Fraction(250, 9), True)
    assert (found.matched.step, found.matched.items) == (Fraction(100, 9), ("CR1a", "CR1b", "CR1c"))


def test_a_change_that_hangs_on_one_group_is_not_meaningful() -> None:
    found = compared({"a": (0, 0, 0), "b": (2, 2, 2)}, {"a": (3, 3, 3), "b": (1, 1, 1)})
    assert (found.matched.difference, found.keeps_sign, found.matched.meaningful) == (Fraction(100, 3), False, False)


def test_a_fall_keeps_its_sign_too() -> None:
    found = compared({"a": (3, 3, 3), "b": (2, 2, 2)}, {"a": (1, 1, 1), "b": (1, 1, 1)})
    assert (found.matched.difference, found.keeps_sign, found.matched.meaningful) == (-50, True, True)


def test_no_change_has_no_sign_to_keep() -> None:
    found = compared({"a": (1, 1, 1), "b": (2, 2, 2)}, {"a": (1, 1, 1), "b": (2, 2, 2)})
    assert (found.matched.difference, found.keeps_sign, found.matched.meaningful) == (0, False, False)


def test_one_level_of_one_item_is_not_meaningful() -> None:
    found = compared({"a": (1, 1, 1), "b": (1, 1, 1)}, {"a": (2, 1, 1), "b": (2, 1, 1)})
    assert (found.matched.difference, found.matched.meaningful) == (Fraction(100, 9), False)


def test_only_groups_in_both_waves_are_compared() -> None:
    found = compared(
        {"a": (1, 1, 1), "b": (1, 1, 1), "gone": (3, 3, 3)}, {"a": (2, 2, 2), "b": (2, 2, 2), "new": (0, 0, 0)}
    )
    assert found.groups == ("a", "b")
    assert (found.matched.before, found.matched.after) == (Fraction(100, 3), Fraction(200, 3))


def test_a_group_is_left_out_of_an_item_it_lacks_in_one_wave() -> None:
    found = compared(
        {"a": (1, 1, 1), "b": (1, 1, 1), "c": (3, 0, 0)}, {"a": (2, 2, 2), "b": (2, 2, 2), "c": (None, 1, 1)}
    )
    assert found.groups == ("a", "b", "c")
    assert found.matched.before == Fraction(100 * 7, 27)  # (1/3 + 2/9 + 2/9) / 3
    assert found.keeps_sign


def test_a_pool_is_the_same_only_with_the_same_members() -> None:
    levels: Answers = {"a": (1, 1, 1), "b": (1, 1, 1), "c": (1, 1, 1), "d": (1, 1, 1)}
    first = experience(levels, {"c": 3, "d": 3})
    other = experience({**levels, "e": (1, 1, 1)}, {"c": 3, "d": 3, "e": 3})
    (same,) = compare_waves(CR, first, CR, first)
    assert same.groups == ("a", "b", "pooled_groups")
    (different,) = compare_waves(CR, first, CR, other)
    assert different.groups == ("a", "b")


def test_fewer_than_two_common_groups_are_not_comparable() -> None:
    found = compared({"a": (1, 1, 1), "b": (1, 1, 1)}, {"a": (2, 2, 2), "c": (2, 2, 2)})
    assert (found.matched.status, found.keeps_sign, found.groups) == ("not_comparable", None, ())
    assert (found.matched.before, found.matched.meaningful, found.matched.share_after) == (None, None, 0)


def test_groups_that_share_too_few_items_are_not_comparable() -> None:
    # Two thirds of the weight are matched, by two groups each, but only one group has half of it.
    before: Answers = {"a": (1, 1, 1), "b": (1, None, None), "c": (None, 1, None), "d": (1, 1, 1)}
    specs = tuple(replace(spec, question=spec.code) for spec in CR)
    groups: Answers = {"a": (1, 1, 1), "b": (1, None, None), "c": (None, 1, None), "d": (None, None, 1)}
    first = experience(groups, specs=specs)
    (found,) = compare_waves(specs, first, specs, first)
    assert (found.matched.status, found.groups, found.matched.share_before) == ("not_comparable", ("a",), 1)
    assert compared(before, before).matched.status == "comparable"


@pytest.mark.parametrize("change", [{"revision": 2}, {"code": "CR9"}], ids=["another revision", "another code"])
def test_items_asked_differently_are_not_matched(change: dict[str, object]) -> None:
    before = experience({"a": (1, 1, 1), "b": (1, 1, 1)})
    newer = (*CR[:2], replace(CR[2], **change))  # type: ignore[arg-type]
    after = experience({"a": (2, 2, 2), "b": (2, 2, 2)}, specs=newer)
    (found,) = compare_waves(CR, before, newer, after)
    assert found.matched.items == ("CR1a", "CR1b")
    assert (found.matched.share_before, found.matched.share_after) == (Fraction(2, 3), Fraction(2, 3))
    assert found.matched.status == "comparable"
    one = (CR[0], *(replace(spec, **{"code": f"X{spec.code}"}) for spec in CR[1:]))
    (rest,) = compare_waves(CR, before, one, experience({"a": (2, 2, 2), "b": (2, 2, 2)}, specs=one))
    assert (rest.matched.status, rest.matched.items) == ("not_comparable", ("CR1a",))


def test_a_checklist_with_other_options_is_not_matched() -> None:
    spec = BY_CODE["IT5b"]
    fewer = replace(spec, options=spec.options[:2])

    def asked(each: ScoringItem) -> Experience:
        answer = ticked(each, *["yes"] * len(each.options))
        return score_wave([each], WaveAnswers(tuple(group(code, {"IT5b": [answer] * 5}) for code in "ab")))

    (found,) = compare_waves([spec], asked(spec), [fewer], asked(fewer))
    assert (found.matched.status, found.matched.items) == ("not_comparable", ())
    (same,) = compare_waves([spec], asked(spec), [spec], asked(spec))
    assert same.matched.status == "comparable"


def test_an_attribute_or_item_that_is_new_is_not_comparable() -> None:
    before = experience({"a": (1, 1, 1), "b": (1, 1, 1)})
    moved = tuple(replace(spec, attribute="XX") for spec in CR)
    (found,) = compare_waves(CR, before, moved, experience({"a": (1, 1, 1), "b": (1, 1, 1)}, specs=moved))
    assert (found.matched.attribute, found.matched.status, found.matched.items) == ("XX", "not_comparable", ())


def test_a_result_without_an_item_of_its_specs_is_refused() -> None:
    only = specs_named("CR1a")
    wave = experience({"a": (1, 1, 1), "b": (1, 1, 1)}, specs=only)
    with pytest.raises(ScoringError, match="CR1b, CR1c: not in this wave"):
        compare_waves(CR, wave, only, wave)
