"""Kinds of process, and which items each is asked (method 3.3)."""

from collections.abc import Iterable
from enum import StrEnum

from assessments.scoring.model import ScoringItem


class ProcessKind(StrEnum):
    """What a process does: chosen at the start, printed on page 1."""

    DECIDES = "decides"
    RECOMMENDS = "recommends"
    SETS_STANDARDS = "sets_standards"
    DIALOGUES = "dialogues"


def applies_to(specs: Iterable[ScoringItem], kind: ProcessKind | None) -> tuple[ScoringItem, ...]:
    """Return the items that apply to a kind of process, all of them where none was chosen.

    The others are not applicable by kind: they need no reason, leave the calculation and do not reduce the scope.
    """
    return tuple(spec for spec in specs if kind is None or kind.value not in spec.not_for)
