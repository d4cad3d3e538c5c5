"""A checked question set as rows of a new draft."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from django.db.models import Model

from attributes.models import (
    Anchor,
    Attribute,
    Component,
    Criterion,
    CrosswalkPrinciple,
    EvidencePrompt,
    Goal,
    Item,
    Option,
    OptionState,
    Question,
    QuestionSet,
    Recommendation,
)
from attributes.schema import ItemSpec, QuestionSetSpec, Spec

_Row = TypeVar("_Row", bound=Model)
_Part = TypeVar("_Part")


def create_rows(spec: QuestionSetSpec, fingerprint: str) -> QuestionSet:
    """Insert the set and everything in it, one statement per table. The caller opens the transaction."""
    question_set = QuestionSet.objects.create(
        digest=fingerprint,
        scale=[level.model_dump(mode="json") for level in spec.scale],
        source=spec.source.model_dump(mode="json", exclude_none=True),
        languages=list(spec.languages),
        **_fields(spec, "experimental", "slug", "version", "title", "summary", "credit", "resource_default"),
    )
    _create_context(question_set, spec)
    attributes = Attribute.objects.bulk_create(
        Attribute(
            question_set=question_set,
            position=position,
            quotations=[quotation.model_dump(mode="json") for quotation in attribute.quotations],
            **_fields(attribute, "code", "slug", "title", "summary", "source_lines"),
        )
        for position, attribute in enumerate(spec.attributes, start=1)
    )
    questions = _children(
        Question,
        zip(attributes, (attribute.questions for attribute in spec.attributes), strict=True),
        lambda attribute, question: {
            "attribute": attribute,
            **_fields(question, "code", "verbatim", "source_lines"),
        },
    )
    question_specs = [question for attribute in spec.attributes for question in attribute.questions]
    item_specs = [item for question in question_specs for item in question.items]
    items = _children(
        Item,
        zip(questions, (question.items for question in question_specs), strict=True),
        lambda question, item: {"question": question, **_item_fields(item)},
    )
    _create_parts(list(zip(items, item_specs, strict=True)))
    return question_set


def _fields(spec: Spec, *names: str) -> dict[str, Any]:
    return {name: getattr(spec, name) for name in names}


def _item_fields(item: ItemSpec) -> dict[str, Any]:
    names = ("code", "revision", "short", "text", "note", "scored", "critical", "na_allowed", "na_condition")
    more = ("stakeholder_primary", "other_allowed")
    return {
        **_fields(item, *names, *more),
        "kind": item.kind.value,
        "audience": item.audience.value,
        "replaces": list(item.replaces),
    }


def _children(
    model: type[_Row],
    families: Iterable[tuple[Any, Sequence[_Part]]],
    fields: Callable[[Any, _Part], dict[str, Any]],
) -> list[_Row]:
    """Insert the children of several parents at once; positions count from 1 under each parent."""
    return model._default_manager.bulk_create(
        model(position=position, **fields(parent, child))
        for parent, children in families
        for position, child in enumerate(children, start=1)
    )


def _create_parts(items: list[tuple[Item, ItemSpec]]) -> None:
    Anchor.objects.bulk_create(
        Anchor(item=item, level=anchor.level, text=anchor.text) for item, spec in items for anchor in spec.anchors
    )
    _children(
        Option,
        [(item, spec.options) for item, spec in items],
        lambda item, option: {"item": item, **_fields(option, "key", "label", "help")},
    )
    _children(
        OptionState,
        [(item, spec.states) for item, spec in items],
        lambda item, state: {"item": item, **_fields(state, "key", "credit", "needs_text", "label", "text")},
    )
    _children(
        EvidencePrompt,
        [(item, spec.evidence_prompts) for item, spec in items],
        lambda item, text: {"item": item, "text": text},
    )
    _children(
        Recommendation,
        [(item, spec.recommendations) for item, spec in items],
        lambda item, advice: {
            "item": item,
            "trigger": advice.trigger.value,
            **_fields(advice, "code", "text", "basis_quote", "basis_lines"),
        },
    )


def _create_context(question_set: QuestionSet, spec: QuestionSetSpec) -> None:
    _children(
        Criterion,
        [(question_set, spec.criteria)],
        lambda parent, row: {"question_set": parent, **_fields(row, "code", "text", "help", "source_lines")},
    )
    _children(
        Goal,
        [(question_set, spec.goals)],
        lambda parent, row: {"question_set": parent, **_fields(row, "code", "text", "source_lines")},
    )
    _children(
        Component,
        [(question_set, spec.components)],
        lambda parent, row: {"question_set": parent, **_fields(row, "code", "text", "note", "source_lines")},
    )
    _children(
        CrosswalkPrinciple,
        [(question_set, spec.crosswalk)],
        lambda parent, row: {
            "question_set": parent,
            "item_codes": list(row.item_codes),
            **_fields(row, "framework", "text", "source_lines", "not_covered"),
        },
    )
