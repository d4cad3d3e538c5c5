"""The lines of a list as they were answered, and as they count (method 3.3).

What was answered is always kept for print; a line whose reason is missing, or which contradicts another answer, counts
as unknown.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from assessments.scoring.method import (
    ONE,
    OPTION_DONT_KNOW,
    OPTION_NOT_APPLICABLE,
    OPTION_OPEN,
    UNNAMED_OPTION,
    ZERO,
)
from assessments.scoring.model import ItemState, OptionAnswer, ScoringItem, StateCredit


class OpenReason(StrEnum):
    """Why a line, or an item without lines, is not known."""

    NOT_ANSWERED = "not_answered"
    DONT_KNOW = "dont_know"
    REASON_MISSING = "reason_missing"
    CONTRADICTORY = "contradictory"
    NOTHING_LEFT = "nothing_left"  # every line was called not applicable, which the item does not allow


@dataclass(frozen=True, slots=True)
class LineReading:
    """One line: its `state` as answered, to be printed as such, and what it `counts_as` ("" while open).

    `credit` (0 to 1) is None unless the line is known and scored; `open_because` is None unless it is open.
    """

    option: str
    state: str
    counts_as: str
    credit: Fraction | None
    open_because: OpenReason | None

    @property
    def reason_missing(self) -> bool:
        """Whether an answer was given that needs words and has none: "no reason given, treated as open"."""
        return self.open_because is OpenReason.REASON_MISSING


def read_line(
    entry: OptionAnswer,
    states: Sequence[StateCredit],
    *,
    reasons_needed: bool = True,
    contradictory: bool = False,
) -> LineReading:
    """Return one line as it counts; for lists that are scored and for those that are not.

    `states` are those a line can take, with the ones that need words. Without `reasons_needed` (a respondent, or a
    list not applicable by kind) nothing needs words. Method 3.3.
    """
    state = next((known for known in states if known.key == entry.state), None)
    not_applicable = entry.state == OPTION_NOT_APPLICABLE
    needs_words = reasons_needed and (not_applicable or (state is not None and state.needs_text))
    if entry.state == OPTION_OPEN:
        because: OpenReason | None = OpenReason.NOT_ANSWERED
    elif entry.state == OPTION_DONT_KNOW:
        because = OpenReason.DONT_KNOW
    elif needs_words and not entry.has_text:
        because = OpenReason.REASON_MISSING
    else:
        because = OpenReason.CONTRADICTORY if contradictory else None
    known = because is None
    return LineReading(
        option=entry.option,
        state=entry.state,
        counts_as=entry.state if known else OPTION_OPEN,
        credit=state.credit if known and state is not None else None,
        open_because=because,
    )


@dataclass(frozen=True, slots=True)
class ListReading:
    """A list as it counts.

    `value` (0 to 1) is None unless a line is known; `share_known` is known / applicable lines, `share_applicable`
    applicable / all lines. `state` is NOT_APPLICABLE where no line applies and the item allows that.
    """

    lines: tuple[LineReading, ...]
    state: ItemState
    value: Fraction | None
    share_known: Fraction
    share_applicable: Fraction


def read_list(
    spec: ScoringItem, options: Sequence[OptionAnswer], contradictory: Collection[str] = frozenset()
) -> ListReading:
    """Return the lines of a choice item as the organiser answered them (method 3.3).

    `contradictory` names the options that contradict another answer. A line that is missing is open.
    """
    given = {entry.option: entry for entry in options}
    lines = [
        read_line(
            given.get(option, OptionAnswer(option, OPTION_OPEN)),
            spec.states,
            contradictory=option in contradictory,
        )
        for option in spec.options
    ]
    applicable = [line for line in lines if line.counts_as != OPTION_NOT_APPLICABLE]
    if not applicable:
        return _nothing_left(spec, lines)
    credits = [line.credit for line in applicable if line.credit is not None]
    share = Fraction(len(applicable), len(lines))
    if credits:
        known = Fraction(len(credits), len(applicable))
        return ListReading(tuple(lines), ItemState.ANSWERED, sum(credits, ZERO) / len(credits), known, share)
    unsure = any(line.open_because is OpenReason.DONT_KNOW for line in lines)
    return ListReading(tuple(lines), ItemState.DONT_KNOW if unsure else ItemState.UNANSWERED, None, ZERO, share)


def _nothing_left(spec: ScoringItem, lines: Sequence[LineReading]) -> ListReading:
    """All lines are not applicable, with reasons: so is the item if it may be; if not, nothing of it is known."""
    if spec.na_allowed:
        return ListReading(tuple(lines), ItemState.NOT_APPLICABLE, None, ZERO, ZERO)
    opened = tuple(LineReading(line.option, line.state, OPTION_OPEN, None, OpenReason.NOTHING_LEFT) for line in lines)
    return ListReading(opened, ItemState.DONT_KNOW, None, ZERO, ONE)


States = Mapping[str, Mapping[str, str]]
# An answer without lines has the one state of an unnamed line: a level as "0", "1", …, or a reserved state.
NOT_ANSWERED: Mapping[str, str] = {UNNAMED_OPTION: OPTION_OPEN}


@dataclass(frozen=True, slots=True)
class ContradictionRule:
    """If item `a` is in one of `a_states`, item `b` cannot be in one of `b_states`.

    Where both are lists the rule holds option by option; where only `a` is one, for any of its lines. A line of `b`
    that contradicts counts as unknown; one in a state of `named` is an admission: it is named and counts as it is.
    `b` without lines counts as unknown as a whole.
    """

    code: str
    a: str
    a_states: frozenset[str]
    b: str
    b_states: frozenset[str]
    named: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two lines that contradict each other: `a_option` of item `a`, `b_option` of item `b` ("" for a whole item).

    `is_unknown` says that the line of `b` counts as unknown, and is not only named.
    """

    rule: str
    a: str
    a_option: str
    b: str
    b_option: str
    is_unknown: bool


def contradictions(
    rules: Iterable[ContradictionRule], states: States, said: States | None = None
) -> tuple[Contradiction, ...]:
    """Return what contradicts what, in the order of the rules and of the lines of `b`.

    `states` holds, by item and option, what each line counts as ("" while open, also for a missing reason), for
    unscored lists too. An item that is missing is not answered. `said` holds what was answered where that may differ:
    leaving out a reason is no way out of a contradiction, so either makes a line of `a` the cause of one.
    """
    return tuple(found for rule in rules for found in _of_rule(rule, states, (said or {}).get(rule.a, {})))


def _of_rule(rule: ContradictionRule, states: States, said: Mapping[str, str]) -> Iterable[Contradiction]:
    first, second = states.get(rule.a, NOT_ANSWERED), states.get(rule.b, NOT_ANSWERED)
    # Only lists have lines of the same name.
    by_option = UNNAMED_OPTION not in first and UNNAMED_OPTION not in second
    for option, state in second.items():
        if state not in rule.b_states and state not in rule.named:
            continue
        own = {option: first[option]} if by_option and option in first else {} if by_option else first
        cause = next(
            (line for line, found in own.items() if found in rule.a_states or said.get(line) in rule.a_states), None
        )
        if cause is not None:
            yield Contradiction(rule.code, rule.a, cause, rule.b, option, state in rule.b_states)


def unknown_lines(found: Iterable[Contradiction]) -> dict[str, frozenset[str]]:
    """Return, by item, the options that count as unknown ("" stands for the item itself)."""
    lines: dict[str, set[str]] = {}
    for entry in found:
        if entry.is_unknown:
            lines.setdefault(entry.b, set()).add(entry.b_option)
    return {item: frozenset(options) for item, options in lines.items()}
