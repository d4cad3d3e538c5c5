"""A draft as a catalogue, to be looked at: what is complete can be drawn, the rest is named. No rows, no queries."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import count
from typing import Any

from pydantic import ValidationError

from attributes.catalogue.types import (
    CatalogueAttribute,
    CatalogueItem,
    CatalogueLevel,
    CatalogueOption,
    CatalogueQuestion,
    CatalogueRecommendation,
    CatalogueSet,
    CatalogueState,
)
from attributes.documents.documents import Address, Document, Problem, problems
from attributes.kinds import Kind
from attributes.schema import ItemSpec, LevelSpec
from attributes.texts import TextMap

SHOWN_AS_DRAFT = "draft"


@dataclass(frozen=True)
class Incomplete:
    """A part that cannot be drawn yet, and why."""

    address: Address
    short: TextMap
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class DraftView:
    """A draft with the items of one question: those that are complete in `catalogue`, the others in `incomplete`."""

    catalogue: CatalogueSet
    incomplete: tuple[Incomplete, ...]


def draft_view(document: Document, question_code: str = "") -> DraftView:
    """The set as a catalogue. Only the items of one question are drawn; other questions have none here.

    Ids of items are made up and negative: nothing can be written with them. KeyError where there is no such question.
    """
    numbers = count(1)
    drawn: list[CatalogueItem] = []
    incomplete = _scale_problems(document)
    scale_is_right = not incomplete
    attributes = []
    found = not question_code
    for attribute in document.get("attributes", []):
        questions = []
        for question in attribute.get("questions", []):
            if question.get("code") == question_code:
                found = True
                drawn, unfinished = _items(document, attribute, question, numbers)
                if not scale_is_right:
                    # A rating has one anchor per level, and how many levels there are is not known.
                    drawn = [item for item in drawn if item.kind is not Kind.RATING]
                incomplete += unfinished
            questions.append(
                CatalogueQuestion(
                    code=question.get("code", ""),
                    attribute_code=attribute.get("code", ""),
                    verbatim=question.get("verbatim", {}),
                    source_lines=question.get("source_lines", ""),
                    items=tuple(drawn) if question.get("code") == question_code else (),
                )
            )
        attributes.append(
            CatalogueAttribute(
                code=attribute.get("code", ""),
                slug=attribute.get("slug", ""),
                title=attribute.get("title", {}),
                summary=attribute.get("summary", {}),
                source_lines=attribute.get("source_lines", ""),
                quotations=(),
                questions=tuple(questions),
            )
        )
    if not found:
        raise KeyError(question_code)
    return DraftView(_set(document, tuple(attributes)), tuple(incomplete))


def _set(document: Document, attributes: tuple[CatalogueAttribute, ...]) -> CatalogueSet:
    return CatalogueSet(
        id=0,
        slug=document.get("slug", ""),
        version=document.get("version", ""),
        status=SHOWN_AS_DRAFT,
        digest="",
        title=document.get("title", {}),
        summary=document.get("summary", {}),
        credit=document.get("credit", {}),
        resource_default=document.get("resource_default", {}),
        languages=tuple(document.get("languages", [])),
        source=document.get("source", {}),
        scale=tuple(_levels(document)),
        attributes=attributes,
        criteria=(),
        goals=(),
        components=(),
        crosswalk=(),
        experimental=bool(document.get("experimental", False)),
    )


def _levels(document: Document) -> Iterator[CatalogueLevel]:
    for row in document.get("scale", []):
        try:
            level = LevelSpec.model_validate(row)
        except ValidationError:
            continue
        yield CatalogueLevel(level.value, level.letter, level.label, level.meaning)


def _scale_problems(document: Document) -> list[Incomplete]:
    found = tuple(problem for problem in problems(_around(document, [])) if problem.address.kind == "scale")
    return [Incomplete(Address("scale"), {}, found)] if found else []


def _around(document: Document, items: list[dict[str, Any]]) -> Document:
    """A set that is in order but for its languages, its scale and these items."""
    languages = document.get("languages") or ["en"]
    words = {languages[0]: "–"}
    item = {"code": "A", "kind": "open_text", "short": words, "text": words, "scored": False}
    question = {"code": "A", "verbatim": words, "items": items or [item]}
    return {
        "slug": "preview",
        "languages": languages,
        "title": words,
        "credit": words,
        "resource_default": words,
        "source": {"title": "–", "publisher": "–", "year": 2000},
        "scale": document.get("scale", []),
        "attributes": [{"code": "A", "slug": "a", "title": words, "summary": words, "questions": [question]}],
    }


def _items(
    document: Document, attribute: dict[str, Any], question: dict[str, Any], numbers: Iterator[int]
) -> tuple[list[CatalogueItem], list[Incomplete]]:
    drawn, incomplete = [], []
    for row in question.get("items", []):
        where = Address("item", str(row.get("code", "")))
        found = tuple(problem for problem in problems(_around(document, [row])) if problem.address.kind == "item")
        if found:
            incomplete.append(Incomplete(where, row.get("short", {}), found))
        else:
            spec = ItemSpec.model_validate(row)
            drawn.append(_item(spec, -next(numbers), question["code"], attribute["code"]))
    return drawn, incomplete


def _item(spec: ItemSpec, pk: int, question_code: str, attribute_code: str) -> CatalogueItem:
    return CatalogueItem(
        pk=pk,
        code=spec.code,
        revision=spec.revision,
        question_code=question_code,
        attribute_code=attribute_code,
        kind=spec.kind,
        short=spec.short,
        text=spec.text,
        note=spec.note,
        scored=spec.scored,
        critical=spec.critical,
        na_allowed=spec.na_allowed,
        na_condition=spec.na_condition,
        stakeholder_primary=spec.stakeholder_primary,
        audience=spec.audience,
        other_allowed=spec.other_allowed,
        anchors=tuple(anchor.text for anchor in spec.anchors),
        options=tuple(CatalogueOption(option.key, option.label, option.help) for option in spec.options),
        states=tuple(
            CatalogueState(
                state.key,
                None if state.credit is None else Fraction(state.credit),
                state.needs_text,
                state.label,
                state.text,
            )
            for state in spec.states
        ),
        evidence_prompts=spec.evidence_prompts,
        recommendations=tuple(
            CatalogueRecommendation(advice.code, advice.trigger, advice.text, advice.basis_quote, advice.basis_lines)
            for advice in spec.recommendations
        ),
        replaces=spec.replaces,
    )
