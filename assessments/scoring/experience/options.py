"""A list option by option and group by group, for restricted reports (method 3.8)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from assessments.scoring.experience.cells import panel_cells
from assessments.scoring.groups import Tally, Unit, WaveAnswers, respondent_credits
from assessments.scoring.method import FULL_SCORE, GROUPS_FOR_SCORE, ZERO
from assessments.scoring.model import ItemKind, ItemState, ScoringError, ScoringItem


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
