"""Two waves of the same process compared on the groups and items both have (method 3.10)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessments.scoring.balanced import ItemExperience, balanced, leave_one_out
from assessments.scoring.compare import is_meaningful
from assessments.scoring.matching import MatchedComparison
from assessments.scoring.model import ScoringError, ScoringItem
from assessments.scoring.rules import GROUP_COVERAGE, GROUPS_FOR_SCORE, MATCHED_SHARE, ZERO
from assessments.scoring.scorecard import default_weights, step_of, weights
from assessments.scoring.wave_scores import Experience


@dataclass(frozen=True, slots=True)
class WaveComparison:
    """The balanced score of one attribute in two waves, over the same groups on the same items.

    `matched` has the figures, computed from figures both waves show; a difference on the experience track is
    meaningful only if it also keeps its sign whichever group is left out of both waves (`keeps_sign`, None
    when not comparable). `groups` are the units used on at least GROUP_COVERAGE of the matched weight in both.
    """

    matched: MatchedComparison
    groups: tuple[str, ...]
    keeps_sign: bool | None


@dataclass(frozen=True, slots=True)
class _ItemMeans:
    """The means (points) of one item in both waves by group, the same groups in each."""

    before: dict[str, Fraction]
    after: dict[str, Fraction]


def compare_waves(
    specs_before: Sequence[ScoringItem], before: Experience, specs_after: Sequence[ScoringItem], after: Experience
) -> tuple[WaveComparison, ...]:
    """Return the comparison of every attribute of the later version, in its order.

    Method 3.10. A group counts as the same if it has the same code, a pool if it has the same members. An item is
    matched if its code, revision, kind and options are the same and at least GROUPS_FOR_SCORE groups are used on it
    in both waves; a checklist enters whole, because recomputing it on some options would make a second figure of
    the same answers. Not comparable are waves whose matched items carry less than MATCHED_SHARE of the default weight
    in either version, or that have less than GROUPS_FOR_SCORE common groups. Raises ScoringError when a result
    lacks an item of its specs.
    """
    common = _common_units(before, after)
    earlier, later = _by_code(specs_before, before), _by_code(specs_after, after)
    old = {spec.code: spec for spec in specs_before}
    pairs = {}
    for spec in specs_after:
        known = old.get(spec.code)
        if known is not None and _same(known, spec):
            pair = _pair(earlier[spec.code], later[spec.code], common)
            if len(pair.before) >= GROUPS_FOR_SCORE:
                pairs[spec.code] = pair
    return tuple(
        _compare(
            code,
            [spec for spec in specs_before if spec.attribute == code],
            [spec for spec in specs_after if spec.attribute == code],
            pairs,
        )
        for code in dict.fromkeys(spec.attribute for spec in specs_after)
    )


def _compare(
    code: str, specs_before: Sequence[ScoringItem], specs_after: Sequence[ScoringItem], pairs: Mapping[str, _ItemMeans]
) -> WaveComparison:
    default_before, default_after = default_weights(specs_before), default_weights(specs_after)
    # An item that moved to another attribute is not matched: it would weigh in one version only.
    own = {item: pairs[item] for item in default_after if item in pairs and item in default_before}
    current = weights(specs_after, own)
    share_before = sum((default_before[item] for item in own), ZERO)
    share_after = sum((default_after[item] for item in own), ZERO)
    top_level = specs_after[0].top_level
    step = max(step_of(entry, top_level) for entry in (default_before, default_after, current))
    groups = _groups(own, current)
    if min(share_before, share_after) < MATCHED_SHARE or len(groups) < GROUPS_FOR_SCORE:
        figures = MatchedComparison(
            code, "not_comparable", share_before, share_after, None, None, None, step, None, tuple(own)
        )
        return WaveComparison(figures, groups, None)
    first = _score({item: balanced(pair.before) for item, pair in own.items()}, current)
    second = _score({item: balanced(pair.after) for item, pair in own.items()}, current)
    difference = second - first
    keeps_sign = all(moved * difference > 0 for moved in _differences_without(own, current))
    figures = MatchedComparison(
        attribute=code,
        status="comparable",
        share_before=share_before,
        share_after=share_after,
        before=first,
        after=second,
        difference=difference,
        step=step,
        meaningful=is_meaningful(difference, step) and keeps_sign,
        items=tuple(own),
    )
    return WaveComparison(figures, groups, keeps_sign)


def _common_units(before: Experience, after: Experience) -> frozenset[str]:
    earlier = {unit.code: frozenset(unit.members) for unit in before.units}
    return frozenset(unit.code for unit in after.units if earlier.get(unit.code) == frozenset(unit.members))


def _by_code(specs: Sequence[ScoringItem], wave: Experience) -> dict[str, ItemExperience]:
    found = {item.code: item for item in wave.items}
    missing = [spec.code for spec in specs if spec.code not in found]
    if missing:
        raise ScoringError(f"{', '.join(missing)}: not in this wave")
    return found


def _same(old: ScoringItem, new: ScoringItem) -> bool:
    return (old.revision, old.kind, set(old.options)) == (new.revision, new.kind, set(new.options))


def _pair(before: ItemExperience, after: ItemExperience, common: frozenset[str]) -> _ItemMeans:
    first = {group.unit: group.mean for group in before.groups if group.unit in common}
    second = {group.unit: group.mean for group in after.groups if group.unit in first}
    return _ItemMeans({unit: first[unit] for unit in second}, second)


def _groups(pairs: Mapping[str, _ItemMeans], current: Mapping[str, Fraction]) -> tuple[str, ...]:
    units = dict.fromkeys(unit for pair in pairs.values() for unit in pair.after)
    return tuple(
        unit
        for unit in units
        if sum((current[item] for item, pair in pairs.items() if unit in pair.after), ZERO) >= GROUP_COVERAGE
    )


def _score(figures: Mapping[str, Fraction], current: Mapping[str, Fraction]) -> Fraction:
    return sum((current[item] * figure for item, figure in figures.items()), ZERO)


def _differences_without(pairs: Mapping[str, _ItemMeans], current: Mapping[str, Fraction]) -> list[Fraction]:
    """The difference (points) with each group in turn left out of both waves."""
    changes = {
        item: {unit: pair.after[unit] - pair.before[unit] for unit in pair.after} for item, pair in pairs.items()
    }
    units = dict.fromkeys(unit for change in changes.values() for unit in change)
    return [
        _score({item: leave_one_out(change).get(unit, balanced(change)) for item, change in changes.items()}, current)
        for unit in units
    ]
