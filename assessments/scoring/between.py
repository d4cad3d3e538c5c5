"""Two assessments that answered different versions of a question set, compared on what both were asked
(method 3.10)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from assessments.scoring.items import ItemValue, answers_by_code, score_item
from assessments.scoring.model import AnswerState, ItemAnswer, ItemKind, ItemSpec, ScoringError
from assessments.scoring.rules import MATCHED_SHARE, ONE, ZERO
from assessments.scoring.scorecard import AttributeScore, default_weights, score_attribute, step_of, weights


@dataclass(frozen=True, slots=True)
class CommonItems:
    """What two versions ask alike about one attribute.

    `items` are the codes of the matched items in the order of the newer version, each with the options both
    versions have (none for a rating). `share_older` and `share_newer` are the default weight (share of one) that
    these carry in each version; a checklist counts with the part of its options that both have.
    """

    attribute: str
    items: Mapping[str, tuple[str, ...]]
    share_older: Fraction
    share_newer: Fraction

    @property
    def is_enough(self) -> bool:
        """Whether both shares reach MATCHED_SHARE."""
        return min(self.share_older, self.share_newer) >= MATCHED_SHARE


@dataclass(frozen=True, slots=True)
class MatchedScore:
    """The score of one assessment on matched items, by method 3.5 with the weights of the newer version.

    `scope` is the default weight, in the version that was answered, of the matched items that apply (share of
    one); what may be compared is decided by it and by the status of `score`.
    """

    score: AttributeScore
    scope: Fraction


def same_item(old: ItemSpec, new: ItemSpec) -> bool:
    """Say whether two versions ask the same thing: same code, revision and kind (method 3.10)."""
    return (old.code, old.revision, old.kind) == (new.code, new.revision, new.kind)


def common_items(older: Sequence[ItemSpec], newer: Sequence[ItemSpec]) -> CommonItems:
    """Return the matched items of one attribute in two versions of a question set.

    Either may be empty: an attribute that one version does not have is matched in nothing. Raises ScoringError
    unless all specs belong to one attribute.
    """
    attributes = {spec.attribute for spec in [*older, *newer]}
    if len(attributes) != 1:
        raise ScoringError(f"a matched comparison needs one attribute, not {len(attributes)}")
    earlier = {spec.code: spec for spec in older}
    items = {}
    for spec in newer:
        known = earlier.get(spec.code)
        if known is None or not same_item(known, spec):
            continue
        options = tuple(option for option in spec.options if option in known.options)
        if options or spec.kind is ItemKind.RATING:
            items[spec.code] = options
    return CommonItems(attributes.pop(), items, _share(older, items, items), _share(newer, items, items))


def score_on(
    common: CommonItems, newer: Sequence[ItemSpec], own: Sequence[ItemSpec], answers: Sequence[ItemAnswer]
) -> MatchedScore:
    """Return the score of one assessment on the matched items of one attribute.

    `own` are the items of the version it answered, `newer` those of the newer of the two versions, whose
    weights hold for both sides. Items that do not apply drop out and unknown ones lower the coverage, as within
    one version: with `own` and `newer` the same, the result is that of `score_attribute`. Answers to other items
    and options are passed over. Raises ScoringError as `score_item` does, and where nothing is matched.
    """
    mine = {spec.code: spec for spec in own}
    given = answers_by_code(list(own), answers)
    specs = [
        replace(mine[spec.code], question=spec.question, critical=spec.critical, options=common.items[spec.code])
        for spec in newer
        if spec.code in common.items
    ]
    values = {spec.code: score_item(spec, _on(spec, given[spec.code])) for spec in specs}
    score = score_attribute(common.attribute, specs, values)
    return MatchedScore(score, _share(own, common.items, _applicable(values)))


def matched_step(common: CommonItems, older: Sequence[ItemSpec], newer: Sequence[ItemSpec]) -> Fraction:
    """Return the points by which one level of the heaviest item moves a score: at full scope in either version or,
    if heavier, among the matched items (method 3.10)."""
    among = weights(newer, common.items)
    return max(_step(default_weights(older), older), _step(default_weights(newer), newer), _step(among, newer))


def _share(specs: Sequence[ItemSpec], common: Mapping[str, tuple[str, ...]], counted: Collection[str]) -> Fraction:
    """The default weight of the items `counted`, checklists with the part of their options that is common."""
    default = default_weights(specs)
    return sum(
        (
            default[spec.code] * (Fraction(len(common[spec.code]), len(spec.options)) if spec.options else ONE)
            for spec in specs
            if spec.code in counted
        ),
        ZERO,
    )


def _step(item_weights: Mapping[str, Fraction], specs: Sequence[ItemSpec]) -> Fraction:
    return step_of(item_weights, specs[0].top_level) if specs else ZERO


def _applicable(values: Mapping[str, ItemValue]) -> set[str]:
    return {code for code, value in values.items() if value.state is not AnswerState.NOT_APPLICABLE}


def _on(spec: ItemSpec, answer: ItemAnswer) -> ItemAnswer:
    """The answer to the options of `spec` alone."""
    if spec.kind is ItemKind.RATING:
        return answer
    return replace(answer, options=tuple(entry for entry in answer.options if entry.option in spec.options))
