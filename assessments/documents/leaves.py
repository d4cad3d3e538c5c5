"""Where two documents differ: leaf by leaf, each named by its JSON path. Plain JSON values in, lines of text out."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

# Long texts are told apart by their beginnings, or not at all: the path says where they stand.
SHOWN = 80
MISSING = object()


def json_path(location: Iterable[str | int], root: str = "$") -> str:
    """Write a location as a JSON path: ("answers", 3, "value") becomes $.answers[3].value."""
    return root + "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location)


def differing_leaves(stored: Any, expected: Any, root: str = "$") -> list[str]:
    """Return one line for each leaf that is not as expected: its path below `root`, what is stored, what is now."""
    return [
        f"{json_path(location, root)}: stored {_short(there)}, now {_short(here)}"
        for location, there, here in _differing(stored, expected, ())
    ]


def _differing(
    there: Any, here: Any, location: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str | int, ...], Any, Any]]:
    if isinstance(there, dict) and isinstance(here, dict):
        keys = here if here.keys() == there.keys() else [*here, *(key for key in there if key not in here)]
        for key in keys:
            one, other = there.get(key, MISSING), here.get(key, MISSING)
            # Almost every leaf: looking at it here takes a third of what it takes below.
            if type(one) is not type(other) or isinstance(one, (dict, list)) or one != other:
                yield from _differing(one, other, (*location, key))
    elif isinstance(there, list) and isinstance(here, list) and len(there) == len(here):
        for index, pair in enumerate(zip(there, here, strict=True)):
            yield from _differing(*pair, (*location, index))
    # True is no 1: JSON tells them apart.
    elif type(there) is not type(here) or there != here:
        yield location, there, here


def _short(value: Any) -> str:
    if value is MISSING:
        return "nothing"
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
