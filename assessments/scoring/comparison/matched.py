"""Two versions of a question set, or two kinds of process, compared on what both were asked (method 3.10).

Which items these are says `matching.common_items`: those with the same code, revision and kind. Give it the items that
apply to each process, so that an item left out by kind is none of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from assessments.scoring.evidence.attribute import CountedAttribute, count_attribute
from assessments.scoring.evidence.items import CountedItem, GivenAnswer, count_item, unanswered
from assessments.scoring.matching import CommonItems
from assessments.scoring.method import ONE, ZERO
from assessments.scoring.model import ItemKind, ItemState, ScoringItem, default_weights


@dataclass(frozen=True, slots=True)
class OnMatched:
    """The result of one attribute on matched items, with the weights of the newer version.

    `scope` is the default weight, in the version that was answered, of the matched items that apply (share of one):
    it decides what is compared.
    """

    result: CountedAttribute
    scope: Fraction


def count_matched(
    common: CommonItems,
    newer: Sequence[ScoringItem],
    own: Sequence[ScoringItem],
    answers: Sequence[GivenAnswer],
    unknown: Mapping[str, frozenset[str]] | None = None,
) -> OnMatched:
    """Return the result of one assessment on the matched items of one attribute.

    `own` are the items of the version it answered, `newer` those of the newer of the two; `unknown` the lines that
    contradict others (`contradictions.unknown_lines`). Answers to other items and options are passed over.
    """
    mine, given = {spec.code: spec for spec in own}, {answer.code: answer for answer in answers}
    specs = [
        replace(mine[spec.code], question=spec.question, critical=spec.critical, options=common.items[spec.code])
        for spec in newer
        if spec.code in common.items
    ]
    items = {
        spec.code: count_item(
            spec,
            _on(spec, given.get(spec.code, unanswered(spec.code))),
            (unknown or {}).get(spec.code, frozenset()),
        )
        for spec in specs
    }
    return OnMatched(count_attribute(common.attribute, specs, items), _scope(own, common, items))


def _on(spec: ScoringItem, answer: GivenAnswer) -> GivenAnswer:
    """The answer to the options of `spec` alone."""
    return replace(answer, options=tuple(line for line in answer.options if line.option in spec.options))


def _scope(own: Sequence[ScoringItem], common: CommonItems, items: Mapping[str, CountedItem]) -> Fraction:
    default = default_weights(own)
    total = ZERO
    for spec in own:
        item = items.get(spec.code)
        if item is not None and item.state is not ItemState.NOT_APPLICABLE:
            shared = ONE if spec.kind is ItemKind.RATING else Fraction(len(common.items[spec.code]), len(spec.options))
            total += default[spec.code] * shared * item.share_applicable
    return total
