"""Two people who rate the same evidence, each alone: how far they agree, and what it means for the scores (method
3.14)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from assessments.scoring.evidence.items import CountedItem, GivenAnswer, count_item
from assessments.scoring.method import AGREEMENT_MIN_ITEMS, FULL_SCORE, OPTION_DONT_KNOW, UNNAMED_OPTION, ZERO
from assessments.scoring.model import ItemKind, ItemState, OptionAnswer, ScoringItem, weights

RatingPair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class RaterAgreement:
    """How far two ratings of the same items agree.

    `exact` and `within_one` are shares of the `n` items, `kappa` the quadratic weighted one, None where it is not
    defined: without an item, or where both used one and the same level. `counts_only`: too few items for the shares.
    """

    n: int
    exact: Fraction | None
    within_one: Fraction | None
    kappa: Fraction | None
    counts_only: bool


def rater_agreement(pairs: Sequence[RatingPair]) -> RaterAgreement:
    """Return the agreement of two raters from the levels both gave to each rating item."""
    n = len(pairs)
    if not n:
        return RaterAgreement(0, None, None, None, counts_only=True)
    gaps = [abs(first - second) for first, second in pairs]
    observed = Fraction(sum(gap**2 for gap in gaps), n)
    by_chance = Fraction(sum((first - second) ** 2 for first, _ in pairs for _, second in pairs), n**2)
    return RaterAgreement(
        n=n,
        exact=Fraction(gaps.count(0), n),
        within_one=Fraction(sum(gap <= 1 for gap in gaps), n),
        kappa=1 - observed / by_chance if by_chance else None,
        counts_only=n < AGREEMENT_MIN_ITEMS,
    )


@dataclass(frozen=True, slots=True)
class RaterBand:
    """The score of one attribute under either rater (points), on the items both answered; the band between them.

    All are None where there is no such item. `items` are their codes.
    """

    attribute: str
    first: Fraction | None
    second: Fraction | None
    low: Fraction | None
    high: Fraction | None
    items: tuple[str, ...]


def rating_pairs(
    specs: Sequence[ScoringItem], first: Sequence[GivenAnswer], second: Sequence[GivenAnswer]
) -> tuple[RatingPair, ...]:
    """Return the two levels of every rating item that both rated, in the order of `specs`."""
    one, other = _levels(first), _levels(second)
    return tuple(
        (one[spec.code], other[spec.code])
        for spec in specs
        if spec.kind is ItemKind.RATING and spec.code in one and spec.code in other
    )


def rater_band(
    attribute: str, specs: Sequence[ScoringItem], first: Sequence[GivenAnswer], second: Sequence[GivenAnswer]
) -> RaterBand:
    """Return the scores of one attribute under either rater (method 3.14).

    `first` holds the answers with their evidence, whose caps hold for both raters; lists are compared on the options
    both know. Weights are those of the items that apply in both. Reviews take no part. Raises ScoringError as
    `count_item` does.
    """
    own = [spec for spec in specs if spec.attribute == attribute]
    theirs = {answer.code: answer for answer in second}
    pairs = {}
    for answer in first:
        spec = next((entry for entry in own if entry.code == answer.code), None)
        if spec is not None and answer.code in theirs:
            pairs[spec.code] = _pair(spec, answer, theirs[answer.code])
    left_out = {code for code, pair in pairs.items() if any(item.state is ItemState.NOT_APPLICABLE for item in pair)}
    weight = weights(own, {spec.code for spec in own} - left_out)
    both = {code: pair for code, pair in pairs.items() if all(item.counted is not None for item in pair)}
    total = sum((weight[code] * pair[0].share_known for code, pair in both.items()), ZERO)
    if not total:
        return RaterBand(attribute, None, None, None, None, ())
    scores = [
        FULL_SCORE
        * sum((weight[code] * pair[0].share_known * (pair[side].counted or ZERO) for code, pair in both.items()), ZERO)
        / total
        for side in (0, 1)
    ]
    return RaterBand(attribute, scores[0], scores[1], min(scores), max(scores), tuple(both))


def _levels(answers: Sequence[GivenAnswer]) -> dict[str, int]:
    return {
        answer.code: answer.level
        for answer in answers
        if answer.state is ItemState.ANSWERED and answer.level is not None
    }


def _pair(spec: ScoringItem, first: GivenAnswer, second: GivenAnswer) -> tuple[CountedItem, CountedItem]:
    """What the item counts as under either rater, on what both know, with the evidence of the first."""
    one = replace(first, review=None)
    other = replace(second, evidence=first.evidence, chosen=first.chosen, review=None)
    counted = count_item(spec, one), count_item(spec, other)
    if not spec.options:
        return counted
    known = [{line.option for line in item.lines if line.credit is not None} for item in counted]
    common = known[0] & known[1]
    return count_item(spec, _on(one, common)), count_item(spec, _on(other, common))


def _on(answer: GivenAnswer, options: set[str]) -> GivenAnswer:
    """The answer with every other line unknown; an unnamed line is the item itself."""
    lines = tuple(
        line if line.option in options or line.option == UNNAMED_OPTION else OptionAnswer(line.option, OPTION_DONT_KNOW)
        for line in answer.options
    )
    return replace(answer, options=lines)
