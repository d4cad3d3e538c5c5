"""Checklists of a stakeholder panel option by option and group by group, as pages and reports show them."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessments.documents.panel import OptionMatrix
from assessments.documents.result import ItemResult, OptionLine
from assessments.documents.values import Figure, Text, exact, points
from assessments.scoring import letter_of, parse_fraction


@dataclass(frozen=True)
class NumberedUnit:
    """A group, or the pool, with a number; `members` are names of the groups in a pool."""

    number: int
    code: str
    name: str
    received: int
    on_record: bool
    is_pool: bool
    members: list[str]


@dataclass(frozen=True)
class MatrixLine:
    """A group, or the organiser (`unit` None), on the options of a checklist: letter and points, None if unknown."""

    unit: NumberedUnit | None
    cells: list[tuple[Text, str | None, Figure | None]]


@dataclass(frozen=True)
class Matrix:
    """A checklist option by option and group by group."""

    matrix: OptionMatrix
    options: list[Text]
    lines: list[MatrixLine]
    # What an answer may say where it counts in full, in the words of the item: not the same in every list.
    full: list[Text]


def matrix(entry: OptionMatrix, units: Sequence[NumberedUnit], evidence: ItemResult | None) -> Matrix:
    """Return a checklist as it is shown, the organiser's own answers first."""
    by_code = {unit.code: unit for unit in units}
    labels = {option.key: option.label for option in entry.options}
    lines = [
        MatrixLine(by_code[row.unit], [(labels[cell.option], _letter(cell.mean), cell.mean) for cell in row.cells])
        for row in entry.rows
    ]
    if lines and evidence is not None:
        lines.insert(0, MatrixLine(None, _of_organiser(entry, evidence)))
    # What the groups were asked in other words than the organiser is not explained with the organiser's words.
    full = [state.label for state in evidence.states if state.credit == "1"] if evidence is not None else []
    return Matrix(entry, list(labels.values()), lines, full)


def _of_organiser(entry: OptionMatrix, evidence: ItemResult) -> list[tuple[Text, str | None, Figure | None]]:
    """What the organiser claims, option by option: shown beside the groups, and counted in none of their figures."""
    given = {line.key: line for line in evidence.options}
    found = []
    for option in entry.options:
        figure = _credit(given.get(option.key))
        found.append((option.label, _letter(figure), figure))
    return found


def _credit(line: OptionLine | None) -> Figure | None:
    if line is None or line.credit is None or not line.known:
        return None
    return points(100 * parse_fraction(line.credit))


def _letter(figure: Figure | None) -> str | None:
    value = exact(figure)
    return None if value is None else letter_of(value)
