"""The one form of a document: keys as the schema orders them, texts in the order of the set's languages.

Databases do not keep the order of keys. Whatever leaves the program as a file goes through here, so that the same
content is the same file to the byte.
"""

import types
from functools import cache
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel

from attributes.documents.documents import Document
from attributes.schema import QuestionSetSpec

EMPTY: tuple[Any, ...] = ("", None, {}, [])


class FieldShape(NamedTuple):
    """What a field holds: rows or one row of `model`, texts in several languages (or a list of such), or a value."""

    kind: Literal["rows", "row", "texts", "list of texts", "list", "value"]
    model: type[BaseModel] | None = None


@cache
def shapes(model: type[BaseModel]) -> dict[str, FieldShape]:
    """The shape of every field of a model, in the order of the schema."""
    return {name: _shape(field.annotation) for name, field in model.model_fields.items()}


def _shape(annotation: Any) -> FieldShape:
    annotation = _bare(annotation)
    if get_origin(annotation) is tuple:
        inner = _bare(get_args(annotation)[0])
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            return FieldShape("rows", inner)
        return FieldShape("list of texts" if get_origin(inner) is dict else "list")
    if get_origin(annotation) is dict:
        return FieldShape("texts")
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return FieldShape("row", annotation)
    return FieldShape("value")


def _bare(annotation: Any) -> Any:
    """Without the conditions on it, and without "or nothing"."""
    while hasattr(annotation, "__metadata__"):
        annotation = annotation.__origin__
    if get_origin(annotation) in (Union, types.UnionType):
        return next(one for one in get_args(annotation) if one is not type(None))
    return annotation


def canonical(document: Document) -> Document:
    """The document in its one form: ordered, without empty texts and without what is at its default.

    It may be incomplete. What has the wrong type stays as it is, for checks to name.
    """
    languages = document.get("languages")
    names = [name for name in languages if isinstance(name, str)] if isinstance(languages, (list, tuple)) else []
    order = {name: place for place, name in enumerate(names)}
    return _row(QuestionSetSpec, document, order)


def _is_rows(value: Any) -> bool:
    return isinstance(value, (list, tuple))


def _row(model: type[BaseModel], row: dict[str, Any], order: dict[str, int]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    known = shapes(model)
    for name, shape in known.items():
        if name not in row:
            continue
        value = _value(shape, row[name], order)
        is_required, default = _defaults(model)[name]
        if is_required or not (value in EMPTY or _is_default(value, default)):
            found[name] = value
    return found | {name: row[name] for name in sorted(row, key=str) if name not in known}


@cache
def _defaults(model: type[BaseModel]) -> dict[str, tuple[bool, Any]]:
    """Whether a field is required, and its default, which nobody changes: asked for, it is copied each time."""
    return {name: (field.is_required(), field.get_default()) for name, field in model.model_fields.items()}


@cache
def required(model: type[BaseModel]) -> frozenset[str]:
    """The fields of a model that have to be there."""
    return frozenset(name for name, (is_required, _default) in _defaults(model).items() if is_required)


def _is_default(value: Any, default: Any) -> bool:
    # True equals 1 in Python, and in a file is something else.
    return bool(value == default) and isinstance(value, bool) is isinstance(default, bool)


def _value(shape: FieldShape, value: Any, order: dict[str, int]) -> Any:
    if shape.kind == "rows" and shape.model is not None and _is_rows(value):
        return [_row(shape.model, one, order) if isinstance(one, dict) else one for one in value]
    if shape.kind == "row" and shape.model is not None and isinstance(value, dict):
        return _row(shape.model, value, order)
    if shape.kind == "texts" and isinstance(value, dict):
        return _texts(value, order)
    if shape.kind == "list of texts" and _is_rows(value):
        return [_texts(one, order) if isinstance(one, dict) else one for one in value]
    return list(value) if shape.kind == "list" and _is_rows(value) else value


def _texts(texts: dict[str, Any], order: dict[str, int]) -> dict[str, Any]:
    languages = sorted(texts, key=lambda name: (order.get(name, len(order)), str(name)))
    return {name: texts[name] for name in languages if texts[name] not in EMPTY}
