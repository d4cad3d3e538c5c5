"""What goes into scoring on either track: the specification of items, the answers that each permits, which items a kind
of process is asked and what they weigh; and how exact figures become letters and text (method 3.2, 3.3, 3.5, 3.10 and
3.11). Rounding happens here and nowhere earlier."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from math import lcm

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
    UNNAMED_OPTION,
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


def option_credits(spec: ScoringItem, options: Sequence[OptionAnswer]) -> dict[str, Fraction | None]:
    """Return the credit (0 to 1) of each applicable option of a choice item, None where it is not known.

    Method 3.3, for those who are asked for no words; how the organiser's lists count is in `evidence.lines`. Options
    marked not applicable are absent.
    """
    credit = {state.key: state.credit for state in spec.states}
    given = {entry.option: entry.state for entry in options}
    return {
        option: credit.get(given.get(option, OPTION_OPEN))
        for option in spec.options
        if given.get(option) != OPTION_NOT_APPLICABLE
    }


def check_answer(
    spec: ScoringItem, state: ItemState, level: int | None, options: Sequence[OptionAnswer], *, na_allowed: bool
) -> None:
    """Raise ScoringError unless this is a permitted answer to `spec` (method 3.3, 3.11).

    `na_allowed`: whoever answers may say that the item does not apply.
    """
    if state is ItemState.NOT_APPLICABLE:
        _check_not_applicable(spec, na_allowed=na_allowed)
    elif state is ItemState.UNANSWERED:
        # Dropping what somebody entered would be worse than refusing a contradiction.
        if level is not None or any(entry.state != OPTION_OPEN for entry in options):
            raise ScoringError(f"{spec.code}: marked unanswered but an answer is given")
    elif state is ItemState.ANSWERED and spec.kind is ItemKind.RATING:
        _check_level(spec, level, options)
    elif state is ItemState.ANSWERED:
        _check_options(spec, level, options, na_allowed=na_allowed)


def _check_not_applicable(spec: ScoringItem, *, na_allowed: bool) -> None:
    if not na_allowed:
        raise ScoringError(f"{spec.code}: this item cannot be not applicable")


def _check_level(spec: ScoringItem, level: int | None, options: Sequence[OptionAnswer]) -> None:
    if options:
        raise ScoringError(f"{spec.code}: a rating item has no options")
    if level is None or not 0 <= level <= spec.top_level:
        raise ScoringError(f"{spec.code}: the level must be 0 to {spec.top_level}, not {level}")


def _check_options(spec: ScoringItem, level: int | None, options: Sequence[OptionAnswer], *, na_allowed: bool) -> None:
    if level is not None:
        raise ScoringError(f"{spec.code}: a choice item has no level")
    permitted = RESERVED_STATES.union(state.key for state in spec.states)
    seen: set[str] = set()
    for entry in options:
        if entry.option not in spec.options:
            raise ScoringError(f"{spec.code}: unknown option {entry.option!r}")
        if entry.option in seen:
            raise ScoringError(f"{spec.code}: option {entry.option!r} is answered twice")
        if entry.state not in permitted:
            raise ScoringError(f"{spec.code}: unknown state {entry.state!r}")
        # The unnamed option of a yes/no item is the item itself, so the item's own rule holds.
        if entry.option == UNNAMED_OPTION and entry.state == OPTION_NOT_APPLICABLE:
            _check_not_applicable(spec, na_allowed=na_allowed)
        seen.add(entry.option)


# Edges as whole numbers, since a document has hundreds of letters: of parts of a point that all of them consist of.
_PARTS = lcm(*(edge.denominator for _, edge in (*BANDS, *ATTRIBUTE_BANDS)))
_UPPER_EDGES = [int(_PARTS * edge) for _, edge in BANDS]
ATTRIBUTE_LETTERS = tuple(letter for letter, _ in ATTRIBUTE_BANDS)
_ATTRIBUTE_EDGES = [int(_PARTS * edge) for _, edge in ATTRIBUTE_BANDS]


def letter_of(score: Fraction) -> str:
    """Return the letter of an unrounded score (0 to 100 points); an exact edge earns the lower letter.
    Method 3.2; raises ScoringError outside 0 to 100."""
    return LETTERS[bisect_left(_UPPER_EDGES, _parts_of(score))]


def _parts_of(score: Fraction) -> int:
    """A score (0 to 100 points) in _PARTS of a point, rounded up: it is above an edge exactly where these are."""
    parts = -(-_PARTS * score.numerator // score.denominator)
    if score.numerator < 0 or parts > _UPPER_EDGES[-1]:
        raise ScoringError(f"score {score} lies outside 0 to {FULL_SCORE}")
    return parts


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
    Method 3.2; raises ScoringError outside 0 to 100."""
    return ATTRIBUTE_LETTERS[bisect_left(_ATTRIBUTE_EDGES, _parts_of(score))]


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


class ScoreStatus(StrEnum):
    """How far an attribute's score can be shown (method 3.5)."""

    SHOWN = "shown"
    PROVISIONAL = "provisional"
    WITHHELD = "withheld"
    NOT_APPLICABLE = "not_applicable"


def weights(specs: Sequence[ScoringItem], applicable: Collection[str]) -> dict[str, Fraction]:
    """Return the weight (share of one) of each applicable item of one attribute, in the order of `specs`.

    Method 3.5: equal weight per question with an applicable item, shared equally by its applicable items.
    The weights add up to 1; without an applicable item there are none.
    """
    kept = [spec for spec in specs if spec.code in applicable]
    size = Counter(spec.question for spec in kept)
    return {spec.code: Fraction(1, len(size) * size[spec.question]) for spec in kept}


def default_weights(specs: Sequence[ScoringItem]) -> dict[str, Fraction]:
    """Return the weight (share of one) of each item of one attribute with nothing left out (method 3.5)."""
    return weights(specs, {spec.code for spec in specs})


def step_of(item_weights: Mapping[str, Fraction], top_level: int = TOP_LEVEL) -> Fraction:
    """Return the points by which one level of the heaviest item moves the score (method 3.10).

    `top_level` is the highest level of the scale the items are rated on.
    """
    return FULL_SCORE / top_level * max(item_weights.values(), default=ZERO)
