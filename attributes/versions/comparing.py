"""The difference of two documents as plain values: what the page, the files and the command line show."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from attributes.documents import documents
from attributes.documents.differences import SUCCESSION, DocumentDifference, FieldChange, Structure, difference
from attributes.documents.documents import Address
from attributes.documents.words import Effort, RunKind, Segment, segments
from attributes.versions.references import Referred
from attributes.versions.words import path_words, place_words, structure_words, value_words

# The name of what belongs to no attribute, where a report is limited to one attribute.
OUTSIDE = "-"
_MARKS = {RunKind.EQUAL: ("", ""), RunKind.REMOVED: ("[-", "-]"), RunKind.ADDED: ("{+", "+}")}
Report = dict[str, Any]
TRANSLATIONS_ON_PAGE = 100  # of each language; the file has them all


def report(old: Referred, new: Referred, attribute: str = "") -> Report:
    """What differs, part by part in the order of the new document; with `attribute`, only in that one."""
    found = difference(old.document, new.document)
    parts: dict[Address, dict[str, Any]] = {}
    for where in dict.fromkeys([*documents.addresses(new.document), *documents.addresses(old.document)]):
        belongs_to = found.attribute_of.get(where, "")
        if not attribute or (belongs_to or OUTSIDE) == attribute:
            parts[where] = {
                "where": str(where),
                "name": place_words(where),
                "attribute": belongs_to,
                "changes": [],
                "fields": [],
            }
    successors = {change.where for change in found.structure if change.what in SUCCESSION}
    told = _told_by_succession(found)
    effort = Effort()
    for change in found.structure:
        if change.where in parts and (change.what, change.where) not in told:
            parts[change.where]["changes"].append(structure_words(change))
    for field in found.fields:
        is_told = field.path == ("replaces",) and field.where in successors
        if field.where in parts and not is_told:
            parts[field.where]["fields"].append(_field(field, effort))
    changed = [part for part in parts.values() if part["changes"] or part["fields"]]
    return {"from": old.reference, "to": new.reference, "parts": changed}


@dataclass(frozen=True)
class LanguageChanges:
    """What differs in one translation: the first texts, with the name of their part, and how many there are."""

    language: str
    count: int
    fields: list[dict[str, Any]]

    @property
    def left_out(self) -> int:
        """How many are not among them."""
        return self.count - len(self.fields)


def source_first(found: Report, source: str) -> tuple[list[dict[str, Any]], list[LanguageChanges]]:
    """The parts with what differs in the source language and in what is no text; and apart, each translation.

    A new language brings hundreds of texts, among which what was reworded would not be found.
    """
    parts: list[dict[str, Any]] = []
    by_language: dict[str, list[dict[str, Any]]] = {}
    for part in found["parts"]:
        kept = [field for field in part["fields"] if field["language"] in ("", source)]
        for field in part["fields"]:
            if field["language"] not in ("", source):
                by_language.setdefault(field["language"], []).append({**field, "part": part["name"]})
        if kept or part["changes"]:
            parts.append({**part, "fields": kept})
    return parts, [
        LanguageChanges(language, len(fields), fields[:TRANSLATIONS_ON_PAGE])
        for language, fields in by_language.items()
    ]


def _told_by_succession(found: DocumentDifference) -> set[tuple[Structure, Address]]:
    """That new items came and old ones went, where a split or merger says so."""
    changes = [change for change in found.structure if change.what in SUCCESSION]
    return {(Structure.ADDED, change.where) for change in changes} | {
        (Structure.REMOVED, Address("item", code)) for change in changes for code in change.before
    }


def _field(field: FieldChange, effort: Effort) -> dict[str, Any]:
    is_text = bool(field.language)
    return {
        "path": list(field.path),
        "name": path_words(field.path),
        "language": field.language,
        "old": field.old,
        "new": field.new,
        "segments": field.segments(effort) if is_text else _whole(field, effort),
    }


def _whole(field: FieldChange, effort: Effort) -> list[Segment]:
    if isinstance(field.old, tuple) and isinstance(field.new, tuple):
        return segments(" ".join(field.old), " ".join(field.new), effort)
    sides = ((RunKind.REMOVED, value_words(field.old)), (RunKind.ADDED, value_words(field.new)))
    return [Segment(kind, words) for kind, words in sides if words]


def attributes_of(*sides: Referred) -> dict[str, Any]:
    """The attributes of both documents: code to title in several languages."""
    return {
        str(row.get("code", "")): row.get("title", {})
        for side in reversed(sides)
        for row in documents.nodes(side.document, "attribute")
    }


def as_json(found: Report) -> str:
    """The report as a JSON file."""
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def as_markdown(found: Report) -> str:
    """The report as a text file: what was taken out stands in [-…-], what was put in in {+…+}."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Report) -> Iterator[str]:
    yield _("# Differences from %(old)s to %(new)s") % {"old": found["from"], "new": found["to"]}
    yield ""
    if not found["parts"]:
        yield _("Nothing differs.")
        return
    yield _("[-taken out-] {+put in+}")
    for part in found["parts"]:
        yield f"\n## {part['name']}\n"
        yield from (f"- {change}" for change in part["changes"])
        for field in part["fields"]:
            language = f" ({field['language']})" if field["language"] else ""
            yield f"- {field['name']}{language}: {_marked(field['segments'])}"


def _marked(segments: list[Segment]) -> str:
    marked = "".join(f"{_MARKS[kind][0]}{text}{_MARKS[kind][1]}" for kind, text in segments)
    # One value is one line of the list.
    return marked.replace("\n", "\n  ")
