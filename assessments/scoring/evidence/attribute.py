"""From items to the score of one attribute, on either track: coverage, shown share, range, status, letter (method 3.5
and 3.6); and above the attributes the weakest one, and one figure beside the profile (method 3.7)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Protocol

from assessments.scoring.method import (
    FULL_SCORE,
    LETTER_WITH_OPEN_CRITICAL,
    ONE,
    SCOPE_COMPARABLE,
    SHARE_PROVISIONAL,
    SHARE_SHOWN,
    ZERO,
)
from assessments.scoring.model import (
    ItemState,
    ScoreStatus,
    ScoringError,
    ScoringItem,
    at_most,
    attribute_letter,
    default_weights,
    weights,
)
from assessments.scoring.summary import SummaryIndex, summary_index


class ItemFigures(Protocol):
    """What the formula takes of an item on either track; values are None without an answer.

    On the experience track every answer is shown, and claimed, counted and highest are the same.
    """

    @property
    def state(self) -> ItemState:
        """NOT_APPLICABLE leaves the calculation."""
        ...

    @property
    def claimed(self) -> Fraction | None:
        """The value (0 to 1) that is claimed."""
        ...

    @property
    def counted(self) -> Fraction | None:
        """The value (0 to 1) that counts."""
        ...

    @property
    def highest(self) -> Fraction | None:
        """The value (0 to 1) that the high end of the range takes."""
        ...

    @property
    def share_known(self) -> Fraction:
        """The share of the applicable lines that is known."""
        ...

    @property
    def share_applicable(self) -> Fraction:
        """The share of all lines that applies."""
        ...

    @property
    def shown(self) -> bool:
        """Whether the answer is shown."""
        ...


@dataclass(frozen=True, slots=True)
class WeighedItem:
    """One item inside its attribute.

    `weight` counts applicable items only (0 for one that is not), `default_weight` all that apply to the kind; both
    are shares of one. `contribution` is in points: contributions add up to the score, all are 0 without a score.
    """

    code: str
    question: str
    weight: Fraction
    default_weight: Fraction
    contribution: Fraction


@dataclass(frozen=True, slots=True)
class CountedAttribute:
    """The result for one attribute (method 3.5 and 3.6).

    `score`, `claimed`, `low` and `high` are points (0 to 100); `coverage`, `shown_share` and `scope` shares of one.
    Score, claim and letters are None when withheld or not applicable, the range only when not applicable.
    `band_letter` is that of the score, `letter` the one after critical items; `limited_by` names those that lowered
    it. `critical_open` are the critical items without an answer, `critical_unshown` those claimed and not shown.
    `provisional_because` holds "coverage", "shown_share", "critical_open", "critical_unshown" (and "few_groups").
    `applicable`, `answered` and `shown` count items: "9 of 10 answered, 6 of 10 shown". `squares` is the sum of the
    squared weights, for rater noise (method 3.10).
    """

    code: str
    status: ScoreStatus
    score: Fraction | None
    claimed: Fraction | None
    low: Fraction | None
    high: Fraction | None
    coverage: Fraction
    shown_share: Fraction
    scope: Fraction
    reduced_scope: bool
    letter: str | None
    band_letter: str | None
    limited_by: tuple[str, ...]
    critical_open: tuple[str, ...]
    critical_unshown: tuple[str, ...]
    provisional_because: tuple[str, ...]
    applicable: int
    answered: int
    shown: int
    squares: Fraction
    items: tuple[WeighedItem, ...]


@dataclass(frozen=True, slots=True)
class _Parts:
    """What the figures of one attribute are computed from; `known` is weight times share known."""

    specs: tuple[ScoringItem, ...]
    items: Mapping[str, ItemFigures]
    default: dict[str, Fraction]
    current: dict[str, Fraction]
    known: dict[str, Fraction]

    def total(self, value: Callable[[ItemFigures], Fraction | None]) -> Fraction:
        """The weighted sum of what `value` gives of every applicable item, None adding nothing."""
        return sum_of_products((share, value(self.items[code])) for code, share in self.known.items())

    def codes(self, holds: Callable[[ItemFigures], bool], *, critical: bool = False) -> tuple[str, ...]:
        """The applicable items for which something holds, in their order; the critical ones alone on request."""
        return tuple(
            spec.code
            for spec in self.specs
            if spec.code in self.current and (spec.critical or not critical) and holds(self.items[spec.code])
        )


def sum_of_products(factors: Iterable[tuple[Fraction, Fraction | None]]) -> Fraction:
    """Return the sum of the products of two factors, exactly; a factor that is None adds nothing."""
    # In integers: fractions would be brought to lowest terms after every step.
    total, unit = 0, 1
    for one, other in factors:
        if other:
            numerator, denominator = one.numerator * other.numerator, one.denominator * other.denominator
            if denominator != unit:
                common = lcm(unit, denominator)
                total, numerator, unit = total * (common // unit), numerator * (common // denominator), common
            total += numerator
    return Fraction(total, unit)


def count_attribute(code: str, specs: Sequence[ScoringItem], items: Mapping[str, ItemFigures]) -> CountedAttribute:
    """Return the result of attribute `code` from what its items count as.

    `specs` are the items of the track that apply to the kind of process; those of other attributes are passed over.
    Without any the attribute is not applicable. Raises ScoringError when an item has no entry in `items`.
    """
    parts = _parts(code, specs, items)
    coverage = sum(parts.known.values(), ZERO)
    shown_share = parts.total(lambda item: ONE if item.shown else ZERO)
    critical_open = parts.codes(lambda item: item.counted is None, critical=True)
    critical_unshown = parts.codes(_claimed_and_not_shown, critical=True)
    reasons = _reasons(coverage, shown_share, critical_open, critical_unshown)
    status = _status(parts, coverage, shown_share, reasons)
    has_score = status in (ScoreStatus.SHOWN, ScoreStatus.PROVISIONAL)
    score = FULL_SCORE * parts.total(lambda item: item.counted) / coverage if has_score else None
    band_letter = None if score is None else attribute_letter(score)
    limiting = parts.codes(
        lambda item: item.counted is None or item.counted == ZERO or _claimed_and_not_shown(item), critical=True
    )
    letter = at_most(band_letter, LETTER_WITH_OPEN_CRITICAL) if band_letter and limiting else band_letter
    low = FULL_SCORE * parts.total(lambda item: item.counted if item.shown else ZERO)
    high = FULL_SCORE * (parts.total(lambda item: item.highest) + ONE - coverage)
    scope = sum_of_products((parts.default[item], items[item].share_applicable) for item in parts.current)
    return CountedAttribute(
        code=code,
        status=status,
        score=score,
        claimed=FULL_SCORE * parts.total(lambda item: item.claimed) / coverage if has_score else None,
        low=low if parts.current else None,
        high=high if parts.current else None,
        coverage=coverage,
        shown_share=shown_share,
        scope=scope,
        reduced_scope=scope < SCOPE_COMPARABLE,
        letter=letter,
        band_letter=band_letter,
        limited_by=limiting if letter != band_letter else (),
        critical_open=critical_open,
        critical_unshown=critical_unshown,
        provisional_because=reasons if status is ScoreStatus.PROVISIONAL else (),
        applicable=len(parts.current),
        answered=len(parts.codes(lambda item: item.counted is not None)),
        shown=len(parts.codes(lambda item: item.shown)),
        squares=sum_of_products((weight, weight) for weight in parts.current.values()),
        items=tuple(_weighed(spec, parts, coverage if has_score else None) for spec in parts.specs),
    )


def _parts(code: str, specs: Sequence[ScoringItem], items: Mapping[str, ItemFigures]) -> _Parts:
    own = tuple(spec for spec in specs if spec.attribute == code)
    missing = [spec.code for spec in own if spec.code not in items]
    if missing:
        raise ScoringError(f"{', '.join(missing)}: nothing given")
    current = weights(own, {spec.code for spec in own if items[spec.code].state is not ItemState.NOT_APPLICABLE})
    known = {item: weight * items[item].share_known for item, weight in current.items()}
    return _Parts(own, items, default_weights(own), current, known)


def _claimed_and_not_shown(item: ItemFigures) -> bool:
    return item.claimed is not None and item.claimed > ZERO and not item.shown


def _reasons(
    coverage: Fraction, shown_share: Fraction, critical_open: Sequence[str], critical_unshown: Sequence[str]
) -> tuple[str, ...]:
    found = {
        "coverage": coverage < SHARE_SHOWN,
        "shown_share": shown_share < SHARE_SHOWN,
        "critical_open": bool(critical_open),
        "critical_unshown": bool(critical_unshown),
    }
    return tuple(reason for reason, holds in found.items() if holds)


def _status(parts: _Parts, coverage: Fraction, shown_share: Fraction, reasons: Sequence[str]) -> ScoreStatus:
    if not parts.current:
        return ScoreStatus.NOT_APPLICABLE
    if min(coverage, shown_share) < SHARE_PROVISIONAL:
        return ScoreStatus.WITHHELD
    return ScoreStatus.PROVISIONAL if reasons else ScoreStatus.SHOWN


def _weighed(spec: ScoringItem, parts: _Parts, coverage: Fraction | None) -> WeighedItem:
    counted = parts.items[spec.code].counted
    contribution = ZERO
    if coverage is not None and counted is not None:
        contribution = FULL_SCORE * parts.known[spec.code] * counted / coverage
    return WeighedItem(
        code=spec.code,
        question=spec.question,
        weight=parts.current.get(spec.code, ZERO),
        default_weight=parts.default[spec.code],
        contribution=contribution,
    )


def weakest(attributes: Sequence[CountedAttribute]) -> tuple[str, ...]:
    """Return the codes of the attributes with the lowest score among those that have one; ties are all listed."""
    scores = {found.code: found.score for found in attributes if found.score is not None}
    lowest = min(scores.values(), default=None)
    return tuple(code for code, score in scores.items() if score == lowest)


def index_of(attributes: Sequence[CountedAttribute]) -> SummaryIndex | None:
    """Return the summary index of one track, None unless every attribute is shown with comparable scope.

    Its letter, and whether it is robust, go by the six letters of attributes (method 3.7).
    """
    if any(found.status is not ScoreStatus.SHOWN or found.reduced_scope for found in attributes):
        return None
    return summary_index({found.code: found.score for found in attributes}, attribute_letter)
