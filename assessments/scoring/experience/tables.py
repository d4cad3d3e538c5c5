"""One attribute as a reader of its public figures may reconstruct it, and what is printed of it (method 3.8)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations
from math import ceil, lcm
from operator import mul

from assessments.scoring.evidence.attribute import sum_of_products
from assessments.scoring.experience.attribute import BalancedAttribute
from assessments.scoring.experience.disagreement import GroupVerdict, mean_of, quantile, whole_numbers
from assessments.scoring.experience.items import BalancedItem
from assessments.scoring.method import (
    DEPENDS_POINTS,
    DIFFERING_FROM,
    DIVIDED_FROM,
    FULL_SCORE,
    ONE,
    PRINTED_PARTS,
    TOP_LEVEL,
    ZERO,
)
from assessments.scoring.model import attribute_letter, letter_of

Cell = tuple[str, str]  # item, unit
Changes = Mapping[Cell, int]


@dataclass(frozen=True, slots=True)
class TableCell:
    """One unit on one item: `n` answers whose values add up to `total` steps of 1 / `steps` each (0 to n * steps).

    `known`: a named answer, which is public and does not change.
    """

    n: int
    total: int
    steps: int
    known: bool = False

    @property
    def size(self) -> int:
        """The total if every value were 1."""
        return self.n * self.steps

    @property
    def mean(self) -> Fraction:
        """The mean value, 0 to 1."""
        return Fraction(self.total, self.size)


@dataclass(frozen=True, slots=True)
class TableItem:
    """One scored item of the attribute: its weight (share of one), cells by unit, and what is public of it.

    Letter and verdict always are, the score if `shows_score`. `within` is the sum of the squared deviations within all
    its units, on which *divided* depends.
    """

    code: str
    weight: Fraction
    cells: Mapping[str, TableCell]
    within: Fraction
    shows_score: bool


@dataclass(frozen=True, slots=True)
class Table:
    """The scored items of an attribute by code. `counted` are the units whose profiles are public if `by_group`.

    `parts`: figures are printed to this part of a point (1 whole points, 10 one decimal).
    """

    items: Mapping[str, TableItem]
    counted: tuple[str, ...]
    by_group: bool
    parts: int = PRINTED_PARTS

    @property
    def width(self) -> float:
        """The width of what rounds to one printed figure, as a value from 0 to 1."""
        return 1 / (int(FULL_SCORE) * self.parts)

    def changed(self, changes: Changes) -> "Table":
        """The table with other totals in some cells, each of them possible."""
        items = dict(self.items)
        for (code, unit), by in changes.items():
            cell = items[code].cells[unit]
            cells = {**items[code].cells, unit: replace(cell, total=cell.total + by)}
            items[code] = replace(items[code], cells=cells)
        return replace(self, items=items)


@dataclass(frozen=True, slots=True)
class PrintedAs:
    """How finely figures are known to a reader of everything public, pages and data files.

    `parts` of a point are printed: 1 for whole points, 10 for one decimal. With whole points everywhere far more can
    be told by group. `steps` says, for items that are lists, into how many parts one line's credit divides the value
    of an answer (with four lines and credits of a half: 8), and for ratings of another scale its top level.
    """

    parts: int = PRINTED_PARTS
    steps: Mapping[str, int] | None = None

    def steps_of(self, item: str) -> int:
        """The steps from 0 to 1 of one answer to an item."""
        return (self.steps or {}).get(item, TOP_LEVEL)


def table_of(
    found: BalancedAttribute,
    own: Sequence[BalancedItem],
    shows_score: Collection[str],
    *,
    by_group: bool,
    as_printed: PrintedAs,
) -> Table:
    """Return the table of an attribute from its scored items; `shows_score` are codes of those with a public score."""
    weight = {item.code: item.weight for item in found.result.items}
    return Table(
        items={
            item.code: TableItem(
                code=item.code,
                weight=weight[item.code],
                cells={
                    unit.unit: _cell(unit.n, unit.mean / FULL_SCORE, unit.named, as_printed.steps_of(item.code))
                    for unit in item.units
                },
                within=_within(item),
                shows_score=item.code in shows_score,
            )
            for item in own
        },
        counted=tuple(profile.unit for profile in found.profiles),
        by_group=by_group,
        parts=as_printed.parts,
    )


def _cell(n: int, mean: Fraction, named: bool, steps: int) -> TableCell:
    # Of a list known in part a value may lie between the steps.
    fine = lcm(steps, (mean * n).denominator)
    return TableCell(n, int(mean * n * fine), fine, named)


def _within(item: BalancedItem) -> Fraction:
    """The sum of the squared deviations within the units: of all answers, less that between units."""
    variance = item.disagreement.variance if item.disagreement else ZERO
    centre = sum((unit.n * unit.mean for unit in item.units), ZERO) / item.n
    between = sum((unit.n * (unit.mean - centre) ** 2 for unit in item.units), ZERO) / FULL_SCORE**2
    return variance * (item.n - 1) - between


def rounded(value: Fraction, parts: int = PRINTED_PARTS) -> int:
    """Return a value (0 to 1) in `parts` of a point, a half rounded up."""
    fine = 2 * int(FULL_SCORE) * parts
    return (fine * value.numerator + value.denominator) // (2 * value.denominator)


def item_score(item: TableItem) -> Fraction:
    """Return the balanced score of one item as a value from 0 to 1."""
    return mean_of(cell.mean for cell in item.cells.values())


def item_words(item: TableItem) -> tuple[str, GroupVerdict]:
    """Return what is always public of one item: letter and verdict."""
    return letter_of(FULL_SCORE * item_score(item)), _verdict(item, {u: cell.mean for u, cell in item.cells.items()})


def table_words(table: Table) -> tuple[object, ...]:
    """Return what is public of an attribute beside figures: its letter, whether it depends on who answered, and the
    letters of profiles if they are."""
    means = {code: {unit: cell.mean for unit, cell in item.cells.items()} for code, item in table.items.items()}
    score = _weighted(table, {code: mean_of(own.values()) for code, own in means.items()})
    per_head = _weighted(table, {code: _per_head(item) for code, item in table.items.items()})
    profiles = [
        _weighted(table, {code: own[unit] for code, own in means.items() if unit in own})
        for unit in (table.counted if table.by_group else ())
    ]
    differs = FULL_SCORE * abs(score - per_head) >= DEPENDS_POINTS
    return differs, *(attribute_letter(FULL_SCORE * value) for value in (score, *profiles))


def figures(table: Table) -> list[Fraction]:
    """Return the attribute's score and, if they are public, its figures by group: values from 0 to 1.

    These are the profiles, the mean gap, the score per head, and the ends of the composition range.
    """
    means = {code: {unit: cell.mean for unit, cell in item.cells.items()} for code, item in table.items.items()}
    found = [_weighted(table, {code: mean_of(own.values()) for code, own in means.items()})]
    if not table.by_group:
        return found
    for unit in table.counted:
        found.append(_weighted(table, {code: own[unit] for code, own in means.items() if unit in own}))
    found.append(_weighted(table, {code: max(own.values()) - min(own.values()) for code, own in means.items()}))
    found.append(_weighted(table, {code: _per_head(item) for code, item in table.items.items()}))
    units = dict.fromkeys(unit for own in means.values() for unit in own)
    without = [_weighted(table, {code: _mean_without(own, unit) for code, own in means.items()}) for unit in units]
    return [*found, min(without), max(without)]


def _weighted(table: Table, values: Mapping[str, Fraction]) -> Fraction:
    total = sum_of_products((table.items[code].weight, value) for code, value in values.items())
    return total / sum_of_products((table.items[code].weight, ONE) for code in values)


def _mean_without(means: Mapping[str, Fraction], unit: str) -> Fraction:
    return mean_of(mean for other, mean in means.items() if other != unit)


def _per_head(item: TableItem) -> Fraction:
    totals, unit = whole_numbers(Fraction(cell.total, cell.steps) for cell in item.cells.values())
    return Fraction(sum(totals), unit * sum(cell.n for cell in item.cells.values()))


def _verdict(item: TableItem, means: Mapping[str, Fraction]) -> GroupVerdict:
    gap = max(means.values()) - min(means.values())
    if gap < DIVIDED_FROM:
        return GroupVerdict.DIFFERING if gap >= DIFFERING_FROM else GroupVerdict.ALIGNED
    sizes = [item.cells[unit].n for unit in means]
    parts, whole = whole_numbers(means.values())
    n, total = sum(sizes), sum(map(mul, sizes, parts))
    squares = sum(size * part**2 for size, part in zip(sizes, parts, strict=True))
    between = Fraction(n * squares - total**2, n * whole**2)
    limit = quantile(len(means)) * (item.within + between) / (n - 1) * whole**2
    wide = ceil(DIVIDED_FROM * whole)
    divided = any(
        abs(first - second) >= wide and (first - second) ** 2 * limit.denominator * k * m >= limit.numerator * (k + m)
        for (first, k), (second, m) in combinations(zip(parts, sizes, strict=True), 2)
    )
    return GroupVerdict.DIVIDED if divided else GroupVerdict.MAY_BE_DIVIDED
