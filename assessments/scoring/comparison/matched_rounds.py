"""Which items two rounds have in common, and what each is worth in both (method 3.10)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessments.scoring.comparison.noise import RaterNoise
from assessments.scoring.comparison.rounds import RoundChange, RoundItem, round_change
from assessments.scoring.evidence.items import CountedItem
from assessments.scoring.matching import same_item
from assessments.scoring.method import ONE, OPTION_NOT_APPLICABLE, TOP_LEVEL, ZERO
from assessments.scoring.model import ItemKind, ScoringItem, default_weights, weights


@dataclass(frozen=True, slots=True)
class AssessedRound:
    """One round: its scored items (of its version, that apply to the kind of process) and what they count as."""

    specs: Sequence[ScoringItem]
    items: Mapping[str, CountedItem]
    is_reviewed: bool = False


@dataclass(frozen=True, slots=True)
class _InBoth:
    """Values (0 to 1) of one item on what both rounds know, and the share of each round's item that this is."""

    before: tuple[Fraction, Fraction]  # claimed, counted
    after: tuple[Fraction, Fraction]
    share_before: Fraction
    share_after: Fraction


def compare_rounds(
    before: AssessedRound,
    after: AssessedRound,
    *,
    noise: RaterNoise | None = None,
    other_rater: Collection[str] = (),
    confirmed: Collection[str] = (),
) -> tuple[RoundChange, ...]:
    """Return what became of every attribute of the later round, in its order (method 3.10).

    Matched are items of the same code and revision, in the same attribute, applicable and answered in both; a list on
    the options known in both. Both rounds are computed on them with the newer weights. `other_rater` are the codes
    whose level another person set, `confirmed` those that were carried over and only confirmed.
    """
    return tuple(
        _attribute(code, before, after, noise, other_rater, confirmed)
        for code in dict.fromkeys(spec.attribute for spec in after.specs)
    )


def _attribute(
    code: str,
    before: AssessedRound,
    after: AssessedRound,
    noise: RaterNoise | None,
    other_rater: Collection[str],
    confirmed: Collection[str],
) -> RoundChange:
    old = {spec.code: spec for spec in before.specs if spec.attribute == code}
    own = [spec for spec in after.specs if spec.attribute == code]
    pairs = {
        spec.code: pair
        for spec in own
        if spec.code in old
        and same_item(old[spec.code], spec)
        and (pair := _pair(spec, before.items[spec.code], after.items[spec.code])) is not None
    }
    weight = weights(own, pairs)
    default_before, default_after = default_weights(list(old.values())), default_weights(own)
    return round_change(
        code,
        [
            RoundItem(
                item,
                weight[item],
                *pair.before,
                *pair.after,
                same_rater=item not in other_rater,
                confirmed=item in confirmed,
            )
            for item, pair in pairs.items()
        ],
        sum((default_before[item] * pair.share_before for item, pair in pairs.items()), ZERO),
        sum((default_after[item] * pair.share_after for item, pair in pairs.items()), ZERO),
        noise=noise,
        reviews_differ=before.is_reviewed is not after.is_reviewed,
        top_level=own[0].top_level if own else TOP_LEVEL,
    )


def _pair(spec: ScoringItem, before: CountedItem, after: CountedItem) -> _InBoth | None:
    one, other = _values(before), _values(after)
    if one is None or other is None:
        return None
    if spec.kind is ItemKind.RATING:
        return _InBoth(one, other, ONE, ONE)
    common = _known(before) & _known(after)
    if not common:
        return None
    return _InBoth(_on(before, common), _on(after, common), _share(before, common), _share(after, common))


def _values(item: CountedItem) -> tuple[Fraction, Fraction] | None:
    if item.claimed is None or item.counted is None:
        return None
    return item.claimed, item.counted


def _known(item: CountedItem) -> set[str]:
    return {line.option for line in item.lines if line.credit is not None}


def _on(item: CountedItem, options: Collection[str]) -> tuple[Fraction, Fraction]:
    """What is claimed and what counts on some lines; what a review settled holds for all of them."""
    credits = [line.credit for line in item.lines if line.option in options and line.credit is not None]
    claimed = sum(credits, ZERO) / len(credits)
    settled = item.settled is not None and item.counted is not None
    return claimed, item.counted if settled and item.counted is not None else min(claimed, item.cap)


def _share(item: CountedItem, options: Collection[str]) -> Fraction:
    return Fraction(len(options), sum(line.counts_as != OPTION_NOT_APPLICABLE for line in item.lines))
