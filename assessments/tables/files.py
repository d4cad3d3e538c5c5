"""Tables as files that people open in spreadsheets. Nothing in them is ever run as a formula."""

import csv
import re
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

from django.utils.formats import get_format
from django.utils.translation import gettext as _

from assessments.csv_files import BYTE_ORDER_MARK, harmless
from assessments.tables.plain import Cell, PlainTable
from attributes.exchange.spreadsheet import cell_text

SHEET_NAME = 31  # characters that a spreadsheet allows
_FORBIDDEN_IN_SHEET = re.compile(r"[\[\]:*?/\\']")
WIDTHS = (8, 60)  # characters of the narrowest and the widest column
# As good as any, and the same for every file.
_CREATED = datetime(2000, 1, 1)


def csv_of(table: PlainTable) -> str:
    """Return the table as CSV with a byte order mark, in the form that spreadsheets of the language expect.

    Where decimals are written with a comma, cells are separated by semicolons.
    """
    decimal = str(get_format("DECIMAL_SEPARATOR"))
    out = StringIO()
    writer = csv.writer(out, delimiter=";" if decimal == "," else ",")
    writer.writerow([harmless(column) for column in table.columns])
    for row in table.rows:
        writer.writerow([_written(cell, decimal) for cell in row])
    return BYTE_ORDER_MARK + out.getvalue()


def _written(cell: Cell, decimal: str) -> str:
    if cell is None:
        return ""
    return harmless(cell) if isinstance(cell, str) else str(cell).replace(".", decimal)


def xlsx_of(tables: Sequence[PlainTable], about: Sequence[tuple[str, str]]) -> bytes:
    """Return tables as a workbook, a sheet each; the first sheet says what they are `about`, line by line."""
    import xlsxwriter

    file = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(file, options)
    book.set_properties({"title": about[0][1] if about else "", "created": _CREATED})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    first = book.add_worksheet(_sheet_name(_("About"), set()))
    first.set_column(0, 0, 28)
    first.set_column(1, 1, WIDTHS[1])
    for number, (name, value) in enumerate(about):
        first.write_string(number, 0, cell_text(name), bold)
        first.write_string(number, 1, cell_text(value), plain)
    taken = {first.get_name().casefold()}
    for table in tables:
        sheet = book.add_worksheet(_sheet_name(table.title, taken))
        taken.add(sheet.get_name().casefold())
        _fill(sheet, table, bold, plain)
    book.close()
    return file.getvalue()


def _fill(sheet: Any, table: PlainTable, bold: Any, plain: Any) -> None:
    sheet.freeze_panes(1, 1)
    for column, name in enumerate(table.columns):
        longest = max((len(str(row[column] or "")) for row in table.rows), default=0)
        sheet.set_column(column, column, min(max(longest, len(name), WIDTHS[0]) + 1, WIDTHS[1]))
        sheet.write_string(0, column, cell_text(name), bold)
    for number, row in enumerate(table.rows, 1):
        for column, cell in enumerate(row):
            if isinstance(cell, (int, Decimal)):
                sheet.write_number(number, column, cell, plain)
            elif cell:
                sheet.write_string(number, column, cell_text(cell), plain)


def _sheet_name(title: str, taken: set[str]) -> str:
    name = _FORBIDDEN_IN_SHEET.sub(" ", title).strip()[:SHEET_NAME].strip() or "-"
    number = 2
    found = name
    while found.casefold() in taken:
        found = f"{name[: SHEET_NAME - 3]} {number}"
        number += 1
    return found
