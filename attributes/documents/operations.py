"""Changes of structure: add, move, take out, split and merge. Each changes the document it is given."""

import string
from collections.abc import Collection, Iterable, Sequence
from itertools import chain, count
from typing import Any, Literal

from attributes.documents.contradictions import leave, succeed
from attributes.documents.copying import copied
from attributes.documents.documents import Address, Document, node, nodes, parent, siblings
from attributes.kinds import Kind

ONE_OF_A_QUESTION = ("quick_check", "short_form")  # marks that one item of a question at most has
# Key, credit, label in English.
_CHECKLIST_STATES = [("yes", "1", "Yes"), ("partly", "1/2", "Partly"), ("no", "0", "No")]


class StructureError(Exception):
    """A change of structure that cannot be made, and why (in English, for `gettext` at the caller's)."""


def codes_of(document: Document) -> set[str]:
    """Every code that attributes, questions, items and recommendations bear."""
    items = nodes(document, "item")
    found = {str(row.get("code", "")) for kind in ("attribute", "question") for row in nodes(document, kind)}
    found |= {str(item.get("code", "")) for item in items}
    return found | {str(advice.get("code", "")) for item in items for advice in item.get("recommendations", [])}


def proposed_code(document: Document, kind: str, under: str, spent: Collection[str]) -> str:
    """A code nobody has borne: IT6 in IT, IT1d in IT1, A5 for an attribute. Compared without case."""
    taken = {code.casefold() for code in [*codes_of(document), *spent]}
    endings: Iterable[str] = (str(number) for number in count(1))
    if kind == "item":
        letters = string.ascii_lowercase
        # Letters come to an end, also for a question whose file has spent them all.
        endings = chain(letters, (first + second for first in letters for second in letters), endings)
    prefix = under or "A"
    return next(prefix + ending for ending in endings if (prefix + ending).casefold() not in taken)


def add(
    document: Document, level: Literal["attribute", "question", "item"], under: str, code: str, **fields: Any
) -> None:
    """Append an attribute, a question under an attribute, or an item under a question."""
    row: dict[str, Any] = {"code": code, **fields}
    if level == "attribute":
        document.setdefault("attributes", []).append({**row, "questions": []})
    elif level == "question":
        node(document, Address("attribute", under)).setdefault("questions", []).append({**row, "items": []})
    else:
        node(document, Address("question", under)).setdefault("items", []).append(row)


def new_item(kind: Kind, language: str) -> dict[str, Any]:
    """What an item of a kind starts with: not scored where the kind never is, the usual states of a checklist.

    Their labels are in English, and left to be written in a set in another language.
    """
    scored = kind not in {Kind.OPEN_TEXT, Kind.DIAGNOSIS_CHECKLIST}
    fields: dict[str, Any] = {"kind": kind.value, "scored": scored}
    if kind not in {Kind.RATING, Kind.OPEN_TEXT}:
        fields["states"] = [
            {"key": key, "label": {language: label} if _is_english(language) else {}}
            | ({"credit": credit} if scored else {})
            for key, credit, label in _CHECKLIST_STATES
        ]
    return fields


def _is_english(language: str) -> bool:
    return language.split("-")[0].lower() == "en"


def renumber_anchors(document: Document, origins: Sequence[int | None]) -> None:
    """Let anchors follow the levels of the scale: `origins` holds for each level the number it had, None if new."""
    if list(origins) == list(range(len(document.get("scale", [])))) and len(origins) >= _levels_anchored(document):
        return
    for item in nodes(document, "item"):
        if item.get("anchors"):
            before = {anchor.get("level"): anchor for anchor in item["anchors"]}
            item["anchors"] = [{**before.get(origin, {}), "level": level} for level, origin in enumerate(origins)]


def _levels_anchored(document: Document) -> int:
    return max((len(item.get("anchors", [])) for item in nodes(document, "item")), default=0)


def change_kind(document: Document, code: str, kind: Kind, kept: Collection[str], language: str) -> None:
    """Answer an item in another way: of what it has, `kept` names what items of the new kind know."""
    item = node(document, Address("item", code))
    starts_with = new_item(kind, language)
    scored = bool(starts_with["scored"])
    left = {name: value for name, value in item.items() if name in kept}
    if not scored:
        left["states"] = [
            {key: entry for key, entry in row.items() if key != "credit"} for row in left.get("states", [])
        ]
    elif any("credit" not in row for row in left.get("states", [])):
        left.pop("states")
    for name in [name for name, value in left.items() if value == []]:
        del left[name]
    item.clear()
    item.update({**starts_with, **left, "kind": kind.value, "scored": scored})


def move(document: Document, where: Address, by: int) -> bool:
    """Move among its siblings: by -1 up, by 1 down. False at the end of the list."""
    rows, index = siblings(document, where)
    target = index + by
    if not 0 <= target < len(rows):
        return False
    rows.insert(target, rows.pop(index))
    return True


def move_under(document: Document, where: Address, under: str) -> None:
    """Move an item to the end of another question, or a question to the end of another attribute."""
    rows, index = siblings(document, where)
    kind, below = ("question", "items") if where.kind == "item" else ("attribute", "questions")
    target = node(document, Address(kind, under)).setdefault(below, [])
    target.append(rows.pop(index))


def remove(document: Document, where: Address) -> None:
    """Take out an attribute, question or item, what is below it, and what names it: contradictions, crosswalk."""
    rows, index = siblings(document, where)
    gone = codes_of({"attributes": [{"questions": [{"items": [rows[index]]}]}]}) if where.kind == "item" else set()
    if where.kind == "attribute":
        gone = codes_of({"attributes": [rows[index]]})
    elif where.kind == "question":
        gone = codes_of({"attributes": [{"questions": [rows[index]]}]})
    del rows[index]
    for principle in document.get("crosswalk", []):
        if principle.get("item_codes"):
            principle["item_codes"] = [code for code in principle["item_codes"] if code not in gone]
    leave(document, gone)


def split(document: Document, code: str, into: list[str], published: Collection[str] = ()) -> None:
    """Put copies of an item under new codes in its place; answers to it can follow to any of them.

    `published`: codes that versions have. What took the place of an item in this draft alone leaves that item to
    its successors.
    """
    rows, index = siblings(document, Address("item", code))
    original = rows[index]
    copies = [_successor(original, new, _replaced([original], published)) for new in into]
    for row in copies[1:]:
        for name in ONE_OF_A_QUESTION:
            row.pop(name, None)
    rows[index : index + 1] = copies
    _in_crosswalk(document, {code}, into)
    succeed(document, {code}, into)


def merge(document: Document, codes: list[str], into: str, published: Collection[str] = ()) -> None:
    """Put one new item in the place of several of one question, with the wording of the first; `published`: `split`."""
    where = [Address("item", code) for code in codes]
    if len(where) < 2 or len({parent(document, one) for one in where}) != 1:
        raise StructureError("Choose at least two items of one question.")
    merged = _successor(node(document, where[0]), into, _replaced([node(document, one) for one in where], published))
    for name in ONE_OF_A_QUESTION:
        if any(node(document, one).get(name) for one in where):
            merged[name] = True
    rows, index = siblings(document, where[0])
    rows.insert(index, merged)
    for code in codes:
        rows.remove(node(document, Address("item", code)))
    _in_crosswalk(document, set(codes), [into])
    succeed(document, set(codes), [into])


def _replaced(originals: Iterable[dict[str, Any]], published: Collection[str]) -> list[str]:
    """The codes of these items, and what those took the place of that no version has: nobody ever answered them."""
    found: list[str] = []
    for row in originals:
        found += [row["code"], *([] if row["code"] in published else row.get("replaces", []))]
    return list(dict.fromkeys(found))


def _successor(original: dict[str, Any], code: str, replaces: list[str]) -> dict[str, Any]:
    row = copied(original)
    row.update(code=code, replaces=list(replaces))
    row.pop("revision", None)
    for number, advice in enumerate(row.get("recommendations", []), start=1):
        advice["code"] = f"{code}-{advice.get('trigger', '')}{number}"
    return row


def _in_crosswalk(document: Document, old: set[str], new: list[str]) -> None:
    for principle in document.get("crosswalk", []):
        listed = principle.get("item_codes", [])
        if old & set(listed):
            first = min(listed.index(code) for code in old & set(listed))
            rest = [code for code in listed if code not in old]
            principle["item_codes"] = [*rest[:first], *new, *rest[first:]]
