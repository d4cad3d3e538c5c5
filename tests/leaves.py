"""Changing one leaf of a document at a time: what is derived has to be missed wherever it is changed."""

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
from typing import Any

from assessments.documents.leaves import json_path

Location = tuple[str | int, ...]

# What two raters and a reviewer said, and the organiser replied.
RATED = (
    "rater",
    "is_blind",
    "invited_on",
    "first_finished_on",
    "second_finished_on",
    "items.first",
    "items.second",
    "items.consensus",
    "items.agreed_on",
)
REVIEWED = (
    *("reviewer", "affiliation", "interests", "invited_on", "accepted_on", "reply_by", "signed_on", "signed_as"),
    *("solid", "not_solid", "board_asks", "questions"),
    *("opinions.item", "opinions.says", "opinions.level", "opinions.states", "opinions.seen", "opinions.reason"),
    *("opinions.reply", "opinions.reply_reason", "opinions.replied_on"),
)

# What people said, and how the process was described: what everything else follows from. Indexes are left out.
SAID = (
    "process.code",
    "process.name",
    "process.kind_changes",
    "process.issue",
    "process.organisation",
    "process.period",
    "process.outcome_expected",
    "process.resource",
    "process.promise",
    "process.country",
    "process.language",
    "process.website",
    "process.groups",
    "process.is_invented",
    "process.is_example",
    "process.time_zone",
    "assessment",
    "screener.lines.choice",
    "screener.lines.note",
    "goals.shared_goal",
    "goals.text.und",
    "goals.agreed_by",
    "goals.agreed_when",
    "goals.recorded_in",
    "goals.reservations",
    *(
        f"attributes.questions.items.{name}"
        for name in (
            "level",
            "options.state",
            "options.text",
            "other",
            "answer_text",
            "not_applicable_reason",
            "comment",
            "chosen",
            "source",
            "evidence_text",
            "evidence_links",
            "evidence_files",
            "openings",
        )
    ),
    *(f"second_rating.{name}" for name in RATED),
    *(f"review.{name}" for name in REVIEWED),
)


def leaves(value: Any, location: Location = ()) -> Iterator[tuple[Location, Any]]:
    """Every leaf of a document with its location; an empty list or object is one."""
    children: Any = ()
    if isinstance(value, dict):
        children = value.items()
    elif isinstance(value, list):
        children = enumerate(value)
    if not children or (isinstance(value, list) and not value):
        yield location, value
        return
    for key, child in children:
        yield from leaves(child, (*location, key))


def kind_of_leaf(location: Location) -> str:
    """The location without indexes: leaves of one kind share it."""
    return ".".join(part for part in location if isinstance(part, str))


def is_said(location: Location) -> bool:
    """Whether the leaf is one of those that everything else follows from."""
    return _is_said(kind_of_leaf(location))


@cache
def _is_said(kind: str) -> bool:
    return any(kind == said or kind.startswith(f"{said}.") for said in SAID)


def derived_kinds(document: Any) -> dict[str, list[Location]]:
    """The derived leaves of a document by their kind, in order."""
    found: dict[str, list[Location]] = {}
    for location, _value in leaves(document):
        if not is_said(location):
            found.setdefault(kind_of_leaf(location), []).append(location)
    return found


def said_kinds(document: Any, parts: Collection[str]) -> dict[str, list[Location]]:
    """The leaves of these parts of a document that people said, by their kind, in order."""
    found: dict[str, list[Location]] = {}
    for location, _value in leaves(document):
        if location[0] in parts and is_said(location):
            found.setdefault(kind_of_leaf(location), []).append(location)
    return found


def changed(document: Any, location: Location, change: Callable[[Any], Any] | None = None) -> Any:
    """A copy of the document with one leaf that says something else; it shares what is beside the way to it."""
    if not location:
        return (change or something_else)(document)
    first, *rest = location
    copy = document.copy()
    copy[first] = changed(copy[first], tuple(rest), change)
    return copy


def not_named(
    document: Any, places: Iterable[Location], lines_of: Callable[[Any], list[str]], root: str = "$"
) -> list[Location]:
    """The places, of a document in which all of these are changed, that no line of the report on it names.

    Some changes keep everything else from being looked at: what is not named is changed once more without the others,
    until nothing more is named. A leaf that is taken from the document as it stands is named in no company.
    """
    rest = list(places)
    while rest:
        other = document
        for place in rest:
            other = changed(other, place)
        lines = lines_of(other)
        left = [place for place in rest if not any(names(line, place, root) for line in lines)]
        if len(left) == len(rest):
            break
        rest = left
    return rest


def something_else(value: Any) -> Any:
    """Another value of the same sort."""
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case str():
            return f"{value}0"
        case list():
            return [*value, "ZZ"]
        case dict():
            return {**value, "en": "ZZ"}
    return "ZZ"


def names(line: str, location: Location, root: str = "$") -> bool:
    """Whether a line of a report is about this leaf."""
    path = json_path(location, root)
    return line.startswith(path) and line[len(path) : len(path) + 1] in {":", ".", "["}
