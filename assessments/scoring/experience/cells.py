"""The answers that may enter published numbers, by item and unit (method 3.8, steps 1 and 2): the one gate between
confidential answers and results. Nothing of it may be shown itself, but for a list option by option and group by group
in restricted reports."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from assessments.scoring.groups import (
    RespondentAnswer,
    Tally,
    Unit,
    WaveAnswers,
    check_wave,
    respondent_credits,
    respondent_value,
    units_of,
)
from assessments.scoring.method import FULL_SCORE, GROUPS_FOR_SCORE, ZERO
from assessments.scoring.model import ItemKind, ItemState, ScoringError, ScoringItem


@dataclass(frozen=True, slots=True)
class PanelCell:
    """The valid answers of one unit to one item.

    `n` of them, with values from 0 to 1: `total` is their sum, `squares` the sum of their squares; `levels` says how
    many chose each level (empty for a list).
    """

    n: int
    total: Fraction
    squares: Fraction
    levels: tuple[int, ...]

    @property
    def mean(self) -> Fraction:
        """The mean value, 0 to 1. Only for a cell with a valid answer."""
        return self.total / self.n

    @property
    def deviations(self) -> Fraction:
        """The sum of the squared deviations from the mean."""
        return self.squares - self.n * self.mean**2


@dataclass(frozen=True, slots=True)
class PanelCells:
    """The usable cells by item code, then by unit code, in the order of `units`.

    An item has no cell, or at least two. A unit is a group under its own name, or the pool.
    """

    units: tuple[Unit, ...]
    items: Mapping[str, Mapping[str, PanelCell]]


def panel_cells(specs: Sequence[ScoringItem], wave: WaveAnswers) -> PanelCells:
    """Return the cells with at least k valid answers or of a named answer, and nothing of any other.

    `specs` are the items that the groups were asked and that apply to the kind of process. What the organiser calls
    not applicable leaves only where the item allows it: it never removes what stakeholders said otherwise. Raises
    ScoringError for a threshold that is not allowed and for a wave, or an answer in it, that the method refuses; also
    for answers that are then withheld.
    """
    check_wave(wave)
    units = units_of(wave)
    tallies = {group.code: group.answers for group in wave.groups}
    received = {group.code: group.received for group in wave.groups}
    unused = [code for code in tallies if not any(code in unit.members for unit in units)]
    items = {}
    for spec in specs:
        values = RespondentValues(spec)
        for code in unused:
            panel_cell(values, [tallies[code].get(spec.code, {})], received[code])
        cells = {
            unit.code: panel_cell(values, [tallies[code].get(spec.code, {}) for code in unit.members], unit.received)
            for unit in units
        }
        left = spec.code in wave.not_applicable and spec.na_allowed
        items[spec.code] = {} if left else _usable(units, cells, wave.k)
    return PanelCells(units, items)


class RespondentValues(dict[RespondentAnswer, Fraction | None]):
    """The value (0 to 1, or None) of respondents' answers to one item, each worked out once.

    Of ten thousand answers to a list a few hundred differ. Raises ScoringError for an answer the item does not permit.
    """

    def __init__(self, spec: ScoringItem) -> None:
        super().__init__()
        self.spec = spec

    def __missing__(self, answer: RespondentAnswer) -> Fraction | None:
        value = self[answer] = respondent_value(self.spec, answer)
        return value


def panel_cell(values: RespondentValues, tallies: Iterable[Tally], received: int) -> PanelCell:
    """Return what one or several groups with `received` responses answered to one item.

    Raises ScoringError as `respondent_value` does, and for more answers than responses.
    """
    spec = values.spec
    levels = [0] * (spec.top_level + 1) if spec.kind is ItemKind.RATING else []
    counts: dict[Fraction, int] = {}
    answers = 0
    for tally in tallies:
        for answer, count in tally.items():
            value = values[answer]
            answers += count
            if value is None:
                continue
            counts[value] = counts.get(value, 0) + count
            if answer.level is not None:
                levels[answer.level] += count
    if answers > received:
        raise ScoringError(f"{spec.code}: more answers than responses")
    if not counts:
        return PanelCell(0, ZERO, ZERO, tuple(levels))
    # In integers, by what the values are parts of: most often all of one.
    unit = lcm(*(value.denominator for value in counts))
    parts = [(value.numerator * (unit // value.denominator), count) for value, count in counts.items()]
    total = Fraction(sum(part * count for part, count in parts), unit)
    squares = Fraction(sum(part * part * count for part, count in parts), unit * unit)
    return PanelCell(sum(counts.values()), total, squares, tuple(levels))


def _usable(units: Sequence[Unit], cells: Mapping[str, PanelCell], k: int) -> dict[str, PanelCell]:
    used = {
        unit.code: cells[unit.code]
        for unit in units
        if cells[unit.code].n >= k or (unit.on_record and cells[unit.code].n)
    }
    return used if len(used) >= GROUPS_FOR_SCORE else {}


@dataclass(frozen=True, slots=True)
class OptionCell:
    """How many respondents know about one option, and the sum of their credits (0 to n)."""

    n: int
    total: Fraction


@dataclass(frozen=True, slots=True)
class OptionRow:
    """The mean credit (points) of every option in one group; None where a group on the record gave none."""

    unit: str
    on_record: bool
    means: Mapping[str, Fraction | None]


def option_cells(spec: ScoringItem, tallies: Iterable[Tally]) -> dict[str, OptionCell]:
    """Return the cell of each option of an item, none for a rating. Raises ScoringError for a refused answer."""
    known = dict.fromkeys(spec.options, 0)
    totals = dict.fromkeys(spec.options, ZERO)
    for tally in tallies:
        for answer, count in tally.items():
            found = respondent_credits(spec, answer)
            if answer.state is not ItemState.ANSWERED:
                continue
            for option, credit in found.items():
                if credit is not None:
                    known[option] += count
                    totals[option] += credit * count
    return {option: OptionCell(known[option], totals[option]) for option in spec.options}


def option_matrix(spec: ScoringItem, wave: WaveAnswers) -> tuple[OptionRow, ...]:
    """Return the rows of the groups that may be shown, for restricted reports; no row of any other.

    Only usable cells have a row, so a group alone on the item has none. A confidential group's row is shown only
    if each option has k known answers: with one hidden, the item's own mean would give it back. It is not shown
    alone. For a list that is not scored give its states credits, such as 1 for "exists" and 0 for "does not
    exist"; the mean is then the share that says so. Raises ScoringError for a rating, and for what the method
    refuses.
    """
    if spec.kind is ItemKind.RATING:
        raise ScoringError(f"{spec.code}: a rating item has no options")
    rows = {}
    for unit, cells in _cells(spec, wave).items():
        on_record_and_answered = unit.on_record and any(cell.n for cell in cells.values())
        if on_record_and_answered or (not unit.on_record and all(cell.n >= wave.k for cell in cells.values())):
            rows[unit] = cells
    enough = len(rows) >= GROUPS_FOR_SCORE
    return tuple(
        OptionRow(unit.code, unit.on_record, {option: _points(cell) for option, cell in cells.items()})
        for unit, cells in rows.items()
        if enough or unit.on_record
    )


def _cells(spec: ScoringItem, wave: WaveAnswers) -> dict[Unit, dict[str, OptionCell]]:
    """The options by unit, where the unit's cell of the item is usable."""
    usable = panel_cells([spec], wave)
    tallies = {group.code: group.answers.get(spec.code, {}) for group in wave.groups}
    return {
        unit: option_cells(spec, [tallies[code] for code in unit.members])
        for unit in usable.units
        if unit.code in usable.items[spec.code]
    }


def _points(cell: OptionCell) -> Fraction | None:
    return FULL_SCORE * cell.total / cell.n if cell.n else None
