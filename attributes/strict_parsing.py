"""Read YAML and JSON that may have been written by anyone.

A question set needs maps, lists, texts, whole numbers, true/false and nothing. Whatever else the two formats
offer (aliases that multiply, tags that build objects, keys that are not texts, a second value for a key)
is refused by name. YAML values are built from the parser's events, so PyYAML never constructs anything, and
`no` stays the text it is. Both stop at a number of values, since a small file can hold very many.
"""

import json
import re
from collections.abc import Iterable
from typing import Any

import yaml

MAX_DEPTH = 20
# A set of 500 questions in six languages has about 100,000.
MAX_VALUES = 500_000
_TOO_MANY = f"holds more than {MAX_VALUES} values"
_INTEGER = re.compile(r"-?(0|[1-9]\d{0,17})")
_CONSTANTS: dict[str, bool | None] = {"": None, "~": None, "null": None, "true": True, "false": False}
# The C parser is ten times as fast and comes with most installations of PyYAML.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class ParseError(Exception):
    """The text is not the plain YAML or JSON that is accepted: where, and why."""

    def __init__(self, where: str, reason: str) -> None:
        self.where = where
        self.reason = reason
        super().__init__(f"{where}: {reason}")


def parse_json(text: str) -> Any:
    """Parse JSON: no key twice, no fractions, not nested too deeply."""
    try:
        value = json.loads(text, object_pairs_hook=_unique, parse_float=_refuse_number, parse_constant=_refuse_number)
        _check_extent(value)
    except json.JSONDecodeError as error:
        raise ParseError(f"line {error.lineno}, column {error.colno}", error.msg) from error
    except RecursionError as error:
        raise ParseError("", "is nested too deeply") from error
    except ValueError as error:  # a number of thousands of digits
        raise ParseError("", "contains a number that is too long") from error
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value: dict[str, Any] = {}
    for key, entry in pairs:
        if key in value:
            raise ParseError("", f"the key {key!r} occurs twice in one object")
        value[key] = entry
    return value


def _refuse_number(text: str) -> Any:
    raise ParseError("", f'{text} is not a whole number; write fractions as text, such as "1/2"')


def _check_extent(value: Any) -> None:
    level, depth, seen = [value], 1, 0
    while level:
        if depth > MAX_DEPTH:
            raise ParseError("", "is nested too deeply")
        seen += len(level)
        if seen > MAX_VALUES:
            raise ParseError("", _TOO_MANY)
        level = [child for entry in level if isinstance(entry, (dict, list)) for child in _children(entry)]
        depth += 1


def _children(entry: dict[str, Any] | list[Any]) -> Iterable[Any]:
    return entry.values() if isinstance(entry, dict) else entry


def parse_yaml(text: str) -> Any:
    """Parse one YAML document: no anchors, aliases, tags, repeated keys or keys that are not texts."""
    builder = _Builder()
    try:
        for event in yaml.parse(text, Loader=_Loader):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        raise ParseError(_place(error.problem_mark), error.problem or "is not YAML") from error
    except yaml.YAMLError as error:
        raise ParseError("", f"is not YAML: {error}") from error
    except RecursionError as error:
        raise ParseError("", "is nested too deeply") from error
    return builder.root


def _place(mark: Any) -> str:
    return f"line {mark.line + 1}, column {mark.column + 1}" if mark else ""


class _Builder:
    """Builds plain values from YAML events without recursion."""

    def __init__(self) -> None:
        self.root: Any = None
        self.documents = 0
        self.values = 0
        # Open maps and lists; for a map, the key whose value comes next.
        self.open: list[tuple[dict[str, Any] | list[Any], list[str]]] = []

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._check(event)
            self._add(event.value if event.style else _scalar(event.value, event), event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._check(event)
            self._begin(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.open.pop()
        elif isinstance(event, yaml.AliasEvent):
            raise _refused(event, "aliases (*name) are not accepted")
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise _refused(event, "a file holds one document")

    def _check(self, event: Any) -> None:
        self.values += 1
        if self.values > MAX_VALUES:
            raise _refused(event, _TOO_MANY)
        if event.anchor is not None:
            raise _refused(event, "anchors (&name) are not accepted")
        if event.tag is not None:
            raise _refused(event, f"tags ({event.tag}) are not accepted")

    def _begin(self, event: Any) -> None:
        value: dict[str, Any] | list[Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
        self._add(value, event)
        if len(self.open) == MAX_DEPTH:
            raise _refused(event, "is nested too deeply")
        self.open.append((value, []))

    def _add(self, value: Any, event: yaml.Event) -> None:
        if not self.open:
            self.root = value
            return
        container, key = self.open[-1]
        if isinstance(container, list):
            container.append(value)
        elif key:
            container[key.pop()] = value
        elif not isinstance(value, str):
            raise _refused(event, "a key has to be a text; put it in quotes")
        elif value in container:
            raise _refused(event, f"the key {value!r} occurs twice in one map")
        else:
            key.append(value)


def _refused(event: Any, reason: str) -> ParseError:
    """Where it is refused is only worked out then: a file has thousands of values."""
    return ParseError(_place(event.start_mark), reason)


def _scalar(text: str, event: yaml.Event) -> str | int | bool | None:
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if text == "<<":
        raise _refused(event, "merge keys (<<) are not accepted")
    return text
