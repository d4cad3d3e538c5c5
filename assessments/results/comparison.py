"""Several frozen results side by side (method 3.10). Pure: documents in, a document out."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from assessments.results.comparability import candidate, not_compared, reasons
from assessments.results.comparison_document import (
    FORMAT,
    AttributeDifference,
    AttributeHead,
    ComparedAttribute,
    ComparedProcess,
    ComparisonDocument,
    ExcludedProcess,
    Pair,
    Reason,
)
from assessments.results.document import AttributeResult, ResultDocument
from assessments.results.figures import exact, points
from assessments.results.learning import learn_from, shared_weaknesses
from assessments.scoring import METHOD_VERSION, Difference, compare_profiles, parse_fraction

__all__ = ["ComparisonDocument", "build_comparison", "split"]

LIST_PAIRS_UP_TO = 5
MINIMUM = 2
MAXIMUM = 12


def build_comparison(results: Sequence[ResultDocument]) -> ComparisonDocument:
    """Return the comparison of the given results, alphabetical by process.

    What the larger part has in common (track, question set, major version, assurance) decides what is compared;
    the rest is listed with the reason. With fewer than two comparable results there are no pairs.
    """
    kept, excluded = split(results)
    kept = sorted(kept, key=_alphabetical)
    heads = _heads(kept)
    processes = [_process(result, heads) for result in kept]
    versions = {result.question_set.version for result in kept}
    return ComparisonDocument(
        format=FORMAT,
        method_version=METHOD_VERSION,
        attributes=heads,
        processes=processes,
        excluded=[_excluded(result, reason) for result, reason in excluded],
        pairs=_pairs(processes, heads),
        list_pairs=len(processes) <= LIST_PAIRS_UP_TO,
        learn_from=learn_from(kept),
        shared_weaknesses=shared_weaknesses(kept),
        mixed_versions=len(versions) > 1,
    )


def split(
    results: Sequence[ResultDocument],
) -> tuple[list[ResultDocument], list[tuple[ResultDocument, Reason]]]:
    """Return the results that can be compared with each other, and the others with the reason, in order."""
    found = reasons([candidate(result) for result in results])
    kept = [result for result in results if result.assessment.code not in found]
    excluded = [result for result in results if result.assessment.code in found]
    return kept, [(result, found[result.assessment.code]) for result in excluded]


def _alphabetical(result: ResultDocument) -> tuple[str, str]:
    return result.process.name.casefold(), result.assessment.code


def _heads(results: Sequence[ResultDocument]) -> list[AttributeHead]:
    """The attributes in order; the step is the largest where versions of the question set differ."""
    heads: dict[str, AttributeHead] = {}
    for attribute in (attribute for result in results for attribute in result.attributes):
        known = heads.get(attribute.code)
        if known is None or parse_fraction(known.step.exact) < parse_fraction(attribute.step.exact):
            heads[attribute.code] = AttributeHead(
                code=attribute.code, slug=attribute.slug, title=attribute.title, step=attribute.step
            )
    return list(heads.values())


def _process(result: ResultDocument, heads: Sequence[AttributeHead]) -> ComparedProcess:
    by_code = {attribute.code: attribute for attribute in result.attributes}
    return ComparedProcess(
        code=result.assessment.code,
        number=result.assessment.number,
        name=result.process.name,
        process_code=result.process.code,
        organisation=result.process.organisation,
        period=result.process.period,
        round=result.assessment.round,
        submitted_on=result.assessment.submitted_on,
        track=result.assessment.track,
        assurance=result.assessment.assurance,
        question_set_title=result.question_set.title,
        question_set_version=result.question_set.version,
        is_invented=result.process.is_invented,
        is_example=result.process.is_example,
        attributes=[_attribute(by_code[head.code]) for head in heads if head.code in by_code],
    )


def _attribute(attribute: AttributeResult) -> ComparedAttribute:
    return ComparedAttribute(
        code=attribute.code,
        status=attribute.status,
        score=attribute.score,
        claimed=attribute.claimed,
        low=attribute.low,
        high=attribute.high,
        coverage=attribute.coverage,
        scope=attribute.scope,
        letter=attribute.letter,
        limited_by=attribute.limited_by,
        critical_open=attribute.critical_open,
        not_compared=not_compared(attribute.status, attribute.scope),
    )


def _excluded(result: ResultDocument, reason: Reason) -> ExcludedProcess:
    return ExcludedProcess(
        code=result.assessment.code,
        number=result.assessment.number,
        name=result.process.name,
        round=result.assessment.round,
        question_set_title=result.question_set.title,
        question_set_version=result.question_set.version,
        reason=reason,
    )


@dataclass(frozen=True)
class _Profile:
    """The exact numbers of one process: scores that may be compared (else None), and ranges."""

    code: str
    scores: dict[str, Fraction | None]
    ranges: dict[str, tuple[Fraction, Fraction]]


def _profile(process: ComparedProcess, heads: Sequence[AttributeHead]) -> _Profile:
    found = {attribute.code: attribute for attribute in process.attributes}
    scores: dict[str, Fraction | None] = {head.code: None for head in heads}
    ranges = {}
    for code, attribute in found.items():
        if attribute.not_compared is None:
            scores[code] = exact(attribute.score)
        if attribute.low is not None and attribute.high is not None:
            ranges[code] = (parse_fraction(attribute.low.exact), parse_fraction(attribute.high.exact))
    return _Profile(process.code, scores, ranges)


def _pairs(processes: Sequence[ComparedProcess], heads: Sequence[AttributeHead]) -> list[Pair]:
    steps = {head.code: parse_fraction(head.step.exact) for head in heads}
    profiles = [_profile(process, heads) for process in processes]
    return [_pair(one, other, steps) for one, other in combinations(profiles, 2)]


def _pair(one: _Profile, other: _Profile, steps: dict[str, Fraction]) -> Pair:
    found = compare_profiles(one.scores, other.scores, steps, one.ranges, other.ranges)
    return Pair(
        first=one.code,
        second=other.code,
        differences=[_difference(code, found.differences.get(code)) for code in steps],
        first_ahead_on=list(found.first_ahead_on),
        second_ahead_on=list(found.second_ahead_on),
        not_compared=list(found.not_compared),
        verdict=found.verdict,  # type: ignore[arg-type]  # scoring promises these keys
    )


def _difference(code: str, found: Difference | None) -> AttributeDifference:
    return AttributeDifference(
        attribute=code,
        difference=None if found is None else points(found.difference),
        meaningful=found is not None and found.meaningful,
        robust=found is not None and found.robust,
    )
