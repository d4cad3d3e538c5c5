"""Find, read and replace parts of a document, and say what is wrong with it."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel, ValidationError

from attributes.documents.copying import copied
from attributes.schema import (
    AttributeSpec,
    ComponentSpec,
    ContradictionSpec,
    CriterionSpec,
    GoalSpec,
    ItemSpec,
    LevelSpec,
    PrincipleSpec,
    QuestionSetSpec,
    QuestionSpec,
)
from attributes.schema_rules import problems_of_item

Document = dict[str, Any]
Part = Any

SET_FIELDS = (
    "title",
    "summary",
    "credit",
    "resource_default",
    "process_default",
    "languages",
    "experimental",
    "source",
)
LISTS: dict[str, type[BaseModel]] = {
    "scale": LevelSpec,
    "criteria": CriterionSpec,
    "goals": GoalSpec,
    "components": ComponentSpec,
    "crosswalk": PrincipleSpec,
    "contradictions": ContradictionSpec,
}
# What a part of this kind has below it, and is not part of it.
CHILDREN = {"attribute": "questions", "question": "items"}
MODELS: dict[str, type[BaseModel]] = {"attribute": AttributeSpec, "question": QuestionSpec, "item": ItemSpec}
# What may still be missing while a draft is written; everything else is refused when it is saved.
_UNFINISHED = frozenset({"missing", "too_short", "rule"})
NEW_VERSION = "1.0.0"


class Address(NamedTuple):
    """`kind` is "attribute", "question" or "item" with a code, or the name of a part there is one of."""

    kind: str
    code: str = ""

    def __str__(self) -> str:
        return f"{self.kind}/{self.code}" if self.code else self.kind


@dataclass(frozen=True)
class Problem:
    """What is wrong, and where. `path` leads from the part to the value; empty means the part as a whole."""

    address: Address
    path: tuple[str | int, ...]
    reason: str
    # What kind of mistake, in pydantic's words: "missing", "string_too_long", "rule", …
    kind: str = ""
    # Which of our own rules (`broken.Rule`) is broken, by name, and the value that its reason names.
    rule: str = ""
    value: str = ""

    @property
    def field(self) -> str:
        """The first step of the path: the name of a form field."""
        return str(self.path[0]) if self.path else ""


def address(text: str) -> Address:
    """Parse "item/IT1a"; raises KeyError for what no address looks like."""
    kind, _slash, code = text.partition("/")
    if (kind in MODELS) is not bool(code) or (kind not in MODELS and kind != "set" and kind not in LISTS):
        raise KeyError(text)
    return Address(kind, code)


def siblings(document: Document, where: Address) -> tuple[list[dict[str, Any]], int]:
    """The list an attribute, question or item stands in, and its place there; KeyError where there is none."""
    for rows in _families(document, where.kind):
        for index, row in enumerate(rows):
            if row.get("code") == where.code:
                return rows, index
    raise KeyError(str(where))


def _families(document: Document, kind: str) -> Iterator[list[dict[str, Any]]]:
    attributes = document.setdefault("attributes", [])
    if kind == "attribute":
        yield attributes
        return
    for attribute in attributes:
        questions = attribute.setdefault("questions", [])
        if kind == "question":
            yield questions
            continue
        for question in questions:
            yield question.setdefault("items", [])


def node(document: Document, where: Address) -> dict[str, Any]:
    """The attribute, question or item itself, with what is below it; not a copy. KeyError where there is none."""
    rows, index = siblings(document, where)
    return rows[index]


def parent(document: Document, where: Address) -> Address | None:
    """The question of an item, the attribute of a question; None above."""
    for attribute in document.get("attributes", []):
        for question in attribute.get("questions", []):
            if where.kind == "question" and question.get("code") == where.code:
                return Address("attribute", attribute["code"])
            if where.kind == "item" and any(item.get("code") == where.code for item in question.get("items", [])):
                return Address("question", question["code"])
    return None


def nodes(document: Document, kind: Literal["attribute", "question", "item"]) -> list[dict[str, Any]]:
    """All attributes, questions or items, in order; not copies."""
    return [row for rows in _families(document, kind) for row in rows]


def addresses(document: Document) -> list[Address]:
    """The addresses of all parts, in the order of the document."""
    found = [Address("set"), Address("scale")]
    for attribute in document.get("attributes", []):
        found.append(Address("attribute", attribute["code"]))
        for question in attribute.get("questions", []):
            found.append(Address("question", question["code"]))
            found.extend(Address("item", item["code"]) for item in question.get("items", []))
    return [*found, *(Address(name) for name in LISTS if name != "scale")]


def part(document: Document, where: Address) -> Part:
    """A copy of a part without what is below it; KeyError where there is none."""
    if where.kind == "set":
        return copied({name: document[name] for name in SET_FIELDS if name in document})
    if where.kind in LISTS:
        return copied(document.get(where.kind, []))
    found = node(document, where)
    return copied({name: value for name, value in found.items() if name != CHILDREN.get(where.kind)})


def put(document: Document, where: Address, value: Part) -> None:
    """Replace a part in place; its code and what is below it stay."""
    if where.kind == "set":
        for name in SET_FIELDS:
            document.pop(name, None)
        document.update(tidy(QuestionSetSpec, value))
    elif where.kind in LISTS:
        document[where.kind] = [tidy(LISTS[where.kind], row) for row in value]
    else:
        found = node(document, where)
        below = CHILDREN.get(where.kind)
        kept = {"code": where.code} | ({below: found[below]} if below and below in found else {})
        found.clear()
        found.update(tidy(MODELS[where.kind], value) | kept)


def tidy(model: type[BaseModel], value: dict[str, Any]) -> dict[str, Any]:
    """The value without empty texts and without what is at its default: the same content has one form."""
    tidied: dict[str, Any] = {}
    for name, entry in value.items():
        field = model.model_fields.get(name)
        entry = _without_empty_texts(entry)
        default = None if field is None or field.is_required() else field.get_default()
        if field is not None and not field.is_required() and (entry == default or entry in ({}, [], "", None)):
            continue
        tidied[name] = entry
    return tidied


def _without_empty_texts(entry: Any) -> Any:
    if isinstance(entry, dict):
        return {key: _without_empty_texts(value) for key, value in entry.items() if value not in ("", None, {})}
    if isinstance(entry, (list, tuple)):
        return [_without_empty_texts(value) for value in entry]
    return entry


def fingerprint(value: Any) -> str:
    """Equal for equal content, different otherwise: the version of a part for the optimistic lock."""
    canonical = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]


def refused(where: Address, value: Part) -> list[Problem]:
    """What of a part cannot be stored at all: impossible codes, control characters, texts that are too long."""
    return [problem for problem, kind in _part_problems(where, value) if kind not in _UNFINISHED]


def _part_problems(where: Address, value: Part) -> list[tuple[Problem, str]]:
    if where.kind in LISTS:
        value = [tidy(LISTS[where.kind], row) for row in value]
        return [
            (_problem(detail, where, (index, *detail["loc"])), detail["type"])
            for index, row in enumerate(value)
            for detail in _errors(LISTS[where.kind], row)
        ]
    model = QuestionSetSpec if where.kind == "set" else MODELS[where.kind]
    names = SET_FIELDS if where.kind == "set" else tuple(model.model_fields)
    value = tidy(model, value)
    return [
        (_problem(detail, where, tuple(detail["loc"])), detail["type"])
        for detail in _errors(model, value)
        if detail["loc"] and detail["loc"][0] in names and detail["loc"][0] != CHILDREN.get(where.kind)
    ]


def _problem(detail: Any, where: Address, path: tuple[str | int, ...]) -> Problem:
    context = detail.get("ctx", {})
    return Problem(where, path, detail["msg"], detail["type"], context.get("rule", ""), context.get("value", ""))


def _errors(model: type[BaseModel], value: Any) -> list[Any]:
    try:
        model.model_validate(value)
    except ValidationError as error:
        return list(error.errors(include_url=False, include_input=False))
    return []


def checked(document: Document) -> QuestionSetSpec:
    """The document as a specification; raises pydantic's ValidationError while it is not complete."""
    return QuestionSetSpec.model_validate({"format": 1, "version": NEW_VERSION, **document})


def problems(document: Document) -> list[Problem]:
    """Everything that keeps a document from being published, in its order.

    Rules about the set as a whole are only looked at once nothing is missing any more; those about one item also while
    its texts are missing.
    """
    try:
        checked(document)
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
    else:
        return []
    found = [
        _problem(detail, *_located(document, tuple(detail["loc"])))
        for detail in details
        # A list whose only entry is wrong counts as empty: the entry is named already.
        if not (detail["type"] == "too_short" and _at(document, detail["loc"]))
    ]
    if all(problem.kind == "rule" for problem in found):
        return found
    named = {(problem.address, problem.field) for problem in found}
    return found + [problem for problem in _item_problems(document) if (problem.address, problem.field) not in named]


def _item_problems(document: Document) -> Iterator[Problem]:
    """The rules that items break each by itself."""
    levels = list(range(len(document.get("scale", []))))
    for item in nodes(document, "item"):
        where = Address("item", item.get("code", ""))
        # As if the texts were there: what else is missing is told from the start.
        filled = {**item, **{name: {"en": "…"} for name in ("short", "text") if not item.get(name)}}
        try:
            spec = ItemSpec.model_validate(filled)
        except ValidationError:
            continue
        for path, broken in problems_of_item(spec, (), levels):
            yield Problem(where, path, broken.reason, "rule", broken.rule.name, broken.value)


def _at(document: Any, loc: Iterable[str | int]) -> Any:
    for step in loc:
        document = document[step]
    return document


def _located(document: Document, loc: tuple[str | int, ...]) -> tuple[Address, tuple[str | int, ...]]:
    """From a path through the document to the part it lies in, and the path inside that."""
    if not loc:
        return Address("set"), ()
    if loc[0] in LISTS:
        return Address(str(loc[0])), loc[1:]
    where, rest, value = Address("set"), loc, document
    for kind, name in (("attribute", "attributes"), ("question", "questions"), ("item", "items")):
        if len(rest) < 2 or rest[0] != name:
            break
        value = value[name][rest[1]]
        where, rest = Address(kind, str(value.get("code", ""))), rest[2:]
    return where, rest
