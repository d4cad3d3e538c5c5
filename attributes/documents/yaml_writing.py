"""Documents as YAML: every text in double quotes, so that no reader of YAML takes it for something else.

Written here and not by PyYAML, whose two emitters (one in C, one in Python) break lines differently: the same
content has to be the same file everywhere. A text in double quotes is what JSON calls a string.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

WIDTH = 110
INDENT = 2
# Words that a YAML reader may take for true, false or nothing when they stand alone as a key.
_AMBIGUOUS = frozenset({"no", "n", "y", "yes", "on", "off", "null", "true", "false", "~"})
_PLAIN_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
# What JSON leaves as it is and YAML wants escaped.
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
# A line may break at a single space: readers put one space where the line ends.
_BREAK = re.compile(r"(?<=[^ \\]) (?=[^ ])")


def to_text(document: dict[str, Any]) -> str:
    """A document of plain maps, lists, texts, whole numbers, true/false and nothing."""
    return "".join(f"{line}\n" for line in _map(document, 0))


def _map(value: dict[str, Any], indent: int) -> Iterator[str]:
    for key, entry in value.items():
        yield from _entry(f"{' ' * indent}{_key(key)}:", entry, indent)


def _entry(start: str, value: Any, indent: int) -> Iterator[str]:
    if isinstance(value, dict) and value:
        yield start
        yield from _map(value, indent + INDENT)
    elif isinstance(value, list) and any(isinstance(one, (dict, list)) for one in value):
        yield start
        for one in value:
            yield from _list_entry(one, indent + INDENT)
    else:
        yield from _scalar(start, value, indent)


def _list_entry(value: Any, indent: int) -> Iterator[str]:
    """The first line of what stands in a list has the dash where it would be indented."""
    dash = " " * indent + "- "
    if isinstance(value, dict) and value:
        first, *rest = _map(value, indent + INDENT)
        yield dash + first[len(dash) :]
        yield from rest
    else:
        yield from _scalar(dash[:-1], value, indent)


def _scalar(start: str, value: Any, indent: int) -> Iterator[str]:
    if not isinstance(value, str):
        flow = f"[{', '.join(_plain(one) for one in value)}]" if isinstance(value, list) else _plain(value)
        yield f"{start} {flow}"
        return
    line, room = start, WIDTH
    words = _BREAK.split(_quoted(value))
    for position, word in enumerate(words):
        if position and len(line) + 1 + len(word) > room:
            yield line
            line = " " * (indent + INDENT) + word
        else:
            line = f"{line} {word}"
    yield line


def _plain(value: Any) -> str:
    if isinstance(value, str):
        return _quoted(value)
    if value == {}:
        return "{}"
    return json.dumps(value)


def _quoted(text: str) -> str:
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def _key(key: str) -> str:
    return key if _PLAIN_KEY.fullmatch(key) and key.lower() not in _AMBIGUOUS else _quoted(key)
