"""A document at a glance: its parts one after the other, and which of them differ from those of another document."""

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from attributes.documents.documents import CHILDREN, LISTS, SET_FIELDS, Address, Document

NEW, CHANGED = "new", "changed"


class OutlineNode(NamedTuple):
    """An attribute, question or item where it stands. `row` is no copy, and holds what is below it."""

    address: Address
    row: dict[str, Any]
    first: bool
    last: bool


def below(rows: list[dict[str, Any]], kind: Literal["attribute", "question", "item"]) -> Iterator[OutlineNode]:
    """The rows of a list as nodes."""
    for index, row in enumerate(rows):
        yield OutlineNode(Address(kind, str(row.get("code", ""))), row, index == 0, index == len(rows) - 1)


def _own(kind: str, row: dict[str, Any]) -> dict[str, Any]:
    """What belongs to the part itself."""
    return {name: value for name, value in row.items() if name != CHILDREN.get(kind)}


def parts(document: Document) -> dict[Address, Any]:
    """Every part under its address, in order; no copies. As `documents.part`, for all in one go."""
    found: dict[Address, Any] = {
        Address("set"): {name: document[name] for name in SET_FIELDS if name in document},
        Address("scale"): document.get("scale", []),
    }
    for attribute in below(document.get("attributes", []), "attribute"):
        found[attribute.address] = _own("attribute", attribute.row)
        for question in below(attribute.row.get("questions", []), "question"):
            found[question.address] = _own("question", question.row)
            for item in below(question.row.get("items", []), "item"):
                found[item.address] = item.row
    return found | {Address(name): document.get(name, []) for name in LISTS if name != "scale"}


def changed(document: Document, base: Document) -> dict[Address, str]:
    """Which parts are new, or changed, against another document. Where a part stands does not count."""
    before = parts(base)
    return {
        where: CHANGED if where in before else NEW
        for where, part in parts(document).items()
        if where not in before or before[where] != part
    }


def taken_out(document: Document, base: Document) -> list[Address]:
    """The parts of the other document that this one no longer has."""
    kept = parts(document)
    return [where for where in parts(base) if where not in kept]
