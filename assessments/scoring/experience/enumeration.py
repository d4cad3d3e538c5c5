"""Whether a reader of the public figures of one attribute can tell what a group answered to one item (method 3.8).

Answers are small whole numbers, so more follows than linear algebra shows. For every cell (one confidential unit on
one item) another table of whole numbers is looked for that prints the same public figures and has another value in
that cell; it differs from the real one in at most three items. A cell for which none is found counts as following,
also where the search was given up: so a figure is rather left out than given away. The reader is taken to know how
many answered; the spread within groups stays as it is where a verdict depends on it.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache
from itertools import combinations, islice, product

from assessments.scoring.experience.tables import (
    Cell,
    Changes,
    Table,
    TableCell,
    TableItem,
    figures,
    item_score,
    item_words,
    rounded,
    table_words,
)

EPSILON = 1e-9
SAME = 1e-12  # floats of one and the same figure
Interval = tuple[float, float, float]  # lowest, highest, real
Means = Mapping[str, float]


def _interval(figure: Fraction, table: Table) -> Interval:
    printed = rounded(figure, table.parts)
    return (printed - 0.5) * table.width + EPSILON, (printed + 0.5) * table.width - EPSILON, float(figure)


def _holds(value: float, interval: Interval) -> bool:
    return interval[0] <= value <= interval[1] or abs(value - interval[2]) < SAME


class QuickCheck:
    """The public figures of one table as intervals, and the parts of every item that they are sums of.

    A table is tried by what it changes: each figure is that of the real table and what the changed items add to it.
    """

    def __init__(self, table: Table) -> None:
        self.by_group = table.by_group
        whole = float(sum(item.weight for item in table.items.values()))
        self.weight = {code: float(item.weight) / whole for code, item in table.items.items()}
        self.cells = {
            code: {unit: (cell.total, cell.size) for unit, cell in item.cells.items()}
            for code, item in table.items.items()
        }
        self.means = {
            code: {unit: float(cell.mean) for unit, cell in item.cells.items()} for code, item in table.items.items()
        }
        self.units = tuple(dict.fromkeys(unit for own in self.means.values() for unit in own))
        self.scores = {
            code: _interval(item_score(item), table) for code, item in table.items.items() if item.shows_score
        }
        self.score, *by_group = [_interval(figure, table) for figure in figures(table)]
        self.profiles = dict(zip(table.counted, by_group, strict=False))
        self.ends = by_group[len(table.counted) :]
        self.rows = {
            unit: [(code, self.weight[code], means[unit]) for code, means in self.means.items() if unit in means]
            for unit in self.units
        }
        self.shares = {unit: sum(weight for _, weight, _ in own) for unit, own in self.rows.items()}
        self.item = {code: _mean(own) for code, own in self.means.items()}
        self.whole = self._weighted(self.item)
        if self.by_group:
            self._prepare_groups(table)

    def _prepare_groups(self, table: Table) -> None:
        self.per_head_share = {
            code: {unit: cell.n / sum(cell.n for cell in item.cells.values()) for unit, cell in item.cells.items()}
            for code, item in table.items.items()
        }
        self.gaps = {code: _gap(own) for code, own in self.means.items()}
        self.gap = self._weighted(self.gaps)
        self.per_heads = {code: self._per_head(code, own) for code, own in self.means.items()}
        self.per_head = self._weighted(self.per_heads)
        self.withouts = {code: self._withouts(own) for code, own in self.means.items()}
        self.without = [
            self._weighted({code: own[place] for code, own in self.withouts.items()})
            for place in range(len(self.units))
        ]

    def passes(self, changes: Changes) -> bool:
        """Whether a table with these changes is possible, and prints the same but for letters and verdicts."""
        touched: dict[str, dict[str, float]] = {}
        for (code, unit), by in changes.items():
            total, size = self.cells[code][unit]
            if not 0 <= total + by <= size:
                return False
            if code not in touched:
                touched[code] = dict(self.means[code])
            touched[code][unit] = (total + by) / size
        whole = self.whole
        for code, own in touched.items():
            mean = _mean(own)
            if code in self.scores and not _holds(mean, self.scores[code]):
                return False
            whole += self.weight[code] * (mean - self.item[code])
        if not _holds(whole, self.score):
            return False
        return not self.by_group or self._groups_hold(touched, {unit for _, unit in changes})

    def _groups_hold(self, touched: Mapping[str, Means], units: Iterable[str]) -> bool:
        if not all(self._profile_holds(touched, unit) for unit in units if unit in self.profiles):
            return False
        gap_ends, per_head_ends, lowest, highest = self.ends
        gap, per_head = self.gap, self.per_head
        for code, own in touched.items():
            gap += self.weight[code] * (_gap(own) - self.gaps[code])
            per_head += self.weight[code] * (self._per_head(code, own) - self.per_heads[code])
        if not (_holds(gap, gap_ends) and _holds(per_head, per_head_ends)):
            return False
        without = list(self.without)
        for code, own in touched.items():
            weight = self.weight[code]
            for place, (now, before) in enumerate(zip(self._withouts(own), self.withouts[code], strict=True)):
                without[place] += weight * (now - before)
        return _holds(min(without), lowest) and _holds(max(without), highest)

    def _profile_holds(self, touched: Mapping[str, Means], unit: str) -> bool:
        rows = self.rows[unit]
        own = sum([weight * (touched[code][unit] if code in touched else mean) for code, weight, mean in rows])
        return _holds(own / self.shares[unit], self.profiles[unit])

    def _weighted(self, values: Means) -> float:
        return sum(self.weight[code] * value for code, value in values.items())

    def _per_head(self, code: str, means: Means) -> float:
        share = self.per_head_share[code]
        return sum(share[unit] * mean for unit, mean in means.items())

    def _withouts(self, means: Means) -> list[float]:
        """The mean of an item without each unit of the table in turn, of those that answered it."""
        total, number = sum(means.values()), len(means)
        return [(total - means[unit]) / (number - 1) if unit in means else total / number for unit in self.units]


def _mean(means: Means) -> float:
    return sum(means.values()) / len(means)


def _gap(means: Means) -> float:
    return max(means.values()) - min(means.values())


# So many tables are looked at for one cell of one set of items, near ones first, and for all cells together.
TABLES_TRIED = 400
TABLES_IN_ALL = 12_000
# So many ways of moving one unit are considered, the nearest first.
SHIFTS_TRIED = 48
FREE_SHIFTS = 16
OTHERS_MOVED = 3
# How far a cell of three items is moved, in steps.
REACH_OF_THREE = 5

Shift = tuple[float, tuple[int, ...]]  # of the mean on the first item; steps on each item


def following_cells(table: Table, codes: Iterable[str] | None = None) -> frozenset[Cell]:
    """Return the cells of confidential units that follow from the public figures; of the items `codes` alone."""
    return frozenset(_following(table, table.items if codes is None else codes))


def anything_follows(table: Table) -> bool:
    """Say whether any cell of a confidential unit follows from the public figures."""
    return next(_following(table, table.items), None) is not None


def _following(table: Table, codes: Iterable[str]) -> Iterator[Cell]:
    quick = QuickCheck(table)
    words = {code: item_words(item) for code, item in table.items.items()}
    letters = table_words(table)

    def fits(changes: dict[Cell, int]) -> bool:
        if not quick.passes(changes):
            return False
        other = table.changed(changes)
        same = all(item_words(other.items[code]) == words[code] for code in {item for item, _ in changes})
        return same and table_words(other) == letters

    budget = iter(range(TABLES_IN_ALL))
    safe: set[Cell] = set()
    for code in codes:
        for unit, cell in table.items[code].cells.items():
            if cell.known or (code, unit) in safe:
                continue
            tried = (changes for changes, _ in zip(_candidates(table, code, unit), budget, strict=False))
            found = next((changes for changes in tried if fits(changes)), None)
            if found is None:
                yield code, unit
            else:
                # What makes one cell doubtful makes all cells doubtful that it changes.
                safe.update(found)


def _candidates(table: Table, code: str, unit: str) -> Iterator[dict[Cell, int]]:
    """Other tables that differ in this cell: in this item alone, then in two items, then in three."""
    first = table.items[code]
    yield from islice(_shifted(table, [first], unit), TABLES_TRIED)
    if table.by_group:
        # A profile holds the items of a group together: what one gains another loses.
        others = [item for item in table.items.values() if item is not first and unit in item.cells]
        for other in others:
            yield from islice(_shifted(table, [first, other], unit), TABLES_TRIED)
        for pair in combinations(others, 2):
            yield from islice(_three(table, (first, *pair), unit), TABLES_TRIED)


def _shifted(table: Table, items: Sequence[TableItem], unit: str) -> Iterator[dict[Cell, int]]:
    """The cell moved, and up to three other units the other way, so that every item's mean stays about the same."""
    width = table.width * len(items[0].cells)
    if not items[0].shows_score:
        width *= float(sum(item.weight for item in table.items.values()) / items[0].weight)
    own = [shift for shift in _shifts(table, items, unit) if shift[1][0]]
    others = [other for other in items[0].cells if other != unit and _is_open(items, other)]
    shifts = {other: _shifts(table, items, other) for other in others}
    ordered = {other: sorted(back) for other, back in shifts.items()}
    places = {other: [shift[0] for shift in back] for other, back in ordered.items()}

    @cache
    def together(*free: str) -> list[tuple[float, tuple[Shift, ...]]]:
        found = product(*(shifts[other][:FREE_SHIFTS] for other in free))
        return [(sum([shift[0] for shift in middle]), middle) for middle in found]

    for moved in own:
        yield _changes(items, [(unit, moved)])
    for number in range(1, OTHERS_MOVED + 1):
        for moved in own:
            for *free, last in combinations(others, number):
                # The last one is not tried but found.
                for by, middle in together(*free):
                    rest = moved[0] + by
                    start = bisect_left(places[last], -rest - width)
                    stop = bisect_left(places[last], -rest + width, start)
                    for back in ordered[last][start:stop]:
                        yield _changes(items, [(unit, moved), *zip(free, middle, strict=True), (last, back)])


def _shifts(table: Table, items: Sequence[TableItem], unit: str) -> list[Shift]:
    """How one unit may move on one item, or on two so that its profile stays about the same; near ones first."""
    first = items[0].cells[unit]
    ratio, weight = (_ratio(*items), float(items[1].weight)) if len(items) > 1 else (0.0, 0.0)
    found: list[Shift] = []
    for by in range(max(-first.total, -SHIFTS_TRIED), min(first.size - first.total, SHIFTS_TRIED) + 1):
        shift = by / first.size
        if len(items) == 1:
            found.append((shift, (by,)))
        else:
            back = _balance(-shift * ratio, items[1].cells[unit], weight, table.width)
            found += [(shift, (by, steps)) for steps in back]
    return sorted(found, key=lambda entry: (abs(entry[0]), entry))[:SHIFTS_TRIED]


def _ratio(first: TableItem, second: TableItem) -> float:
    return float(first.weight / second.weight)


def _balance(shift: float, cell: TableCell, weight: float, width: float) -> list[int]:
    """The whole steps that move a unit's mean on an item by about so much, where its answers allow it."""
    steps = round(shift * cell.size)
    near = abs(steps / cell.size - shift) * weight <= width
    return [steps] if near and 0 <= cell.total + steps <= cell.size else []


def _three(table: Table, items: Sequence[TableItem], unit: str) -> Iterator[dict[Cell, int]]:
    """The cell moved, its unit's two other items with it, and the same by another unit the other way."""
    first, second, third = items
    others = [other for other in first.cells if other != unit and _is_open(items, other)]
    ratios, weights = (_ratio(first, third), _ratio(second, third)), [float(item.weight) for item in items]
    reach = sorted(range(-REACH_OF_THREE, REACH_OF_THREE + 1), key=abs)
    for step, also in product(reach[1:], reach):
        moved = step / first.cells[unit].size * ratios[0]
        moved += also / second.cells[unit].size * ratios[1]
        for last in _balance(-moved, third.cells[unit], weights[2], table.width):
            steps = (step, also, last)
            for other in others:
                back = [
                    _balance(-step / item.cells[unit].size, item.cells[other], weight, table.width)
                    for step, item, weight in zip(steps, items, weights, strict=True)
                ]
                for returned in product(*back):
                    yield _changes(items, [(unit, (0.0, steps)), (other, (0.0, returned))])


def _is_open(items: Sequence[TableItem], unit: str) -> bool:
    return all(unit in item.cells and not item.cells[unit].known for item in items)


def _changes(items: Sequence[TableItem], shifts: Iterable[tuple[str, Shift]]) -> dict[Cell, int]:
    return {(item.code, unit): by for unit, (_, moved) in shifts for item, by in zip(items, moved, strict=True) if by}
