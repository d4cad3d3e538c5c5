"""Every text of a document under a key that survives moving, and how far each language is."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel

from attributes.documents.canonical import required
from attributes.documents.documents import LISTS, MODELS, Address, Document, fingerprint
from attributes.kinds import KindOfProcess
from attributes.schema import (
    AnchorSpec,
    ExampleSpec,
    OptionSpec,
    QuestionSetSpec,
    QuotationSpec,
    RecommendationSpec,
    StateSpec,
)
from attributes.schema_rules import QUOTED_FIELDS

# {language: {key of a text: fingerprint of the source text its translation was made from}}
Marks = dict[str, dict[str, str]]
State = Literal["complete", "missing", "changed"]
# What is translated on one page: a whole attribute by its code, and everything else.
SET_GROUP = "set"


class TextFields(NamedTuple):
    """The texts directly in a row, and the lists of rows below it: their field, how a row is named there, its model."""

    names: tuple[str, ...]
    lists: tuple[tuple[str, str, type[BaseModel]], ...] = ()


_FIELDS: dict[str, TextFields] = {
    "set": TextFields(("title", "summary", "credit", "resource_default", "process_default")),
    "scale": TextFields(("label", "meaning")),
    "attribute": TextFields(("title", "summary", "lead_in"), (("quotations", "", QuotationSpec),)),
    "question": TextFields(("verbatim",)),
    "item": TextFields(
        (
            "short",
            "text",
            "note",
            "participant_text",
            "participant_note",
            "why_critical",
            "na_condition",
            "evidence_sentence",
            "show_it",
            "blind_spot",
        ),
        (
            ("anchors", "level", AnchorSpec),
            ("examples", "", ExampleSpec),
            ("options", "key", OptionSpec),
            ("states", "key", StateSpec),
            ("recommendations", "code", RecommendationSpec),
        ),
    ),
    "criteria": TextFields(("text", "help")),
    "goals": TextFields(("text",)),
    "components": TextFields(("text", "note")),
    "crosswalk": TextFields(("framework", "text", "not_covered")),
    "contradictions": TextFields(()),
}
_BELOW: dict[type[BaseModel], tuple[str, ...]] = {
    QuotationSpec: ("text",),
    AnchorSpec: ("text",),
    ExampleSpec: ("text",),
    OptionSpec: ("label", "help"),
    StateSpec: ("label", "text", "participant_label", "participant_text"),
    RecommendationSpec: ("text", "basis_quote", "basis_case"),
}
# Lists whose rows are nothing but this text: it has no name of its own in the key.
_ONLY_TEXT = frozenset({"anchors", "examples", "quotations"})
# What stands in for a placeholder has none itself, and is no quotation.
_QUOTED = QUOTED_FIELDS - {"resource_default", "process_default"} | {"quotations", "examples"}


@dataclass(frozen=True, slots=True)
class TextEntry:
    """One text of a document. `texts` is the map in the document itself, `path` leads to it from the part.

    `key` names it in files and forms. `quoted`: the words of the source, into which nothing is ever put.
    """

    key: str
    address: Address
    path: tuple[str | int, ...]
    texts: dict[str, str]
    required: bool
    quoted: bool
    group: str


@dataclass(frozen=True, slots=True)
class Share:
    """How far a language is: `total` texts, of which `missing` have no translation and `changed` an old one."""

    total: int
    missing: int
    changed: int

    @property
    def done(self) -> int:
        """Texts with a translation, old ones included."""
        return self.total - self.missing

    @property
    def percent(self) -> int:
        """0 to 100, and 100 only when nothing is missing."""
        return 100 * self.done // self.total if self.total else 100


def source_language(document: Document) -> str:
    """The language the set is written in: its first."""
    return str((document.get("languages") or ["en"])[0])


def texts_of(document: Document) -> list[TextEntry]:
    """Every text there is, in the order of the document's parts.

    Keys are unique: where two rows of a draft share a name for now, the first one has it.
    """
    found: dict[str, TextEntry] = {}
    for entry in _walk(document):
        found.setdefault(entry.key, entry)
    return list(found.values())


def _walk(document: Document) -> Iterator[TextEntry]:
    yield from _row(Address("set"), "set", document, "set", QuestionSetSpec, SET_GROUP)
    yield from _list(document, "scale")
    for attribute in document.get("attributes", []):
        group = str(attribute.get("code", ""))
        yield from _coded("attribute", attribute, group)
        for question in attribute.get("questions", []):
            yield from _coded("question", question, group)
            for item in question.get("items", []):
                yield from _coded("item", item, group)
    for name in LISTS:
        if name != "scale":
            yield from _list(document, name)


def _coded(kind: str, row: dict[str, Any], group: str) -> Iterator[TextEntry]:
    where = Address(kind, str(row.get("code", "")))
    yield from _row(where, str(where), row, kind, MODELS[kind], group)


def _list(document: Document, name: str) -> Iterator[TextEntry]:
    for index, row in enumerate(document.get(name, [])):
        key = f"{name}/{row.get('code') or index}"
        for entry in _row(Address(name), key, row, name, LISTS[name], SET_GROUP):
            yield replace(entry, path=(index, *entry.path))


def _row(
    where: Address, key: str, row: dict[str, Any], kind: str, model: type[BaseModel], group: str
) -> Iterator[TextEntry]:
    """The texts of a row in the order of the schema, then those of the lists below it."""
    fields = _FIELDS[kind]
    for name in fields.names:
        if row.get(name):
            yield TextEntry(f"{key}/{name}", where, (name,), row[name], name in required(model), name in _QUOTED, group)
    for field, named_by, below in fields.lists:
        for index, entry in enumerate(row.get(field, [])):
            own = f"{key}/{field}/{entry.get(named_by, index)}"
            for name in _BELOW[below]:
                if entry.get(name):
                    yield TextEntry(
                        own if field in _ONLY_TEXT else f"{own}/{name}",
                        where,
                        (field, index, name),
                        entry[name],
                        name in required(below),
                        name in _QUOTED or field in _QUOTED,
                        group,
                    )
    if kind == "item":
        for kind_of_process in KindOfProcess:
            if texts := (row.get("reading") or {}).get(kind_of_process.value):
                path = ("reading", kind_of_process.value)
                yield TextEntry(f"{key}/reading/{kind_of_process.value}", where, path, texts, False, False, group)
    for index, prompt in enumerate(row.get("evidence_prompts", []) if kind == "item" else []):
        if prompt:
            at = ("evidence_prompts", index)
            yield TextEntry(f"{key}/evidence_prompts/{index}", where, at, prompt, True, False, group)


def put_words(document: Document, entry: TextEntry, language: str, words: str) -> None:
    """Set a text of this document in one language, or take it out where `words` is empty.

    Languages keep the order of the document.
    """
    texts = {**entry.texts, language: words}
    order = {name: index for index, name in enumerate(document.get("languages", []))}
    entry.texts.clear()
    for name in sorted(texts, key=lambda name: order.get(name, len(order))):
        if texts[name]:
            entry.texts[name] = texts[name]


def state_of(entry: TextEntry, language: str, source: str, marks: Mapping[str, Mapping[str, str]]) -> State:
    """Whether a text has a translation, and whether that was made from the source text there is now."""
    if not entry.texts.get(language):
        return "missing"
    made_from = marks.get(language, {}).get(entry.key)
    if made_from is None or made_from == fingerprint(entry.texts.get(source, "")):
        return "complete"
    return "changed"


def translatable(entries: Iterable[TextEntry], source: str) -> list[TextEntry]:
    """What can be translated: the texts that stand in the source language."""
    return [entry for entry in entries if entry.texts.get(source)]


def share(entries: Iterable[TextEntry], language: str, source: str, marks: Mapping[str, Mapping[str, str]]) -> Share:
    """How far a language is in these texts."""
    states = [state_of(entry, language, source, marks) for entry in translatable(entries, source)]
    return Share(len(states), states.count("missing"), states.count("changed"))


def shares(document: Document, marks: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, Share]]:
    """For each language but the source: how far it is in each group, and under "" altogether."""
    source = source_language(document)
    entries = texts_of(document)
    groups: dict[str, list[TextEntry]] = {"": entries, SET_GROUP: []}
    for entry in entries:
        groups.setdefault(entry.group, []).append(entry)
    return {
        language: {name: share(rows, language, source, marks) for name, rows in groups.items()}
        for language in document.get("languages", [])[1:]
    }


def add_language(document: Document, language: str) -> None:
    """Add a language without any text yet."""
    if language not in document.get("languages", []):
        document.setdefault("languages", []).append(language)


def remove_language(document: Document, language: str) -> int:
    """Take a language out with all its texts, and return how many there were. Not for the source language."""
    if language == source_language(document):
        raise ValueError(language)
    document["languages"] = [name for name in document["languages"] if name != language]
    return sum(entry.texts.pop(language, None) is not None for entry in texts_of(document))


def completed_marks(document: Document, marks: Mapping[str, Mapping[str, str]]) -> Marks:
    """The marks with those that are missing: a translation without one counts as made from the text there is now."""
    source = source_language(document)
    entries = texts_of(document)
    return {
        language: {
            entry.key: marks.get(language, {}).get(entry.key) or fingerprint(entry.texts.get(source, ""))
            for entry in entries
            if entry.texts.get(language)
        }
        for language in document.get("languages", [])[1:]
    }


def carried_marks(before: Document, after: Document, marks: Mapping[str, Mapping[str, str]]) -> Marks:
    """The marks after a change: a translation that was written in it was made from the source text of `after`.

    One that stayed as it was keeps its mark, also where its item took the place of another one.
    """
    if len(after.get("languages", [])) < 2:
        return {}
    earlier = {entry.key: entry for entry in texts_of(before)}
    kept: Marks = {language: {} for language in after.get("languages", [])[1:]}
    replaced = {item["code"]: item["replaces"] for item in _items(after) if item.get("replaces")}
    old = completed_marks(before, marks)
    for entry in texts_of(after):
        for language, own in kept.items():
            words = entry.texts.get(language)
            for key in [entry.key, *_predecessors(entry, replaced)] if words else []:
                was = earlier.get(key)
                if was is not None and was.texts.get(language) == words and key in old.get(language, {}):
                    own[entry.key] = old[language][key]
                    break
    return completed_marks(after, kept)


def _items(document: Document) -> Iterator[dict[str, Any]]:
    for attribute in document.get("attributes", []):
        for question in attribute.get("questions", []):
            yield from question.get("items", [])


def _predecessors(entry: TextEntry, replaced: Mapping[str, list[str]]) -> list[str]:
    """The keys of the same text in the items that this one took the place of."""
    rest = entry.key.removeprefix(f"{entry.address}/")
    return [f"item/{code}/{rest}" for code in replaced.get(entry.address.code, []) if entry.address.kind == "item"]
