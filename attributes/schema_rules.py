"""Rules about a whole question set: what no single value can break. Each yields (path, reason)."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from attributes.kinds import CHECKLIST_KINDS, UNSCORED_KINDS, Audience, Kind

if TYPE_CHECKING:
    from attributes.schema import ItemSpec, QuestionSetSpec

Path = tuple[str | int, ...]
Problem = tuple[Path, str]

# Answers that are offered without being listed; a file must not define them a second time.
RESERVED_STATES = frozenset({"dont_know", "not_applicable"})
RESERVED_OPTIONS = frozenset({"other"})
PLACEHOLDER = "{resource}"
# Shown in the words of the source: nothing is ever put into them.
QUOTED_FIELDS = frozenset({"verbatim", "basis_quote", "resource_default"})
_OPTIONS_REQUIRED = CHECKLIST_KINDS - {Kind.JUSTIFIED_YES_NO}


def problems_of(spec: "QuestionSetSpec") -> list[Problem]:
    """Everything in the set that breaks a rule, in the order of the file."""
    return [
        *_languages(spec),
        *_texts(spec, (), spec.languages),
        *_scale(spec),
        *_codes(spec),
        *_items(spec),
        *_crosswalk(spec),
    ]


def _repeated(path: Path, field: str, rows: Iterable[tuple[Path, str]]) -> Iterator[Problem]:
    """Compared without case: codes become names of form fields, file names and parts of addresses."""
    seen: set[str] = set()
    for where, value in rows:
        if value.casefold() in seen:
            yield (*path, *where, field), f"{value!r} occurs twice"
        seen.add(value.casefold())


def _languages(spec: "QuestionSetSpec") -> Iterator[Problem]:
    seen: set[str] = set()
    for index, language in enumerate(spec.languages):
        if language in seen:
            yield ("languages", index), f"{language!r} occurs twice"
        seen.add(language)


def _texts(value: Any, path: Path, languages: tuple[str, ...]) -> Iterator[Problem]:
    """Walk to every text: dictionaries occur nowhere else in a question set."""
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _texts(getattr(value, name), (*path, name), languages)
    elif isinstance(value, tuple):
        for index, entry in enumerate(value):
            yield from _texts(entry, (*path, index), languages)
    elif isinstance(value, dict):
        yield from _text(value, path, languages)


def _text(text: dict[str, str], path: Path, languages: tuple[str, ...]) -> Iterator[Problem]:
    if not text:
        return
    if languages[0] not in text:
        yield path, f"has no text in {languages[0]!r}, the language the set was written in"
    for language, words in text.items():
        if language not in languages:
            yield (*path, language), "is not one of the languages of the set"
        allowed = "" if path[-1] in QUOTED_FIELDS else PLACEHOLDER
        rest = words.replace(allowed, "") if allowed else words
        if "{" in rest or "}" in rest:
            reason = f"{PLACEHOLDER} is the only placeholder" if allowed else "must not contain a placeholder"
            yield (*path, language), reason


def _scale(spec: "QuestionSetSpec") -> Iterator[Problem]:
    for index, level in enumerate(spec.scale):
        if level.value != index:
            yield ("scale", index, "value"), f"levels are numbered from 0 upwards: {index} was expected"
    yield from _repeated(("scale",), "letter", [((i,), level.letter) for i, level in enumerate(spec.scale)])


def _codes(spec: "QuestionSetSpec") -> Iterator[Problem]:
    attributes = list(enumerate(spec.attributes))
    questions = [
        (("attributes", a, "questions", q), question)
        for a, attribute in attributes
        for q, question in enumerate(attribute.questions)
    ]
    items = [((*path, "items", i), item) for path, question in questions for i, item in enumerate(question.items)]
    recommendations = [
        ((*path, "recommendations", r), recommendation.code)
        for path, item in items
        for r, recommendation in enumerate(item.recommendations)
    ]
    yield from _repeated((), "code", [(("attributes", a), attribute.code) for a, attribute in attributes])
    yield from _repeated((), "slug", [(("attributes", a), attribute.slug) for a, attribute in attributes])
    yield from _repeated((), "code", [(path, question.code) for path, question in questions])
    yield from _repeated((), "code", [(path, item.code) for path, item in items])
    yield from _repeated((), "code", recommendations)
    for name in ("criteria", "goals", "components"):
        rows = [((i,), row.code) for i, row in enumerate(getattr(spec, name))]
        yield from _repeated((name,), "code", rows)


def _items(spec: "QuestionSetSpec") -> Iterator[Problem]:
    levels = [level.value for level in spec.scale]
    for a, attribute in enumerate(spec.attributes):
        for q, question in enumerate(attribute.questions):
            for i, item in enumerate(question.items):
                path: Path = ("attributes", a, "questions", q, "items", i)
                yield from problems_of_item(item, path, levels)


def problems_of_item(item: "ItemSpec", path: Path, levels: list[int]) -> Iterator[Problem]:
    """What one item breaks by itself. `levels` are the values of the scale, `path` is where the item stands."""
    yield from _flags(item, path)
    yield from _anchors(item, path, levels)
    yield from _checklist(item, path)
    yield from _credits(item, path)


def _flags(item: "ItemSpec", path: Path) -> Iterator[Problem]:
    if item.scored and item.kind in UNSCORED_KINDS:
        yield (*path, "scored"), f"{item.kind.value} is never scored"
    if not item.scored:
        for name in ("critical", "na_allowed", "stakeholder_primary", "recommendations"):
            if getattr(item, name):
                yield (*path, name), "only makes sense on a scored item"
    if item.na_condition and not item.na_allowed:
        yield (*path, "na_condition"), "needs na_allowed"
    if item.stakeholder_primary and item.audience is not Audience.BOTH:
        yield (*path, "stakeholder_primary"), "stakeholders are not asked this item"
    if item.other_allowed and not item.options:
        yield (*path, "other_allowed"), "needs options"


def _anchors(item: "ItemSpec", path: Path, levels: list[int]) -> Iterator[Problem]:
    if item.kind is not Kind.RATING:
        if item.anchors:
            yield (*path, "anchors"), f"{item.kind.value} has no anchors"
    elif [anchor.level for anchor in item.anchors] != levels:
        yield (*path, "anchors"), "a rating has exactly one anchor per level, lowest first"


def _checklist(item: "ItemSpec", path: Path) -> Iterator[Problem]:
    if item.kind not in CHECKLIST_KINDS:
        for name in ("options", "states"):
            if getattr(item, name):
                yield (*path, name), f"{item.kind.value} has no {name}"
        return
    if len(item.states) < 2:
        yield (*path, "states"), f"{item.kind.value} needs at least two states"
    if not item.options and item.kind in _OPTIONS_REQUIRED:
        yield (*path, "options"), f"{item.kind.value} needs options"
    for name, reserved in (("options", RESERVED_OPTIONS), ("states", RESERVED_STATES)):
        rows = [((index,), row.key) for index, row in enumerate(getattr(item, name))]
        yield from _repeated((*path, name), "key", rows)
        for where, key in rows:
            if key in reserved:
                yield (*path, name, *where, "key"), f"{key!r} is reserved"


def _credits(item: "ItemSpec", path: Path) -> Iterator[Problem]:
    for index, state in enumerate(item.states):
        if item.scored and state.credit is None:
            yield (*path, "states", index, "credit"), "is missing on a scored item"
        if not item.scored and state.credit is not None:
            yield (*path, "states", index, "credit"), "only makes sense on a scored item"
    if item.scored and item.states and not any(state.credit == "1" for state in item.states):
        yield (*path, "states"), 'no state has credit "1": the item could never be fully achieved'


def _crosswalk(spec: "QuestionSetSpec") -> Iterator[Problem]:
    known = {i.code for attribute in spec.attributes for question in attribute.questions for i in question.items}
    for index, principle in enumerate(spec.crosswalk):
        path: Path = ("crosswalk", index, "item_codes")
        for position, code in enumerate(principle.item_codes):
            if code not in known:
                yield (*path, position), f"there is no item {code!r}"
        rows = [((position,), code) for position, code in enumerate(principle.item_codes)]
        for where, reason in _repeated(path, "", rows):
            yield where[:-1], reason
