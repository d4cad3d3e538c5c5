"""Answers that cannot both be true (method 3.3). Which ones these are, the question set declares."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assessments.scoring.method import OPTION_OPEN, UNNAMED_OPTION

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
