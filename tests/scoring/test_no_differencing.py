"""What is withheld cannot be computed from what is published.

Everything a result holds is written as linear equations in the answers behind it: how much each figure moves when
one answer in one cell moves. Then linear algebra over exact fractions decides whether any combination of less than k
answers to one item can be solved for.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.scoring import (
    GroupResponses,
    ItemKind,
    ScoringItem,
    WaveAnswers,
    next_wave,
    respondent_value,
)
from assessments.scoring.experience import score_panel
from tests.examples import examples
from tests.scoring.panel import DONT_KNOW, group, rated

pytestmark = pytest.mark.slow

# A fine scale, so that one step of one answer hardly ever changes which group is the highest.
TOP = 60
K = 5
SPREAD = frozenset({"distribution", "variance", "z2"})
Figures = dict[str, Fraction]
Levels = Mapping[str, Sequence[int | None]]  # by item; None is "don't know"
Row = tuple[Fraction, ...]

exact = settings(database=None, max_examples=examples(8))


def spec(code: str, question: str) -> ScoringItem:
    return ScoringItem(code, 1, question, "A", ItemKind.RATING, False, True, top_level=TOP)


SPECS = (spec("A1a", "A1"), spec("A1b", "A1"), spec("A2a", "A2"))


@dataclass(frozen=True)
class Block:
    """Answers that move together: those of one group to one item that came in before the same closing."""

    group: str
    item: str
    closing: int


@dataclass(frozen=True)
class Panel:
    """Levels by group and item, for each closing those that were added since the one before."""

    closings: tuple[Mapping[str, Levels], ...]
    on_record: frozenset[str] = frozenset()

    def wave(self, until: int = 0) -> WaveAnswers:
        return WaveAnswers(tuple(self._group(code, until) for code in self.closings[0]), k=K)

    def _group(self, code: str, until: int) -> GroupResponses:
        given = {
            each.code: [
                DONT_KNOW if level is None else rated(level)
                for closing in self.closings[: until + 1]
                for level in closing.get(code, {}).get(each.code, ())
            ]
            for each in SPECS
        }
        return group(code, given, on_record=code in self.on_record)

    def blocks(self) -> dict[Block, int]:
        """Every block with its number of valid answers, where there is one; groups on the record are no secret."""
        found = {}
        for number, closing in enumerate(self.closings):
            for code, items in closing.items():
                for item, levels in items.items():
                    valid = sum(level is not None for level in levels)
                    if valid and code not in self.on_record:
                        found[Block(code, item, number)] = valid
        return found

    def moved(self, block: Block, by: int) -> "Panel":
        closings = [{code: dict(items) for code, items in closing.items()} for closing in self.closings]
        levels = list(closings[block.closing][block.group][block.item])
        at = next(number for number, level in enumerate(levels) if level is not None)
        levels[at] = (levels[at] or 0) + by
        closings[block.closing][block.group][block.item] = levels
        return replace(self, closings=tuple(closings))


def leaves(value: object, path: str = "") -> Iterator[tuple[str, Fraction]]:
    """Every exact figure inside a result, however deep, except figures of spread, which are not linear in means.

    These are shown from eight answers, for all groups of an item or for none: see test_publishable.py.
    """
    if isinstance(value, Fraction):
        yield path, value
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            if field.name not in SPREAD:
                yield from leaves(getattr(value, field.name), f"{path}.{field.name}")
    elif isinstance(value, Mapping):
        for key, entry in value.items():
            yield from leaves(entry, f"{path}.{key}")
    elif isinstance(value, list | tuple):
        for number, entry in enumerate(value):
            yield from leaves(entry, f"{path}.{number}")


def published(panel: Panel) -> Figures:
    """Everything that exists after each closing."""
    shown = panel.wave()
    found = dict(leaves(score_panel(SPECS, shown), "first"))
    if len(panel.closings) > 1:
        found |= dict(leaves(score_panel(SPECS, next_wave(SPECS, shown, panel.wave(1))), "second"))
    return found


def equations(panel: Panel, publish: Callable[[Panel], Figures]) -> tuple[list[Block], list[Row]]:
    """How much each figure moves with each block, one row per figure; at a kink, one row per side."""
    blocks = list(panel.blocks())
    here = publish(panel)
    columns = {}
    for by in (1, -1):
        for block in blocks:
            there = publish(panel.moved(block, by))
            columns[by, block] = {key: (there.get(key, value) - value) * by for key, value in here.items()}
    rows = {tuple(columns[by, block][key] for block in blocks) for key in here for by in (1, -1)}
    return blocks, sorted(row for row in rows if any(row))


def independent(rows: Iterable[Row]) -> list[Row]:
    """Rows that span the same space, by exact elimination; their number is the rank."""
    basis: list[tuple[int, Row]] = []
    for row in rows:
        rest = row
        for pivot, known in basis:
            if rest[pivot]:
                factor = rest[pivot] / known[pivot]
                rest = tuple(entry - factor * other for entry, other in zip(rest, known, strict=True))
        if any(rest):
            basis.append((next(number for number, entry in enumerate(rest) if entry), rest))
    return [row for _, row in basis]


def determined(panel: Panel, publish: Callable[[Panel], Figures] = published) -> list[set[Block]]:
    """The sets of blocks of one item with less than k answers together of which something can be solved for.

    The rows that can be combined to touch nothing but some columns are as many as the rank falls by when these
    columns are taken away.
    """
    blocks, rows = equations(panel, publish)
    sizes = panel.blocks()
    whole = independent(rows)
    found = []
    for item in (each.code for each in SPECS):
        own = [block for block in blocks if block.item == item and sizes[block] < K]
        for size in range(1, len(own) + 1):
            for chosen in combinations(own, size):
                if sum(sizes[block] for block in chosen) < K:
                    kept = [number for number, block in enumerate(blocks) if block not in chosen]
                    if len(independent(tuple(row[number] for number in kept) for row in whole)) < len(whole):
                        found.append(set(chosen))
    return found


def valid_values(panel: Panel, until: int = 0) -> dict[str, list[Fraction]]:
    """Every value anybody gave, by item: what a careless total would be made of."""
    wave = panel.wave(until)
    return {
        each.code: [
            value
            for group_ in wave.groups
            for answer, count in group_.answers[each.code].items()
            if (value := respondent_value(each, answer)) is not None
            for _ in range(count)
        ]
        for each in SPECS
    }


def everybody(code: str, n: int, start: int) -> Levels:
    return {each.code: [(start + 7 * number) % (TOP - 1) + 1 for number in range(n)] for each in SPECS}


def example(**sizes: int) -> Panel:
    """So many answers per group to every item; the levels differ from group to group."""
    return Panel(({code: everybody(code, n, 3 + 11 * at) for at, (code, n) in enumerate(sizes.items())},))


ONE_HIDDEN = example(government=6, business=9, technical=5, academia=2)
TWO_POOLED = example(government=6, business=9, technical=5, academia=2, youth=3)


def test_a_hidden_group_cannot_be_solved_for() -> None:
    assert determined(ONE_HIDDEN) == []


def test_a_member_of_the_pool_cannot_be_solved_for() -> None:
    assert determined(TWO_POOLED) == []


def test_a_hidden_cell_of_a_shown_group_cannot_be_solved_for() -> None:
    first = dict(ONE_HIDDEN.closings[0])
    first["technical"] = {**first["technical"], "A1a": [None, 5, 9, 33, 41]}
    assert determined(Panel((first,))) == []


def test_the_check_finds_a_total_over_all_answers() -> None:
    def leaky(panel: Panel) -> Figures:
        everything = valid_values(panel)["A1a"]
        return published(panel) | {"overall": sum(everything, Fraction(0)) / len(everything)}

    assert determined(ONE_HIDDEN, leaky) == [{Block("academia", "A1a", 0)}]
    assert determined(TWO_POOLED, leaky) == []  # the pool is in the total and shown: nothing new


def test_the_check_finds_a_score_that_leaves_nobody_out() -> None:
    def leaky(panel: Panel) -> Figures:
        means = [
            sum((respondent_value(SPECS[0], a) or Fraction(0)) * n for a, n in each.answers["A1a"].items())
            / each.received
            for each in panel.wave().groups
        ]
        return published(panel) | {"balanced over all": sum(means, Fraction(0)) / len(means)}

    assert determined(ONE_HIDDEN, leaky) == [{Block("academia", "A1a", 0)}]


def test_the_check_finds_a_member_shown_beside_its_pool() -> None:
    def leaky(panel: Panel) -> Figures:
        youth = panel.wave().groups[-1].answers["A1a"]
        return published(panel) | {"youth": sum((a.level or 0) * n for a, n in youth.items()) / Fraction(3)}

    found = determined(TWO_POOLED, leaky)
    assert {Block("youth", "A1a", 0)} in found
    assert {Block("academia", "A1a", 0)} in found


def added(panel: Panel, **sizes: int) -> Panel:
    more = {code: everybody(code, n, 8 + 13 * at) for at, (code, n) in enumerate(sizes.items())}
    return replace(panel, closings=(*panel.closings, more))


REOPENED = added(TWO_POOLED, government=1, business=6, academia=4)


def test_two_snapshots_do_not_give_the_answers_between_them() -> None:
    assert determined(REOPENED) == []


def test_the_check_finds_answers_between_two_careless_snapshots() -> None:
    def leaky(panel: Panel) -> Figures:
        second = leaves(score_panel(SPECS, panel.wave(1)), "second")
        return dict(leaves(score_panel(SPECS, panel.wave()), "first")) | dict(second)

    found = determined(REOPENED, leaky)
    assert {Block("government", "A1a", 1)} in found


def test_the_check_finds_a_group_that_leaves_its_pool() -> None:
    grown = added(example(government=6, business=9, academia=2, youth=3, labour=3), academia=6)

    def leaky(panel: Panel) -> Figures:
        free = replace(next_wave(SPECS, panel.wave(), panel.wave(1)), pool=None)
        # Academia has answers enough of its own now; without it the pool still has enough.
        second = leaves(score_panel(SPECS, replace(free, groups=panel.wave(1).groups)), "second")
        return dict(leaves(score_panel(SPECS, panel.wave()), "first")) | dict(second)

    assert {Block("academia", "A1a", 0)} in determined(grown, leaky)
    assert determined(grown) == []


LEVELS = st.one_of(st.none(), st.integers(1, TOP - 1))
MOST = 8
# What a group answers, by how many are in it. Made once: to make a strategy takes longer than to draw from it.
GROUPS = [
    st.fixed_dictionaries({each.code: st.lists(LEVELS, min_size=n, max_size=n) for each in SPECS})
    for n in range(MOST + 1)
]


@st.composite
def panels(draw: st.DrawFn, closings: int = 1) -> Panel:
    """Up to six groups of up to eight, many small; some on the record; answers missing here and there."""
    codes = [f"g{number}" for number in range(draw(st.integers(2, 6)))]
    on_record = frozenset(draw(st.sets(st.sampled_from(codes), max_size=2)))
    found = []
    for number in range(closings):
        closing = {}
        for code in codes:
            n = draw(st.integers(0, MOST))
            if code in on_record:
                n = int(number == 0)
            closing[code] = draw(GROUPS[n])
        found.append(closing)
    return Panel(tuple(found), on_record)


@exact
@given(panels())
def test_nothing_hidden_can_be_solved_for(panel: Panel) -> None:
    assert determined(panel) == []


@exact
@given(panels(closings=2))
def test_nothing_hidden_can_be_solved_for_from_two_snapshots(panel: Panel) -> None:
    assert determined(panel) == []
