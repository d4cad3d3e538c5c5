"""What stakeholders answered, group by group, what one answer is worth, and which groups are used (method 3.3 and 3.8).

Much here may hold answers that must never be shown. `experience.cells` is the one gate between confidential answers and
results. Whatever it withholds is in none of the values it returns, so no later formula can give it away: not a mean,
not a total, not a number of answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from assessments.scoring.method import (
    POOLED_GROUPS_MIN,
    RESPONDENT_SHARE_KNOWN,
    THRESHOLD,
    THRESHOLD_HIGHEST,
    THRESHOLD_LOWEST,
    ZERO,
)
from assessments.scoring.model import ItemState, OptionAnswer, ScoringError, ScoringItem, check_answer, option_credits

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


def respondent_value(spec: ScoringItem, answer: RespondentAnswer) -> Fraction | None:
    """Return the value (0 to 1) of one respondent's answer, None where there is none.

    Method 3.2 for ratings; method 3.3 for checklists, which count if at least half of the applicable options
    are known. Raises ScoringError for an answer the item does not permit.
    """
    credits = respondent_credits(spec, answer)
    if answer.state is not ItemState.ANSWERED:
        return None
    if answer.level is not None:
        return Fraction(answer.level, spec.top_level)
    known = [credit for credit in credits.values() if credit is not None]
    if not known or Fraction(len(known), len(credits)) < RESPONDENT_SHARE_KNOWN:
        return None
    return sum(known, ZERO) / len(known)


def respondent_credits(spec: ScoringItem, answer: RespondentAnswer) -> dict[str, Fraction | None]:
    """Return the credit (0 to 1) of each option that applies to a respondent, None where it is not known.

    Respondents give neither words nor reasons. Raises ScoringError for an answer the item does not permit.
    """
    # What does not apply to one respondent need not be declared so for the process.
    check_answer(spec, answer.state, answer.level, answer.options, na_allowed=True)
    return option_credits(spec, answer.options)


def threshold_allowed(k: int) -> bool:
    """Say whether `k` may be the smallest number of answers that is shown: THRESHOLD_LOWEST to THRESHOLD_HIGHEST."""
    return THRESHOLD_LOWEST <= k <= THRESHOLD_HIGHEST


def check_wave(wave: WaveAnswers) -> None:
    """Raise ScoringError unless the method can take the wave; the message names the group at fault.

    Refused are a threshold that is not allowed, a group listed twice or with the code of the pool, a negative
    count, more than one response on the record, and a given pool that is not of several confidential groups
    with k responses together.
    """
    if not threshold_allowed(wave.k):
        raise ScoringError(f"the threshold must be {THRESHOLD_LOWEST} to {THRESHOLD_HIGHEST}, not {wave.k}")
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


def _pooled(wave: WaveAnswers) -> tuple[str, ...]:
    if wave.pool is not None:
        return tuple(group.code for group in wave.groups if group.code in wave.pool)
    small = [group for group in wave.groups if not group.on_record and 0 < group.received < wave.k]
    if len(small) < POOLED_GROUPS_MIN or sum(group.received for group in small) < wave.k:
        return ()
    return tuple(group.code for group in small)


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
