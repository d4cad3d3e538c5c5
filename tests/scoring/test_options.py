"""The barriers matrix: options of a checklist by group."""

from dataclasses import replace
from fractions import Fraction

import pytest

from assessments.scoring import RespondentAnswer, ScoringError, WaveAnswers, option_matrix
from assessments.scoring.experience.cells import OptionCell, OptionRow, option_cells
from tests.scoring.instrument import BY_CODE
from tests.scoring.panel import DONT_KNOW, group, rated, ticked

IT5B = BY_CODE["IT5b"]
ALL = ticked(IT5B, "yes", "partly", "no")
UNSURE = ticked(IT5B, "yes", "partly", "dont_know")


def matrix(*groups: list[RespondentAnswer], on_record: int | None = None) -> tuple[OptionRow, ...]:
    found = tuple(group("abc"[at], {"IT5b": given}, on_record=at == on_record) for at, given in enumerate(groups))
    return option_matrix(IT5B, WaveAnswers(found))


def test_a_row_is_the_mean_credit_of_every_option() -> None:
    rows = matrix([ALL] * 4 + [ticked(IT5B, "no", "no", "no")], [ALL] * 5)
    assert [row.unit for row in rows] == ["a", "b"]
    assert dict(rows[0].means) == {"inputs": 80, "process": 40, "outputs": 0}
    assert dict(rows[1].means) == {"inputs": 100, "process": 50, "outputs": 0}


def test_a_row_with_an_option_below_the_threshold_is_left_out_whole() -> None:
    rows = matrix([ALL] * 4 + [UNSURE] * 2, [ALL] * 5, [ALL] * 6)
    assert [row.unit for row in rows] == ["b", "c"]


def test_a_row_is_never_alone() -> None:
    assert matrix([ALL] * 4 + [UNSURE] * 2, [ALL] * 5) == ()
    assert matrix([ALL] * 4, [ALL] * 5) == ()


def test_a_named_answer_may_leave_options_open() -> None:
    rows = matrix([UNSURE], [ALL] * 5, on_record=0)
    assert [(row.unit, row.on_record) for row in rows] == [("a", True), ("b", False)]
    assert dict(rows[0].means) == {"inputs": 100, "process": 50, "outputs": None}


def test_a_named_answer_may_be_left_alone_by_a_row_that_is_hidden() -> None:
    (row,) = matrix([ALL], [ALL] * 4 + [UNSURE] * 2, on_record=0)
    assert (row.unit, row.on_record) == ("a", True)


def test_a_named_answer_that_is_alone_on_the_item_is_in_no_figure() -> None:
    assert matrix([ALL], [ALL] * 4, on_record=0) == ()


def test_answers_of_which_too_little_is_known_do_not_make_a_row() -> None:
    little = [ticked(IT5B, *("yes" if at == known else "dont_know" for at in range(3))) for known in range(3)]
    # Every option is known five times, but no answer counts by half of its options.
    assert matrix(little * 5, [ALL] * 5, [ALL] * 5)[0].unit == "b"


def test_what_does_not_apply_has_no_rows_where_the_item_allows_it() -> None:
    groups = (group("a", {"IT5b": [ALL] * 5}), group("b", {"IT5b": [ALL] * 5}))
    wave = WaveAnswers(groups, not_applicable=frozenset({"IT5b"}))
    assert option_matrix(replace(IT5B, na_allowed=True), wave) == ()
    # Otherwise stakeholders have said something, and it stays.
    assert len(option_matrix(IT5B, wave)) == 2


def test_a_cell_sums_the_credits_of_those_who_know() -> None:
    found = option_cells(IT5B, [{ALL: 2, UNSURE: 1, DONT_KNOW: 4}, {ticked(IT5B, "no", "not_applicable", "yes"): 1}])
    assert found == {
        "inputs": OptionCell(4, Fraction(3)),
        "process": OptionCell(3, Fraction(3, 2)),
        "outputs": OptionCell(3, Fraction(1)),
    }


def test_a_rating_has_no_options() -> None:
    spec = BY_CODE["CR1a"]
    wave = WaveAnswers(tuple(group(code, {"CR1a": [rated(2)] * 5}) for code in "ab"))
    with pytest.raises(ScoringError, match="CR1a: a rating item has no options"):
        option_matrix(spec, wave)
    assert option_cells(spec, [wave.groups[0].answers["CR1a"]]) == {}


def test_a_dont_know_counts_for_no_option() -> None:
    rows = matrix([ALL] * 5 + [DONT_KNOW], [ALL] * 5)
    assert rows[0].means["process"] == Fraction(50)


def test_an_option_that_is_refused() -> None:
    with pytest.raises(ScoringError, match="IT5b: unknown state 'perhaps'"):
        matrix([ticked(IT5B, "yes", "perhaps", "no")])
