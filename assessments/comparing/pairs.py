"""Each two processes compared attribute by attribute: on their full scores where they were asked the same, else on
what both were asked (method 3.10). Nothing is said over all attributes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from assessments.documents.comparison import (
    AttributeHead,
    AttributeVerdict,
    ComparedAttribute,
    ComparedProcess,
    MatchedAttribute,
    MatchedScores,
    Pair,
)
from assessments.documents.panel import PanelAttribute
from assessments.documents.result import AttributeResult
from assessments.documents.values import exact, maybe_points, share
from assessments.matching.comparability import SELF_ASSESSED, record_of
from assessments.matching.versions import AskedMatch, AskedMatches, Inputs
from assessments.scoring import CommonItems, ScoringError, fraction_text, parse_fraction
from assessments.scoring.comparison import (
    ApartVerdict,
    AttributeApart,
    ComparedResult,
    ComparedScore,
    OnMatched,
    RaterNoise,
    RecordKind,
    compare_processes,
    count_matched,
)
from assessments.scoring.model import ScoreStatus

# From the best to the least: of two statuses the lesser holds.
STATUSES = (ScoreStatus.SHOWN, ScoreStatus.PROVISIONAL, ScoreStatus.WITHHELD, ScoreStatus.NOT_APPLICABLE)


@dataclass(frozen=True)
class _Side:
    """One result as compared, and what it was computed from."""

    process: ComparedProcess
    inputs: Inputs

    @cached_property
    def full(self) -> ComparedResult:
        """With the scores of the result itself."""
        return self.result({attribute.code: _score(attribute) for attribute in self.process.attributes})

    def result(self, attributes: Mapping[str, ComparedScore]) -> ComparedResult:
        """With these scores."""
        document, process = self.inputs.result, self.process
        return ComparedResult(
            attributes=attributes,
            method_version=document.method_version,
            set_major=f"{document.question_set.slug} {document.question_set.version.partition('.')[0]}",
            record=RecordKind(record_of(is_invented=process.is_invented, is_example=process.is_example)),
            reviewed=process.assurance != SELF_ASSESSED,
        )


@dataclass(frozen=True)
class _Matched:
    """One attribute of a pair on matched items, each first and second."""

    scores: tuple[ComparedScore, ComparedScore]
    figures: MatchedAttribute


def heads_of(attributes: Iterable[AttributeResult | PanelAttribute]) -> list[AttributeHead]:
    """Return the attributes of several documents in order."""
    heads: dict[str, AttributeHead] = {}
    for attribute in attributes:
        if attribute.code not in heads:
            heads[attribute.code] = AttributeHead(code=attribute.code, slug=attribute.slug, title=attribute.title)
    return list(heads.values())


def build_pairs(
    inputs: Sequence[Inputs],
    processes: Sequence[ComparedProcess],
    heads: Sequence[AttributeHead],
    matches: AskedMatches,
    noise: RaterNoise,
) -> list[Pair]:
    """Return each two results, in order; `inputs` and `processes` are of the same results."""
    sides = [_Side(process, entry) for entry, process in zip(inputs, processes, strict=True)]
    return [
        _pair(one, other, heads, matches.of(one.inputs, other.inputs), noise) for one, other in combinations(sides, 2)
    ]


def verdict_of(code: str, found: AttributeApart | None) -> AttributeVerdict:
    """What can be said on one attribute, as the document carries it; None where one of them does not have it."""
    if found is None:
        return AttributeVerdict(
            attribute=code, verdict=ApartVerdict.NOT_COMPARED.value, why="missing", difference=None, threshold=None
        )
    return AttributeVerdict(
        attribute=code,
        verdict=found.verdict.value,
        why=found.why.value if found.why else None,
        difference=None if found.difference is None else fraction_text(found.difference),
        threshold=found.threshold,
    )


def _score(attribute: ComparedAttribute) -> ComparedScore:
    return ComparedScore(
        exact(attribute.score),
        exact(attribute.low),
        exact(attribute.high),
        ScoreStatus(attribute.status),
        attribute.scope.value,
        parse_fraction(attribute.squares),
    )


def _pair(one: _Side, other: _Side, heads: Sequence[AttributeHead], match: AskedMatch, noise: RaterNoise) -> Pair:
    top_level = one.inputs.result.question_set.top_level
    if match.same:
        found = compare_processes(one.full, other.full, noise, top_level).attributes
        return _judged(one, other, [verdict_of(head.code, found.get(head.code)) for head in heads], [])
    try:
        matched = {head.code: _matched(head.code, one, other, match) for head in heads}
    except ScoringError:
        return _judged(one, other, [_not_rebuilt(head.code) for head in heads], [])
    first = one.result({code: entry.scores[0] for code, entry in matched.items() if entry})
    second = other.result({code: entry.scores[1] for code, entry in matched.items() if entry})
    found = compare_processes(first, second, noise, top_level).attributes
    return _judged(
        one,
        other,
        [verdict_of(head.code, found.get(head.code)) for head in heads],
        [entry.figures for entry in matched.values() if entry],
    )


def _judged(one: _Side, other: _Side, verdicts: list[AttributeVerdict], matched: list[MatchedAttribute]) -> Pair:
    return Pair(first=one.process.code, second=other.process.code, attributes=verdicts, matched=matched)


def _not_rebuilt(code: str) -> AttributeVerdict:
    return AttributeVerdict(attribute=code, verdict="not_compared", why="not_rebuilt", difference=None, threshold=None)


def _matched(code: str, one: _Side, other: _Side, match: AskedMatch) -> _Matched | None:
    """One attribute on the items that both were asked; None where one of them does not have it.

    Raises ScoringError where a stored result lacks what that takes.
    """
    if match.common is None:
        raise ScoringError("what was asked cannot be rebuilt")
    own = (one.process.attribute(code), other.process.attribute(code))
    common = match.common.get(code)
    if own[0] is None or own[1] is None or common is None:
        return None
    first, second = (_counted(code, side, match, common) for side in (one, other))
    return _Matched(
        (_lesser(first, own[0], common), _lesser(second, own[1], common)),
        MatchedAttribute(
            attribute=code,
            first=_figures(first, common, is_newer=match.newer.key == one.inputs.key),
            second=_figures(second, common, is_newer=match.newer.key == other.inputs.key),
        ),
    )


def _counted(code: str, side: _Side, match: AskedMatch, common: CommonItems) -> OnMatched:
    inputs = side.inputs
    newer = match.newer.specs.get(code, [])
    return count_matched(common, newer, inputs.specs.get(code, []), inputs.answers.get(code, []), inputs.unknown)


def _lesser(found: OnMatched, own: ComparedAttribute, common: CommonItems) -> ComparedScore:
    """What is compared. A score that may not be compared in its own right is not made so by leaving items out."""
    result = found.result
    status = max(result.status, ScoreStatus(own.status), key=STATUSES.index)
    return ComparedScore(
        result.score, result.low, result.high, status, found.scope, result.squares, enough_in_common=common.is_enough
    )


def _figures(found: OnMatched, common: CommonItems, *, is_newer: bool) -> MatchedScores:
    part = share(common.share_newer if is_newer else common.share_older)
    if not common.is_enough:
        return MatchedScores(share=part, score=None, low=None, high=None)
    result = found.result
    return MatchedScores(
        share=part, score=maybe_points(result.score), low=maybe_points(result.low), high=maybe_points(result.high)
    )
