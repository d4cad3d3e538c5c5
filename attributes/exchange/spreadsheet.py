"""All texts of a question set as a spreadsheet for translators and reviewers.

Row 1 names the columns for the program, row 2 for people; then one row per text. Everything is written as text:
nothing that starts with "=" becomes a formula.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from io import BytesIO
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from attributes.documents import translating
from attributes.documents.documents import Document
from attributes.documents.translating import TextEntry

KEY, CONTEXT, SOURCE, CHECK, COMMENT = "key", "context", "source", "check", "comment"
HEADER_ROWS = 2
# What fits into a cell; XlsxWriter drops longer texts without a word.
MOST_IN_CELL = 32_767
CUT = " [… cut]"
_WIDTHS = {KEY: 24, CONTEXT: 30, SOURCE: 60, CHECK: 22, COMMENT: 40}
_TRANSLATION_WIDTH = 60
# As good as any, and the same for every file.
_CREATED = datetime(2000, 1, 1)


class Column(NamedTuple):
    """A column: its name for the program, its heading for people, its width in characters."""

    name: str
    heading: str
    width: int


def cell_text(text: str) -> str:
    """The text as it fits into a cell; what was cut is marked, and refused when it comes back."""
    return text if len(text) <= MOST_IN_CELL else text[: MOST_IN_CELL - len(CUT)] + CUT


def columns_of(source: str, languages: list[str]) -> list[Column]:
    """The columns for a source language and the languages it is translated into."""
    return [
        Column(KEY, _("Key (do not change)"), _WIDTHS[KEY]),
        Column(CONTEXT, _("What it is"), _WIDTHS[CONTEXT]),
        Column(f"{SOURCE} {source}", _("Source: %(language)s") % {"language": source}, _WIDTHS[SOURCE]),
        *(
            Column(language, _("Translation: %(language)s") % {"language": language}, _TRANSLATION_WIDTH)
            for language in languages
        ),
        Column(CHECK, _("Source changed since it was translated"), _WIDTHS[CHECK]),
        Column(COMMENT, _("Your comments"), _WIDTHS[COMMENT]),
    ]


def to_xlsx(
    document: Document,
    marks: Mapping[str, Mapping[str, str]],
    *,
    name: str,
    called: Callable[[TextEntry], str],
    extra_language: str = "",
) -> bytes:
    """The spreadsheet of a document. `marks` say what translations were made from (`translating.Marks`).

    `called` says in words what a text is. `extra_language` adds an empty column for a language the set does not have.
    """
    import xlsxwriter

    source, *languages = document.get("languages") or [translating.source_language(document)]
    if extra_language and extra_language not in (source, *languages):
        languages.append(extra_language)
    file = BytesIO()
    # In memory: the largest set is a few megabytes, and no temporary files are left anywhere.
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": name, "created": _CREATED})
    _texts_sheet(book, document, marks, columns_of(source, languages), languages, called)
    _how_to_sheet(book, name, source)
    book.close()
    return file.getvalue()


def _formats(book: Any) -> dict[str, Any]:
    text = {"text_wrap": True, "valign": "top", "num_format": "@"}
    grey = {**text, "bg_color": "#EEF1F4", "font_color": "#3D4A57", "border": 1, "border_color": "#C9D3DE"}
    open_cell = {**text, "locked": False, "border": 1, "border_color": "#C9D3DE"}
    return {
        "names": book.add_format({**grey, "font_size": 8}),
        "heading": book.add_format({**text, "bold": True, "bg_color": "#12355B", "font_color": "#FFFFFF"}),
        "fixed": book.add_format(grey),
        "complete": book.add_format(open_cell),
        "missing": book.add_format({**open_cell, "bg_color": "#FFF9E0"}),
        "changed": book.add_format({**open_cell, "bg_color": "#FDE3D0"}),
        "plain": book.add_format({"text_wrap": True, "valign": "top"}),
        "title": book.add_format({"bold": True, "font_size": 14}),
    }


def _texts_sheet(
    book: Any,
    document: Document,
    marks: Mapping[str, Mapping[str, str]],
    columns: list[Column],
    languages: list[str],
    called: Callable[[TextEntry], str],
) -> None:
    sheet = book.add_worksheet(_("Texts")[:31])
    formats = _formats(book)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, column.name, formats["names"])
        sheet.write_string(1, place, column.heading, formats["heading"])
    source = columns[2].name.removeprefix(f"{SOURCE} ")
    entries = translating.translatable(translating.texts_of(document), source)
    for row, entry in enumerate(entries, start=HEADER_ROWS):
        fixed = (entry.key, called(entry), entry.texts[source])
        states = {language: translating.state_of(entry, language, source, marks) for language in languages}
        _text_row(sheet, row, fixed, entry, states, formats)
    sheet.freeze_panes(HEADER_ROWS, 1)
    sheet.autofilter(1, 0, len(entries) + 1, len(columns) - 1)
    sheet.protect("", {"autofilter": True, "format_columns": True, "format_rows": True, "select_locked_cells": True})


def _text_row(
    sheet: Any, row: int, fixed: tuple[str, ...], entry: TextEntry, states: Mapping[str, str], formats: dict[str, Any]
) -> None:
    for place, words in enumerate(fixed):
        sheet.write_string(row, place, cell_text(words), formats["fixed"])
    for place, (language, state) in enumerate(states.items(), start=len(fixed)):
        _write(sheet, row, place, entry.texts.get(language, ""), formats[state])
    changed = [language for language, state in states.items() if state == "changed"]
    after = len(fixed) + len(states)
    _write(sheet, row, after, ", ".join(changed), formats["fixed"])
    _write(sheet, row, after + 1, "", formats["complete"])


def _write(sheet: Any, row: int, place: int, text: str, cell_format: Any) -> None:
    if text:
        sheet.write_string(row, place, cell_text(text), cell_format)
    else:
        sheet.write_blank(row, place, None, cell_format)


def _how_to_sheet(book: Any, name: str, source: str) -> None:
    sheet = book.add_worksheet(_("How to")[:31])
    formats = _formats(book)
    sheet.set_column(0, 0, 100)
    sheet.hide_gridlines(2)
    lines = [
        _("Each row of the first sheet is one text. Translate the column “source” into the columns to its right."),
        _("Yellow: not translated yet. Orange: the source text has changed since it was translated; please check."),
        _("Leave a cell empty to leave the text as it is. Nothing is deleted by an empty cell."),
        _("Write text only: no formulas, no merged cells. Do not change the grey cells or the first two rows."),
        _("Keep {resource} as it is: the name of what the process looks after takes its place."),
        _("Keep {process}, too: in texts for stakeholders the name of the process takes its place."),
        _("Questions and quotations are the words of the source: take them from a published translation."),
        _("Comments are kept as notes on the draft, until the editors have dealt with them."),
        _("For another language, put its code (such as pt-BR) into row 1 of a new column left of “check”."),
        _("Save the file as .xlsx. Before anything is stored, the editor sees what would change."),
    ]
    sheet.write_string(0, 0, name, formats["title"])
    for row, line in enumerate(lines, start=2):
        sheet.write_string(row, 0, line, formats["plain"])
    sheet.write_string(len(lines) + 3, 0, _("Source language: %(language)s") % {"language": source}, formats["plain"])
