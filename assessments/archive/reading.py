"""From the bytes of an archive file to a checked `Archive`, or a list of every problem with its JSON path."""

import re
from collections.abc import Iterable
from typing import Any

from pydantic import ValidationError

from assessments.archive.schema import Archive
from assessments.documents.leaves import json_path
from attributes.strict_parsing import ParseError, parse_json

# Evidence files ride along in base64: room for several uploads of the largest size allowed.
MAX_BYTES = 256 * 1024 * 1024
# In a JSON text in UTF-8, NUL and halves of a surrogate pair can only be written like this (pairs can, too).
_MAY_BE_UNSTORABLE = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")
_HALF_A_PAIR = re.compile("[\ud800-\udfff]")


class ArchiveError(Exception):
    """The archive cannot be taken. `problems` has one line each: JSON path, colon, reason."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(self.problems))


def _unstorable(value: Any, location: tuple[str | int, ...] = ()) -> Iterable[str]:
    """NUL and lone surrogates cannot be stored; say where they are instead of failing half-way."""
    if isinstance(value, str):
        if "\x00" in value:
            yield f"{json_path(location)}: contains a NUL character"
        if _HALF_A_PAIR.search(value):
            yield f"{json_path(location)}: contains half a surrogate pair"
    elif isinstance(value, dict):
        for key, child in value.items():
            yield from _unstorable(key, (*location, "(key)"))
            yield from _unstorable(child, (*location, key))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _unstorable(child, (*location, index))


def read_archive(data: bytes) -> Archive:
    """Parse and check the form of an archive. Raises ArchiveError with every problem found."""
    if len(data) > MAX_BYTES:
        raise ArchiveError([f"$: the file is larger than {MAX_BYTES // 1024 // 1024} MB"])
    try:
        text = data.decode("utf-8-sig")
        raw = parse_json(text)
    except UnicodeDecodeError as error:
        raise ArchiveError([f"$: not UTF-8 text (byte {error.start})"]) from error
    except ParseError as error:
        place = f"{error.where}: " if error.where else ""
        raise ArchiveError([f"$: {place}{error.reason}"]) from error
    if not isinstance(raw, dict):
        raise ArchiveError(["$: an archive is a JSON object"])
    if _MAY_BE_UNSTORABLE.search(text) and (problems := list(_unstorable(raw))):
        raise ArchiveError(problems)
    try:
        return Archive.model_validate(raw)
    except ValidationError as error:
        raise ArchiveError(f"{json_path(problem['loc'])}: {problem['msg']}" for problem in error.errors()) from error
