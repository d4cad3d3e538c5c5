"""A list of people to invite, “address, group, language” a line: pasted, or out of a CSV or XLSX file.

Plain text in, lines out; nothing is read from the database.
"""

import csv
import re
import unicodedata
import warnings
from collections import Counter
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
XLS_START = b"\xd0\xcf\x11\xe0"  # of Excel before 2007
SEPARATORS = ("\t", ";", ",")
COLUMNS = 3
IN_BRACKETS = re.compile(r"<([^<>\s]+)>")
# What the first line of a list may call its columns, beside the words of the page.
HEADS = {
    "address": {"address", "email", "e-mail", "mail", "e-mail address", "email address"},
    "group": {"group", "stakeholder group", "constituency"},
    "language": {"language", "lang"},
}


SHORTEST_SLIP = 4  # letters
OFTEN = 3
KNOWN_DOMAINS = (
    "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com", "icloud.com",
    "protonmail.com", "gmx.de", "gmx.net", "mail.ru", "yandex.ru", "qq.com", "163.com", "orange.fr", "wanadoo.fr",
)  # fmt: skip
# One letter away from one of these, and all the same a domain of its own.
REAL_DOMAINS = {
    "mail.com",
    "ymail.com",
    "email.com",
    "fmail.com",
    "gmx.at",
    "gmx.ch",
    "126.com",
    "hotmail.co",
    "aol.com",
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
    if data.startswith(XLS_START):
        raise UnreadableList(_("This is an older Excel file (.xls). Save it as XLSX or CSV, and choose it again."))
    is_wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not is_wide and b"\0" in data:
        raise UnreadableList(_("This file is neither a CSV nor an XLSX file."))
    for encoding in ("utf-8-sig", "utf-16") if is_wide else ("utf-8-sig", "cp1252"):
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


def near_name(name: str, names: Iterable[str]) -> str | None:
    """Which of these names is meant by one that looks like a slip of the pen; None where none is, or several are.

    Short words and numbers have to be the same: “Region 1” is not “Region 2”.
    """
    words = same_name(name).split()
    found = [known for known in names if _are_near(words, same_name(known).split())]
    return found[0] if len(found) == 1 else None


def _are_near(one: Sequence[str], other: Sequence[str]) -> bool:
    return len(one) == len(other) and all(
        a == b or (min(len(a), len(b)) >= SHORTEST_SLIP and a.isalpha() and b.isalpha() and is_like(a, b))
        for a, b in zip(one, other, strict=True)
    )


def is_like(one: str, other: str) -> bool:
    """Whether two words differ by a slip: a letter too many, too few, another, or two that have changed places."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = next((at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), None)
    if start is None:
        return True
    a, b = one[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


def doubtful_domains(addresses: Iterable[str]) -> dict[str, str]:
    """Of the domains of a list those that look like a slip, and what may be meant.

    That is one that many people have, or several of the list; what stands there more than once is meant.
    """
    counted = Counter(address.rpartition("@")[2] for address in addresses)
    meant = [*KNOWN_DOMAINS, *(domain for domain, number in counted.items() if number >= OFTEN)]
    found = {}
    for domain, number in counted.items():
        if number > 1 or domain in meant or domain in REAL_DOMAINS:
            continue
        near = next((known for known in meant if is_like(domain, known)), None)
        if near is not None:
            found[domain] = near
    return found


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
