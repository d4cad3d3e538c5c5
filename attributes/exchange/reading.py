"""Files that may have been written by anyone, into documents: everything wrong is named with its place.

Lenient where drafts are: what is missing may be added later. What cannot be stored is refused as a whole.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from pydantic import ValidationError

from attributes.documents import translating
from attributes.documents.canonical import canonical, shapes
from attributes.documents.documents import Document, checked
from attributes.documents.translating import TextEntry
from attributes.schema import QuestionSetSpec
from attributes.schema_rules import placeholders_of, stray_braces
from attributes.strict_parsing import ParseError, parse_json, parse_yaml
from attributes.texts import language_name

MAX_BYTES = 4 * 1024 * 1024
# No list of a question set is near this; it keeps checking short whatever a file holds.
MAX_ENTRIES = 2000
MOST_SHOWN = 50
FORMAT = 1
XLSX_START = b"PK\x03\x04"
# Without these a part could not be found, shown or stored as a draft; everything else may be added later.
_NEEDED = {"attributes": {"code"}, "questions": {"code"}, "items": {"code", "kind", "scored"}}
_NEEDED_OF_SET = {"slug", "languages"}
_LATER = frozenset({"missing", "too_short", "rule"})
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


class Trouble(NamedTuple):
    """What is wrong with a file, and where: a line, a path such as attributes[0].code, or a cell; may be empty."""

    where: str
    reason: str

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}" if self.where else self.reason


class FileRefused(Exception):
    """A file cannot be taken. `troubles` say why; `more` is how many are not among them."""

    def __init__(self, troubles: Sequence[Trouble], more: int = 0) -> None:
        self.troubles = tuple(troubles)
        self.more = more
        super().__init__("\n".join(map(str, self.troubles)))


def refuse(reason: str, where: str = "") -> FileRefused:
    """The exception for one trouble."""
    return FileRefused([Trouble(printable(where), printable(reason))])


def refuse_all(troubles: Sequence[Trouble]) -> FileRefused:
    """The exception for several, as many as anybody reads."""
    return FileRefused(
        [Trouble(printable(where), printable(reason)) for where, reason in troubles[:MOST_SHOWN]],
        max(len(troubles) - MOST_SHOWN, 0),
    )


def printable(text: str, most: int = 300) -> str:
    """Words from a file as they can be shown: no control characters or half characters, and not too long."""
    text = text if len(text) <= most else f"{text[:most]}…"
    return "".join(
        char if char >= " " and not 0xD800 <= ord(char) <= 0xDFFF else char.encode("unicode_escape").decode()
        for char in text
    )


def read_document(data: bytes) -> Document:
    """A YAML or JSON file, told apart by content, as a document in its one form; raises `FileRefused`."""
    value = parse(data)
    if not isinstance(value, dict):
        raise refuse(_("is not a question set: the file has to be a map with slug, languages, title and so on"))
    if type(value.get("format", FORMAT)) is not int or value.get("format", FORMAT) != FORMAT:
        raise refuse(_("has to be 1: this program reads no other format"), "format")
    return checked_document(value)


def checked_document(value: dict[str, Any]) -> Document:
    """The document of a parsed file, in its one form; raises `FileRefused`."""
    troubles = list(_misshapen(value))
    if not troubles:
        document = canonical({"format": FORMAT, **value})
        troubles = [*_wrong_values(document), *_repeated(document)] or list(_stray_words(document))
    if troubles:
        raise refuse_all(troubles)
    return document


def parse(data: bytes) -> Any:
    """The plain values of a YAML or JSON file."""
    if len(data) > MAX_BYTES:
        raise refuse(_("is larger than %(limit)s MB") % {"limit": MAX_BYTES // (1024 * 1024)})
    if data.startswith(XLSX_START):
        raise refuse(_("is a spreadsheet or another package; a question set comes as YAML or JSON"))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refuse(_("is not UTF-8 but UTF-16: save it as UTF-8"))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = _("line %(line)s") % {"line": data.count(b"\n", 0, error.start) + 1}
        raise refuse(_("is not UTF-8: save it as UTF-8"), place) from error
    if not text.strip():
        raise refuse(_("is empty"))
    if found := _CONTROL.search(text):
        place = _("line %(line)s") % {"line": text.count("\n", 0, found.start()) + 1}
        raise refuse(_("contains the control character %(code)s") % {"code": f"U+{ord(found[0]):04X}"}, place)
    parser = parse_json if text.lstrip().startswith(("{", "[")) else parse_yaml
    try:
        return parser(text)
    except ParseError as error:
        raise refuse(error.reason, error.where) from error


def brace_trouble(entry: TextEntry, language: str, words: str, where: str) -> Trouble | None:
    """A placeholder that was translated or mistyped, with its language: nothing would ever be put in its place."""
    allowed = placeholders_of(str(entry.path[-1]))
    if stray_braces(words, str(entry.path[-1])) is None:
        return None
    names = {"language": language_name(language), "key": entry.key}
    if not allowed:
        reason = _("%(language)s, %(key)s: no braces may stand here")
    elif len(allowed) > 1:
        reason = _("%(language)s, %(key)s: {resource} and {process} are the only words that may stand in braces")
    else:
        reason = _("%(language)s, %(key)s: {resource} is the only word that may stand in braces, and stays as it is")
    return Trouble(where, reason % names)


def _stray_words(document: Document) -> Iterator[Trouble]:
    for entry in translating.texts_of(document):
        for language, words in entry.texts.items():
            if trouble := brace_trouble(entry, language, str(words), ""):
                yield trouble


def path_of(loc: Sequence[int | str]) -> str:
    """A path as it is written in messages: attributes[0].title.fr."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in loc).lstrip(".")


def _misshapen(document: dict[str, Any]) -> Iterator[Trouble]:
    """Keys that are none, lists that are none or too long: what would make every later check cumbersome."""
    rest: list[tuple[Any, Any, tuple[int | str, ...]]] = [(QuestionSetSpec, document, ())]
    found = 0
    while rest and found <= MOST_SHOWN:
        model, row, path = rest.pop()
        for trouble in _misshapen_row(model, row, path, rest):
            found += 1
            yield trouble


def _misshapen_row(model: Any, row: Any, path: tuple[int | str, ...], rest: list[Any]) -> Iterator[Trouble]:
    if not isinstance(row, dict):
        yield Trouble(path_of(path), _("has to be a map of keys and values"))
        return
    known = shapes(model)
    for name in [name for name in row if name not in known][:MOST_SHOWN]:
        yield Trouble(path_of((*path, name)), _("is not a key of the format"))
    below = []
    for name, shape in known.items():
        value = row.get(name)
        if value is None or shape.kind in ("value", "texts"):
            continue
        if shape.kind == "row":
            below.append((shape.model, value, (*path, name)))
        elif not isinstance(value, list):
            yield Trouble(path_of((*path, name)), _("has to be a list"))
        elif len(value) > MAX_ENTRIES:
            limit = {"limit": MAX_ENTRIES, "length": len(value)}
            yield Trouble(
                path_of((*path, name)), _("has %(length)s entries; no list may have more than %(limit)s") % limit
            )
        elif shape.kind == "rows":
            below += [(shape.model, one, (*path, name, index)) for index, one in enumerate(value)]
    rest.extend(reversed(below))


def _wrong_values(document: Document) -> Iterator[Trouble]:
    try:
        checked(document)
    except ValidationError as error:
        for detail in error.errors(include_url=False, include_input=False):
            if detail["type"] not in _LATER or _is_needed(detail["loc"]):
                yield Trouble(path_of(detail["loc"]), detail["msg"])


def _is_needed(loc: tuple[int | str, ...]) -> bool:
    if len(loc) == 1:
        return loc[0] in _NEEDED_OF_SET
    return len(loc) > 2 and isinstance(loc[-2], int) and loc[-1] in _NEEDED.get(str(loc[-3]), ())


def _repeated(document: Document) -> Iterator[Trouble]:
    """Codes by which parts are found, compared without case; every one of them is a text by now, or named already."""
    seen: dict[str, set[str]] = {"attributes": set(), "questions": set(), "items": set(), "languages": set()}

    def first(kind: str, value: Any) -> bool:
        known = seen[kind]
        is_new = not isinstance(value, str) or value.casefold() not in known
        known.add(str(value).casefold())
        return is_new

    def below(rows: Any, kinds: tuple[str, ...], path: tuple[int | str, ...]) -> Iterator[Trouble]:
        for index, row in enumerate(rows or []):
            here = (*path, kinds[0], index)
            if not first(kinds[0], row.get("code")):
                yield Trouble(path_of((*here, "code")), _("%(code)s occurs twice") % {"code": repr(row["code"])})
            if kinds[1:]:
                yield from below(row.get(kinds[1]), kinds[1:], here)

    for index, language in enumerate(document.get("languages") or []):
        if not first("languages", language):
            yield Trouble(path_of(("languages", index)), _("%(code)s occurs twice") % {"code": repr(language)})
    yield from below(document.get("attributes"), ("attributes", "questions", "items"), ())
