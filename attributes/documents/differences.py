"""What differs between two documents: parts that came, went and moved, and every value, text by text. Pure.

Documents may be incomplete. Values at their default and empty ones count as not there, so that two ways of writing
the same content do not differ.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any, Literal, NamedTuple

from attributes.documents import documents
from attributes.documents.documents import Address, Document
from attributes.documents.values import Path, values_of
from attributes.documents.words import Effort, Segment, segments

KINDS: tuple[Literal["attribute", "question", "item"], ...] = ("attribute", "question", "item")


class Structure(StrEnum):
    """What happened to a part as a whole."""

    ADDED = "added"
    REMOVED = "removed"
    SPLIT = "split"
    MERGED = "merged"
    REPLACED = "replaced"
    MOVED = "moved"
    REORDERED = "reordered"


SUCCESSION = frozenset({Structure.SPLIT, Structure.MERGED, Structure.REPLACED})


@dataclass(frozen=True)
class StructureChange:
    """`before` and `after`: codes of the items a split or merger leads from and to, or of the parents of a move."""

    what: Structure
    where: Address
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    # Part of a change named already: what stands below something added, removed, split or merged.
    implied: bool = False


@dataclass(frozen=True)
class FieldChange:
    """One value of a part. `path`: steps inside the part, such as ("anchors", "2", "text"). None: not there."""

    where: Address
    path: Path
    # Of a text in several languages; empty for everything else.
    language: str
    old: Any
    new: Any

    def segments(self, effort: Effort) -> list[Segment]:
        """Word by word, for texts, as long as the effort that is left allows."""
        return segments(str(self.old or ""), str(self.new or ""), effort)


@dataclass(frozen=True)
class DocumentDifference:
    """Everything that differs, in the order of the new document (removed parts last)."""

    structure: tuple[StructureChange, ...]
    fields: tuple[FieldChange, ...]
    # For both documents: the code of the attribute each part belongs to ("" outside of attributes).
    attribute_of: Mapping[Address, str] = field(repr=False)

    def __bool__(self) -> bool:
        return bool(self.structure or self.fields)


class _Places(NamedTuple):
    """For each attribute, question and item: the parent's code, and the siblings in order."""

    parent: dict[Address, str]
    children: dict[tuple[str, str], list[str]]
    attribute: dict[Address, str]


def difference(old: Document, new: Document) -> DocumentDifference:
    """Compare two documents."""
    before, after = _places(old), _places(new)
    old_parts, new_parts = _parts(old), _parts(new)
    changes = tuple(_structure(new, before, after))
    # What takes the place of an item is compared with it.
    for change in changes:
        if change.what in SUCCESSION:
            before_it = old_parts[Address("item", change.before[0])]
            old_parts[change.where] = _with_its_codes(before_it, new_parts[change.where])
    compared = {Address("item", change.before[0]) for change in changes if change.what in SUCCESSION}
    fields = [
        change
        for where in [*new_parts, *(where for where in old_parts if where not in new_parts and where not in compared)]
        for change in _field_changes(where, old_parts.get(where), new_parts.get(where))
    ]
    return DocumentDifference(changes, tuple(fields), {**before.attribute, **after.attribute})


def _with_its_codes(earlier: dict[str, Any], successor: dict[str, Any]) -> dict[str, Any]:
    """A copy whose recommendations have the codes of the successor's: a new item has new ones in any case."""
    advice, named = earlier.get("recommendations", []), successor.get("recommendations", [])
    renamed = [{**row, "code": other.get("code")} for row, other in zip(advice, named, strict=False)]
    return {**earlier, "recommendations": [*renamed, *advice[len(renamed) :]]}


def _places(document: Document) -> _Places:
    found = _Places({}, {}, {})

    def note(kind: str, row: Mapping[str, Any], parent: str, attribute: str) -> str:
        code = str(row.get("code", ""))
        where = Address(kind, code)
        found.parent[where] = parent
        found.children.setdefault((kind, parent), []).append(code)
        found.attribute[where] = attribute or code
        return code

    for attribute in document.get("attributes", []):
        top = note("attribute", attribute, "", "")
        for question in attribute.get("questions", []):
            middle = note("question", question, top, top)
            for item in question.get("items", []):
                note("item", item, middle, top)
    return found


def _structure(new: Document, before: _Places, after: _Places) -> Iterator[StructureChange]:
    # As keys, in order: a list would be gone through once for each of up to a hundred thousand items.
    added = dict.fromkeys(where for where in after.parent if where not in before.parent)
    removed = dict.fromkeys(where for where in before.parent if where not in after.parent)
    succession = list(_succession(new, before, after))
    succeeded = {change.where for change in succession}
    gone_on = {Address("item", code) for change in succession for code in change.before}
    yield from succession
    for where in added:
        yield StructureChange(
            Structure.ADDED,
            where,
            after=_parents(after, where),
            implied=where in succeeded or _above(where, after) in added,
        )
    for where in removed:
        yield StructureChange(
            Structure.REMOVED,
            where,
            before=_parents(before, where),
            implied=where in gone_on or _above(where, before) in removed,
        )
    for where, parent in after.parent.items():
        if where in before.parent and before.parent[where] != parent:
            yield StructureChange(Structure.MOVED, where, (before.parent[where],), (parent,))
    yield from _reordered(before, after)


def _parents(places: _Places, where: Address) -> tuple[str, ...]:
    return (places.parent[where],) if places.parent[where] else ()


def _above(where: Address, places: _Places) -> Address | None:
    if where.kind == "attribute":
        return None
    return Address(KINDS[KINDS.index(where.kind) - 1], places.parent[where])


def _succession(new: Document, before: _Places, after: _Places) -> Iterator[StructureChange]:
    """Items that take the place of earlier ones: one for several (merged), several for one (split), one for one."""
    heirs: dict[str, list[str]] = {}
    successors = [
        (
            str(item.get("code", "")),
            [code for code in item.get("replaces", []) if Address("item", code) in before.parent],
        )
        for item in documents.nodes(new, "item")
        if Address("item", str(item.get("code", ""))) not in before.parent
    ]
    for code, replaced in successors:
        for earlier in replaced:
            heirs.setdefault(earlier, []).append(code)
    for code, replaced in successors:
        if not replaced:
            continue
        what, into = Structure.MERGED, [code]
        if len(replaced) == 1:
            into = heirs[replaced[0]]
            what = Structure.SPLIT if len(into) > 1 else Structure.REPLACED
        yield StructureChange(what, Address("item", code), tuple(replaced), tuple(into))


def _reordered(before: _Places, after: _Places) -> Iterator[StructureChange]:
    """As few as explain the new order: whatever is not in the longest run that kept its order."""
    for (kind, parent), codes in after.children.items():
        earlier = before.children.get((kind, parent), [])
        shared = set(earlier) & set(codes)
        old_order = [code for code in earlier if code in shared]
        new_order = [code for code in codes if code in shared]
        if old_order == new_order:
            continue
        matcher = SequenceMatcher(None, old_order, new_order, autojunk=False)
        kept = {new_order[b + i] for _a, b, size in matcher.get_matching_blocks() for i in range(size)}
        for code in new_order:
            if code not in kept:
                yield StructureChange(Structure.REORDERED, Address(kind, code))


def _parts(document: Document) -> dict[Address, Any]:
    """Every part without what is below it; the lists of the set (scale, criteria …) where they are not empty."""
    found: dict[Address, Any] = {
        Address("set"): {name: document[name] for name in documents.SET_FIELDS if name in document}
    }
    for name in documents.LISTS:
        found[Address(name)] = {name: document.get(name, [])}
    for kind in KINDS:
        below = documents.CHILDREN.get(kind)
        for row in documents.nodes(document, kind):
            found[Address(kind, str(row.get("code", "")))] = documents.tidy(
                documents.MODELS[kind], {name: value for name, value in row.items() if name != below}
            )
    return {where: found[where] for where in documents.addresses(document) if where in found}


def _field_changes(where: Address, old: Any, new: Any) -> Iterator[FieldChange]:
    before, after = values_of(old or {}, new or {})
    for path, language in [*after, *(key for key in before if key not in after)]:
        was, is_now = before.get((path, language)), after.get((path, language))
        if was != is_now:
            yield FieldChange(where, path, language, was, is_now)
