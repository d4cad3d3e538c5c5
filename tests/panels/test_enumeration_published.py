"""What a reader can work out from the public documents of a wave, as they are printed, by trying other answers.

Answers are small whole numbers, so that more follows from figures than linear algebra shows. For two and three groups
every table of answers is tried. For more, other answers are looked for, for every group on every item, with which the
whole public document that a closing makes of them is the same byte for byte; where there are none, a group's mean on
an item is known to whoever reads the document.

Method 1.0 printed scores of items with one decimal from two groups on, figures by group unless linear algebra solved
them, and scores anew after a reopening. Each test says what followed then: printed in that way, answers are pinned.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import islice, product
from math import floor

import pytest

from assessments.documents.panel import PanelDocument
from assessments.documents.values import points
from assessments.panels import public as public_documents
from assessments.panels import scored as closings
from assessments.panels.build import build_panel
from assessments.panels.counting import asked_specs
from assessments.scoring import ScoringItem, WaveAnswers, letter_of
from assessments.scoring.experience import enumeration, publishable, score_panel
from assessments.scoring.experience.cells import PanelCell
from assessments.scoring.experience.disagreement import disagreement
from assessments.scoring.experience.enumeration import QuickCheck
from assessments.scoring.experience.tables import PrintedAs, Table, table_of
from tests import builders
from tests.builders import panels
from tests.scoring.given import items_of
from tests.scoring.panel import wave_of
from tests.scoring.test_publishable import FIVE, UNEVEN

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

CODES = ("CR1a", "CR1b", "CR1c")
TOP = 3
Cell = tuple[str, str]  # item, group
Counts = Mapping[str, Mapping[str, Sequence[int]]]  # how many at each level, by item and group
Totals = Mapping[str, int]
FULL = 100


def specs() -> list[ScoringItem]:
    return [spec for spec in asked_specs(builders.items()) if spec.code in CODES]


def documents(*waves: WaveAnswers) -> list[PanelDocument]:
    """The public document of each closing."""
    return [public for _restricted, public in panels.closings_of(waves, builders.items(), specs())]


# --- Every table of two or three groups ---------------------------------------------------------------------------


def levels(*given: Sequence[int]) -> list[list[int]]:
    """From levels of people to how many chose each."""
    return [[own.count(level) for level in range(TOP + 1)] for own in given]


def step_of(counts: Sequence[int]) -> int:
    return sum(level * count for level, count in enumerate(counts))


def printed_of(document: PanelDocument, code: str) -> tuple[str | None, str | None, str | None]:
    """All that a public document says of an item's answers."""
    item = document.item(code)
    assert item is not None
    return (item.score.printed if item.score else None, item.letter, item.verdict)


def tables(
    counts: Mapping[str, Sequence[int]], printed: tuple[str | None, str | None, str | None], parts: int = 1
) -> Iterator[tuple[Totals, Fraction]]:
    """Every total per group that prints the same of one item, with its score. The spread within groups is known."""
    real = {group: _cell(own) for group, own in counts.items()}
    possible = [
        [
            (total, cell.mean, cell)
            for total in range(TOP * was.n + 1)
            for cell in [_with_total(was, Fraction(total, TOP))]
        ]
        for was in real.values()
    ]
    for chosen in product(*possible):
        totals, means, cells = zip(*chosen, strict=True)
        score = FULL * sum(means, Fraction(0)) / len(means)
        rounded = Fraction(floor(score * parts + Fraction(1, 2)), parts)
        if letter_of(score) != printed[1] or (printed[0] is not None and Fraction(printed[0]) != rounded):
            continue
        if disagreement(dict(zip(real, cells, strict=True))).verdict.value == printed[2]:
            yield dict(zip(real, totals, strict=True)), score


def _with_total(cell: PanelCell, total: Fraction) -> PanelCell:
    """The cell with another sum of values, and answers as far from each other as they are."""
    return replace(cell, total=total, squares=cell.deviations + total**2 / cell.n)


def _cell(counts: Sequence[int]) -> PanelCell:
    squares = sum((Fraction(level * level * count, TOP * TOP) for level, count in enumerate(counts)), Fraction(0))
    return PanelCell(sum(counts), Fraction(step_of(counts), TOP), squares, tuple(counts))


def pinned(document: PanelDocument, answered: Counts) -> set[Cell]:
    """The cells of which one value alone fits what is printed of items and attribute, with all tables tried."""
    found = {code: list(tables(counts, printed_of(document, code))) for code, counts in answered.items()}
    attribute = document.attribute("CR")
    assert attribute is not None
    whole = attribute.score.printed if attribute.score else None
    values: dict[Cell, set[int]] = {}
    for code, own in found.items():
        rest = {Fraction(0)}
        for other in found.keys() - {code}:
            rest = {total + score for total in rest for score in {score for _totals, score in found[other]}}
        for totals, score in own:
            if whole is None or any(floor((score + more) / 3 + Fraction(1, 2)) == int(whole) for more in rest):
                for group, total in totals.items():
                    values.setdefault((code, group), set()).add(total)
    return {cell for cell, possible in values.items() if len(possible) == 1}


FIVE_AND_SIX = dict(zip(("a", "b"), levels([0, 1, 1, 2, 3], [1, 1, 1, 2, 2, 3]), strict=True))
THREE = dict(zip(("a", "b", "c"), levels([0, 1, 1, 2, 3], [1, 1, 1, 2, 2, 3], [2, 2, 3, 3, 3, 3, 2]), strict=True))


@pytest.mark.parametrize("counts", [FIVE_AND_SIX, THREE], ids=["five and six", "three groups"])
def test_of_two_and_three_groups_nothing_follows_item_by_item(counts: Mapping[str, Sequence[int]]) -> None:
    """In 1.0 the score of an item was public from two groups on: five and six people, 51.1 and aligned, was enough."""
    (document,) = documents(wave_of({"CR1a": counts}))
    assert printed_of(document, "CR1a")[0] is None
    assert pinned(document, {"CR1a": counts}) == set()
    score = FULL * sum((_cell(own).mean for own in counts.values()), Fraction(0)) / len(counts)
    tenths = str(Fraction(floor(score * 10 + Fraction(1, 2)), 10))
    as_before = list(tables(counts, (tenths, *printed_of(document, "CR1a")[1:]), parts=10))
    # Then at most one table for each group was left, and the groups were told to the answer, or nearly so.
    assert len(as_before) <= len(counts)
    assert len(list(tables(counts, printed_of(document, "CR1a")))) >= 10 * len(as_before)


def test_ten_people_on_three_items_are_not_told_from_the_attribute() -> None:
    """In 1.0 figures by group were public for two groups: all six cells of this panel followed."""
    totals = {"CR1a": ([2, 1, 3, 3, 3], [0, 0, 0, 0, 1]), "CR1b": ([2, 2, 3, 3, 3], [2, 2, 2, 3, 3])}
    totals["CR1c"] = ([3, 3, 3, 3, 3], [2, 2, 2, 2, 3])
    answered = {code: dict(zip(("a", "b"), levels(*own), strict=True)) for code, own in totals.items()}
    (document,) = documents(wave_of(answered))
    attribute = document.attribute("CR")
    assert attribute is not None
    assert (attribute.hidden, attribute.groups) == ("few_units", [])
    assert pinned(document, answered) == set()


def test_a_group_that_joins_a_reopened_wave_is_not_told_by_the_difference() -> None:
    """In 1.0 the second score less the first was the mean of the group that joined, on every item."""
    first = dict(zip("abc", levels([0, 1, 2, 3, 3], [1, 1, 2, 2, 2, 3], [2, 2, 3, 3, 3, 3, 3]), strict=True))
    before = {code: {**first, "d": levels([0, 0])[0]} for code in CODES}
    after = {code: {**first, "d": levels([0, 0, 0, 1, 0, 1, 0])[0]} for code in CODES}
    earlier, later = documents(wave_of(before), wave_of(after))
    for code in CODES:
        assert printed_of(later, code) == printed_of(earlier, code)
        assert later.item(code).hidden == "few_changed"
    # Nothing but numbers of answers is new, so anything may be what the group said.
    as_before = earlier.attribute("CR").model_copy(update={"repeats_earlier": True})
    assert later.attribute("CR") == as_before
    assert later.index == earlier.index
    assert later.weakest == earlier.weakest


# --- Other answers with the same document -------------------------------------------------------------------------


def without_witness(answered: Counts, codes: Sequence[str] = CODES, parts: int = 1) -> set[Cell]:
    """The cells (of the items `codes`) for which no other answers were found that give the same public document."""
    real = published(answered)
    table = replace(_table(answered, real), parts=parts)
    # Closing takes long: only what might print the same is closed.
    quick = QuickCheck(table)
    safe: set[Cell] = set()
    cells = {(code, group) for code in codes for group in answered[code]}
    for code, group in sorted(cells):
        if (code, group) not in safe:
            near = (changes for changes in enumeration._candidates(table, code, group) if quick.passes(changes))
            for changes in islice(near, TRIED):
                if any(published(other, turn) == real for other in _realised(answered, changes) for turn in TURNS):
                    safe.update(changes)
                    break
    return cells - safe


TRIED = 40  # tables
EXACT = 10**6  # parts of a point
TURNS = range(3)  # ways in which answers to different items belong to the same people


def published(answered: Counts, turn: int = 0) -> PanelDocument:
    """The public document of a panel; `turn` says who gave which of the answers to different items."""
    wave = wave_of(answered)
    people = {
        own.code: [
            {item: given[(person + turn * place) % len(given)] for place, (item, given) in enumerate(columns.items())}
            for person in range(own.received)
        ]
        for own in wave.groups
        for columns in [{item: list(Counter(tally).elements()) for item, tally in own.answers.items()}]
    }
    scored = closings.first_closing(closings.WaveTerms(specs()), wave, people)
    restricted = build_panel(panels.about_of(wave, 50), builders.items(), scored)
    return public_documents.public_document(restricted, scored)


def _table(answered: Counts, document: PanelDocument) -> Table:
    result = score_panel(items_of("CR"), wave_of(answered))
    attribute = document.attribute("CR")
    assert attribute is not None
    return table_of(
        result.attributes[0],
        list(result.items),
        document.item_scores().keys(),
        by_group=attribute.by_group,
        as_printed=PrintedAs(parts=1),
    )


def _realised(answered: Counts, changes: Mapping[Cell, int]) -> Iterator[Counts]:
    """The panel with other totals in some cells: in up to three ways, by which level people leave."""
    for first in range(TOP):
        moved = {code: dict(groups) for code, groups in answered.items()}
        possible = True
        for (code, group), by in changes.items():
            counts = _moved(moved[code][group], by, first)
            possible = possible and counts is not None
            moved[code][group] = counts or moved[code][group]
        if possible:
            yield moved


def _moved(counts: Sequence[int], by: int, first: int) -> list[int] | None:
    """How many are at each level after `by` steps up (or down), one person a step; None where it cannot be."""
    found, way = list(counts), 1 if by > 0 else -1
    for step in range(abs(by)):
        places = [(first + step + other) % TOP for other in range(TOP)]
        leaving = [place if way > 0 else place + 1 for place in places]
        level = next((level for level in leaving if found[level]), None)
        if level is None:
            return None
        found[level] -= 1
        found[level + way] += 1
    return found


@pytest.fixture
def everything_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Closings that leave out nothing because it follows: for other answers, which have to print what is printed."""
    monkeypatch.setattr(publishable, "anything_follows", lambda _table: False)
    monkeypatch.setattr(publishable, "following_cells", lambda *_: frozenset())


FOUR = {code: {group: FIVE[code][group] for group in "abcd"} for code in CODES}
UNEVEN_FOUR = {code: {group: UNEVEN[code][group] for group in "abcd"} for code in CODES}
PANELS = {"four groups": FOUR, "four uneven groups": UNEVEN_FOUR, "five groups": FIVE, "five uneven groups": UNEVEN}


def test_of_these_panels_nothing_is_left_out_because_it_follows() -> None:
    for answered in PANELS.values():
        assert "follows" not in published(answered).model_dump_json()


@pytest.mark.usefixtures("everything_told")
@pytest.mark.parametrize("name", PANELS)
def test_other_answers_give_the_same_public_document(name: str) -> None:
    assert without_witness(PANELS[name]) == set()


@pytest.mark.usefixtures("everything_told")
def test_in_exact_fractions_answers_follow(monkeypatch: pytest.MonkeyPatch) -> None:
    """In 1.0 public documents had every figure as an exact fraction beside the one that was printed."""
    monkeypatch.setattr(public_documents, "whole_points", points)
    assert without_witness(UNEVEN, ["CR1a"], parts=EXACT) != set()
