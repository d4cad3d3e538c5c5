"""From the results of both tracks to what the list of steps is chosen from (method 3.13)."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import floor

from assessments.scoring.evidence.items import CountedItem
from assessments.scoring.evidence.result import EvidenceResult
from assessments.scoring.evidence.steps import StepBasis
from assessments.scoring.method import ONE, ZERO
from assessments.scoring.model import ItemKind, ItemState, ScoringItem


def step_bases(
    specs: Sequence[ScoringItem],
    result: EvidenceResult,
    *,
    experience: Mapping[str, Fraction] | None = None,
    verdicts: Mapping[str, str] | None = None,
) -> tuple[StepBasis, ...]:
    """Return where every applicable scored item stands, in the order of `specs`.

    `experience` (points) and `verdicts` of the stakeholders' items are by code, as far as they may be told to whoever
    reads the list.
    """
    coverage = {found.code: found.coverage for found in result.attributes}
    weight = {item.code: item.weight for found in result.attributes for item in found.items}
    bases = []
    for spec in specs:
        item = result.items.get(spec.code)
        if item is not None and item.state is not ItemState.NOT_APPLICABLE:
            bases.append(
                StepBasis(
                    code=spec.code,
                    attribute=spec.attribute,
                    claimed=item.highest,
                    counted=item.counted,
                    weight=weight[spec.code],
                    critical=spec.critical,
                    share_known=item.share_known,
                    coverage=coverage[spec.attribute],
                    following=following_value(spec, item),
                    grade=item.evidence.grade,
                    capped_because=item.capped_because,
                    experience=(experience or {}).get(spec.code),
                    verdict=(verdicts or {}).get(spec.code),
                )
            )
    return tuple(bases)


def following_value(spec: ScoringItem, item: CountedItem) -> Fraction | None:
    """Return the next value above what counts (0 to 1), enough evidence assumed; None at the top or without a value.

    A rating, and what a review has settled at another value, goes up to the next level of the scale. A list gains by
    the one option that gains most from its next better state.
    """
    if item.counted is None or item.counted == ONE:
        return None
    credits = [line.credit for line in item.lines if line.credit is not None]
    if spec.kind is ItemKind.RATING or not credits or not _is_as_claimed(item, item.counted):
        return Fraction(floor(item.counted * spec.top_level) + 1, spec.top_level)
    gains = [
        min(state.credit for state in spec.states if state.credit > credit) - credit
        for credit in credits
        if any(state.credit > credit for state in spec.states)
    ]
    return item.counted + max(gains, default=ZERO) / len(credits)


def _is_as_claimed(item: CountedItem, counted: Fraction) -> bool:
    """Whether what counts is what the organiser's own lines give, as claimed or as far as the evidence goes."""
    return item.claimed is not None and counted in (item.claimed, min(item.claimed, item.cap))
