"""Compared on what both were asked: two versions of a question set, and the same process at two times (method 3.10)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from assessments.scoring.compare import is_meaningful
from assessments.scoring.items import ItemValue, answers_by_code, option_credits, score_item, score_items
from assessments.scoring.model import ItemAnswer, ItemKind, ItemState, ScoringError, ScoringItem
from assessments.scoring.rules import EVIDENCE_CAPS, FULL_SCORE, MATCHED_SHARE, ONE, ZERO
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


def same_item(old: ScoringItem, new: ScoringItem) -> bool:
    """Say whether two versions ask the same thing: same code, revision and kind (method 3.10)."""
    return (old.code, old.revision, old.kind) == (new.code, new.revision, new.kind)


def common_items(older: Sequence[ScoringItem], newer: Sequence[ScoringItem]) -> CommonItems:
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
    common: CommonItems, newer: Sequence[ScoringItem], own: Sequence[ScoringItem], answers: Sequence[ItemAnswer]
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


def matched_step(common: CommonItems, older: Sequence[ScoringItem], newer: Sequence[ScoringItem]) -> Fraction:
    """Return the points by which one level of the heaviest item moves a score: at full scope in either version or,
    if heavier, among the matched items (method 3.10)."""
    among = weights(newer, common.items)
    return max(_step(default_weights(older), older), _step(default_weights(newer), newer), _step(among, newer))


def _share(specs: Sequence[ScoringItem], common: Mapping[str, tuple[str, ...]], counted: Collection[str]) -> Fraction:
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


def _step(item_weights: Mapping[str, Fraction], specs: Sequence[ScoringItem]) -> Fraction:
    return step_of(item_weights, specs[0].top_level) if specs else ZERO


def _applicable(values: Mapping[str, ItemValue]) -> set[str]:
    return {code for code, value in values.items() if value.state is not ItemState.NOT_APPLICABLE}


def _on(spec: ScoringItem, answer: ItemAnswer) -> ItemAnswer:
    """The answer to the options of `spec` alone."""
    if spec.kind is ItemKind.RATING:
        return answer
    return replace(answer, options=tuple(entry for entry in answer.options if entry.option in spec.options))


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
    specs: dict[str, ScoringItem]
    answers: dict[str, ItemAnswer]
    values: dict[str, ItemValue]


@dataclass(frozen=True, slots=True)
class _MatchedItem:
    """Values (0 to 1) of one item on what both waves know, and the share of each wave's item that is."""

    before: Fraction
    after: Fraction
    share_before: Fraction
    share_after: Fraction


def matched(
    specs_before: Sequence[ScoringItem],
    answers_before: Iterable[ItemAnswer],
    specs_after: Sequence[ScoringItem],
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
    specs_before: Sequence[ScoringItem],
    answers_before: Sequence[ItemAnswer],
    specs_after: Sequence[ScoringItem],
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


def _wave(specs: Sequence[ScoringItem], answers: Iterable[ItemAnswer]) -> _Wave:
    given = answers_by_code(specs, answers)
    return _Wave({spec.code: spec for spec in specs}, given, score_items(specs, given.values()))


def _pair(code: str, earlier: _Wave, later: _Wave) -> _MatchedItem | None:
    old, new = earlier.specs.get(code), later.specs[code]
    if old is None or not same_item(old, new):
        return None
    before, after = earlier.values[code].supported, later.values[code].supported
    if before is None or after is None:
        return None
    if new.kind is ItemKind.RATING:
        return _MatchedItem(before, after, ONE, ONE)
    return _choice_pair(old, earlier.answers[code], new, later.answers[code])


def _choice_pair(
    old: ScoringItem, answer_before: ItemAnswer, new: ScoringItem, answer_after: ItemAnswer
) -> _MatchedItem | None:
    common = _known_options(old, answer_before) & _known_options(new, answer_after)
    if not common:
        return None
    return _MatchedItem(
        before=_value_on(common, old, answer_before),
        after=_value_on(common, new, answer_after),
        share_before=Fraction(len(common), len(option_credits(old, answer_before))),
        share_after=Fraction(len(common), len(option_credits(new, answer_after))),
    )


def _known_options(spec: ScoringItem, answer: ItemAnswer) -> set[str]:
    # A reviewer's value speaks for the whole item, so every applicable option counts as known.
    credits = option_credits(spec, answer)
    return {option for option, credit in credits.items() if credit is not None or answer.moderated is not None}


def _value_on(options: Collection[str], spec: ScoringItem, answer: ItemAnswer) -> Fraction:
    if answer.moderated is not None:
        return answer.moderated
    credits = option_credits(spec, answer)
    mean = sum((credits[option] or ZERO for option in options), ZERO) / len(options)
    return min(mean, EVIDENCE_CAPS[answer.evidence_class])
