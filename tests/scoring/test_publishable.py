"""What is public of a panel, and that no group's answers to an item follow from it (method 3.8)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from assessments.scoring import WaveAnswers, next_wave
from assessments.scoring.experience import (
    GroupVerdict,
    HiddenBecause,
    PrintedAs,
    PublicPanel,
    changed_cells,
    published,
    published_again,
    restricted_attribute,
    restricted_item,
    score_panel,
)
from tests.scoring.given import items_of
from tests.scoring.instrument import BY_CODE
from tests.scoring.panel import group, rated, ticked, wave_of

CR = items_of("CR")
CODES = tuple(spec.code for spec in CR)
ALIKE = {"a": [1, 2, 2, 1], "b": [1, 1, 2, 2], "c": [2, 2, 1, 1], "d": [1, 2, 1, 2]}
# Groups of one size that differ a little: nothing follows from any figure.
FIVE = {
    "CR1a": {"a": [0, 3, 3, 0], "b": [0, 2, 3, 1], "c": [0, 2, 2, 2], "d": [0, 1, 3, 2], "e": [1, 2, 1, 2]},
    "CR1b": {"a": [1, 2, 3, 0], "b": [1, 2, 3, 0], "c": [0, 3, 3, 0], "d": [1, 3, 1, 1], "e": [1, 0, 4, 1]},
    "CR1c": {"a": [0, 1, 4, 1], "b": [0, 4, 2, 0], "c": [1, 1, 3, 1], "d": [0, 1, 2, 3], "e": [0, 1, 4, 1]},
}
# Groups of different sizes: with one decimal profiles give cells away, in whole points they do not.
UNEVEN = {
    "CR1a": {"a": [0, 4, 4, 0], "b": [0, 4, 6, 4], "c": [1, 2, 2, 1], "d": [0, 2, 1, 2], "e": [2, 2, 5, 0]},
    "CR1b": {"a": [0, 4, 3, 1], "b": [2, 2, 8, 2], "c": [0, 3, 3, 0], "d": [0, 3, 2, 0], "e": [1, 1, 3, 4]},
    "CR1c": {"a": [0, 1, 5, 2], "b": [2, 4, 6, 2], "c": [1, 2, 3, 0], "d": [1, 0, 3, 1], "e": [3, 2, 3, 1]},
}
Counts = Mapping[str, Sequence[int]]


def public(counts: Counts, items: Sequence[str] = CODES, named: str = "") -> PublicPanel:
    """The public version of a panel with the same counts on these items."""
    return published(score_panel(CR, wave_of(dict.fromkeys(items, counts), on_record=named)))


def test_an_item_that_nobody_answered_has_no_figure() -> None:
    found = public(ALIKE, CODES[:2])
    assert (found.items[2].score, found.items[2].letter, found.items[2].verdict) == (None, None, None)
    assert found.attributes[0].result.status == "shown"


def test_with_three_confidential_units_letter_and_verdict_are_public() -> None:
    found = public({code: ALIKE[code] for code in "abc"})
    assert {(item.score, item.hidden) for item in found.items} == {(None, HiddenBecause.FEW_UNITS)}
    assert {item.letter for item in found.items} == {"P"}
    assert {item.verdict for item in found.items} == {GroupVerdict.DIFFERING}
    (attribute,) = found.attributes
    assert (attribute.hidden, attribute.profiles, attribute.gap) == (HiddenBecause.FEW_UNITS, (), None)
    # What an item adds to the attribute would tell its score.
    assert {item.contribution for item in attribute.result.items} == {0}


def test_with_four_the_score_is_public_and_with_five_the_groups() -> None:
    four, five = public(ALIKE), published(score_panel(CR, wave_of(FIVE)))
    assert all(item.score is not None for item in [*four.items, *five.items])
    assert (four.attributes[0].hidden, five.attributes[0].hidden) == (HiddenBecause.FEW_UNITS, None)
    assert len(five.attributes[0].profiles) == 5
    assert five.attributes[0].gap is not None
    assert five.attributes[0].may_show_sampling


def test_named_answers_alone_hide_nothing() -> None:
    found = public({"a": [0, 1, 0, 0], "b": [0, 0, 1, 0]}, named="ab")
    assert all(item.score is not None for item in found.items)
    assert found.attributes[0].hidden is None
    assert found.attributes[0].gap == Fraction(100, 3)


def test_a_confidential_unit_that_does_not_count_is_there_all_the_same() -> None:
    wave = WaveAnswers(
        (
            group("a", {code: [rated(1)] for code in CODES}, on_record=True),
            group("b", {code: [rated(2)] for code in CODES}, on_record=True),
            group("c", {"CR1a": [rated(1)] * 5}),
        )
    )
    (attribute,) = published(score_panel(CR, wave)).attributes
    # Everything but this unit's answers is known, so that the attribute's score would tell them.
    assert (attribute.hidden, attribute.score_hidden) == (HiddenBecause.FEW_UNITS, HiddenBecause.FOLLOWS)


def test_a_withheld_attribute_has_no_figures_by_group() -> None:
    (attribute,) = public(FIVE["CR1a"], CODES[:1]).attributes
    assert (attribute.result.score, attribute.hidden) == (None, HiddenBecause.FEW_UNITS)


def test_where_everybody_says_the_same_the_score_is_left_out() -> None:
    found = public({code: [0, 0, 0, 5] for code in "abcd"})
    assert {(item.score, item.hidden) for item in found.items} == {(None, HiddenBecause.FOLLOWS)}
    (attribute,) = public({code: [0, 0, 0, 5] for code in "abcde"}).attributes
    assert (attribute.hidden, attribute.score_hidden) == (HiddenBecause.FOLLOWS, HiddenBecause.FOLLOWS)
    # The attribute's score would tell the same; its letter is left.
    assert (attribute.result.score, attribute.result.low, attribute.result.letter) == (None, None, "F")


def test_the_groups_of_an_attribute_with_a_single_item_are_those_of_the_item() -> None:
    spec = BY_CODE["CR1a"]
    result = score_panel([spec], wave_of({"CR1a": FIVE["CR1a"]}))
    (attribute,) = published(result).attributes
    assert (attribute.may_show_sampling, attribute.hidden) == (False, HiddenBecause.ONE_ITEM)
    assert (restricted_attribute(result.attributes[0]).gap, result.attributes[0].gap is None) == (None, False)
    large = score_panel([spec], wave_of({"CR1a": {"a": [2, 2, 2, 2], "b": [3, 3, 3, 3]}})).attributes[0]
    assert restricted_attribute(large) is large


def test_the_score_of_an_attribute_with_a_single_item_is_that_of_the_item() -> None:
    spec = BY_CODE["CR1a"]
    three = {"CR1a": {code: ALIKE[code] for code in "abc"}}
    (attribute,) = published(score_panel([spec], wave_of(three))).attributes
    assert (attribute.score_hidden, attribute.result.score, attribute.result.letter) == (
        HiddenBecause.FEW_UNITS,
        None,
        "P+",
    )
    # So is the range of an attribute that is withheld.
    (withheld,) = published(score_panel(CR, wave_of(three))).attributes
    assert (withheld.result.status, withheld.result.low) == ("withheld", None)


def test_whole_points_tell_less_so_that_more_may_be_told() -> None:
    result = score_panel(CR, wave_of(UNEVEN))
    assert published(result).attributes[0].hidden is HiddenBecause.FOLLOWS
    assert published(result, PrintedAs(parts=1)).attributes[0].hidden is None


def test_what_a_named_answer_decides_is_public() -> None:
    assert public({"a": [0, 1, 0, 0], "b": [0, 0, 1, 0]}, named="ab").items[0].named_decides == Fraction(1, 2)
    assert public(ALIKE).items[0].named_decides is None


def test_lists_are_checked_in_their_own_steps() -> None:
    spec = BY_CODE["IT5b"]
    answers = [
        {"IT5b": [ticked(spec, *states)] * 5}
        for states in (
            ("yes", "partly", "no"),
            ("yes", "yes", "no"),
            ("no", "yes", "partly"),
            ("yes", "dont_know", "no"),
        )
    ]
    wave = WaveAnswers(tuple(group(code, given_) for code, given_ in zip("abcd", answers, strict=True)))
    found = published(score_panel([spec], wave), PrintedAs(steps={"IT5b": 6}))
    assert found.items[0].score is not None


def test_small_groups_tell_no_spread_in_the_restricted_version() -> None:
    small, large = (
        score_panel(CR, wave_of({"CR1a": {"a": counts, "b": counts}})).items for counts in ([1, 2, 2, 1], [2, 2, 2, 2])
    )
    hidden = restricted_item(small[0])
    assert hidden.disagreement is not None
    assert (hidden.disagreement.variance, hidden.disagreement.z2, hidden.disagreement.chance) == (0, 0, 0)
    assert hidden.disagreement.verdict is GroupVerdict.ALIGNED
    assert restricted_item(large[0]) is large[0]
    assert restricted_item(small[1]) is small[1]


def closings(first: Mapping[str, Counts], more: Counts) -> tuple[PublicPanel, PublicPanel]:
    """Public versions of a wave, and of the same reopened, with these answers added to every item."""
    both = {
        item: {
            code: [one + two for one, two in zip(own, more.get(code, [0] * 4), strict=True)]
            for code, own in counts.items()
        }
        for item, counts in first.items()
    }
    shown, now = wave_of(first), wave_of(both)
    before, after = score_panel(CR, shown), score_panel(CR, next_wave(CR, shown, now))
    earlier = published(before)
    return earlier, published_again(earlier, before, after, published(after))


def test_a_group_that_joins_alone_changes_nothing_public() -> None:
    """The difference of two scores would be the mean of the group that joined."""
    counts = {**ALIKE, "e": [1, 1, 0, 0]}
    earlier, later = closings(dict.fromkeys(CODES, counts), {"e": [1, 1, 1, 1]})
    assert {item.hidden for item in later.items} == {HiddenBecause.FEW_CHANGED}
    assert [(item.letter, item.verdict) for item in later.items] == [
        (item.letter, item.verdict) for item in earlier.items
    ]
    assert later.attributes == earlier.attributes


def test_three_cells_that_changed_make_a_new_score_without_groups() -> None:
    earlier, later = closings(FIVE, {"a": [0, 0, 2, 3], "b": [0, 0, 3, 2], "c": [0, 1, 2, 2]})
    for one, two in zip(later.items, earlier.items, strict=True):
        assert one.score is not None
        assert one.score != two.score
    assert (earlier.attributes[0].hidden, later.attributes[0].hidden) == (None, HiddenBecause.FEW_CHANGED)
    assert later.attributes[0].profiles == ()
    assert later.attributes[0].result != earlier.attributes[0].result


def test_what_did_not_change_is_repeated() -> None:
    earlier, later = closings(FIVE, {code: [0, 0, 0, 1] for code in "abcde"})
    assert later == earlier


def test_named_answers_may_change() -> None:
    item = score_panel(CR, wave_of({"CR1a": ALIKE})).items[0]
    named = replace(item, units=tuple(replace(unit, named=True) for unit in item.units))
    assert changed_cells(item, named) == 4
    assert changed_cells(named, named) == 0


def test_a_critical_item_on_which_everybody_says_the_lowest_does_not_show_through_the_letter() -> None:
    """A letter that is limited would say that every answer to this item was the lowest."""
    lowest, high = {code: [5, 0, 0, 0] for code in "abcde"}, {code: [0, 1, 2, 2] for code in "abcde"}
    result = score_panel(CR, wave_of({"CR1a": lowest, "CR1b": high, "CR1c": {code: [0, 0, 2, 3] for code in "abcde"}}))
    assert (result.attributes[0].result.letter, result.attributes[0].result.limited_by) == ("P+", ("CR1a",))
    (attribute,) = published(result, PrintedAs(parts=1)).attributes
    assert (attribute.result.letter, attribute.result.band_letter, attribute.result.limited_by) == ("P+", "P+", ())
    assert (attribute.result.score, attribute.score_hidden) == (None, HiddenBecause.FOLLOWS)
    assert (attribute.profiles, attribute.hidden) == ((), HiddenBecause.FOLLOWS)


def test_a_withheld_group_is_named_nowhere_in_public_and_neither_is_a_member_of_the_pool() -> None:
    few = {code: ALIKE[code] for code in "abc"}
    alone = public({**few, "Fishers": [0, 4, 0, 0]})
    assert alone == public(few)
    assert "Fishers" not in repr(alone)
    pooled = repr(public({**few, "Fishers": [0, 4, 0, 0], "Farmers": [1, 0, 0, 0]}))
    assert "Fishers" not in pooled
    assert "Farmers" not in pooled
