"""What may be shown of groups: figures by attribute, and options of a checklist (method 3.8 and 3.9).

Restricted reports show groups by item. So that nobody gets there by computing, the figures of an attribute are written
as linear equations in the groups' means by item, and those that would let one of these be solved for are left out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from assessments.scoring.balanced import ItemExperience, ItemStatus
from assessments.scoring.groups import Tally, Unit, WaveAnswers, answer_as_given, usable_cells
from assessments.scoring.items import option_credits
from assessments.scoring.model import ItemKind, ScoringError, ScoringItem
from assessments.scoring.rules import (
    FULL_SCORE,
    GROUPS_FOR_SCORE,
    ONE,
    ZERO,
)
from assessments.scoring.scorecard import AttributeScore
from assessments.scoring.wave_scores import AttributeExperience, Experience


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
            given = answer_as_given(spec, answer)
            if spec.kind is ItemKind.RATING:
                continue
            for option, credit in option_credits(spec, given).items():
                if credit is not None:
                    known[option] += count
                    totals[option] += credit * count
    return {option: OptionCell(known[option], totals[option]) for option in spec.options}


def option_matrix(spec: ScoringItem, wave: WaveAnswers) -> tuple[OptionRow, ...]:
    """Return the rows of the groups that may be shown, for restricted reports; no row of any other.

    A confidential group's row is shown only if its cell of the item is usable and each option has k known answers:
    with one hidden, the item's own mean would give it back. It is not shown alone. For a list that is not
    scored give its states credits, such as 1 for "exists" and 0 for "does not exist"; the mean is then the
    share that says so. Raises ScoringError for a rating, and for what the method refuses.
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
    usable = usable_cells([spec], wave)
    tallies = {group.code: group.answers.get(spec.code, {}) for group in wave.groups}
    return {
        unit: option_cells(spec, [tallies[code] for code in unit.members])
        for unit in usable.units
        if unit.code in usable.items[spec.code]
    }


def _points(cell: OptionCell) -> Fraction | None:
    return FULL_SCORE * cell.total / cell.n if cell.n else None


Cell = tuple[str, str]
Equation = Mapping[Cell, Fraction]


@dataclass(frozen=True, slots=True)
class PublicAttribute:
    """All that a public report says of one attribute.

    `groups` are the profiles (points) by unit. With `by_group` False they, the gap, the per-head score and the
    composition range (all points) are left out, because with the items' scores they would give a group's answers
    to one item away. The rest is as in AttributeExperience.
    """

    code: str
    result: AttributeScore
    group_count: int
    divided: tuple[str, ...]
    compared: int
    by_group: bool
    groups: Mapping[str, Fraction]
    per_head: Fraction | None
    depends_on_who: bool
    gap: Fraction | None
    composition_low: Fraction | None
    composition_high: Fraction | None


def public_attributes(experience: Experience) -> tuple[PublicAttribute, ...]:
    """Return what a public report may say of the attributes, in their order."""
    return tuple(_public(found, experience.items) for found in experience.attributes)


def solvable(equations: Iterable[Equation]) -> frozenset[Cell]:
    """Return the cells whose value follows from the values of linear combinations of cells, exactly."""
    solved: dict[Cell, dict[Cell, Fraction]] = {}
    for equation in equations:
        rest = {cell: factor for cell, factor in equation.items() if factor}
        for pivot, row in solved.items():
            rest = _without(rest, pivot, row)
        if rest:
            pivot = next(iter(rest))
            row = {cell: factor / rest[pivot] for cell, factor in rest.items()}
            solved = {other: _without(known, pivot, row) for other, known in solved.items()} | {pivot: row}
    return frozenset(pivot for pivot, row in solved.items() if len(row) == 1)


def _public(found: AttributeExperience, items: Iterable[ItemExperience]) -> PublicAttribute:
    scored = [item for item in items if item.attribute == found.code and item.status is ItemStatus.SCORED]
    totals = [_hidden(item, {group.unit: ONE for group in item.groups}) for item in scored]
    # What the items' scores tell by themselves (one group among those on the record) cannot be helped here.
    by_group = bool(found.groups) and solvable([*totals, *_equations(found, scored)]) == solvable(totals)
    return PublicAttribute(
        code=found.code,
        result=found.result,
        group_count=found.group_count,
        divided=found.divided,
        compared=found.compared,
        by_group=by_group,
        groups={group.unit: group.score for group in found.groups} if by_group else {},
        per_head=found.per_head if by_group else None,
        depends_on_who=found.depends_on_who,
        gap=found.gap if by_group else None,
        composition_low=found.composition_low if by_group else None,
        composition_high=found.composition_high if by_group else None,
    )


def _equations(found: AttributeExperience, scored: list[ItemExperience]) -> list[Equation]:
    """The figures by group of one attribute, without their parts in the items' scores, which are public."""
    weight = {item.code: item.weight for item in found.result.items}
    units = dict.fromkeys(group.unit for item in scored for group in item.groups)
    per_head: dict[Cell, Fraction] = {}
    gap: dict[Cell, Fraction] = {}
    for item in scored:
        per_head |= _hidden(item, {group.unit: weight[item.code] * group.n / item.n for group in item.groups})
        ends = dict.fromkeys(item.highest[:1], weight[item.code]) | dict.fromkeys(item.lowest[:1], -weight[item.code])
        gap |= _hidden(item, ends)
    profiles, without = [], []
    for unit in units:
        own: dict[Cell, Fraction] = {}
        left_out: dict[Cell, Fraction] = {}
        for item in scored:
            if any(group.unit == unit for group in item.groups):
                own |= _hidden(item, {unit: weight[item.code]})
                left_out |= _hidden(item, {unit: weight[item.code] / (len(item.groups) - 1)})
        if any(group.unit == unit for group in found.groups):
            profiles.append(own)
        without.append(left_out)
    return [*profiles, *without, per_head, gap]


def _hidden(item: ItemExperience, factors: Mapping[str, Fraction]) -> dict[Cell, Fraction]:
    """The part of an equation that lies in confidential groups; what is on the record is known to all."""
    confidential = {group.unit for group in item.groups if not group.on_record}
    return {(item.code, unit): factor for unit, factor in factors.items() if unit in confidential}


def _without(row: Mapping[Cell, Fraction], pivot: Cell, by: Mapping[Cell, Fraction]) -> dict[Cell, Fraction]:
    """The row with the pivot taken out by subtracting a multiple of a row in which its factor is one."""
    factor = row.get(pivot, ZERO)
    found = {cell: row.get(cell, ZERO) - factor * by.get(cell, ZERO) for cell in {**row, **by}}
    return {cell: value for cell, value in found.items() if value}
