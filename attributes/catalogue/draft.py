"""A draft as a catalogue, to be looked at: what is complete can be drawn, the rest is named. No rows, no queries."""

from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from attributes.catalogue.published import build
from attributes.catalogue.types import CatalogueSet
from attributes.documents.documents import Address, Document, Problem, node, problems
from attributes.kinds import Kind
from attributes.schema import LevelSpec
from attributes.texts import TextMap

SHOWN_AS_DRAFT = "draft"
# What a preview shows of the set besides its questions; what stands around them may be unfinished.
HEAD = (
    "slug", "version", "experimental", "title", "summary", "credit", "resource_default", "process_default", "languages",
    "source",
)  # fmt: skip

Row = dict[str, Any]


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
    drawn: list[Row] = []
    incomplete = _scale_problems(document)
    if question_code:
        drawn, unfinished = _items(document, node(document, Address("question", question_code)))
        if incomplete:
            # A rating has one anchor per level, and how many levels there are is not known.
            drawn = [row for row in drawn if row["kind"] != Kind.RATING]
        incomplete += unfinished
    attributes = [
        attribute
        | {
            "quotations": [],
            "questions": [
                question | {"items": drawn if question.get("code") == question_code else []}
                for question in attribute.get("questions", [])
            ],
        }
        for attribute in document.get("attributes", [])
    ]
    shown = {name: document[name] for name in HEAD if name in document}
    shown |= {"scale": _levels(document), "attributes": attributes}
    ids = {row["code"]: -number for number, row in enumerate(drawn, start=1)}
    return DraftView(build(shown, ids, id=0, status=SHOWN_AS_DRAFT, digest=""), tuple(incomplete))


def _levels(document: Document) -> list[Row]:
    found = []
    for row in document.get("scale", []):
        try:
            LevelSpec.model_validate(row)
        except ValidationError:
            continue
        found.append(row)
    return found


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


def _items(document: Document, question: Row) -> tuple[list[Row], list[Incomplete]]:
    """The items of a question that can be drawn, and those that cannot."""
    drawn, incomplete = [], []
    for row in question.get("items", []):
        where = Address("item", str(row.get("code", "")))
        # By itself: what it follows stands elsewhere, and changes nothing in how it is drawn.
        alone = {name: value for name, value in row.items() if name != "derived_from"}
        found = tuple(problem for problem in problems(_around(document, [alone])) if problem.address.kind == "item")
        if found:
            incomplete.append(Incomplete(where, row.get("short", {}), found))
        else:
            drawn.append(row)
    return drawn, incomplete
