"""Spreadsheets that translators send back, good and bad."""

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook

Edit = Callable[[Any], None]


def edited(data: bytes, edit: Edit) -> bytes:
    """The workbook with its first sheet changed, as an office program saves it."""
    book = load_workbook(BytesIO(data))
    edit(book.worksheets[0])
    return saved(book)


def saved(book: Workbook) -> bytes:
    """A workbook as a file."""
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def cells(data: bytes) -> list[list[Any]]:
    """All values of the first sheet."""
    book = load_workbook(BytesIO(data))
    return [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]


def sheet_of(*rows: tuple[Any, ...]) -> bytes:
    """A workbook with these rows."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return saved(book)


def repacked(
    data: bytes, *, add: dict[str, bytes] | None = None, replace: dict[str, tuple[str, str]] | None = None
) -> bytes:
    """The package with parts added, or with the first match of a pattern in a part replaced."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name in (replace or {}):
                pattern, words = (replace or {})[name]
                text, count = re.subn(pattern, lambda _found, words=words: words, content.decode(), count=1)
                assert count == 1
                content = text.encode()
            new.writestr(name, content)
        for name, content in (add or {}).items():
            new.writestr(name, content)
    return file.getvalue()
