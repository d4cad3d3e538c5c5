"""Which answers an item permits, what the options of a list are worth (method 3.3, 3.11), and what both tracks weigh
alike: equal weight per question, shared by its items, and how far a score can be shown (method 3.5)."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from fractions import Fraction

from assessments.scoring.method import FULL_SCORE, OPTION_NOT_APPLICABLE, OPTION_OPEN, TOP_LEVEL, UNNAMED_OPTION, ZERO
from assessments.scoring.model import RESERVED_STATES, ItemKind, ItemState, OptionAnswer, ScoringError, ScoringItem


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
