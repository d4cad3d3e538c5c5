"""What stakeholders answered, group by group, and what one answer is worth (method 3.3 and 3.8).

Everything here may hold answers that must never be shown. It is turned into results by `pooling.usable_cells`,
which lets nothing of a cell below the threshold through.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from assessments.scoring.items import check_answer, option_credits
from assessments.scoring.model import AnswerState, ItemAnswer, ItemKind, ItemSpec, OptionAnswer, ScoringError
from assessments.scoring.rules import POOLED_GROUPS_MIN, RESPONDENT_SHARE_KNOWN, THRESHOLD, THRESHOLD_MIN, ZERO

POOLED = "pooled_groups"


@dataclass(frozen=True, slots=True)
class RespondentAnswer:
    """One respondent's answer to one item: UNANSWERED is skipped, NOT_APPLICABLE "not applicable to me".

    `level` (rating) and `options` (choice) are read only when `state` is ANSWERED. Respondents give no
    words, so a state that would need them from an organiser counts without.
    """

    state: AnswerState
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
class Wave:
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
class Cell:
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


def respondent_value(spec: ItemSpec, answer: RespondentAnswer) -> Fraction | None:
    """Return the value (0 to 1) of one respondent's answer, None where there is none.

    Method 3.2 for ratings; method 3.3 for checklists, which count if at least half of the applicable options
    are known. Raises ScoringError for an answer the item does not permit.
    """
    return _value_and_state(spec, answer)[0]


def cell_of(spec: ItemSpec, tallies: Iterable[Tally], received: int) -> Cell:
    """Return what one or several groups with `received` responses answered to one item.

    Raises ScoringError as `respondent_value` does, and for more answers than responses.
    """
    n, total = 0, ZERO
    levels = [0] * (spec.top_level + 1) if spec.kind is ItemKind.RATING else []
    without: Counter[AnswerState] = Counter()
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
    return Cell(
        n=n,
        total=total,
        levels=tuple(levels),
        dont_know=without[AnswerState.DONT_KNOW],
        not_applicable=without[AnswerState.NOT_APPLICABLE],
        skipped=without[AnswerState.UNANSWERED] + unseen,
    )


def check_wave(wave: Wave) -> None:
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


def answer_as_given(spec: ItemSpec, answer: RespondentAnswer) -> ItemAnswer:
    """Return a respondent's answer as one that needs neither words nor reasons; raises ScoringError if refused."""
    options = tuple(replace(entry, has_text=True) for entry in answer.options)
    given = ItemAnswer(spec.code, answer.state, answer.level, options, has_na_reason=True)
    # What does not apply to one respondent need not be declared so for the process.
    check_answer(replace(spec, na_allowed=True), given)
    return given


def _value_and_state(spec: ItemSpec, answer: RespondentAnswer) -> tuple[Fraction | None, AnswerState]:
    given = answer_as_given(spec, answer)
    if answer.state is not AnswerState.ANSWERED:
        return None, answer.state
    if answer.level is not None:
        return Fraction(answer.level, spec.top_level), AnswerState.ANSWERED
    credits = option_credits(spec, given)
    if not credits:
        return None, AnswerState.NOT_APPLICABLE
    known = [credit for credit in credits.values() if credit is not None]
    if not known or Fraction(len(known), len(credits)) < RESPONDENT_SHARE_KNOWN:
        return None, AnswerState.DONT_KNOW
    return sum(known, ZERO) / len(known), AnswerState.ANSWERED
