"""Scoring a frozen document again from its own inputs: drift of the method, or tampering, shows as a difference."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ValidationError

from assessments.documents.result import AttributeResult, ItemResult, ResultDocument
from assessments.documents.scored_inputs import (
    answers_of,
    kind_of_process,
    rules_of,
    specs_of,
    unscored_of,
    unscored_state,
)
from assessments.documents.values import stored_digest
from assessments.results.build import index_part
from assessments.results.sections import value_fields
from assessments.results.standouts import (
    contradiction_part,
    does_not_apply,
    not_known,
    open_counts_part,
    transparency_part,
)
from assessments.results.steps import chosen_for, steps_part
from assessments.scoring import ScoringError, ScoringItem
from assessments.scoring.evidence import CountedAttribute, EvidenceResult, score_evidence, step_bases


def differences(content: Any, digest: str) -> list[str]:
    """Return what differs between a stored document and its digest, and its figures and what scoring makes of its
    inputs now. Empty if nothing does."""
    found = [] if stored_digest(content) == digest else ["the document is not the one its digest was taken of"]
    try:
        document = ResultDocument.model_validate(content)
        return [*found, *_recomputed(document)]
    except ValidationError as error:
        return [*found, f"the document cannot be read: {error.error_count()} errors"]
    except ScoringError as error:
        return [*found, f"scoring refuses its inputs: {error}"]


def _recomputed(document: ResultDocument) -> Iterator[str]:
    specs = specs_of(document)
    result = score_evidence(
        specs,
        answers_of(document),
        kind=kind_of_process(document),
        rules=rules_of(document),
        unscored=unscored_of(document),
    )
    if result.method_version != document.method_version:
        yield f"scored by method {document.method_version}, now {result.method_version}"
    scores = {entry.code: entry for entry in result.attributes}
    for attribute in document.attributes:
        if attribute.code in scores:
            yield from _attribute(attribute, scores[attribute.code], specs, result)
        else:
            yield f"{attribute.code}: nothing in it is scored"
    items = document.items()
    expected = {
        "weakest": list(result.weakest),
        "index": index_part(result.index),
        "open_counts": open_counts_part(result.open_counts),
        "transparency": transparency_part(result.transparency, items.values()),
        "contradictions": [contradiction_part(found) for found in result.contradictions],
        "by_kind": list(result.by_kind),
        "kept": list(result.kept),
        "steps": steps_part(items, chosen_for(step_bases(specs, result), is_example=document.process.is_example)),
        "unknown": not_known(items.values()),
        "not_applicable": does_not_apply(items.values()),
    }
    yield from _differing("result", document, expected)


def _attribute(
    attribute: AttributeResult, expected: CountedAttribute, specs: list[ScoringItem], result: EvidenceResult
) -> Iterator[str]:
    yield from _differing(attribute.code, attribute, AttributeResult.figures_of(expected))
    weighed = {item.code: item for item in expected.items}
    by_code = {spec.code: spec for spec in specs}
    for question in attribute.questions:
        for item in question.items:
            found, spec = result.items.get(item.code), by_code.get(item.code)
            fields = value_fields(spec, found, weighed.get(item.code), has_score=expected.score is not None)
            yield from _differing(item.code, item, {**fields, "by_kind": item.code in result.by_kind})
            yield from _lines(item, result)


def _lines(item: ItemResult, result: EvidenceResult) -> Iterator[str]:
    """Each line as it counts; lines of an item that is left out as a whole say what was answered."""
    found = result.items.get(item.code)
    read = {line.option: (line.counts_as, line.open_because or "") for line in found.lines} if found else {}
    against = {(line.b, line.b_option): (line.a, line.a_option) for line in reversed(result.contradictions)}
    for line in item.options:
        expected = read.get(line.key, (line.counts_as, line.open_because))
        if not item.scored:
            expected = (unscored_state(item, line), line.open_because)
        if (line.counts_as, line.open_because) != expected:
            yield f"{item.code} {line.key}: stored as {line.counts_as or line.open_because}, now {expected}"
        named = (line.against.item, line.against.option) if line.against else None
        if line.key and named != against.get((item.code, line.key)):
            yield f"{item.code} {line.key}: stored as contradicting {named}"


def _differing(name: str, stored: BaseModel, expected: dict[str, Any]) -> Iterator[str]:
    for field, value in expected.items():
        found = getattr(stored, field)
        if found != value:
            yield f"{name} {field}: stored {_short(found)}, now {_short(value)}"


def _short(value: Any) -> str:
    exact = getattr(value, "exact", None)
    return f"{exact} ({value.printed})" if exact is not None else repr(value)
