"""Versions and drafts as files to be downloaded."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from attributes.documents.documents import LISTS, Document
from attributes.documents.translating import TextEntry
from attributes.exchange.spreadsheet import to_xlsx
from attributes.exporting import document_of, to_json, to_yaml
from attributes.models import Draft, QuestionSet
from attributes.versions.words import path_words, place_words

_COUNTED = ("evidence_prompts", "quotations", "crosswalk")
Marks = Mapping[str, Mapping[str, str]]


class ExportFormat(NamedTuple):
    """A kind of file: its media type and what writes it."""

    media_type: str
    write: Callable[[Document, Marks, str], bytes]


class ExportFile(NamedTuple):
    """A file as it is sent."""

    name: str
    media_type: str
    content: bytes


FORMATS: dict[str, ExportFormat] = {
    "yaml": ExportFormat("application/yaml", lambda document, _marks, _name: to_yaml(document).encode()),
    "json": ExportFormat("application/json", lambda document, _marks, _name: to_json(document).encode()),
    "xlsx": ExportFormat(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        lambda document, marks, name: to_xlsx(document, marks, name=name, called=text_words),
    ),
}


def text_words(entry: TextEntry) -> str:
    """What a text is, such as "Item IT1a: level 2"."""
    where = entry.address
    steps = entry.key.removeprefix(f"{where}/").split("/")
    if where.kind in LISTS:
        steps.insert(0, where.kind)
    # People count from 1 what has no name of its own.
    counted = [
        str(int(step) + 1) if before in _COUNTED and step.isdecimal() else step
        for before, step in zip(["", *steps], steps, strict=False)
    ]
    return f"{place_words(where)}: {path_words(counted)}"


def version_file(question_set: QuestionSet, kind: str) -> ExportFile:
    """A version as a file; KeyError for a format there is none of."""
    name = f"{question_set.slug}-{question_set.version}"
    return _file(document_of(question_set), question_set.translated_from, name, kind)


def draft_file(draft: Draft, kind: str) -> ExportFile:
    """A draft as it stands, complete or not."""
    return _file(draft.content, draft.translated_from, f"{draft.slug}-draft-{draft.code}", kind)


def _file(document: dict[str, Any], marks: Marks, name: str, kind: str) -> ExportFile:
    found = FORMATS[kind]
    return ExportFile(f"{name}.{kind}", found.media_type, found.write(document, marks, name))
