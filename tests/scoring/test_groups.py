"""What one respondent's answer is worth, what a group's answers come to, and which answers are used."""

from collections import Counter
from dataclasses import replace
from fractions import Fraction

import pytest

from assessments.scoring import (
    POOLED,
    GroupResponses,
    ItemState,
    OptionAnswer,
    RespondentAnswer,
    ScoringError,
    Unit,
    WaveAnswers,
    respondent_value,
)
from assessments.scoring.experience import PanelCell, panel_cells, score_panel
from assessments.scoring.experience.cells import RespondentValues, panel_cell
from assessments.scoring.groups import GroupCount, GroupUse, respondent_credits, units_of
from tests.scoring.instrument import BY_CODE
from tests.scoring.panel import DONT_KNOW, NOT_FOR_ME, SKIPPED, group, rated, specs_named, ticked

CR1A, IT2B, IT3B = BY_CODE["CR1a"], BY_CODE["IT2b"], BY_CODE["IT3b"]
ONE_ITEM = specs_named("CR1a")


def panel(*sizes: int, k: int = 5, on_record: tuple[int, ...] = (), pool: tuple[str, ...] | None = None) -> WaveAnswers:
    """Groups a, b, c … with so many answers at level 2."""
    groups = tuple(
        group("abcdefgh"[at], {"CR1a": [rated(2)] * size}, on_record=at in on_record) for at, size in enumerate(sizes)
    )
    return WaveAnswers(groups, k=k, pool=pool)


def test_levels_and_credits_give_the_value() -> None:
    assert respondent_value(CR1A, rated(2)) == Fraction(2, 3)
    assert respondent_value(IT2B, ticked(IT2B, "absent", "mitigated", "partly", "unmitigated")) == Fraction(5, 8)
    assert respondent_value(IT3B, ticked(IT3B, "yes", "no")) == Fraction(1, 2)


def test_a_level_is_a_share_of_its_own_scale() -> None:
    assert respondent_value(replace(CR1A, top_level=4), rated(2)) == Fraction(1, 2)


@pytest.mark.parametrize("answer", [DONT_KNOW, NOT_FOR_ME, SKIPPED])
def test_an_answer_off_the_scale_has_no_value(answer: RespondentAnswer) -> None:
    assert respondent_value(CR1A, answer) is None
    assert respondent_value(IT2B, answer) is None


@pytest.mark.parametrize(
    ("states", "value"),
    [
        (("mitigated", "dont_know", "dont_know", "dont_know"), None),
        (("mitigated", "partly", "dont_know", "dont_know"), Fraction(3, 4)),
        (("mitigated", "", "not_applicable", "not_applicable"), Fraction(1)),
        (("mitigated", "", "dont_know", "not_applicable"), None),
        (("", "", "", ""), None),
    ],
)
def test_a_checklist_counts_from_half_known(states: tuple[str, ...], value: Fraction | None) -> None:
    assert respondent_value(IT2B, ticked(IT2B, *states)) == value


def test_what_does_not_apply_to_one_respondent_needs_no_permission() -> None:
    assert not CR1A.na_allowed
    assert respondent_value(CR1A, NOT_FOR_ME) is None


@pytest.mark.parametrize(
    "answer",
    [
        rated(4),
        RespondentAnswer(ItemState.ANSWERED),
        RespondentAnswer(ItemState.UNANSWERED, level=1),
        RespondentAnswer(ItemState.ANSWERED, level=1, options=(OptionAnswer("language", "partly"),)),
    ],
)
def test_an_answer_the_item_does_not_permit_is_refused(answer: RespondentAnswer) -> None:
    with pytest.raises(ScoringError, match="CR1a"):
        respondent_value(CR1A, answer)


def test_respondents_give_no_words_and_no_reasons() -> None:
    assert respondent_credits(IT3B, ticked(IT3B, "yes", "not_applicable")) == {"membership": 1}
    assert respondent_credits(IT3B, ticked(IT3B, "absent", "dont_know")) == {"membership": 1, "restrictions": None}
    assert respondent_credits(CR1A, rated(2)) == {}


def test_what_is_left_behind_by_dont_know_is_not_read() -> None:
    assert respondent_value(IT2B, replace(DONT_KNOW, options=ticked(IT2B, *["absent"] * 4).options)) is None
    assert respondent_value(CR1A, replace(DONT_KNOW, level=3)) is None


def test_a_cell_counts_the_answers_that_have_a_value() -> None:
    answers = Counter([rated(0), rated(3), rated(3), DONT_KNOW, NOT_FOR_ME, SKIPPED])
    found = panel_cell(RespondentValues(CR1A), [answers, Counter([rated(1)])], 9)
    assert found == PanelCell(4, Fraction(7, 3), Fraction(19, 9), (1, 1, 0, 2))
    assert (found.mean, found.deviations) == (Fraction(7, 12), Fraction(3, 4))


def test_a_list_counts_in_a_cell_from_half_known() -> None:
    nothing = ticked(IT2B, *["not_applicable"] * 4)
    little = ticked(IT2B, "partly", *["dont_know"] * 3)
    answers = Counter([nothing, little, ticked(IT2B, *["partly"] * 4)])
    found = panel_cell(RespondentValues(IT2B), [answers], 3)
    assert found == PanelCell(1, Fraction(1, 2), Fraction(1, 4), ())


@pytest.mark.parametrize(
    ("wave", "message"),
    [
        (panel(5, k=4), "the threshold must be 5 to 20, not 4"),
        (panel(5, k=21), "the threshold must be 5 to 20, not 21"),
        (WaveAnswers((group("a", {}), group("a", {}))), "groups need codes of their own: a, a"),
        (WaveAnswers((group(POOLED, {}),)), "groups need codes of their own: pooled_groups"),
        (WaveAnswers((GroupResponses("a", -1, {}),)), "a: a count is negative"),
        (WaveAnswers((GroupResponses("a", 1, {"CR1a": {rated(1): -1}}),)), "a: a count is negative"),
        (panel(2, on_record=(0,)), "a: a group on the record answers once"),
        (panel(2, 3, pool=("a", "z")), "a, z: cannot be pooled"),
        (panel(2, 1, 3, on_record=(1,), pool=("a", "b", "c")), "a, b, c: cannot be pooled"),
        (panel(2, 2, pool=("a", "b")), "a, b: cannot be pooled"),
        (panel(5, 2, pool=("a",)), "a: cannot be pooled"),
    ],
)
def test_a_wave_the_method_refuses(wave: WaveAnswers, message: str) -> None:
    with pytest.raises(ScoringError) as caught:
        score_panel(ONE_ITEM, wave)
    assert str(caught.value) == message


def test_an_answer_that_is_refused_is_refused_in_a_withheld_group_too() -> None:
    wave = WaveAnswers((group("a", {"CR1a": [rated(1)] * 5}), group("b", {"CR1a": [rated(7)]})))
    with pytest.raises(ScoringError, match="CR1a: the level must be 0 to 3, not 7"):
        score_panel(ONE_ITEM, wave)


@pytest.mark.parametrize(
    ("sizes", "k", "used"),
    [
        ((6, 5, 4), 5, ["a", "b"]),  # one small group alone
        ((6, 4, 1), 5, ["a", POOLED]),  # two, just enough together
        ((6, 2, 2), 5, ["a"]),  # two, not enough together
        ((8, 3, 3), 6, ["a", POOLED]),
        ((8, 3, 3), 7, ["a"]),
        ((6, 0, 4), 5, ["a"]),  # nobody is no small group
        ((4, 4, 4), 5, [POOLED]),
        ((4, 4, 6), 5, ["c", POOLED]),
        ((6, 8), 7, ["b"]),
    ],
)
def test_small_groups_are_pooled_from_two_groups_and_k_responses(
    sizes: tuple[int, ...], k: int, used: list[str]
) -> None:
    assert [unit.code for unit in units_of(panel(*sizes, k=k))] == used


def test_a_group_on_the_record_is_not_pooled() -> None:
    units = units_of(panel(6, 1, 2, 3, on_record=(1,)))
    assert units == (
        Unit("a", ("a",), 6, on_record=False),
        Unit("b", ("b",), 1, on_record=True),
        Unit(POOLED, ("c", "d"), 5, on_record=False),
    )


def test_a_pool_decided_earlier_keeps_a_member_that_has_grown() -> None:
    units = units_of(panel(6, 9, 3, 2, pool=("c", "b")))
    assert [(unit.code, unit.members) for unit in units] == [("a", ("a",)), (POOLED, ("b", "c"))]


def test_every_group_is_told_how_it_takes_part() -> None:
    result = score_panel(ONE_ITEM, panel(6, 1, 0, 0, 4, on_record=(1, 2)))
    assert result.counts == (
        GroupCount("a", 6, False, GroupUse.OWN),
        GroupCount("b", 1, True, GroupUse.OWN),
        GroupCount("c", 0, True, GroupUse.NONE),
        GroupCount("d", 0, False, GroupUse.NONE),
        GroupCount("e", 4, False, GroupUse.WITHHELD),
    )
    assert (result.received, result.withheld) == (11, 4)
    pooled = score_panel(ONE_ITEM, panel(6, 2, 3)).counts
    assert [count.use for count in pooled] == [GroupUse.OWN, GroupUse.POOLED, GroupUse.POOLED]


def test_a_usable_cell_alone_on_its_item_is_in_no_figure() -> None:
    assert panel_cells(ONE_ITEM, panel(6, 4)).items == {"CR1a": {}}
    assert panel_cells(ONE_ITEM, panel(4, 1, on_record=(1,))).items == {"CR1a": {}}
    assert list(panel_cells(ONE_ITEM, panel(6, 1, on_record=(1,))).items["CR1a"]) == ["a", "b"]


def test_answers_to_other_items_are_passed_over() -> None:
    wave = panel(6, 6)
    extra = tuple(replace(each, answers={**each.answers, "IT2a": Counter([rated(1)])}) for each in wave.groups)
    assert score_panel(ONE_ITEM, replace(wave, groups=extra)) == score_panel(ONE_ITEM, wave)
