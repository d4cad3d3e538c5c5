"""Laws that hold for every wave, whoever answers."""

from dataclasses import replace
from fractions import Fraction
from itertools import product
from random import Random

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assessments.scoring import (
    GroupResponses,
    ItemKind,
    ItemState,
    OptionAnswer,
    RespondentAnswer,
    ScoringItem,
    WaveAnswers,
    next_wave,
)
from assessments.scoring.comparison import PanelRound, WaveVerdict, compare_panels
from assessments.scoring.experience import PanelResult, score_panel
from assessments.scoring.experience.disagreement import agreement, consensus_of
from assessments.scoring.method import TOP_LEVEL
from tests.examples import examples
from tests.scoring.drawn import KNOWN, STATES
from tests.scoring.panel import group

exact = settings(database=None, max_examples=examples(60))


def spec(code: str, question: str, options: int = 0, critical: bool = False) -> ScoringItem:
    return ScoringItem(
        code=code,
        revision=1,
        question=question,
        attribute=code[0],
        kind=ItemKind.CHOICE if options else ItemKind.RATING,
        critical=critical,
        na_allowed=True,
        options=tuple(f"o{number}" for number in range(options)),
        states=STATES if options else (),
    )


SPECS = (spec("A1a", "A1", critical=True), spec("A1b", "A1", options=3), spec("A2a", "A2"), spec("B1a", "B1"))
Panel = dict[str, dict[str, list[RespondentAnswer]]]


def answers(each: ScoringItem) -> st.SearchStrategy[RespondentAnswer]:
    """Answers of every kind, seven in ten of them given; one draw says all of an answer."""
    unanswered = [RespondentAnswer(state) for state in ItemState if state is not ItemState.ANSWERED]
    if each.kind is ItemKind.RATING:
        given_ = [RespondentAnswer(ItemState.ANSWERED, level=level) for level in range(TOP_LEVEL + 1)]
    else:
        states = [*KNOWN, *KNOWN, "dont_know", "not_applicable", ""]
        lines = product(*([OptionAnswer(option, state) for state in states] for option in each.options))
        given_ = [RespondentAnswer(ItemState.ANSWERED, options=options) for options in lines]
    return st.sampled_from([*unanswered * len(given_), *given_ * 7])


SIZES = (0, 3, 5, 7, 9, 12)
# Made once: to make a strategy takes longer than to draw from it.
ANSWERS = {each.code: answers(each) for each in SPECS}
GROUPS = {
    size: st.fixed_dictionaries({code: st.tuples(*[answer] * size).map(list) for code, answer in ANSWERS.items()})
    for size in SIZES
}


@st.composite
def panels(draw: st.DrawFn) -> Panel:
    """One to five groups of up to twelve, with answers of every kind."""
    sizes = draw(st.lists(st.sampled_from(SIZES), min_size=1, max_size=5))
    return {f"g{number}": draw(GROUPS[size]) for number, size in enumerate(sizes)}


PANELS = panels()


def wave(panel: Panel) -> WaveAnswers:
    return WaveAnswers(tuple(group(code, given_) for code, given_ in panel.items()))


def balanced_part(result: PanelResult) -> object:
    """Everything in which a group counts once, however many are in it."""
    return (
        [
            (
                item.status,
                item.score,
                item.letter,
                item.disagreement and item.disagreement.gap,
                item.composition_low,
                item.composition_high,
                [(each.unit, each.mean, each.without, each.influence) for each in item.units],
            )
            for item in result.items
        ],
        [
            (
                found.result,
                found.group_count,
                found.profiles,
                found.highest,
                found.lowest,
                found.gap,
                found.composition_low,
                found.composition_high,
            )
            for found in result.attributes
        ],
        result.weakest,
        result.index,
    )


@exact
@given(PANELS, st.data())
def test_a_group_that_doubles_its_answers_moves_no_balanced_figure(panel: Panel, data: st.DataObject) -> None:
    chosen = data.draw(st.sampled_from(list(panel)))

    def times(factor: int) -> PanelResult:
        more = {item: given_ * factor for item, given_ in panel[chosen].items()}
        return score_panel(SPECS, wave({**panel, chosen: more}))

    # Five times the answers make every cell usable that has any.
    assert balanced_part(times(10)) == balanced_part(times(5))


@exact
@given(st.lists(st.lists(st.integers(0, TOP_LEVEL), min_size=5, max_size=9), min_size=2, max_size=5), st.data())
def test_any_multiple_of_a_usable_group_weighs_the_same(levels: list[list[int]], data: st.DataObject) -> None:
    def panel(times: int) -> WaveAnswers:
        return wave(
            {
                f"g{number}": {
                    "A2a": [RespondentAnswer(ItemState.ANSWERED, level=x) for x in each] * (times if number == 0 else 1)
                }
                for number, each in enumerate(levels)
            }
        )

    times = data.draw(st.integers(2, 5))
    assert balanced_part(score_panel(SPECS, panel(times))) == balanced_part(score_panel(SPECS, panel(1)))


@exact
@given(PANELS, st.randoms(use_true_random=False))
def test_the_order_of_respondents_says_nothing(panel: Panel, shuffle: Random) -> None:
    mixed = {code: {item: list(given_) for item, given_ in items.items()} for code, items in panel.items()}
    for items in mixed.values():
        for given_ in items.values():
            shuffle.shuffle(given_)
    assert score_panel(SPECS, wave(mixed)) == score_panel(SPECS, wave(panel))


@exact
@given(PANELS)
def test_the_order_and_names_of_groups_change_no_score(panel: Panel) -> None:
    renamed = {f"renamed {code}": panel[code] for code in reversed(panel)}
    before, after = score_panel(SPECS, wave(panel)), score_panel(SPECS, wave(renamed))
    assert [item.score for item in after.items] == [item.score for item in before.items]
    assert [found.result for found in after.attributes] == [found.result for found in before.attributes]
    assert (after.weakest, after.index) == (before.weakest, before.index)


@exact
@given(PANELS, st.data())
def test_a_better_answer_never_lowers_a_score(panel: Panel, data: st.DataObject) -> None:
    places = [
        (code, item, at)
        for code, items in panel.items()
        for item, given_ in items.items()
        for at, answer in enumerate(given_)
        if answer.level is not None
    ]
    assume(places)
    code, item, at = data.draw(st.sampled_from(places))
    old = panel[code][item][at]
    better = replace(old, level=data.draw(st.integers(old.level or 0, TOP_LEVEL)))
    changed = {**panel, code: {**panel[code], item: [*panel[code][item][:at], better, *panel[code][item][at + 1 :]]}}
    before, after = score_panel(SPECS, wave(panel)), score_panel(SPECS, wave(changed))
    for one, other in zip(before.items, after.items, strict=True):
        assert one.status is other.status
        assert (other.score or 0) >= (one.score or 0)
        assert (other.per_head or 0) >= (one.per_head or 0)
    for first, second in zip(before.attributes, after.attributes, strict=True):
        assert (second.result.score or 0) >= (first.result.score or 0)


@exact
@given(PANELS)
def test_figures_lie_where_they_must(panel: Panel) -> None:
    result = score_panel(SPECS, wave(panel))
    assert result.received == sum(len(items["A1a"]) for items in panel.values())
    for item in result.items:
        if item.score is None or item.composition_low is None or item.composition_high is None:
            assert (item.units, item.disagreement) == ((), None)
            continue
        means = [each.mean for each in item.units]
        assert min(means) <= item.score <= max(means)
        assert item.per_head is not None
        assert min(means) <= item.per_head <= max(means)
        assert item.disagreement is not None
        assert item.disagreement.gap == max(means) - min(means)
        assert item.composition_low <= item.score <= item.composition_high
        assert sum((each.influence for each in item.units), Fraction(0)) == 0
        assert all(each.n >= result.k for each in item.units)
        assert item.n == sum(each.n for each in item.units)
    for attribute in result.attributes:
        if attribute.result.score is not None:
            assert attribute.group_count == len(attribute.profiles) >= 2
            assert attribute.gap is not None
            assert 0 <= attribute.gap <= 100


@exact
@given(PANELS)
def test_a_wave_compared_with_itself_has_not_changed(panel: Panel) -> None:
    once = PanelRound(SPECS, score_panel(SPECS, wave(panel)), {})
    for found in compare_panels(once, once):
        assert found.difference in (None, 0)
        assert found.verdict in (None, WaveVerdict.CHANCE)


@exact
@given(PANELS)
def test_a_wave_reopened_for_nothing_stays_the_same(panel: Panel) -> None:
    shown = wave(panel)
    assert score_panel(SPECS, next_wave(SPECS, shown, shown)) == score_panel(SPECS, shown)


@exact
@given(st.lists(st.integers(0, 9), min_size=2, max_size=7))
def test_consensus_and_agreement_stay_on_their_scales(counts: list[int]) -> None:
    assume(any(counts))
    assert 0 <= consensus_of(counts) <= 1
    assert -1 <= agreement(counts) <= 1
    assert consensus_of(counts) == consensus_of(counts[::-1])
    assert agreement(counts) == agreement(counts[::-1])
    assert consensus_of([2 * count for count in counts]) == consensus_of(counts)


@exact
@given(PANELS)
def test_a_group_nobody_answers_for_changes_nothing(panel: Panel) -> None:
    more = replace(wave(panel), groups=(*wave(panel).groups, GroupResponses("empty", 0, {})))
    result = score_panel(SPECS, more)
    assert replace(result, counts=result.counts[:-1]) == score_panel(SPECS, wave(panel))
