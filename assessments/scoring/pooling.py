"""Which answers may be used at all: the threshold, and the pooling of small groups (method 3.8).

This is the one gate between confidential answers and results. Whatever it withholds is in none of the values it
returns, so no later formula can give it away: not a mean, not a total, not a number of answers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assessments.scoring.groups import POOLED, Cell, Wave, cell_of, check_wave
from assessments.scoring.model import ItemSpec
from assessments.scoring.rules import GROUPS_FOR_SCORE, POOLED_GROUPS_MIN


class GroupUse(StrEnum):
    """How a group's answers take part: under its own name, inside the pool, withheld, or none received."""

    OWN = "own"
    POOLED = "pooled"
    WITHHELD = "withheld"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class GroupCount:
    """How many responses a group gave, and how they take part. All that is ever said of a withheld group."""

    code: str
    received: int
    on_record: bool
    use: GroupUse


@dataclass(frozen=True, slots=True)
class Unit:
    """A group that is used under its own name, or the pool of small ones (code POOLED).

    `members` are the groups in it and `received` their responses.
    """

    code: str
    members: tuple[str, ...]
    received: int
    on_record: bool


@dataclass(frozen=True, slots=True)
class UsableCells:
    """The answers that may enter published numbers: by item code, then by unit code, in the order of `units`.

    A scored item has at least GROUPS_FOR_SCORE cells; where there are fewer, only one on the record is kept.
    """

    units: tuple[Unit, ...]
    counts: tuple[GroupCount, ...]
    items: Mapping[str, Mapping[str, Cell]]


def units_of(wave: Wave) -> tuple[Unit, ...]:
    """Return the groups that are used, in the order of the wave, the pool last (method 3.8, step 1).

    Groups with 1 to k-1 confidential responses are pooled if there are at least two and they have k together.
    A pool decided at an earlier closing stays as it is: a member that left it would be its own difference.
    """
    pooled = _pooled(wave)
    own = [group for group in wave.groups if group.code not in pooled]
    units = [
        Unit(group.code, (group.code,), group.received, group.on_record)
        for group in own
        if group.received >= wave.k or (group.on_record and group.received)
    ]
    if pooled:
        received = sum(group.received for group in wave.groups if group.code in pooled)
        units.append(Unit(POOLED, pooled, received, False))
    return tuple(units)


def usable_cells(specs: Sequence[ItemSpec], wave: Wave) -> UsableCells:
    """Return the cells with at least k valid answers or on the record, and nothing of any other (method 3.8, step 2).

    A cell alone on its item is dropped too unless it is on the record. Raises ScoringError for a wave, or an
    answer in it, that the method refuses; also for answers that are then withheld.
    """
    check_wave(wave)
    units = units_of(wave)
    tallies = {group.code: group.answers for group in wave.groups}
    received = {group.code: group.received for group in wave.groups}
    unused = [code for code in tallies if not any(code in unit.members for unit in units)]
    items = {}
    for spec in specs:
        for code in unused:
            cell_of(spec, [tallies[code].get(spec.code, {})], received[code])
        cells = {
            unit.code: cell_of(spec, [tallies[code].get(spec.code, {}) for code in unit.members], unit.received)
            for unit in units
        }
        items[spec.code] = {} if spec.code in wave.not_applicable else _usable(units, cells, wave.k)
    return UsableCells(units, _counts(wave, units), items)


def _pooled(wave: Wave) -> tuple[str, ...]:
    if wave.pool is not None:
        return tuple(group.code for group in wave.groups if group.code in wave.pool)
    small = [group for group in wave.groups if not group.on_record and 0 < group.received < wave.k]
    if len(small) < POOLED_GROUPS_MIN or sum(group.received for group in small) < wave.k:
        return ()
    return tuple(group.code for group in small)


def _usable(units: Sequence[Unit], cells: Mapping[str, Cell], k: int) -> dict[str, Cell]:
    used = {
        unit.code: cells[unit.code]
        for unit in units
        if cells[unit.code].n >= k or (unit.on_record and cells[unit.code].n)
    }
    if len(used) >= GROUPS_FOR_SCORE:
        return used
    return {unit.code: used[unit.code] for unit in units if unit.on_record and unit.code in used}


def _counts(wave: Wave, units: Sequence[Unit]) -> tuple[GroupCount, ...]:
    use = {code: GroupUse.POOLED if unit.code == POOLED else GroupUse.OWN for unit in units for code in unit.members}
    return tuple(
        GroupCount(
            group.code,
            group.received,
            group.on_record,
            use.get(group.code, GroupUse.WITHHELD if group.received else GroupUse.NONE),
        )
        for group in wave.groups
    )
