"""What stakeholders answered, group by group, what one answer is worth, and which may be used (method 3.3 and 3.8).

Much here may hold answers that must never be shown. `usable_cells` is the one gate between confidential answers and
results. Whatever it withholds is in none of the values it returns, so no later formula can give it away: not a mean,
not a total, not a number of answers."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction

from assessments.scoring.items import check_answer, option_credits
from assessments.scoring.model import ItemAnswer, ItemKind, ItemState, OptionAnswer, ScoringError, ScoringItem
from assessments.scoring.rules import (
    GROUPS_FOR_SCORE,
    POOLED_GROUPS_MIN,
    RESPONDENT_SHARE_KNOWN,
    THRESHOLD,
    THRESHOLD_MIN,
    ZERO,
)

POOLED = "pooled_groups"


@dataclass(frozen=True, slots=True)
class RespondentAnswer:
    """One respondent's answer to one item: UNANSWERED is skipped, NOT_APPLICABLE "not applicable to me".

    `level` (rating) and `options` (choice) are read only when `state` is ANSWERED. Respondents give no
    words, so a state that would need them from an organiser counts without.
    """

    state: ItemState
    level: int | None = None
    options: tuple[OptionAnswer, ...] = ()


Tally = Mapping[RespondentAnswer, int]


@dataclass(frozen=True, slots=True)
class GroupResponses:
    """All responses of one stakeholder group: a multiset of answers per item, without any person.

    `answers` maps item codes to how often each answer was given (`collections.Counter` of a list of
    answers); an item left out was skipped by everybody, and items a
    function is not asked about are passed over. `received` is the number of responses. With
    `on_record` the group answers once, openly, in its own name, and no threshold applies.
    """

    code: str
    received: int
    answers: Mapping[str, Tally]
    on_record: bool = False


@dataclass(frozen=True, slots=True)
class WaveAnswers:
    """What one wave of questions to the stakeholder groups brought in (method 3.8). Never to be shown itself.

    `k` is the threshold fixed before the launch. `not_applicable` holds the items that the organiser has
    declared not applicable to the process; answers to them are passed over. `pool` is None the first time;
    when a reopened wave is closed again it holds the groups pooled then, because pooling is decided once.
    """

    groups: tuple[GroupResponses, ...]
    k: int = THRESHOLD
    not_applicable: frozenset[str] = field(default_factory=frozenset)
    pool: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class GroupAnswers:
    """The answers of one or several groups to one item.

    `n` counts the valid answers, `total` is the sum of their values (0 to n), `levels` how many chose each
    level (empty for a checklist). The others count the answers without a value; a checklist of which less
    than half is known counts as don't know.
    """

    n: int
    total: Fraction
    levels: tuple[int, ...]
    dont_know: int = 0
    not_applicable: int = 0
    skipped: int = 0

    @property
    def mean(self) -> Fraction:
        """The mean value, 0 to 1. Only for a cell with a valid answer."""
        return self.total / self.n


def respondent_value(spec: ScoringItem, answer: RespondentAnswer) -> Fraction | None:
    """Return the value (0 to 1) of one respondent's answer, None where there is none.

    Method 3.2 for ratings; method 3.3 for checklists, which count if at least half of the applicable options
    are known. Raises ScoringError for an answer the item does not permit.
    """
    return _value_and_state(spec, answer)[0]


def cell_of(spec: ScoringItem, tallies: Iterable[Tally], received: int) -> GroupAnswers:
    """Return what one or several groups with `received` responses answered to one item.

    Raises ScoringError as `respondent_value` does, and for more answers than responses.
    """
    n, total = 0, ZERO
    levels = [0] * (spec.top_level + 1) if spec.kind is ItemKind.RATING else []
    without: Counter[ItemState] = Counter()
    for tally in tallies:
        for answer, count in tally.items():
            value, state = _value_and_state(spec, answer)
            if value is None:
                without[state] += count
                continue
            n += count
            total += value * count
            if answer.level is not None:
                levels[answer.level] += count
    unseen = received - n - without.total()
    if unseen < 0:
        raise ScoringError(f"{spec.code}: more answers than responses")
    return GroupAnswers(
        n=n,
        total=total,
        levels=tuple(levels),
        dont_know=without[ItemState.DONT_KNOW],
        not_applicable=without[ItemState.NOT_APPLICABLE],
        skipped=without[ItemState.UNANSWERED] + unseen,
    )


def check_wave(wave: WaveAnswers) -> None:
    """Raise ScoringError unless the method can take the wave; the message names the group at fault.

    Refused are a threshold below THRESHOLD_MIN, a group listed twice or with the code of the pool, a negative
    count, more than one response on the record, and a given pool that is not of several confidential groups
    with k responses together.
    """
    if wave.k < THRESHOLD_MIN:
        raise ScoringError(f"the threshold must be at least {THRESHOLD_MIN}, not {wave.k}")
    codes = [group.code for group in wave.groups]
    if len(set(codes)) < len(codes) or POOLED in codes:
        raise ScoringError(f"groups need codes of their own: {', '.join(sorted(codes))}")
    for group in wave.groups:
        if group.received < 0 or any(count < 0 for tally in group.answers.values() for count in tally.values()):
            raise ScoringError(f"{group.code}: a count is negative")
        if group.on_record and group.received > 1:
            raise ScoringError(f"{group.code}: a group on the record answers once")
    if wave.pool is not None:
        pooled = [group for group in wave.groups if group.code in wave.pool and not group.on_record]
        enough = len(pooled) >= POOLED_GROUPS_MIN and sum(group.received for group in pooled) >= wave.k
        if len(pooled) < len(wave.pool) or not enough:
            raise ScoringError(f"{', '.join(sorted(wave.pool))}: cannot be pooled")


def answer_as_given(spec: ScoringItem, answer: RespondentAnswer) -> ItemAnswer:
    """Return a respondent's answer as one that needs neither words nor reasons; raises ScoringError if refused."""
    options = tuple(replace(entry, has_text=True) for entry in answer.options)
    given = ItemAnswer(spec.code, answer.state, answer.level, options, has_na_reason=True)
    # What does not apply to one respondent need not be declared so for the process.
    check_answer(replace(spec, na_allowed=True), given)
    return given


def _value_and_state(spec: ScoringItem, answer: RespondentAnswer) -> tuple[Fraction | None, ItemState]:
    given = answer_as_given(spec, answer)
    if answer.state is not ItemState.ANSWERED:
        return None, answer.state
    if answer.level is not None:
        return Fraction(answer.level, spec.top_level), ItemState.ANSWERED
    credits = option_credits(spec, given)
    if not credits:
        return None, ItemState.NOT_APPLICABLE
    known = [credit for credit in credits.values() if credit is not None]
    if not known or Fraction(len(known), len(credits)) < RESPONDENT_SHARE_KNOWN:
        return None, ItemState.DONT_KNOW
    return sum(known, ZERO) / len(known), ItemState.ANSWERED


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
    items: Mapping[str, Mapping[str, GroupAnswers]]


def units_of(wave: WaveAnswers) -> tuple[Unit, ...]:
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


def usable_cells(specs: Sequence[ScoringItem], wave: WaveAnswers) -> UsableCells:
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
    return UsableCells(units, group_counts(wave, units), items)


def _pooled(wave: WaveAnswers) -> tuple[str, ...]:
    if wave.pool is not None:
        return tuple(group.code for group in wave.groups if group.code in wave.pool)
    small = [group for group in wave.groups if not group.on_record and 0 < group.received < wave.k]
    if len(small) < POOLED_GROUPS_MIN or sum(group.received for group in small) < wave.k:
        return ()
    return tuple(group.code for group in small)


def _usable(units: Sequence[Unit], cells: Mapping[str, GroupAnswers], k: int) -> dict[str, GroupAnswers]:
    used = {
        unit.code: cells[unit.code]
        for unit in units
        if cells[unit.code].n >= k or (unit.on_record and cells[unit.code].n)
    }
    if len(used) >= GROUPS_FOR_SCORE:
        return used
    return {unit.code: used[unit.code] for unit in units if unit.on_record and unit.code in used}


def group_counts(wave: WaveAnswers, units: Sequence[Unit]) -> tuple[GroupCount, ...]:
    """Return how many responses each group of a wave gave, and how they take part; `units` are those of `units_of`."""
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
