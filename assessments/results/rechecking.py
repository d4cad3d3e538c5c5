"""Scoring a frozen document again from its own inputs: drift of the method, or tampering, shows as a difference."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ValidationError

from assessments.answers.value import DONT_KNOW, UNANSWERED
from assessments.documents.result import AttributeResult, ResultDocument
from assessments.documents.scored_inputs import answers_of, specs_of
from assessments.documents.values import stored_digest
from assessments.results.build import concerns, in_state, index_part, scored_items, strengths, unsupported
from assessments.results.sections import action_fields, value_fields
from assessments.scoring import AttributeScore, ItemAnswer, ScoringError, ScoringItem, improvements, score


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
    specs, answers = specs_of(document), answers_of(document)
    scorecard = score(specs, answers)
    if scorecard.method_version != document.method_version:
        yield f"scored by method {document.method_version}, now {scorecard.method_version}"
    scores = {entry.code: entry for entry in scorecard.attributes}
    for attribute in document.attributes:
        if attribute.code in scores:
            yield from _attribute(attribute, scores[attribute.code], specs, answers)
        else:
            yield f"{attribute.code}: nothing in it is scored"
    scored = scored_items(document.attributes)
    expected = {
        "weakest": list(scorecard.weakest),
        "index": index_part(scorecard.index),
        "strengths": strengths(scored),
        "concerns": concerns(scored),
        "unknown": in_state(scored, UNANSWERED, DONT_KNOW),
        "unsupported_items": unsupported(scored),
    }
    yield from _differing("result", document, expected)


def _attribute(
    attribute: AttributeResult, expected: AttributeScore, specs: list[ScoringItem], answers: list[ItemAnswer]
) -> Iterator[str]:
    yield from _differing(attribute.code, attribute, AttributeResult.figures_of(expected))
    weighted = {item.code: item for item in expected.items}
    for question in attribute.questions:
        for item in question.items:
            if item.scored:
                entry = weighted[item.code]
                fields = value_fields(entry, has_score=expected.score is not None)
                yield from _differing(item.code, item, {"state": entry.value.state.value, **fields})
    own = [spec for spec in specs if spec.attribute == attribute.code]
    actions = improvements(own, answers)
    stored = [(entry.item, entry.action) for entry in attribute.improvements]
    if stored != [(action.item, action.action) for action in actions]:
        yield f"{attribute.code}: other improvements"
        return
    for improvement, action in zip(attribute.improvements, actions, strict=True):
        yield from _differing(f"{attribute.code} improvement {improvement.item}", improvement, action_fields(action))


def _differing(name: str, stored: BaseModel, expected: dict[str, Any]) -> Iterator[str]:
    for field, value in expected.items():
        found = getattr(stored, field)
        if found != value:
            yield f"{name} {field}: stored {_short(found)}, now {_short(value)}"


def _short(value: Any) -> str:
    exact = getattr(value, "exact", None)
    return f"{exact} ({value.printed})" if exact is not None else repr(value)
