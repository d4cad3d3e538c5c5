"""A list of people to invite, “address, group, language” a line: pasted, or out of a CSV or XLSX file.

Plain text in, lines out; nothing is read from the database.
"""

import csv
import re
import unicodedata
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from assessments.address_lists import INVISIBLE
from attributes.exchange.package_check import check_package
from attributes.exchange.reading import XLSX_START, FileRefused
from attributes.searching import folded
from attributes.texts import language_name

MAX_PEOPLE = 5000  # lines at once
MAX_FILE = 1024 * 1024  # bytes: kept in memory, never written to a disk
SEPARATORS = ("\t", ";", ",")
COLUMNS = 3
IN_BRACKETS = re.compile(r"<([^<>\s]+)>")
# What the first line of a list may call its columns, beside the words of the page.
HEADS = {
    "address": {"address", "email", "e-mail", "mail", "e-mail address", "email address"},
    "group": {"group", "stakeholder group", "constituency"},
    "language": {"language", "lang"},
}


class UnreadableList(Exception):
    """A file that no list can be read from, with the reason."""


@dataclass(frozen=True)
class ListedPerson:
    """One line of a list, as it stands there but for spaces. `address` is in lower case and may be none."""

    line: int
    address: str
    group: str
    language: str


def read_people(text: str) -> list[ListedPerson]:
    """Return the lines of a list that hold something, by number from 1. A first line of headings is left out."""
    order: Sequence[str] = ()
    found = list[ListedPerson]()
    for number, line in enumerate(INVISIBLE.sub("", text).splitlines(), 1):
        cells = _cells(line)
        if not any(cells):
            continue
        if not found and not order and (heads := _heads(cells)):
            order = heads
            continue
        found.append(_person(number, cells, order))
    return found


def text_of_file(data: bytes) -> str:
    """Return a CSV or XLSX file as lines of text with tabs. Raises UnreadableList."""
    if data.startswith(XLSX_START):
        return _text_of_book(data)
    for encoding in ("utf-8-sig", "utf-16") if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableList(_("This file is neither a CSV nor an XLSX file."))


def _text_of_book(data: bytes) -> str:
    from openpyxl import load_workbook

    try:
        check_package(data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and rules for input, which it leaves out
            book = load_workbook(BytesIO(data), read_only=True, keep_links=False)
            try:
                sheet = book.worksheets[0]
                sheet.reset_dimensions()  # what it claims is not to be relied on
                rows = sheet.iter_rows(max_row=MAX_PEOPLE + 1, max_col=COLUMNS, values_only=True)
                return "\n".join("\t".join(_one_line(cell) for cell in row) for row in rows)
            finally:
                book.close()
    except FileRefused as refused:
        raise UnreadableList(_("This file %(reason)s.") % {"reason": refused.troubles[0].reason}) from refused
    except Exception as error:
        # Whatever stands in a file that only looks like a workbook: openpyxl lets out errors of any kind.
        raise UnreadableList(_("This is not an XLSX file, or it is damaged.")) from error


def _one_line(cell: object) -> str:
    return " ".join(str(cell if cell is not None else "").split())


def _cells(line: str) -> list[str]:
    """The cells of a line, by the first separator that stands in it; quotes as spreadsheets write them."""
    separator = next((sign for sign in SEPARATORS if sign in line), ",")
    try:
        row = next(csv.reader([line], delimiter=separator, skipinitialspace=True), [])
    except csv.Error:
        row = line.split(separator)
    return [" ".join(cell.split()) for cell in row]


def _heads(cells: Sequence[str]) -> Sequence[str]:
    """Which column holds what, where a line names at least that of the addresses; empty for a line like any other."""
    if any("@" in cell for cell in cells):
        return ()
    names = [_column(cell) for cell in cells]
    return names if "address" in names else ()


def _column(cell: str) -> str:
    own = {"address": _("Address"), "group": _("Group"), "language": _("Language")}
    for name, words in HEADS.items():
        if cell.casefold() in words or cell.casefold() == own[name].casefold():
            return name
    return ""


def _person(number: int, cells: Sequence[str], order: Sequence[str]) -> ListedPerson:
    """The cells in the order of the headings; without any, the address is the first that looks like one."""
    if order:
        named = {name: cell for name, cell in zip(order, cells, strict=False) if name}
    else:
        at = next((place for place, cell in enumerate(cells) if "@" in cell), 0)
        others = [cell for place, cell in enumerate(cells) if place != at]
        named = dict(zip(("address", "group", "language"), [cells[at], *others], strict=False))
    address = named.get("address", "")
    bracketed = IN_BRACKETS.search(address)
    return ListedPerson(
        number, (bracketed[1] if bracketed else address).lower(), named.get("group", ""), named.get("language", "")
    )


def same_name(name: str) -> str:
    """What two spellings of the name of a group have in common: no capitals, accents or spaces too many."""
    return folded(" ".join(unicodedata.normalize("NFC", name).split()))


def languages_by_name(codes: Iterable[str]) -> Mapping[str, str]:
    """How people may call the languages of a wave: code, name in the page's, in English, and in their own language."""
    found: dict[str, str] = {}
    for code in codes:
        found[code.casefold()] = code
        found.setdefault(code.casefold().partition("-")[0], code)
        found[language_name(code).casefold()] = code
        try:
            info = get_language_info(code.lower())
        except KeyError:
            continue
        found[info["name"].casefold()] = code
        found[info["name_local"].casefold()] = code
    return found


def language_called(name: str, known: Mapping[str, str]) -> str | None:
    """The language of a wave that is called so; None where it is none of them. Nothing is the first."""
    if not name:
        return ""
    plain = name.casefold().replace("_", "-")
    return known.get(plain) or known.get(plain.partition("-")[0])
