"""Whether cells follow from public figures: by the search, and by brute force (method 3.8)."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.scoring.experience import GroupVerdict, published, score_panel
from assessments.scoring.experience import enumeration as search
from assessments.scoring.experience.enumeration import QuickCheck, following_cells
from assessments.scoring.experience.tables import Table, TableCell, TableItem, figures, item_score, item_words, rounded
from tests.examples import examples
from tests.scoring.given import items_of
from tests.scoring.panel import wave_of

CR = items_of("CR")
CODES = tuple(spec.code for spec in CR)


def table(
    cells: Sequence[Mapping[str, TableCell]], *, shows: bool = True, by_group: bool = False, within: int = 1
) -> Table:
    items = {
        f"i{number}": TableItem(f"i{number}", Fraction(1, len(cells)), own, Fraction(within), shows)
        for number, own in enumerate(cells)
    }
    return Table(items, tuple(cells[0]), by_group)


def printed(found: Table) -> tuple[list[object], list[int]]:
    """Everything that is printed of a table."""
    items: list[object] = [
        (rounded(item_score(item)) if item.shows_score else None, *item_words(item)) for item in found.items.values()
    ]
    return items, [rounded(figure) for figure in figures(found)]


def test_the_two_groups_of_the_finding_follow_from_one_score() -> None:
    """Five and six answered, 51.1 and aligned: only 46.7 and 55.6 fit."""
    cells = {"a": TableCell(5, 7, 3), "b": TableCell(6, 10, 3)}
    found = table([cells])
    assert printed(found)[0] == [(511, "L", GroupVerdict.ALIGNED)]
    assert following_cells(found) == {("i0", "a"), ("i0", "b")}


def test_the_panel_of_the_finding_follows_item_by_item() -> None:
    """Ten people, three items, figures by group: all six cells follow."""
    totals = [(12, 1), (13, 12), (15, 11)]
    cells = [{"a": TableCell(5, one, 3), "b": TableCell(5, other, 3)} for one, other in totals]
    found = table(cells, by_group=True)
    assert printed(found)[1][1:3] == [889, 533]
    assert len(following_cells(found)) == 6


def test_named_answers_are_known_and_follow_from_nothing() -> None:
    cells = {"a": TableCell(5, 7, 3), "b": TableCell(1, 1, 3, known=True)}
    assert following_cells(table([cells])) == {("i0", "a")}


def test_a_cell_at_its_end_does_not_move_beyond_it() -> None:
    cells = {"a": TableCell(5, 15, 3), "b": TableCell(5, 14, 3)}
    found = table([cells])
    assert not QuickCheck(found).passes({("i0", "a"): 1})


def test_a_search_that_is_given_up_counts_as_following(monkeypatch: pytest.MonkeyPatch) -> None:
    cells = {code: TableCell(5, 7, 3) for code in "abcd"}
    assert following_cells(table([cells])) == frozenset()
    monkeypatch.setattr(search, "TABLES_IN_ALL", 0)
    assert len(following_cells(table([cells]))) == 4


def all_tables(found: Table) -> dict[tuple[str, str], set[int]]:
    """Every value of every cell in all the tables that print the same: by brute force."""
    places = [(code, unit) for code, item in found.items.items() for unit in item.cells]
    real = printed(found)
    values: dict[tuple[str, str], set[int]] = {place: set() for place in places}
    ranges = [range(found.items[code].cells[unit].size + 1) for code, unit in places]
    for totals in product(*ranges):
        moves = {
            (code, unit): total - found.items[code].cells[unit].total
            for (code, unit), total in zip(places, totals, strict=True)
        }
        if printed(found.changed(moves)) == real:
            for place, total in zip(places, totals, strict=True):
                values[place].add(total)
    return values


@settings(database=None, max_examples=examples(12))
@given(st.data())
def test_no_cell_that_enumeration_pins_is_missed(data: st.DataObject) -> None:
    items = data.draw(st.integers(1, 2))
    units = data.draw(st.integers(2, 3 if items == 1 else 2))
    cells = []
    for _ in range(items):
        own = {}
        for number in range(units):
            n = data.draw(st.integers(2, 3))
            own[f"u{number}"] = TableCell(n, data.draw(st.integers(0, 2 * n)), 2)
        cells.append(own)
    found = table(cells, shows=data.draw(st.booleans()), by_group=data.draw(st.booleans()))
    pinned = {place for place, totals in all_tables(found).items() if len(totals) == 1}
    assert pinned <= following_cells(found)


@settings(database=None, max_examples=examples(4))
@given(st.data())
def test_three_items_and_many_groups_are_looked_through(data: st.DataObject) -> None:
    counts = {
        item: {
            code: data.draw(st.lists(st.integers(0, 3), min_size=4, max_size=4).filter(lambda own: sum(own) >= 5))
            for code in "abcdef"
        }
        for item in CODES
    }
    result = score_panel(CR, wave_of(counts))
    found = published(result)
    for item, whole in zip(found.items, result.items, strict=True):
        assert (item.score is None) is (item.hidden is not None)
        assert item.score in (None, whole.score)
