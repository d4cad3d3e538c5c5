"""What stakeholder groups say: edge cases of 3.8 to 3.10, and that what is withheld changes nothing."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.scoring import ItemState, ScoringError, WaveAnswers, next_wave
from assessments.scoring.evidence import ProcessKind
from assessments.scoring.experience import (
    PanelResult,
    disagreement,
    panel_cells,
    published,
    published_again,
    sampling_bounds,
    sampling_ranges,
    score_panel,
)
from assessments.scoring.experience.cells import PanelCell
from assessments.scoring.experience.disagreement import gap_by_chance, quantile
from tests.examples import examples
from tests.scoring.given import ITEMS, items_of
from tests.scoring.instrument import BY_CODE
from tests.scoring.panel import DONT_KNOW, STAKEHOLDER_SPECS, TV10, group, rated, ticked, wave_of

CR = items_of("CR")
EVERYBODY = [0, 2, 2, 1]


def same(items: tuple[str, ...] = ("CR1a", "CR1b", "CR1c"), **counts: list[int]) -> WaveAnswers:
    """The same counts on every item."""
    return wave_of(dict.fromkeys(items, counts))


def one(result: PanelResult) -> Mapping[str, object]:
    (found,) = result.attributes
    return {"status": found.result.status.value, "groups": found.group_count, "score": found.result.score}


@pytest.mark.parametrize("k", [4, 21])
def test_a_threshold_outside_5_to_20_is_refused(k: int) -> None:
    with pytest.raises(ScoringError, match=f"must be 5 to 20, not {k}"):
        score_panel(CR, replace(same(a=EVERYBODY), k=k))


def test_more_answers_than_responses_are_refused() -> None:
    wave = WaveAnswers((group("a", {"CR1a": [rated(1)] * 6}, received=5), group("b", {"CR1a": [rated(1)] * 5})))
    with pytest.raises(ScoringError, match="CR1a: more answers than responses"):
        score_panel(CR, wave)


def test_also_withheld_answers_have_to_be_permitted() -> None:
    with pytest.raises(ScoringError):
        score_panel(CR, WaveAnswers((group("a", {"CR1a": [rated(7)]}),)))


def test_one_usable_group_is_in_no_figure() -> None:
    result = score_panel(CR, same(a=EVERYBODY, b=[1, 0, 0, 0]))
    assert {item.status.value for item in result.items} == {"not_scored"}
    assert one(result) == {"status": "withheld", "groups": 0, "score": None}
    assert (result.received, result.withheld, result.verdicts(), result.item_scores()) == (6, 1, {}, {})


def test_two_groups_are_provisional_and_three_are_shown() -> None:
    two = score_panel(CR, same(a=EVERYBODY, b=EVERYBODY))
    assert one(two)["status"] == "provisional"
    assert two.attributes[0].result.provisional_because == ("few_groups",)
    assert one(score_panel(CR, same(a=EVERYBODY, b=EVERYBODY, c=EVERYBODY)))["status"] == "shown"
    assert two.attribute_scores() == {"CR": two.attributes[0].result.score}


def test_below_two_thirds_of_the_weight_asked_a_score_is_provisional() -> None:
    wave = same(("CR1a",), a=EVERYBODY, b=EVERYBODY, c=EVERYBODY)
    (found,) = score_panel(CR[:1], wave, full=CR).attributes
    assert (found.asked, found.result.status.value) == (Fraction(1, 3), "provisional")
    assert found.result.provisional_because == ("few_asked",)
    # Figures are those of what was asked: only how far they can be shown is another matter.
    (bare,) = score_panel(CR[:1], wave).attributes
    assert (bare.asked, bare.result.status.value) == (1, "shown")
    assert (found.result.score, found.result.letter, found.result.coverage) == (
        bare.result.score,
        bare.result.letter,
        bare.result.coverage,
    )
    (most,) = score_panel(CR[:2], same(("CR1a", "CR1b"), a=EVERYBODY, b=EVERYBODY, c=EVERYBODY), full=CR).attributes
    assert (most.asked, most.result.status.value) == (Fraction(2, 3), "shown")
    two = score_panel(CR[:1], same(("CR1a",), a=EVERYBODY, b=EVERYBODY), full=CR).attributes[0].result
    assert two.provisional_because == ("few_groups", "few_asked")
    none = score_panel(CR[:1], same(("CR1a",), a=EVERYBODY), full=CR).attributes[0].result
    assert (none.status.value, none.provisional_because) == ("withheld", ())


def test_what_was_asked_is_a_part_of_the_full_form() -> None:
    with pytest.raises(ScoringError, match="CR1a: not in the full form"):
        score_panel(CR[:1], same(("CR1a",), a=EVERYBODY), full=CR[1:])


def test_one_group_on_each_item_is_withheld_for_want_of_groups() -> None:
    items = {"CR1a": {"a": EVERYBODY, "b": EVERYBODY}, "CR1b": {"b": EVERYBODY, "c": EVERYBODY}, "CR1c": {}}
    codes = dict.fromkeys(("a", "b", "c"))
    groups = tuple(
        group(code, {item: [rated(1)] * 5 for item, answered in items.items() if code in answered}, received=5)
        for code in codes
    )
    found = score_panel(CR, WaveAnswers(groups)).attributes[0]
    assert (found.group_count, found.result.status, found.result.score) == (1, "withheld", None)
    assert all(item.contribution == 0 for item in found.result.items)


def test_a_cell_with_four_answers_is_withheld_on_that_item_only() -> None:
    answers = {"CR1a": [rated(1)] * 4 + [DONT_KNOW] * 2, "CR1b": [rated(1)] * 6, "CR1c": [rated(1)] * 6}
    others = {item: [rated(2)] * 5 for item in answers}
    wave = WaveAnswers((group("a", answers), group("b", others), group("c", others), group("d", others)))
    result = score_panel(CR, wave)
    assert [[unit.unit for unit in item.units] for item in result.items] == [
        ["b", "c", "d"],
        ["a", "b", "c", "d"],
        ["a", "b", "c", "d"],
    ]
    assert (result.attributes[0].missing_a_unit, result.attributes[0].group_count) == (1, 4)


def test_named_answers_only_are_scored_from_two() -> None:
    wave = wave_of({item: {"a": [0, 1, 0, 0], "b": [0, 0, 0, 1]} for item in ("CR1a", "CR1b", "CR1c")}, on_record="ab")
    result = score_panel(CR, wave)
    found = result.attributes[0]
    assert (found.result.status, found.confidential, found.without_named) == ("provisional", 0, None)
    assert result.items[0].disagreement is not None
    assert result.items[0].disagreement.verdict == "may_be_divided"
    assert result.items[0].without_named is None
    assert sampling_ranges(CR, result, {})["CR"].why == "few_confidential"


def test_without_the_named_answers_another_score_is_told() -> None:
    counts = {"a": [5, 0, 0, 0], "b": [5, 0, 0, 0], "c": [0, 0, 0, 1]}
    result = score_panel(CR, wave_of(dict.fromkeys(("CR1a", "CR1b", "CR1c"), counts), on_record="c"))
    found = result.attributes[0]
    assert (found.result.score, found.without_named, found.depends_on_named) == (Fraction(100, 3), 0, True)
    assert (result.items[0].one_answer, result.items[0].depends_on_named) == (Fraction(1, 3), True)


def test_groups_of_one_sector_count_once() -> None:
    counts = {"a": [0, 0, 0, 5], "b": [0, 0, 0, 5], "c": [5, 0, 0, 0]}
    wave = wave_of(dict.fromkeys(("CR1a", "CR1b"), counts))
    found = score_panel(CR, wave, sectors={"a": "c", "b": "c"}).attributes[0]
    # The sector "c" is not the group "c".
    assert (found.result.score, found.by_sector, found.depends_on_groups) == (Fraction(200, 3), 50, True)
    assert score_panel(CR, wave).attributes[0].by_sector is None


def test_a_sector_with_several_groups_on_some_items_only() -> None:
    counts = {"a": [0, 0, 0, 5], "b": [0, 0, 0, 5], "c": [5, 0, 0, 0], "d": [5, 0, 0, 0]}
    few = {"a": counts["a"], "c": counts["c"], "d": counts["d"]}
    wave = wave_of({"CR1a": counts, "CR1b": few})
    found = score_panel(CR, wave, sectors={"a": "x", "b": "x"}).attributes[0]
    assert found.by_sector == (Fraction(100, 3) + Fraction(100, 3)) / 2


def test_not_applicable_leaves_only_where_the_item_allows_it() -> None:
    specs = items_of("ED")
    counts = dict.fromkeys(("a", "b", "c"), EVERYBODY)
    wave = wave_of({spec.code: counts for spec in specs})
    declared = replace(wave, not_applicable=frozenset({"ED2a", "ED1a"}))
    result = {item.code: item.status.value for item in score_panel(specs, declared).items}
    assert (result["ED2a"], result["ED1a"]) == ("not_applicable", "scored")


def test_items_that_do_not_apply_to_the_kind_leave() -> None:
    counts = dict.fromkeys(("a", "b", "c"), EVERYBODY)
    specs = items_of("ED")
    result = score_panel(specs, wave_of({spec.code: counts for spec in specs}), kind=ProcessKind.DIALOGUES)
    assert [item.code for item in result.items] == ["ED1a", "ED1b", "ED3a", "ED4b"]
    assert result.attributes[0].result.scope == 1


def test_a_whole_panel_has_weakest_and_index() -> None:
    counts = dict.fromkeys(("a", "b", "c"), EVERYBODY)
    specs = [spec for spec in STAKEHOLDER_SPECS if not spec.options]
    result = score_panel(specs, wave_of({spec.code: counts for spec in specs}))
    assert result.weakest == ("IT", "CR", "ED", "CO")
    assert result.index is not None


def test_the_spread_of_large_groups_is_told() -> None:
    (item, *_) = score_panel(CR, same(a=[0, 4, 4, 0], b=[4, 4, 0, 0])).items
    assert item.may_show_spread
    assert item.units[0].distribution == (0, Fraction(1, 2), Fraction(1, 2), 0)
    assert item.consensus is not None
    assert item.consensus.value is not None


def test_few_answers_have_no_consensus_and_lists_have_none() -> None:
    wave = wave_of({"CR1a": {"a": [0, 1, 0, 0], "b": [0, 0, 1, 0]}}, on_record="ab")
    assert score_panel(CR, wave).items[0].consensus is None
    spec = BY_CODE["IT5b"]
    answers = {"IT5b": [ticked(spec, "yes", "partly", "no")] * 5}
    (item,) = score_panel([spec], WaveAnswers((group("a", answers), group("b", answers)))).items
    assert (item.score, item.consensus, item.units[0].distribution) == (50, None, None)


def test_a_list_known_to_less_than_half_is_no_value() -> None:
    spec = BY_CODE["IT5b"]
    answers = {"IT5b": [ticked(spec, "yes", "dont_know", "dont_know")] * 5}
    (item,) = score_panel([spec], WaveAnswers((group("a", answers), group("b", answers)))).items
    assert item.status == "not_scored"


@pytest.mark.parametrize(("groups", "limit"), [(2, "3.85"), (20, "13.32"), (21, "16"), (40, "16"), (41, "20")])
def test_limits_beyond_chance(groups: int, limit: str) -> None:
    assert quantile(groups) == Fraction(limit)


def test_beyond_twenty_groups_the_range_stays() -> None:
    assert gap_by_chance(Fraction(1, 4), [4] * 25) == pytest.approx(100 * 3.735 * 0.25)


def test_of_equal_pairs_the_names_decide() -> None:
    cell = {"b": [0, 0, 0, 5], "a": [0, 0, 0, 5], "d": [5, 0, 0, 0], "c": [5, 0, 0, 0]}
    cells = {
        code: PanelCell(5, Fraction(5 if levels[3] else 0), Fraction(5 if levels[3] else 0), tuple(levels))
        for code, levels in cell.items()
    }
    assert disagreement(cells).pair == ("a", "c")


def test_the_figures_of_the_published_example() -> None:
    found = score_panel(CR, wave_of(TV10)).attributes[0]
    assert (found.composition_low, found.composition_high) == (
        min(profile.without for profile in found.profiles),
        max(profile.without for profile in found.profiles),
    )
    assert found.highest == ("Business", "Technical community")


# Made once: to make a strategy takes longer than to draw from it.
MOST = 8
ANSWERS = st.one_of(st.integers(0, 3).map(rated), st.just(DONT_KNOW))
GROUPS = [
    st.fixed_dictionaries({spec.code: st.lists(ANSWERS, min_size=n, max_size=n) for spec in CR})
    for n in range(MOST + 1)
]


@st.composite
def waves(draw: st.DrawFn) -> WaveAnswers:
    """Two to six groups of none to eight, with don't knows; some answer by name."""
    groups = []
    for number in range(draw(st.integers(2, 6))):
        named = draw(st.booleans()) and draw(st.booleans())
        received = draw(st.integers(0, 1 if named else MOST))
        given_ = {code: Counter(answers) for code, answers in draw(GROUPS[received]).items()}
        groups.append(replace(group(f"g{number}", {}, received=received, on_record=named), answers=given_))
    return WaveAnswers(tuple(groups))


@settings(database=None, max_examples=examples(60))
@given(waves(), st.data())
def test_replacing_every_answer_in_an_unused_cell_changes_nothing(wave: WaveAnswers, data: st.DataObject) -> None:
    result = score_panel(CR, wave)
    used = {(unit.unit, item.code) for item in result.items for unit in item.units}
    home = {code: unit.code for unit in result.units for code in unit.members}
    changed = []
    for own in wave.groups:
        answers = {}
        for code, tally in own.answers.items():
            answers[code] = tally
            if (home.get(own.code), code) not in used:
                # Other answers, as many of them valid: or the cell would be another one.
                others: Counter[object] = Counter()
                for answer, count in tally.items():
                    for _ in range(count):
                        valid = answer.state is ItemState.ANSWERED
                        others[rated(data.draw(st.integers(0, 3))) if valid else answer] += 1
                answers[code] = others  # type: ignore[assignment]
        changed.append(replace(own, answers=answers))
    other = replace(wave, groups=tuple(changed))
    assert repr(score_panel(CR, other)) == repr(result)
    assert sampling_bounds(result, panel_cells(CR, other)) == sampling_bounds(result, panel_cells(CR, wave))


LEVELS = st.lists(st.integers(0, 3), min_size=len(CR), max_size=len(CR))
# What so many people say.
PEOPLE = [st.lists(LEVELS, min_size=n, max_size=n) for n in range(MOST + 1)]


def rating_all(groups: Mapping[str, list[list[int]]]) -> WaveAnswers:
    """Everybody rates every item of CR: levels by group and person."""
    return WaveAnswers(
        tuple(
            group(code, {spec.code: [rated(own[place]) for own in people] for place, spec in enumerate(CR)})
            for code, people in groups.items()
        )
    )


@settings(database=None, max_examples=examples(20))
@given(st.data())
def test_answers_that_a_reopened_wave_leaves_out_change_nothing(data: st.DataObject) -> None:
    """Fewer than k new ones in a cell that was shown, and all of a group that is still too small."""
    first, more, others = {}, {}, {}
    for number in range(data.draw(st.integers(3, 5))):
        size, new = data.draw(st.integers(5, 8)), data.draw(st.integers(1, 4))
        first[f"g{number}"] = data.draw(PEOPLE[size])
        more[f"g{number}"], others[f"g{number}"] = (first[f"g{number}"] + data.draw(PEOPLE[new]) for _ in range(2))
    first["small"], more["small"], others["small"] = (data.draw(PEOPLE[size]) for size in (1, 3, 3))
    # What a group has said once it cannot take back.
    more["small"], others["small"] = first["small"] + more["small"], first["small"] + others["small"]
    shown = rating_all(first)
    before, after, other = (
        score_panel(CR, wave)
        for wave in (shown, next_wave(CR, shown, rating_all(more)), next_wave(CR, shown, rating_all(others)))
    )
    assert repr(after) == repr(other)
    assert after.items == before.items
    public = published(before)
    assert published_again(public, before, after, published(after)) == public


@settings(database=None, max_examples=examples(60))
@given(waves())
def test_a_score_lies_between_its_ends(wave: WaveAnswers) -> None:
    for found in score_panel(CR, wave).attributes:
        if found.result.score is None or found.composition_low is None or found.composition_high is None:
            continue
        assert found.composition_low <= found.result.score <= found.composition_high
        assert 0 <= found.result.low <= found.result.score <= found.result.high <= 100  # type: ignore[operator]


def test_the_items_are_those_of_the_instrument() -> None:
    assert len(ITEMS) == 30
