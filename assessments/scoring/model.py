"""What goes into scoring: the specification of items and the answers to them; which items a kind of process is asked;
and how exact figures become letters and text (method 3.2, 3.3 and 3.10). Rounding happens here and nowhere earlier."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

from assessments.scoring.method import (
    ATTRIBUTE_BANDS,
    BANDS,
    FULL_SCORE,
    LETTERS,
    ONE,
    OPTION_DONT_KNOW,
    OPTION_NOT_APPLICABLE,
    OPTION_OPEN,
    TOP_LEVEL,
    ZERO,
)

RESERVED_STATES = frozenset({OPTION_OPEN, OPTION_DONT_KNOW, OPTION_NOT_APPLICABLE})


class ScoringError(ValueError):
    """Input that the method refuses. The message names the item (or other part) at fault."""


class ItemKind(StrEnum):
    """How an item is answered. Items that are never scored do not reach this package."""

    RATING = "rating"
    CHOICE = "choice"


class ItemState(StrEnum):
    """Where an item stands. Only ANSWERED carries a value (method 3.5)."""

    UNANSWERED = "unanswered"
    ANSWERED = "answered"
    DONT_KNOW = "dont_know"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class StateCredit:
    """A state an option can be in, its credit (0 to 1), whether it needs words to count (method 3.3)."""

    key: str
    credit: Fraction
    needs_text: bool = False


@dataclass(frozen=True, slots=True)
class ScoringItem:
    """One scored item of a question set.

    A choice item (checklist, or yes/no with justification) has named options and the states each can
    take; a yes/no item without named options has the single option "". `top_level` is the highest level
    of the set's rating scale, the lowest being 0. `not_for` names the kinds of process that the item does not
    apply to. Raises ScoringError when a choice item lacks options or states, repeats one, uses a reserved state
    key, or gives a credit outside 0 to 1, when a rating item has options or states, and when the scale has less
    than two levels.
    """

    code: str
    revision: int
    question: str
    attribute: str
    kind: ItemKind
    critical: bool
    na_allowed: bool
    options: tuple[str, ...] = ()
    states: tuple[StateCredit, ...] = ()
    stakeholder_primary: bool = False
    top_level: int = TOP_LEVEL
    not_for: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.top_level < 1:
            raise ScoringError(f"{self.code}: a scale has at least two levels")
        if self.kind is ItemKind.RATING:
            if self.options or self.states:
                raise ScoringError(f"{self.code}: a rating item takes no options and no states")
            return
        keys = [state.key for state in self.states]
        if not self.options or not keys:
            raise ScoringError(f"{self.code}: a choice item needs options and states")
        if len(set(self.options)) < len(self.options) or len(set(keys)) < len(keys):
            raise ScoringError(f"{self.code}: an option or a state is listed twice")
        if not RESERVED_STATES.isdisjoint(keys):
            raise ScoringError(f"{self.code}: a state uses a reserved key")
        if not all(ZERO <= state.credit <= ONE for state in self.states):
            raise ScoringError(f"{self.code}: a credit lies outside 0 to 1")


@dataclass(frozen=True, slots=True)
class OptionAnswer:
    """The answer for one option: a state key, "dont_know", "not_applicable", or "" while open."""

    option: str
    state: str
    has_text: bool = False


_UPPER_EDGES = [edge for _, edge in BANDS]
ATTRIBUTE_LETTERS = tuple(letter for letter, _ in ATTRIBUTE_BANDS)
_ATTRIBUTE_EDGES = [edge for _, edge in ATTRIBUTE_BANDS]


def letter_of(score: Fraction) -> str:
    """Return the letter of an unrounded score (0 to 100 points); an exact edge earns the lower letter.

    Method 3.2. Raises ScoringError outside 0 to 100.
    """
    if not ZERO <= score <= FULL_SCORE:
        raise ScoringError(f"score {score} lies outside 0 to {FULL_SCORE}")
    return LETTERS[bisect_left(_UPPER_EDGES, score)]


_DECIMAL_BASE = 10
_FRACTION_TEXT = re.compile(r"-?[0-9]+(?:/[0-9]+|\.[0-9]+)?")


def one_decimal(x: Fraction) -> str:
    """Return `x` with one decimal, a half rounded away from zero: 31.25 becomes "31.3". Never "-0.0"."""
    return _rounded(x, 1)


def two_decimals(x: Fraction) -> str:
    """Return `x` with two decimals, a half rounded away from zero: 5/8 becomes "0.63". Never "-0.00"."""
    return _rounded(x, 2)


def whole(x: Fraction) -> str:
    """Return `x` as a whole number, a half rounded away from zero: 2.5 becomes "3". Never "-0"."""
    return _rounded(x, 0)


def fraction_text(x: Fraction) -> str:
    """Return `x` exactly, in lowest terms: "925/18", or "80" for a whole number."""
    return str(x)


@lru_cache(maxsize=4096)
def parse_fraction(text: str) -> Fraction:
    """Return the exact value of "925/18", "80" or "15.001". Raises ScoringError for any other text."""
    try:
        if _FRACTION_TEXT.fullmatch(text):
            return Fraction(text)
    except (ValueError, ZeroDivisionError):
        pass
    raise ScoringError(f"not a fraction: {text[:40]!r}")


def _rounded(x: Fraction, decimals: int) -> str:
    scale = _DECIMAL_BASE**decimals
    # |x| · scale + ½ without its fractional part; in integers, since documents have hundreds of figures.
    units = (2 * abs(x.numerator) * scale + x.denominator) // (2 * x.denominator)
    sign = "-" if x < ZERO and units else ""
    before, after = divmod(units, scale)
    return f"{sign}{before}.{after:0{decimals}d}" if decimals else f"{sign}{before}"


def attribute_letter(score: Fraction) -> str:
    """Return N, P-, P+, L-, L+ or F for an unrounded score (0 to 100 points); an exact edge earns the lower letter.

    Method 3.2. Raises ScoringError outside 0 to 100.
    """
    if not ZERO <= score <= FULL_SCORE:
        raise ScoringError(f"score {score} lies outside 0 to {FULL_SCORE}")
    return ATTRIBUTE_LETTERS[bisect_left(_ATTRIBUTE_EDGES, score)]


def at_most(letter: str, limit: str) -> str:
    """Return the lower of two letters of attributes."""
    return min(letter, limit, key=ATTRIBUTE_LETTERS.index)


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
