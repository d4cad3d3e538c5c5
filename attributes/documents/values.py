"""The values in two parts of documents, by path and language, with lists aligned so that like meets like. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from attributes.documents.documents import fingerprint

Path = tuple[str, ...]
Values = dict[tuple[Path, str], Any]
# Lists whose entries have a name of their own: by it they are found again wherever they stand.
KEYS = {
    "anchors": "level",
    "options": "key",
    "states": "key",
    "recommendations": "code",
    "scale": "value",
    "criteria": "code",
    "goals": "code",
    "components": "code",
    "contradictions": "code",
}
# Lists of entries without names: aligned as the words of a text are.
_ALIGNED = frozenset({"evidence_prompts", "examples", "quotations", "crosswalk"})
# Longer ones entry by entry, as they stand.
_MOST_ALIGNED = 300
# Lists of plain words, each a value as a whole.
_PLAIN = frozenset({"languages", "replaces", "item_codes", "not_for", "shows", "a_states", "b_states", "named_states"})
# Rows of which there is one.
_ROWS = frozenset({"source", "reading", "derived_from"})
ORDER = "order"
# Given when a version is published; nobody writes them.
_COMPUTED = frozenset({"format", "version", "revision", "code"})


def values_of(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[Values, Values]:
    """The values of both: by path ("anchors", "2", "text") and language ("" where it is no text in several)."""
    before, after = Values(), Values()
    _spread(old, new, (), before, after)
    return before, after


def _spread(old: Mapping[str, Any], new: Mapping[str, Any], path: Path, before: Values, after: Values) -> None:
    """Both sides of a row at once, since lists of nameless entries have to be aligned."""
    for name in [*new, *(name for name in old if name not in new)]:
        if name in _COMPUTED and not path:
            continue
        was, is_now = old.get(name), new.get(name)
        here = (*path, name)
        if name in _ALIGNED:
            for number, (a, b) in enumerate(_aligned(was or [], is_now or []), start=1):
                _entry(a, b, (*here, str(number)), before, after)
        elif name in KEYS and _is_rows(was) and _is_rows(is_now):
            _keyed(name, was or [], is_now or [], here, before, after)
        elif name in _ROWS and not path:
            _spread(was or {}, is_now or {}, here, before, after)
        else:
            _leaf(was, here, before)
            _leaf(is_now, here, after)


def _is_rows(value: Any) -> bool:
    return value is None or isinstance(value, (list, tuple))


def _entry(old: Any, new: Any, path: Path, before: Values, after: Values) -> None:
    rows = [row for row in (old, new) if row]
    if any(set(row) & {"text", "framework"} for row in rows):
        _spread(old or {}, new or {}, path, before, after)
    else:  # a prompt is a text itself
        _leaf(old, path, before)
        _leaf(new, path, after)


def _keyed(name: str, old: Sequence[Any], new: Sequence[Any], path: Path, before: Values, after: Values) -> None:
    was, is_now = _by_key(old, KEYS[name]), _by_key(new, KEYS[name])
    for key in [*is_now, *(key for key in was if key not in is_now)]:
        sides = [{n: v for n, v in rows.get(key, {}).items() if n != KEYS[name]} for rows in (was, is_now)]
        known = len(before) + len(after)
        _spread(sides[0], sides[1], (*path, key), before, after)
        if known == len(before) + len(after):  # an entry that holds nothing yet: that it is there is all it says
            _leaf(key if key in was else None, (*path, key), before)
            _leaf(key if key in is_now else None, (*path, key), after)
    orders = [tuple(key for key in one if key in other) for one, other in ((was, is_now), (is_now, was))]
    if orders[0] != orders[1]:
        before[(*path, ORDER), ""], after[(*path, ORDER), ""] = orders


def _by_key(rows: Sequence[Any], key: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for row in rows:
        name = str(row.get(key, ""))
        while name in found:  # the rules of the set object to this; comparing must not lose one of them
            name += "*"
        found[name] = row
    return found


def _aligned(old: Sequence[Any], new: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    if max(len(old), len(new)) > _MOST_ALIGNED:
        yield from zip_longest(old, new)
        return
    for _tag, i1, i2, j1, j2 in SequenceMatcher(None, _numbered(old), _numbered(new), autojunk=False).get_opcodes():
        for offset in range(max(i2 - i1, j2 - j1)):
            yield (
                old[i1 + offset] if i1 + offset < i2 else None,
                new[j1 + offset] if j1 + offset < j2 else None,
            )


def _numbered(rows: Sequence[Any]) -> list[tuple[str, int]]:
    """A name for each row, no two alike: equal rows would take time with the third power of their number."""
    seen: Counter[str] = Counter()
    names = []
    for name in map(fingerprint, rows):
        names.append((name, seen[name]))
        seen[name] += 1
    return names


def _leaf(value: Any, path: Path, into: Values) -> None:
    if value is None or value is False or value in ("", [], (), {}):
        return
    if isinstance(value, Mapping):
        for language, words in value.items():
            if words:
                into[path, language] = words
    else:
        into[path, ""] = tuple(value) if path[-1] in _PLAIN and isinstance(value, (list, tuple)) else value
