"""If other people of the same groups had answered: the 90 % sampling range of an experience score (method 3.10).

It needs to know which answers one person gave, so it is computed at closing, from the questionnaires, before the
ballot boxes are emptied. Only score, low and high are kept; the variance is not.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessments.scoring.experience.attribute import BalancedAttribute
from assessments.scoring.experience.cells import PanelCell, PanelCells, RespondentValues
from assessments.scoring.experience.items import BalancedItem
from assessments.scoring.experience.links import LinkCounts, people_behind
from assessments.scoring.experience.panel import PanelResult
from assessments.scoring.groups import RespondentAnswer, Unit
from assessments.scoring.method import FULL_SCORE, LEAST_WIDTH, ONE, SAMPLING_UNITS, T_BEYOND, T_QUANTILES, ZERO
from assessments.scoring.model import ScoringError, ScoringItem

# One respondent's answers by item code, and a group's respondents.
Questionnaire = Mapping[str, RespondentAnswer]
Questionnaires = Mapping[str, Sequence[Questionnaire]]

FEW_CONFIDENTIAL = "few_confidential"
ONE_ITEM = "one_item"
WITHHELD = "withheld"
NO_VALUE = -1
# Square roots are rational here to so many digits, and never too small.
_ROOT_SCALE = 10**15


@dataclass(frozen=True, slots=True)
class SamplingRange:
    """The sampling range of one attribute in whole points (0 to 100), outwards.

    `low`, `high` and `t` are None where there is none; `why` says so: "withheld", "few_confidential" or "one_item" (one
    scored item, whose spread may not be printed). `at_most` marks the bound of a reopened wave. `missing_a_unit` counts
    the items on which a group is missing, which the range does not cover.
    """

    low: int | None
    high: int | None
    t: Fraction | None
    at_most: bool
    missing_a_unit: int
    why: str | None = None


@dataclass(frozen=True, slots=True)
class SamplingVariance:
    """The variance of one attribute's score (points squared), with the degrees of freedom. Never to be kept."""

    variance: Fraction
    degrees: int


def sampling_ranges(
    specs: Sequence[ScoringItem],
    result: PanelResult,
    questionnaires: Questionnaires,
    links: Mapping[str, LinkCounts] | None = None,
) -> dict[str, SamplingRange]:
    """Return the sampling range of every attribute by code, from the questionnaires of every confidential group.

    `links` by code of group; a group without has no finite-population correction. The time it takes grows with the
    number of answers only. Raises ScoringError where the questionnaires are not those that `result` was made of.
    """
    values = {spec.code: RespondentValues(spec) for spec in specs}
    items = {item.code: item for item in result.items}
    found = {}
    for attribute in result.attributes:
        why = no_range(attribute)
        variance = None if why else attribute_variance(values, attribute, items, result.units, questionnaires, links)
        found[attribute.code] = _range(attribute, variance, why, at_most=False)
    return found


def sampling_bounds(
    result: PanelResult, cells: PanelCells, links: Mapping[str, LinkCounts] | None = None
) -> dict[str, SamplingRange]:
    """Return what the sampling ranges are at most, from counts alone: for reopened waves, whose earlier
    questionnaires are gone."""
    items = {item.code: item for item in result.items}
    found = {}
    for attribute in result.attributes:
        why = no_range(attribute)
        variance = None if why else attribute_bound(attribute, items, result.units, cells, links)
        found[attribute.code] = _range(attribute, variance, why, at_most=True)
    return found


def no_range(attribute: BalancedAttribute) -> str | None:
    """Return why an attribute has no sampling range, None where it has one.

    It needs SAMPLING_UNITS confidential units that are each used on half of the weight: the same units that count as
    groups of the attribute.
    """
    if attribute.result.score is None:
        return WITHHELD
    if attribute.confidential < SAMPLING_UNITS:
        return FEW_CONFIDENTIAL
    return None if attribute.may_show_spread else ONE_ITEM


def attribute_variance(
    values: Mapping[str, RespondentValues],
    attribute: BalancedAttribute,
    items: Mapping[str, BalancedItem],
    units: Sequence[Unit],
    questionnaires: Questionnaires,
    links: Mapping[str, LinkCounts] | None = None,
) -> SamplingVariance:
    """Return the variance of an attribute's score from the questionnaires; `values` by item (method 3.10)."""
    parts, smallest = [], []
    for unit in units:
        own = _factors(attribute, items, unit.code)
        if unit.on_record or not own:
            continue
        given = [answers for code in unit.members for answers in questionnaires.get(code, ())]
        squares, n = _sum_of_squares(values, own, items, unit.code, given)
        parts.append(_correction(unit, n, links) * Fraction(n, n - 1) * squares)
        smallest.append(n - 1)
    return SamplingVariance(FULL_SCORE**2 * sum(parts, ZERO), len(parts) * min(smallest))


def attribute_bound(
    attribute: BalancedAttribute,
    items: Mapping[str, BalancedItem],
    units: Sequence[Unit],
    cells: PanelCells,
    links: Mapping[str, LinkCounts] | None = None,
) -> SamplingVariance:
    """Return what the variance of an attribute's score is at most, from the counts of its cells (method 3.10).

    How many people are behind the cells is not known any more; the largest cell is the least there were.
    """
    parts, smallest = [], []
    for unit in units:
        own = _factors(attribute, items, unit.code)
        if unit.on_record or not own:
            continue
        found = {code: cells.items[code][unit.code] for code in own}
        n = max(cell.n for cell in found.values())
        total = sum((own[code] * _standard_error(cell) for code, cell in found.items()), ZERO)
        parts.append(_correction(unit, n, links) * total**2)
        smallest.append(n - 1)
    return SamplingVariance(FULL_SCORE**2 * sum(parts, ZERO), len(parts) * min(smallest))


def t_quantile(degrees: int) -> Fraction:
    """Return the quantile of t for a 90 % range with so many degrees of freedom."""
    return next((t for most, t in T_QUANTILES if degrees <= most), T_BEYOND)


def outwards(score: Fraction, variance: Fraction, t: Fraction) -> tuple[int, int]:
    """Return the range of a score (points) in whole points, outwards, at least LEAST_WIDTH to either side.

    `variance` is in points squared.
    """
    square = t**2 * variance
    low, high = math.floor(score), math.ceil(score)
    while (score - low) ** 2 < square:
        low -= 1
    while (high - score) ** 2 < square:
        high += 1
    low, high = min(low, math.ceil(score) - LEAST_WIDTH), max(high, math.floor(score) + LEAST_WIDTH)
    return max(0, low), min(int(FULL_SCORE), high)


def _range(
    attribute: BalancedAttribute, variance: SamplingVariance | None, why: str | None, *, at_most: bool
) -> SamplingRange:
    if variance is None or attribute.result.score is None:
        return SamplingRange(None, None, None, at_most, attribute.missing_a_unit, why)
    t = t_quantile(variance.degrees)
    low, high = outwards(attribute.result.score, variance.variance, t)
    return SamplingRange(low, high, t, at_most, attribute.missing_a_unit)


def _factors(attribute: BalancedAttribute, items: Mapping[str, BalancedItem], unit: str) -> dict[str, Fraction]:
    """By how much a unit's mean on each item it is used on enters the attribute's score: w_i / (C G_i)."""
    return {
        weighed.code: weighed.weight / (attribute.result.coverage * len(items[weighed.code].units))
        for weighed in attribute.result.items
        if any(own.unit == unit for own in items[weighed.code].units)
    }


def _correction(unit: Unit, n: int, links: Mapping[str, LinkCounts] | None) -> Fraction:
    """The share of the people behind a unit that has not answered; 1 where their number is not known."""
    people = people_behind((links or {}).get(code) for code in unit.members)
    return ONE if people is None or people < n else 1 - Fraction(n, people)


def _sum_of_squares(
    values: Mapping[str, RespondentValues],
    factors: Mapping[str, Fraction],
    items: Mapping[str, BalancedItem],
    unit: str,
    given: Sequence[Questionnaire],
) -> tuple[Fraction, int]:
    """The sum over the respondents of a unit of their u squared, and how many have an answer in a used cell.

    Of each item the different values are few. What each adds to u is worked out once, in whole numbers over one
    denominator: so thousands of questionnaires are a matter of adding integers.
    """
    columns, adds = [], []
    for code, factor in factors.items():
        cell = next(own for own in items[code].units if own.unit == unit)
        places: dict[Fraction, int] = {}
        column = _column(values[code], code, given, places)
        if len(given) - column.count(NO_VALUE) != cell.n:
            raise ScoringError(f"{code}: the questionnaires of {unit} are not those that were counted")
        columns.append(column)
        adds.append([factor / cell.n * (value - cell.mean / FULL_SCORE) for value in places])
    scale = math.lcm(*(add.denominator for own in adds for add in own))
    # The last entry is the one that NO_VALUE points to.
    whole = [[*(int(add * scale) for add in own), 0] for own in adds]
    total = people = 0
    for row in zip(*columns, strict=True):
        people += any(place != NO_VALUE for place in row)
        total += sum(own[place] for own, place in zip(whole, row, strict=True)) ** 2
    return Fraction(total, scale**2), people


def _column(
    values: RespondentValues, code: str, given: Sequence[Questionnaire], places: dict[Fraction, int]
) -> list[int]:
    """The place in `places`, which grows, of everybody's value on one item; NO_VALUE where there is none."""
    column = []
    for answers in given:
        answer = answers.get(code)
        value = None if answer is None else values[answer]
        column.append(NO_VALUE if value is None else places.setdefault(value, len(places)))
    return column


def _standard_error(cell: PanelCell) -> Fraction:
    """s / sqrt(n) of a cell, exact where it is rational, else rounded up."""
    square = cell.deviations / ((cell.n - 1) * cell.n)
    product = square.numerator * square.denominator
    root = math.isqrt(product)
    if root**2 == product:
        return Fraction(root, square.denominator)
    return Fraction(math.isqrt(product * _ROOT_SCALE**2) + 1, square.denominator * _ROOT_SCALE)
