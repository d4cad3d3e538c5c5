"""Each two results compared attribute by attribute: on their full scores where they were asked the same, else on
what their versions have in common (method 3.10)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations

from assessments.comparing.versions import Inputs, VersionMatch, VersionMatches, unmatched_item
from assessments.documents.comparison import (
    AttributeDifference,
    AttributeHead,
    AttributeReason,
    ComparedProcess,
    MatchedAttribute,
    Pair,
    PairMatching,
)
from assessments.documents.panel import PanelAttribute
from assessments.documents.result import AttributeResult
from assessments.documents.values import exact, maybe_points, points, share
from assessments.scoring import (
    CommonItems,
    MatchedScore,
    ScoreDifference,
    ScoreStatus,
    comparable,
    compare_profiles,
    matched,
    matched_step,
    score_on,
)
from assessments.scoring.rules import ZERO

Range = tuple[Fraction, Fraction]


@dataclass(frozen=True)
class _Side:
    """One result: as compared, with the exact numbers of its own scores, and what it was computed from."""

    process: ComparedProcess
    inputs: Inputs
    scores: dict[str, Fraction | None]
    ranges: dict[str, Range]

    @property
    def code(self) -> str:
        return self.process.code

    def own_reason(self, attribute: str) -> AttributeReason | None:
        """Why its own score of an attribute may not be compared, or None."""
        found = self.process.attribute(attribute)
        return "missing" if found is None else found.not_compared


@dataclass(frozen=True)
class _Matched:
    """One attribute of two results on matched items: scores in points (None where not compared) and shares of one,
    each first and second."""

    shares: tuple[Fraction, Fraction] = (ZERO, ZERO)
    scores: tuple[Fraction | None, Fraction | None] = (None, None)
    ranges: tuple[Range, Range] | None = None
    step: Fraction = ZERO
    reason: AttributeReason | None = None
    not_answered: tuple[str, ...] = field(default=())

    def turned(self) -> "_Matched":
        """The same, seen from the other side."""
        first, second = self.ranges or (None, None)
        return _Matched(
            self.shares[::-1],
            self.scores[::-1],
            (second, first) if first and second else None,
            self.step,
            self.reason,
            self.not_answered,
        )


def heads_of(attributes: Iterable[AttributeResult | PanelAttribute]) -> list[AttributeHead]:
    """Return the attributes of several documents in order; the step is the largest where versions differ."""
    heads: dict[str, AttributeHead] = {}
    for attribute in attributes:
        known = heads.get(attribute.code)
        if known is None or known.step.value < attribute.step.value:
            heads[attribute.code] = AttributeHead(
                code=attribute.code, slug=attribute.slug, title=attribute.title, step=attribute.step
            )
    return list(heads.values())


def build_pairs(
    inputs: Sequence[Inputs],
    processes: Sequence[ComparedProcess],
    heads: Sequence[AttributeHead],
    versions: VersionMatches,
) -> list[Pair]:
    """Return each two of the results, in order; `inputs` and `processes` are of the same results."""
    sides = [_side(entry, process, heads) for entry, process in zip(inputs, processes, strict=True)]
    return [_pair(one, other, heads, versions) for one, other in combinations(sides, 2)]


def _side(inputs: Inputs, process: ComparedProcess, heads: Sequence[AttributeHead]) -> _Side:
    found = {attribute.code: attribute for attribute in process.attributes}
    scores: dict[str, Fraction | None] = {head.code: None for head in heads}
    ranges = {}
    for code, attribute in found.items():
        if attribute.not_compared is None:
            scores[code] = exact(attribute.score)
        if attribute.low is not None and attribute.high is not None:
            ranges[code] = (attribute.low.value, attribute.high.value)
    return _Side(process, inputs, scores, ranges)


def _pair(one: _Side, other: _Side, heads: Sequence[AttributeHead], versions: VersionMatches) -> Pair:
    rounds = one.process.process_code == other.process.process_code
    if one.inputs.version == other.inputs.version:
        return _plain(one, other, heads)
    match = versions.of(one.inputs.version, other.inputs.version)
    if match.same and not rounds:
        return _plain(one, other, heads)
    newer_first = match.newer.version == one.inputs.version
    older, newer = (other, one) if newer_first else (one, other)
    found = {}
    for head in heads:
        entry = (_over_time if rounds else _between)(head.code, older, newer, match)
        found[head.code] = entry.turned() if newer_first else entry
    return _on_matched(one, other, found, rounds=rounds)


def _plain(one: _Side, other: _Side, heads: Sequence[AttributeHead]) -> Pair:
    """Two results that were asked the same, on their own scores."""
    steps = {head.code: head.step.value for head in heads}
    return _judged(one, other, (one.scores, other.scores), steps, (one.ranges, other.ranges), None)


def _on_matched(one: _Side, other: _Side, found: Mapping[str, _Matched], *, rounds: bool) -> Pair:
    items = {code: item for by_code in other.inputs.items.values() for code, item in by_code.items()}
    return _judged(
        one,
        other,
        ({code: entry.scores[0] for code, entry in found.items()}, {c: entry.scores[1] for c, entry in found.items()}),
        {code: entry.step for code, entry in found.items()},
        (
            {code: entry.ranges[0] for code, entry in found.items() if entry.ranges},
            {code: entry.ranges[1] for code, entry in found.items() if entry.ranges},
        ),
        PairMatching(
            kind="rounds" if rounds else "versions",
            attributes=[
                MatchedAttribute(
                    attribute=code,
                    first=maybe_points(entry.scores[0]),
                    second=maybe_points(entry.scores[1]),
                    first_share=share(entry.shares[0]),
                    second_share=share(entry.shares[1]),
                    step=points(entry.step),
                    reason=entry.reason,
                    not_answered=[unmatched_item(items[item], "not_answered") for item in entry.not_answered],
                )
                for code, entry in found.items()
            ],
        ),
    )


def _judged(
    one: _Side,
    other: _Side,
    scores: tuple[Mapping[str, Fraction | None], Mapping[str, Fraction | None]],
    steps: Mapping[str, Fraction],
    ranges: tuple[Mapping[str, Range], Mapping[str, Range]],
    matching: PairMatching | None,
) -> Pair:
    found = compare_profiles(*scores, steps, *ranges)
    return Pair(
        first=one.code,
        second=other.code,
        differences=[difference_of(code, found.differences.get(code)) for code in steps],
        first_ahead_on=list(found.first_ahead_on),
        second_ahead_on=list(found.second_ahead_on),
        not_compared=list(found.not_compared),
        verdict=found.verdict,  # type: ignore[arg-type]  # scoring promises these keys
        matched=matching,
    )


def difference_of(code: str, found: ScoreDifference | None) -> AttributeDifference:
    """Return a difference as the document carries it; None where the attribute is not compared."""
    return AttributeDifference(
        attribute=code,
        difference=None if found is None else points(found.difference),
        meaningful=found is not None and found.meaningful,
        robust=found is not None and found.robust,
    )


def _between(code: str, older: _Side, newer: _Side, match: VersionMatch) -> _Matched:
    """Two processes on the items of both versions; what does not apply or is unknown counts as within one version."""
    common = _common(code, match)
    if common is None:
        return _Matched(reason="not_rebuilt")
    shares = (common.share_older, common.share_newer)
    specs = (match.older.specs.get(code, []), match.newer.specs.get(code, []))
    step = matched_step(common, *specs)
    # A score that may not be compared in its own right is not made comparable by leaving items out.
    reason = older.own_reason(code) or newer.own_reason(code) or (None if common.is_enough else "matched_share")
    if reason:
        return _Matched(shares, step=step, reason=reason)
    on = [score_on(common, specs[1], own.inputs.specs[code], own.inputs.answers[code]) for own in (older, newer)]
    reason = _reason(on[0]) or _reason(on[1])
    if reason:
        return _Matched(shares, step=step, reason=reason)
    return _Matched(shares, (on[0].score.score, on[1].score.score), (_range(on[0]), _range(on[1])), step)


def _over_time(code: str, older: _Side, newer: _Side, match: VersionMatch) -> _Matched:
    """Two rounds of one process on the items of both versions that apply and were answered both times.

    No range belongs to such scores, as nothing in them is unknown: a difference is never called robust.
    """
    common = _common(code, match)
    if common is None:
        return _Matched(reason="not_rebuilt")
    specs = (older.inputs.specs.get(code, []), newer.inputs.specs.get(code, []))
    answers = (older.inputs.answers.get(code, []), newer.inputs.answers.get(code, []))
    found = matched(specs[0], answers[0], specs[1], answers[1])
    reason: AttributeReason | None = None
    if found.status != "comparable":
        reason = "matched_share" if all(specs) else "missing"
    return _Matched(
        shares=(found.share_before, found.share_after),
        scores=(found.before, found.after),
        step=found.step,
        reason=reason,
        not_answered=tuple(item for item in common.items if item not in found.items),
    )


def _common(code: str, match: VersionMatch) -> CommonItems | None:
    return None if match.common is None else match.common.get(code)


def _reason(found: MatchedScore) -> AttributeReason | None:
    reason = comparable(found.scope, ScoreStatus(found.score.status))
    return reason  # type: ignore[return-value]  # scoring promises these keys


def _range(found: MatchedScore) -> Range:
    return found.score.low or ZERO, found.score.high or ZERO
