"""Translations out of a spreadsheet: only the columns of languages are read, and matched with the texts by key."""

import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from pydantic import TypeAdapter, ValidationError

from attributes.documents.documents import Document
from attributes.documents.translating import TextEntry, source_language, texts_of
from attributes.exchange.package_check import check_package
from attributes.exchange.reading import FileRefused, Trouble, brace_trouble, printable, refuse, refuse_all
from attributes.exchange.spreadsheet import CHECK, COMMENT, CONTEXT, CUT, HEADER_ROWS, KEY, SOURCE, cell_text
from attributes.schema_values import MAX_LANGUAGES, Language, Words
from attributes.texts import plain_lines

MAX_ROWS = 60_000
MAX_COLUMNS = MAX_LANGUAGES + 10
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LANGUAGE: TypeAdapter[str] = TypeAdapter(Language)
_WORDS: TypeAdapter[str] = TypeAdapter(Words)


@dataclass(frozen=True)
class SheetRow:
    """One text as it stands in the file. `number` is that of the spreadsheet's row, `places` the columns' letters."""

    number: int
    key: str
    source: str
    words: Mapping[str, str]
    places: Mapping[str, str]
    comment: str = ""


@dataclass(frozen=True)
class TranslationSheet:
    """What was read: the source language, the languages with columns, and the rows with a key."""

    source: str
    languages: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    # What somebody wrote beside the texts: columns and rows that are left out.
    ignored: tuple[Trouble, ...] = ()


@dataclass(frozen=True)
class TranslationChange:
    """A translation that differs from the stored one. `source`: the text it was made from, as the file has it."""

    key: str
    language: str
    old: str
    new: str
    source: str
    source_now: str
    cell: str
    entry: TextEntry

    @property
    def is_stale(self) -> bool:
        """Whether the source text has changed since the file was written."""
        return self.source != self.source_now


@dataclass
class ImportOutcome:
    """What a sheet would do to a document."""

    changes: list[TranslationChange] = field(default_factory=list)
    unknown: list[Trouble] = field(default_factory=list)
    ignored: list[Trouble] = field(default_factory=list)
    comments: list[tuple[str, str]] = field(default_factory=list)
    new_languages: list[str] = field(default_factory=list)
    unchanged: int = 0

    @property
    def fresh(self) -> list[TranslationChange]:
        """Changes made from the source text there is now."""
        return [change for change in self.changes if not change.is_stale]

    @property
    def stale(self) -> list[TranslationChange]:
        """Changes made from an earlier source text: taken only where somebody says so."""
        return [change for change in self.changes if change.is_stale]


def read_sheet(data: bytes) -> TranslationSheet:
    """The texts in an XLSX file; raises `FileRefused` with the cells that cannot be taken."""
    check_package(data)
    try:
        with warnings.catch_warnings():
            # It warns of what it leaves out, such as styles and rules for input.
            warnings.simplefilter("ignore")
            return _read(data)
    except FileRefused:
        raise
    except Exception as error:
        # Whatever stands in a file that only looks like a workbook: openpyxl lets out errors of any kind.
        raise refuse(_("is not an XLSX file, or is damaged")) from error


def _read(data: bytes) -> TranslationSheet:
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(data), read_only=True, keep_links=False)
    try:
        for sheet in book.worksheets:
            # The size a sheet claims to have is not to be relied on.
            sheet.reset_dimensions()
            cells = sheet.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS)
            first = next(cells, ())
            if first and _text(first[0]) == KEY:
                return _read_rows(first, cells)
    finally:
        book.close()
    raise refuse(_("has no sheet whose first cell is “key”: start from a file that was exported here"), "A1")


def _text(cell: Any) -> str:
    """The text of a cell, without the ways in which programs write line ends and special characters."""
    value = cell.value
    if not isinstance(value, str):
        return ""
    return plain_lines(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)).strip()


def _read_rows(first: Any, cells: Iterator[Any]) -> TranslationSheet:
    ignored: list[Trouble] = []
    source, places, comment = _columns(first, ignored)
    troubles: list[Trouble] = []
    rows: list[SheetRow] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(cells, start=2):
        if number <= HEADER_ROWS:
            continue
        row = _row(number, line, source, places, comment, troubles)
        if row is None:
            continue
        if not row.key:
            if row.words:
                reason = _("has no key: which text it belongs to is not known, and the row is left out")
                ignored.append(Trouble(f"A{number}", reason))
            continue
        if row.key in seen and row.words:
            reason = _("stands in row %(row)s already: %(key)s") % {"row": seen[row.key], "key": row.key}
            troubles.append(Trouble(f"A{number}", reason))
        seen.setdefault(row.key, number)
        rows.append(row)
    if troubles:
        raise refuse_all(troubles)
    name = _text(first[source]).removeprefix(SOURCE).strip()
    return TranslationSheet(name, tuple(places), tuple(rows), tuple(ignored))


def _columns(first: Any, ignored: list[Trouble]) -> tuple[int, dict[str, int], int | None]:
    """Where the source, each language and the comments stand, from the names in row 1. Other columns are left out."""
    source, comment, places, troubles = None, None, dict[str, int](), list[Trouble]()
    for index, cell in enumerate(first):
        name = _text(cell)
        if name == SOURCE or name.startswith(f"{SOURCE} "):
            source = index
        elif name == COMMENT:
            comment = index
        elif name in ("", KEY, CONTEXT, CHECK):
            if name == "" and cell.value is not None:
                ignored.append(Trouble(f"{_letter(index)}1", _("is not the name of a column: the column is left out")))
        elif name in places:
            troubles.append(Trouble(f"{_letter(index)}1", _("the language %(name)s stands twice") % {"name": name}))
        elif not _is(_LANGUAGE, name):
            reason = _("“%(name)s” is not the code of a language, such as fr or pt-BR: the column is left out")
            ignored.append(Trouble(f"{_letter(index)}1", reason % {"name": printable(name, most=60)}))
        else:
            places[name] = index
    if source is None:
        troubles.append(Trouble("", _("row 1 names no column “source”: start from a file that was exported here")))
    if not places and not troubles:
        troubles += [Trouble("", _("row 1 names no language to take translations from")), *ignored]
    if troubles or source is None:
        raise refuse_all(troubles)
    return source, places, comment


def _is(kind: TypeAdapter[str], text: str) -> bool:
    try:
        kind.validate_python(text)
    except ValidationError:
        return False
    return True


def _letter(index: int) -> str:
    """The name of a column: A, B … Z, AA."""
    return (_letter(index // 26 - 1) if index >= 26 else "") + chr(ord("A") + index % 26)


def _row(
    number: int, line: Any, source: int, places: Mapping[str, int], comment: int | None, troubles: list[Trouble]
) -> SheetRow | None:
    words = {}
    for language, index in places.items():
        cell = line[index] if index < len(line) else None
        if cell is None or cell.value is None:
            continue
        place = f"{_letter(index)}{number}"
        if reason := _trouble(cell):
            troubles.append(Trouble(place, reason))
        elif text := _text(cell):
            words[language] = text
    key = _shown(line, 0)
    if not key and not words:
        return None
    letters = {language: _letter(index) for language, index in places.items()}
    return SheetRow(
        number,
        key,
        _shown(line, source),
        words,
        letters,
        _shown(line, comment),
    )


def _shown(line: Any, index: int | None) -> str:
    """A text that is compared or shown and never stored: half characters could not even be shown."""
    if index is None or index >= len(line):
        return ""
    return _text(line[index]).encode("utf-8", "replace").decode()


def _trouble(cell: Any) -> str:
    """Why a cell cannot be taken as a translation; empty where it can."""
    if cell.data_type == "f" or hasattr(cell.value, "ref"):  # those of several cells are objects with a range
        return _("is a formula: write the text itself")
    if cell.data_type == "e":
        return _("holds an error value: write the text itself")
    if not isinstance(cell.value, str):
        return _("holds a number, a date or true/false: format the cell as text and write it again")
    text = _text(cell)
    if text.endswith(CUT):
        return _("was cut when it was exported: it cannot be taken back")
    if text:
        try:
            _WORDS.validate_python(text)
        except ValidationError as error:
            return str(error.errors(include_url=False, include_input=False)[0]["msg"])
    return ""


def outcome_of(document: Document, sheet: TranslationSheet) -> ImportOutcome:
    """What the sheet would change; raises `FileRefused` where it is about another source language."""
    source = source_language(document)
    if sheet.source and sheet.source != source:
        reason = _("was translated from %(there)s; this draft is written in %(here)s")
        raise refuse(reason % {"there": sheet.source, "here": source})
    if source in sheet.languages:
        raise refuse(_("%(language)s is the language the set is written in, not a translation") % {"language": source})
    outcome = ImportOutcome(ignored=list(sheet.ignored))
    known = document.get("languages", [])
    outcome.new_languages = [
        language
        for language in sheet.languages
        if language not in known and any(language in row.words for row in sheet.rows)
    ]
    if len(known) + len(outcome.new_languages) > MAX_LANGUAGES:
        raise refuse(_("would give the set more than %(limit)s languages") % {"limit": MAX_LANGUAGES})
    entries = {entry.key: entry for entry in texts_of(document)}
    for row in sheet.rows:
        _take_row(outcome, row, entries.get(row.key), source)
    found = [brace_trouble(change.entry, change.language, change.new, change.cell) for change in outcome.changes]
    if wrong := [trouble for trouble in found if trouble]:
        raise refuse_all(wrong)
    return outcome


def _take_row(outcome: ImportOutcome, row: SheetRow, entry: TextEntry | None, source: str) -> None:
    key = printable(row.key)
    if row.comment:
        outcome.comments.append((key, printable(row.comment, most=2000)))
    if entry is None:
        if row.words:
            outcome.unknown.append(Trouble(f"A{row.number}", key))
        return
    source_now = _comparable(entry.texts.get(source, ""))
    for language, words in row.words.items():
        old = entry.texts.get(language, "")
        if _comparable(old) == words:
            outcome.unchanged += 1
            continue
        place = f"{row.places[language]}{row.number}"
        outcome.changes.append(TranslationChange(entry.key, language, old, words, row.source, source_now, place, entry))


def _comparable(text: str) -> str:
    """As it would come back from a spreadsheet."""
    return plain_lines(cell_text(text)).strip()
