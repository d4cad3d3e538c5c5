"""Two waves of questions to the stakeholder groups of one process (method 3.10, experience track over time)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from assessments.scoring.comparison.processes import variance_of
from assessments.scoring.experience.disagreement import balanced, leave_one_out
from assessments.scoring.experience.items import BalancedItem
from assessments.scoring.experience.panel import PanelResult
from assessments.scoring.experience.sampling import SamplingRange
from assessments.scoring.matching import same_item
from assessments.scoring.method import (
    DIFFERENCE_LEAST,
    GROUP_COVERAGE,
    GROUPS_FOR_SCORE,
    MATCHED_SHARE,
    NORMAL_SQUARED,
    ZERO,
)
from assessments.scoring.model import ScoringItem, default_weights, step_of, weights


class WaveVerdict(StrEnum):
    """What the change of one attribute between two waves is."""

    BETTER = "better"
    LOWER = "lower"
    CHANCE = "cannot_be_told_from_chance"


@dataclass(frozen=True, slots=True)
class PanelRound:
    """One wave: the items that were asked and apply, its result, and the sampling ranges by attribute.

    `full` are the items of the full form that apply, where a short one was asked: weights are shares of it.
    """

    specs: Sequence[ScoringItem]
    result: PanelResult
    ranges: Mapping[str, SamplingRange]
    full: Sequence[ScoringItem] = ()

    def default_weights(self, attribute: str) -> dict[str, Fraction]:
        """The weight (share of one) in the full form of each of its items of an attribute."""
        return default_weights([spec for spec in self.full or self.specs if spec.attribute == attribute])


@dataclass(frozen=True, slots=True)
class WaveChange:
    """One attribute in two waves, over the same groups on the same items.

    `share_before` and `share_after` are the default weight (share of one) of the matched `items` in each version;
    `groups` the units used on at least GROUP_COVERAGE of the matched weight in both. The figures are points; they are
    None, like the verdict, where too little is matched.
    """

    attribute: str
    share_before: Fraction
    share_after: Fraction
    items: tuple[str, ...]
    groups: tuple[str, ...]
    before: Fraction | None = None
    after: Fraction | None = None
    difference: Fraction | None = None
    keeps_sign: bool | None = None
    verdict: WaveVerdict | None = None


@dataclass(frozen=True, slots=True)
class _Means:
    """The means (points) of one item in both waves by unit, the same units in each."""

    before: dict[str, Fraction]
    after: dict[str, Fraction]


def wave_verdict(
    difference: Fraction,
    *,
    variance_before: Fraction | None,
    variance_after: Fraction | None,
    step: Fraction,
    keeps_sign: bool = True,
) -> WaveVerdict:
    """Say whether a change (points) counts: large, more than one level of one item, beyond chance, and of one sign.

    Variances are in points squared, None where a wave has no sampling range: then nothing can be told. `step` is what
    one level of the heaviest matched item moves.
    """
    if variance_before is None or variance_after is None or not keeps_sign:
        return WaveVerdict.CHANCE
    beyond = difference**2 >= NORMAL_SQUARED * (variance_before + variance_after)
    if abs(difference) < DIFFERENCE_LEAST or abs(difference) <= step or not beyond:
        return WaveVerdict.CHANCE
    return WaveVerdict.BETTER if difference > ZERO else WaveVerdict.LOWER


def compare_panels(before: PanelRound, after: PanelRound) -> tuple[WaveChange, ...]:
    """Return the change of every attribute of the later wave, in its order (method 3.10).

    A unit is the same if it has the same code, a pool if it has the same members. An item is matched if its code,
    revision, kind and options are the same and at least GROUPS_FOR_SCORE units are used on it in both; a list enters
    whole, because recomputing it on some options would make a second figure of the same answers.
    """
    common = _common_units(before.result, after.result)
    old = {spec.code: spec for spec in before.specs}
    earlier = {item.code: item for item in before.result.items}
    later = {item.code: item for item in after.result.items}
    pairs = {}
    for spec in after.specs:
        known = old.get(spec.code)
        if known is not None and same_item(known, spec) and set(known.options) == set(spec.options):
            pair = _pair(earlier[spec.code], later[spec.code], common)
            if len(pair.before) >= GROUPS_FOR_SCORE:
                pairs[spec.code] = pair
    return tuple(_change(code, before, after, pairs) for code in dict.fromkeys(spec.attribute for spec in after.specs))


def _change(code: str, before: PanelRound, after: PanelRound, pairs: Mapping[str, _Means]) -> WaveChange:
    specs = [spec for spec in after.specs if spec.attribute == code]
    default_before, default_after = before.default_weights(code), after.default_weights(code)
    # An item that moved to another attribute is not matched: it would weigh in one version only.
    own = {item: pairs[item] for item in default_after if item in pairs and item in default_before}
    current = weights(specs, own)
    share_before = sum((default_before[item] for item in own), ZERO)
    share_after = sum((default_after[item] for item in own), ZERO)
    groups = _groups(own, current)
    if min(share_before, share_after) < MATCHED_SHARE or len(groups) < GROUPS_FOR_SCORE:
        return WaveChange(code, share_before, share_after, tuple(own), groups)
    first = _score({item: balanced(pair.before) for item, pair in own.items()}, current)
    second = _score({item: balanced(pair.after) for item, pair in own.items()}, current)
    difference = second - first
    keeps_sign = all(moved * difference > 0 for moved in _differences_without(own, current))
    return WaveChange(
        attribute=code,
        share_before=share_before,
        share_after=share_after,
        items=tuple(own),
        groups=groups,
        before=first,
        after=second,
        difference=difference,
        keeps_sign=keeps_sign,
        verdict=wave_verdict(
            difference,
            variance_before=_variance(before, code),
            variance_after=_variance(after, code),
            step=step_of(current, specs[0].top_level),
            keeps_sign=keeps_sign,
        ),
    )


def _variance(wave: PanelRound, attribute: str) -> Fraction | None:
    score, found = wave.result.attribute_scores().get(attribute), wave.ranges.get(attribute)
    return None if score is None or found is None else variance_of(score, found)


def _common_units(before: PanelResult, after: PanelResult) -> frozenset[str]:
    earlier = {unit.code: frozenset(unit.members) for unit in before.units}
    return frozenset(unit.code for unit in after.units if earlier.get(unit.code) == frozenset(unit.members))


def _pair(before: BalancedItem, after: BalancedItem, common: frozenset[str]) -> _Means:
    first = {unit.unit: unit.mean for unit in before.units if unit.unit in common}
    second = {unit.unit: unit.mean for unit in after.units if unit.unit in first}
    return _Means({unit: first[unit] for unit in second}, second)


def _groups(pairs: Mapping[str, _Means], current: Mapping[str, Fraction]) -> tuple[str, ...]:
    units = dict.fromkeys(unit for pair in pairs.values() for unit in pair.after)
    return tuple(
        unit
        for unit in units
        if sum((current[item] for item, pair in pairs.items() if unit in pair.after), ZERO) >= GROUP_COVERAGE
    )


def _score(figures: Mapping[str, Fraction], current: Mapping[str, Fraction]) -> Fraction:
    return sum((current[item] * figure for item, figure in figures.items()), ZERO)


def _differences_without(pairs: Mapping[str, _Means], current: Mapping[str, Fraction]) -> list[Fraction]:
    """The difference (points) with each unit in turn left out of both waves."""
    changes = {
        item: {unit: pair.after[unit] - pair.before[unit] for unit in pair.after} for item, pair in pairs.items()
    }
    units = dict.fromkeys(unit for change in changes.values() for unit in change)
    return [
        _score({item: leave_one_out(change).get(unit, balanced(change)) for item, change in changes.items()}, current)
        for unit in units
    ]
