"""From item values to the score of one attribute, and to the result of a whole assessment on one track (method 3.5 to
3.7)."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from assessments.scoring.items import ItemValue, score_items
from assessments.scoring.model import ItemAnswer, ItemState, ScoringError, ScoringItem, letter_of
from assessments.scoring.rules import (
    COVERAGE_PROVISIONAL,
    COVERAGE_SHOWN,
    FULL_SCORE,
    LETTER_WITH_FAILED_CRITICAL,
    LETTERS,
    METHOD_VERSION,
    ONE,
    SCOPE_COMPARABLE,
    TOP_LEVEL,
    ZERO,
)
from assessments.scoring.summary import SummaryIndex, summary_index


class ScoreStatus(StrEnum):
    """How far an attribute's score can be shown (method 3.5)."""

    SHOWN = "shown"
    PROVISIONAL = "provisional"
    WITHHELD = "withheld"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class WeightedItem:
    """One item inside its attribute.

    `weight` counts applicable items only (0 for one that is not applicable), `default_weight` counts all;
    both are shares of one. `contribution` is in points: the contributions of an attribute add up to its
    score, and all are 0 where there is no score.
    """

    code: str
    question: str
    weight: Fraction
    default_weight: Fraction
    value: ItemValue
    contribution: Fraction


@dataclass(frozen=True, slots=True)
class AttributeScore:
    """The result for one attribute (method 3.5 and 3.6).

    `score` (supported), `claimed`, `low`, `high` and `step` are points from 0 to 100; `unsupported` is
    claimed minus supported and below 0 only where a reviewer went above the claim. `coverage` and `scope`
    are shares of one. Scores and letters are None when withheld or not applicable, the range only when
    not applicable. `band_letter` is the letter of the score, `letter` the one after critical items;
    `limited_by` names the critical items that lowered it and `critical_open` those without a value.
    `provisional_because` holds "coverage" and "critical_open". `step` is what one level of the heaviest
    item moves at full scope (method 3.10).
    """

    code: str
    status: ScoreStatus
    score: Fraction | None
    claimed: Fraction | None
    unsupported: Fraction | None
    low: Fraction | None
    high: Fraction | None
    coverage: Fraction
    scope: Fraction
    reduced_scope: bool
    letter: str | None
    band_letter: str | None
    limited_by: tuple[str, ...]
    critical_open: tuple[str, ...]
    provisional_because: tuple[str, ...]
    step: Fraction
    items: tuple[WeightedItem, ...]


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


@dataclass(frozen=True, slots=True)
class _Basis:
    """What the figures of one attribute are computed from; `known` is weight times share known."""

    specs: tuple[ScoringItem, ...]
    values: Mapping[str, ItemValue]
    default: dict[str, Fraction]
    current: dict[str, Fraction]
    known: dict[str, Fraction]
    coverage: Fraction
    critical_open: tuple[str, ...]


def score_attribute(code: str, specs: Sequence[ScoringItem], values: Mapping[str, ItemValue]) -> AttributeScore:
    """Return the score of attribute `code` from the values of its items.

    Method 3.5 (score, coverage, range, scope, status) and 3.6 (letter). Specs of other attributes are
    passed over. Raises ScoringError when the attribute has no item or an item has no entry in `values`.
    """
    basis = _basis(code, specs, values)
    applicable = bool(basis.current)
    scope = sum((basis.default[item] for item in basis.current), ZERO)
    status = _status(basis)
    low = _points(basis, {item: values[item].supported for item in basis.known})
    score = claimed = None
    if status in (ScoreStatus.SHOWN, ScoreStatus.PROVISIONAL):
        score = low / basis.coverage
        claimed = _points(basis, {item: values[item].claimed for item in basis.known}) / basis.coverage
    band_letter = None if score is None else letter_of(score)
    limited_by = _limited_by(basis, band_letter)
    return AttributeScore(
        code=code,
        status=status,
        score=score,
        claimed=claimed,
        unsupported=None if claimed is None or score is None else claimed - score,
        low=low if applicable else None,
        high=low + FULL_SCORE * (ONE - basis.coverage) if applicable else None,
        coverage=basis.coverage,
        scope=scope,
        reduced_scope=scope < SCOPE_COMPARABLE,
        letter=LETTER_WITH_FAILED_CRITICAL if limited_by else band_letter,
        band_letter=band_letter,
        limited_by=limited_by,
        critical_open=basis.critical_open,
        provisional_because=_provisional_because(basis) if status is ScoreStatus.PROVISIONAL else (),
        # All items of a set share its scale.
        step=step_of(basis.default, basis.specs[0].top_level),
        items=tuple(_weighted_item(spec, basis, score is not None) for spec in basis.specs),
    )


def _basis(code: str, specs: Sequence[ScoringItem], values: Mapping[str, ItemValue]) -> _Basis:
    own = tuple(spec for spec in specs if spec.attribute == code)
    if not own:
        raise ScoringError(f"{code}: no item belongs to this attribute")
    for spec in own:
        if spec.code not in values:
            raise ScoringError(f"{spec.code}: no value given")
    applicable = {spec.code for spec in own if values[spec.code].state is not ItemState.NOT_APPLICABLE}
    current = weights(own, applicable)
    known = {item: weight * values[item].share_known for item, weight in current.items()}
    return _Basis(
        specs=own,
        values=values,
        default=default_weights(own),
        current=current,
        known=known,
        coverage=sum(known.values(), ZERO),
        critical_open=tuple(
            spec.code
            for spec in own
            if spec.critical and spec.code in applicable and values[spec.code].supported is None
        ),
    )


def _points(basis: _Basis, values: Mapping[str, Fraction | None]) -> Fraction:
    """Return the points the known part earns, before dividing by the coverage."""
    return FULL_SCORE * sum((basis.known[item] * (value or ZERO) for item, value in values.items()), ZERO)


def _status(basis: _Basis) -> ScoreStatus:
    if not basis.current:
        return ScoreStatus.NOT_APPLICABLE
    if basis.coverage < COVERAGE_PROVISIONAL:
        return ScoreStatus.WITHHELD
    return ScoreStatus.PROVISIONAL if _provisional_because(basis) else ScoreStatus.SHOWN


def _provisional_because(basis: _Basis) -> tuple[str, ...]:
    reasons = []
    if basis.coverage < COVERAGE_SHOWN:
        reasons.append("coverage")
    if basis.critical_open:
        reasons.append("critical_open")
    return tuple(reasons)


def _limited_by(basis: _Basis, band_letter: str | None) -> tuple[str, ...]:
    limit = LETTERS.index(LETTER_WITH_FAILED_CRITICAL)
    if band_letter is None or LETTERS.index(band_letter) <= limit:
        return ()
    return tuple(spec.code for spec in basis.specs if spec.critical and basis.values[spec.code].supported == ZERO)


def _weighted_item(spec: ScoringItem, basis: _Basis, has_score: bool) -> WeightedItem:
    value = basis.values[spec.code]
    contribution = ZERO
    if has_score and value.supported is not None:
        contribution = FULL_SCORE * basis.known[spec.code] * value.supported / basis.coverage
    return WeightedItem(
        code=spec.code,
        question=spec.question,
        weight=basis.current.get(spec.code, ZERO),
        default_weight=basis.default[spec.code],
        value=value,
        contribution=contribution,
    )


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Profile first, then the weakest attribute, then the index (the order of method 3.7).

    `attributes` follow the order of the specs. `weakest` names the attributes with the lowest score
    among those that have one (ties are all listed). `index` is None unless every attribute is shown
    with comparable scope.
    """

    method_version: str
    attributes: tuple[AttributeScore, ...]
    weakest: tuple[str, ...]
    index: SummaryIndex | None

    def item_scores(self) -> dict[str, Fraction]:
        """The points of the items that have a letter, by code."""
        return {
            item.code: FULL_SCORE * item.value.supported
            for attribute in self.attributes
            for item in attribute.items
            if item.value.supported is not None and item.value.letter is not None
        }

    def attribute_scores(self) -> dict[str, Fraction]:
        """The points of the attributes that have a score, by code."""
        return {result.code: result.score for result in self.attributes if result.score is not None}


def score(specs: Sequence[ScoringItem], answers: Sequence[ItemAnswer]) -> Scorecard:
    """Return the scorecard of the given answers; an item without an answer counts as unanswered.

    Method 3.5 to 3.7. Raises ScoringError for input the method refuses (method 3.11): an answer to an
    unknown item, an item specified or answered twice, or an answer its item does not permit.
    """
    unknown = {answer.code for answer in answers} - {spec.code for spec in specs}
    if unknown:
        raise ScoringError(f"{', '.join(sorted(unknown))}: answer to an unknown item")
    values = score_items(specs, answers)
    codes = dict.fromkeys(spec.attribute for spec in specs)
    return scorecard_of([score_attribute(code, specs, values) for code in codes])


def scorecard_of(attributes: Sequence[AttributeScore]) -> Scorecard:
    """Return the scorecard of one track from the results of its attributes, in their order (method 3.7)."""
    return Scorecard(METHOD_VERSION, tuple(attributes), _weakest(attributes), _index(attributes))


def _weakest(attributes: Sequence[AttributeScore]) -> tuple[str, ...]:
    scores = {result.code: result.score for result in attributes if result.score is not None}
    lowest = min(scores.values(), default=None)
    return tuple(code for code, value in scores.items() if value == lowest)


def _index(attributes: Sequence[AttributeScore]) -> SummaryIndex | None:
    if any(result.status is not ScoreStatus.SHOWN or result.reduced_scope for result in attributes):
        return None
    return summary_index({result.code: result.score for result in attributes})
