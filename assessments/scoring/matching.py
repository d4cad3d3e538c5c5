"""The same process at two times, compared on matched items (method 3.10)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessments.scoring.between import same_item
from assessments.scoring.compare import is_meaningful
from assessments.scoring.items import ItemValue, answers_by_code, option_credits, score_items
from assessments.scoring.model import ItemAnswer, ItemKind, ItemSpec, ScoringError
from assessments.scoring.rules import EVIDENCE_CAPS, FULL_SCORE, MATCHED_SHARE, ONE, ZERO
from assessments.scoring.scorecard import default_weights, step_of, weights


@dataclass(frozen=True, slots=True)
class MatchedComparison:
    """Supported scores of one attribute before and after, on the items both times have in common.

    `status` is "comparable" or "not_comparable". `share_before` and `share_after` are the default weight
    (share of one) that was compared in each version; `items` the matched codes. The other figures are
    points, `difference` being after minus before; all are None when not comparable, except `step`.
    """

    attribute: str
    status: str
    share_before: Fraction
    share_after: Fraction
    before: Fraction | None
    after: Fraction | None
    difference: Fraction | None
    step: Fraction
    meaningful: bool | None
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Wave:
    specs: dict[str, ItemSpec]
    answers: dict[str, ItemAnswer]
    values: dict[str, ItemValue]


@dataclass(frozen=True, slots=True)
class _Pair:
    """Values (0 to 1) of one item on what both waves know, and the share of each wave's item that is."""

    before: Fraction
    after: Fraction
    share_before: Fraction
    share_after: Fraction


def matched(
    specs_before: Sequence[ItemSpec],
    answers_before: Iterable[ItemAnswer],
    specs_after: Sequence[ItemSpec],
    answers_after: Iterable[ItemAnswer],
) -> MatchedComparison:
    """Compare one attribute over time on items with the same code and revision, answered both times.

    Method 3.10. A checklist is compared on the options known both times, and counts in each share with
    the part of its applicable options that these are. Both waves are scored with the later version's
    weights over the matched items, so the difference comes from the answers alone. The step is that of the
    heaviest item at full scope or, if heavier, among the matched ones. Below MATCHED_SHARE in either
    version the waves are not comparable. Answers to other items are passed over. Raises ScoringError
    unless all specs belong to one attribute, and as `score_item` does.
    """
    attributes = {spec.attribute for spec in [*specs_before, *specs_after]}
    if len(attributes) != 1:
        raise ScoringError(f"a matched comparison needs one attribute, not {len(attributes)}")
    earlier, later = _wave(specs_before, answers_before), _wave(specs_after, answers_after)
    pairs = {code: pair for code in later.specs if (pair := _pair(code, earlier, later)) is not None}
    default_before, default_after = default_weights(specs_before), default_weights(specs_after)
    share_before = _weighted(default_before, {code: pair.share_before for code, pair in pairs.items()})
    share_after = _weighted(default_after, {code: pair.share_after for code, pair in pairs.items()})
    current = weights(specs_after, pairs)
    # A scale changes with the major version alone; an attribute may still be missing from either.
    top_level = [*specs_before, *specs_after][-1].top_level
    step = max(step_of(entry, top_level) for entry in (default_before, default_after, current))
    before = after = difference = meaningful = None
    if min(share_before, share_after) >= MATCHED_SHARE:
        before = FULL_SCORE * _weighted(current, {code: pair.before for code, pair in pairs.items()})
        after = FULL_SCORE * _weighted(current, {code: pair.after for code, pair in pairs.items()})
        difference = after - before
        meaningful = is_meaningful(difference, step)
    status = "not_comparable" if before is None else "comparable"
    return MatchedComparison(
        attributes.pop(),
        status,
        share_before,
        share_after,
        before,
        after,
        difference,
        step,
        meaningful,
        tuple(pairs),
    )


def matched_profile(
    specs_before: Sequence[ItemSpec],
    answers_before: Sequence[ItemAnswer],
    specs_after: Sequence[ItemSpec],
    answers_after: Sequence[ItemAnswer],
) -> tuple[MatchedComparison, ...]:
    """Return `matched` for every attribute of the later version, in its order.

    An attribute new in the later version is not comparable (share_before 0).
    """
    return tuple(
        matched(
            [spec for spec in specs_before if spec.attribute == code],
            answers_before,
            [spec for spec in specs_after if spec.attribute == code],
            answers_after,
        )
        for code in dict.fromkeys(spec.attribute for spec in specs_after)
    )


def _weighted(item_weights: Mapping[str, Fraction], figures: Mapping[str, Fraction]) -> Fraction:
    return sum((item_weights[code] * figure for code, figure in figures.items()), ZERO)


def _wave(specs: Sequence[ItemSpec], answers: Iterable[ItemAnswer]) -> _Wave:
    given = answers_by_code(specs, answers)
    return _Wave({spec.code: spec for spec in specs}, given, score_items(specs, given.values()))


def _pair(code: str, earlier: _Wave, later: _Wave) -> _Pair | None:
    old, new = earlier.specs.get(code), later.specs[code]
    if old is None or not same_item(old, new):
        return None
    before, after = earlier.values[code].supported, later.values[code].supported
    if before is None or after is None:
        return None
    if new.kind is ItemKind.RATING:
        return _Pair(before, after, ONE, ONE)
    return _choice_pair(old, earlier.answers[code], new, later.answers[code])


def _choice_pair(old: ItemSpec, answer_before: ItemAnswer, new: ItemSpec, answer_after: ItemAnswer) -> _Pair | None:
    common = _known_options(old, answer_before) & _known_options(new, answer_after)
    if not common:
        return None
    return _Pair(
        before=_value_on(common, old, answer_before),
        after=_value_on(common, new, answer_after),
        share_before=Fraction(len(common), len(option_credits(old, answer_before))),
        share_after=Fraction(len(common), len(option_credits(new, answer_after))),
    )


def _known_options(spec: ItemSpec, answer: ItemAnswer) -> set[str]:
    # A reviewer's value speaks for the whole item, so every applicable option counts as known.
    credits = option_credits(spec, answer)
    return {option for option, credit in credits.items() if credit is not None or answer.moderated is not None}


def _value_on(options: Collection[str], spec: ItemSpec, answer: ItemAnswer) -> Fraction:
    if answer.moderated is not None:
        return answer.moderated
    credits = option_credits(spec, answer)
    mean = sum((credits[option] or ZERO for option in options), ZERO) / len(options)
    return min(mean, EVIDENCE_CAPS[answer.evidence_class])
