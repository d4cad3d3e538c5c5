"""A reopened wave may not give away the answers that were added."""

from dataclasses import replace

import pytest

from assessments.scoring import POOLED, RespondentAnswer, ScoringError, WaveAnswers, enough_new, next_wave
from assessments.scoring.experience import BalancedItem, score_panel
from tests.scoring.instrument import BY_CODE
from tests.scoring.panel import DONT_KNOW, group, rated, specs_named, ticked

ITEM = specs_named("CR1a")
IT5B = BY_CODE["IT5b"]


def wave(pool: tuple[str, ...] | None = None, k: int = 5, **levels: list[int]) -> WaveAnswers:
    groups = tuple(group(code, {"CR1a": [rated(level) for level in given]}) for code, given in levels.items())
    return WaveAnswers(groups, k=k, pool=pool)


def item_after(shown: WaveAnswers, now: WaveAnswers) -> BalancedItem:
    (item,) = score_panel(ITEM, next_wave(ITEM, shown, now)).items
    return item


SHOWN = wave(a=[1] * 6, b=[2] * 7)


def test_a_snapshot_needs_k_new_responses() -> None:
    assert not enough_new(SHOWN, wave(a=[1] * 8, b=[2] * 9))
    assert enough_new(SHOWN, wave(a=[1] * 8, b=[2] * 10))


def test_a_group_with_few_new_answers_stays_as_shown() -> None:
    item = item_after(SHOWN, wave(a=[1] * 6 + [3] * 4, b=[2] * 7 + [0] * 5))
    assert [(each.unit, each.n) for each in item.units] == [("a", 6), ("b", 12)]
    assert item.units[0].mean == item_of_shown("a")


def item_of_shown(unit: str) -> object:
    return next(each.mean for each in score_panel(ITEM, SHOWN).items[0].units if each.unit == unit)


def test_new_dont_knows_change_no_figure() -> None:
    later = wave(a=[1] * 6, b=[2] * 7)
    more = replace(later.groups[0], received=12, answers={"CR1a": {rated(1): 6, DONT_KNOW: 6}})
    assert item_after(SHOWN, replace(later, groups=(more, later.groups[1]))) == score_panel(ITEM, SHOWN).items[0]


def test_a_group_that_was_hidden_may_appear() -> None:
    hidden = wave(a=[1] * 6, b=[2] * 7, c=[3] * 4)
    item = item_after(hidden, wave(a=[1] * 6, b=[2] * 7, c=[3] * 5))
    assert [(each.unit, each.n) for each in item.units] == [("a", 6), ("b", 7), ("c", 5)]


def test_a_cell_that_was_hidden_may_appear() -> None:
    def with_cell(*valid: int) -> WaveAnswers:
        answers = [*map(rated, valid), *[DONT_KNOW] * (6 - len(valid))]
        return replace(SHOWN, groups=(*SHOWN.groups, group("c", {"CR1a": answers})))

    more = replace(SHOWN, groups=(*SHOWN.groups, group("c", {"CR1a": [rated(3)] * 5 + [DONT_KNOW] * 2})))
    item = item_after(with_cell(3, 3, 3, 3), more)
    assert "c" not in [each.unit for each in score_panel(ITEM, with_cell(3, 3, 3, 3)).items[0].units]
    assert [(each.unit, each.n) for each in item.units] == [("a", 6), ("b", 7), ("c", 5)]


def test_where_a_distribution_was_shown_eight_must_be_new() -> None:
    shown = wave(a=[1] * 8, b=[2] * 9)
    assert [each.n for each in item_after(shown, wave(a=[1] * 15, b=[2] * 17)).units] == [8, 17]


def test_a_pool_stays_together() -> None:
    shown = wave(a=[1] * 6, b=[2] * 3, c=[3] * 3)
    later = next_wave(ITEM, shown, wave(a=[1] * 6, b=[2] * 8, c=[3] * 3))
    assert later.pool == ("b", "c")
    assert [unit.code for unit in score_panel(ITEM, later).units] == ["a", POOLED]


def test_small_groups_that_were_hidden_may_be_pooled_later() -> None:
    shown = wave(a=[1] * 6, b=[2] * 4, c=[])
    later = next_wave(ITEM, shown, wave(a=[1] * 6, b=[2] * 4, c=[3] * 3))
    assert later.pool is None
    assert [unit.code for unit in score_panel(ITEM, later).units] == ["a", POOLED]


def test_a_group_on_the_record_may_change_its_answer() -> None:
    def with_record(level: int) -> WaveAnswers:
        return replace(SHOWN, groups=(*SHOWN.groups, group("r", {"CR1a": [rated(level)]}, on_record=True)))

    item = item_after(with_record(0), with_record(3))
    assert item.units[-1].mean == 100


def test_a_checklist_waits_for_each_of_its_options() -> None:
    def checklists(*answers: RespondentAnswer) -> WaveAnswers:
        same = [ticked(IT5B, "yes", "no", "no")] * 6
        return WaveAnswers((group("a", {"IT5b": answers}), group("b", {"IT5b": same})))

    first = [ticked(IT5B, "yes", "partly", "no")] * 6
    one_option_little = [ticked(IT5B, "no", "no", "dont_know")] * 4 + [ticked(IT5B, "no", "no", "no")]
    shown = checklists(*first)
    kept = next_wave([IT5B], shown, checklists(*first, *one_option_little))
    assert score_panel([IT5B], kept).items == score_panel([IT5B], shown).items
    moved = next_wave([IT5B], shown, checklists(*first, *[ticked(IT5B, "no", "no", "no")] * 5))
    assert score_panel([IT5B], moved).items[0].units[0].n == 11


@pytest.mark.parametrize(
    ("now", "message"),
    [
        (wave(a=[1] * 6, b=[2] * 7, c=[]), "same groups"),
        (wave(a=[1] * 6, b=[2] * 7, k=6), "same groups"),
        (wave(a=[1] * 6, b=[2] * 7, k=4), "must be 5 to 20"),
        (wave(a=[1] * 5, b=[2] * 12), "a: an answer to CR1a is missing"),
        (wave(a=[1] * 5 + [2] * 5, b=[2] * 7), "a: an answer to CR1a is missing"),
        (WaveAnswers((group("a", {"X9": [rated(1)]}), group("b", {}))), "X9: answer to an unknown item"),
    ],
)
def test_what_a_reopened_wave_may_not_do(now: WaveAnswers, message: str) -> None:
    with pytest.raises(ScoringError, match=message):
        next_wave(ITEM, SHOWN, now)


def test_fewer_responses_than_before_are_refused() -> None:
    fewer = replace(SHOWN, groups=(replace(SHOWN.groups[0], received=9), SHOWN.groups[1]))
    with pytest.raises(ScoringError, match="a: an answer to CR1a is missing"):
        next_wave(ITEM, fewer, SHOWN)
