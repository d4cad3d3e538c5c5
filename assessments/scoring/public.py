"""What a public report may say: groups by attribute, items only for all groups together (method 3.8).

Restricted reports show groups by item. So that nobody gets there by computing, the figures of an attribute are written
as linear equations in the groups' means by item, and those that would let one of these be solved for are left out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from assessments.scoring.balanced import ItemExperience, ItemStatus
from assessments.scoring.experience import AttributeExperience, Experience
from assessments.scoring.rules import ONE, ZERO
from assessments.scoring.scorecard import AttributeScore

Cell = tuple[str, str]
Equation = Mapping[Cell, Fraction]


@dataclass(frozen=True, slots=True)
class PublicItem:
    """All that a public report says of one item: balanced score (points), letter and gap band, or no score."""

    code: str
    attribute: str
    status: ItemStatus
    score: Fraction | None
    letter: str | None
    band: str | None


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


def public_items(experience: Experience) -> tuple[PublicItem, ...]:
    """Return what a public report may say of the items: nothing that tells one group's answers to one item."""
    return tuple(
        PublicItem(item.code, item.attribute, item.status, item.score, item.letter, item.band)
        for item in experience.items
    )


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
