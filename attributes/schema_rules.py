"""Rules about a whole question set: what no single value can break. Each yields (path, what is broken)."""

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import BaseModel

from attributes.kinds import CHECKLIST_KINDS, PLACEHOLDER, RESERVED_STATES, UNSCORED_KINDS, Audience, Kind

if TYPE_CHECKING:
    from attributes.schema import ItemSpec, QuestionSetSpec


class Rule(Enum):
    """What can be broken: name and reason in English, as it is printed for whoever writes files.

    Pages have words of their own by name (`attributes.editor.forms.reasons`).
    """

    # Of single values (`attributes.schema`).
    EMPTY = "is empty"
    CONTROL_CHARACTER = "contains a control character"
    NO_FRACTION = 'is not a fraction such as "1/2"'
    OUT_OF_RANGE = "is not between 0 and 1"
    FRACTION_NOT_REDUCED = 'has to be written as "{value}"'
    NO_WEB_ADDRESS = "is not an address that starts with http:// or https://"
    # Of values beside each other.
    TWICE = "{value!r} occurs twice"
    NO_SOURCE_TEXT = "has no text in {value!r}, the language the set was written in"
    UNKNOWN_LANGUAGE = "is not one of the languages of the set"
    OTHER_PLACEHOLDER = "{value} is the only placeholder"
    PLACEHOLDER_IN_QUOTATION = "must not contain a placeholder"
    LEVEL_NUMBER = "levels are numbered from 0 upwards: {value} was expected"
    NEVER_SCORED = "{value} is never scored"
    ONLY_SCORED = "only makes sense on a scored item"
    NEEDS_NA_ALLOWED = "needs na_allowed"
    STAKEHOLDERS_NOT_ASKED = "stakeholders are not asked this item"
    OTHER_NEEDS_OPTIONS = "needs options"
    NO_ANCHORS = "{value} has no anchors"
    ANCHORS = "a rating has exactly one anchor per level, lowest first"
    NO_OPTIONS = "{value} has no options"
    NO_STATES = "{value} has no states"
    TWO_STATES = "{value} needs at least two states"
    OPTIONS = "{value} needs options"
    RESERVED = "{value!r} is reserved"
    CREDIT_MISSING = "is missing on a scored item"
    NO_FULL_CREDIT = 'no state has credit "1": the item could never be fully achieved'
    NO_SUCH_ITEM = "there is no item {value!r}"


class Broken(NamedTuple):
    """A rule, and the value that the reason names."""

    rule: Rule
    value: str = ""

    @property
    def reason(self) -> str:
        """In English."""
        return self.rule.value.format(value=self.value)

    @property
    def context(self) -> dict[str, str]:
        """What pydantic carries along."""
        return {"reason": self.reason, "rule": self.rule.name, "value": self.value}


Path = tuple[str | int, ...]
Problem = tuple[Path, Broken]

RESERVED_OPTIONS = frozenset({"other"})
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
            yield (*path, *where, field), Broken(Rule.TWICE, value)
        seen.add(value.casefold())


def _languages(spec: "QuestionSetSpec") -> Iterator[Problem]:
    seen: set[str] = set()
    for index, language in enumerate(spec.languages):
        if language in seen:
            yield ("languages", index), Broken(Rule.TWICE, language)
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
        yield path, Broken(Rule.NO_SOURCE_TEXT, languages[0])
    for language, words in text.items():
        if language not in languages:
            yield (*path, language), Broken(Rule.UNKNOWN_LANGUAGE)
        if found := stray_braces(words, str(path[-1])):
            yield (*path, language), found


def stray_braces(words: str, name: str) -> Broken | None:
    """What is broken by braces in a text of the field `name` that hold anything but the placeholder."""
    allowed = "" if name in QUOTED_FIELDS else PLACEHOLDER
    rest = words.replace(allowed, "") if allowed else words
    if "{" not in rest and "}" not in rest:
        return None
    return Broken(Rule.OTHER_PLACEHOLDER, allowed) if allowed else Broken(Rule.PLACEHOLDER_IN_QUOTATION)


def _scale(spec: "QuestionSetSpec") -> Iterator[Problem]:
    for index, level in enumerate(spec.scale):
        if level.value != index:
            yield ("scale", index, "value"), Broken(Rule.LEVEL_NUMBER, str(index))
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
        yield (*path, "scored"), Broken(Rule.NEVER_SCORED, item.kind.value)
    if not item.scored:
        for name in ("critical", "na_allowed", "stakeholder_primary", "recommendations"):
            if getattr(item, name):
                yield (*path, name), Broken(Rule.ONLY_SCORED)
    if item.na_condition and not item.na_allowed:
        yield (*path, "na_condition"), Broken(Rule.NEEDS_NA_ALLOWED)
    if item.stakeholder_primary and item.audience is not Audience.BOTH:
        yield (*path, "stakeholder_primary"), Broken(Rule.STAKEHOLDERS_NOT_ASKED)
    if item.other_allowed and not item.options:
        yield (*path, "other_allowed"), Broken(Rule.OTHER_NEEDS_OPTIONS)


def _anchors(item: "ItemSpec", path: Path, levels: list[int]) -> Iterator[Problem]:
    if item.kind is not Kind.RATING:
        if item.anchors:
            yield (*path, "anchors"), Broken(Rule.NO_ANCHORS, item.kind.value)
    elif [anchor.level for anchor in item.anchors] != levels:
        yield (*path, "anchors"), Broken(Rule.ANCHORS)


def _checklist(item: "ItemSpec", path: Path) -> Iterator[Problem]:
    if item.kind not in CHECKLIST_KINDS:
        for name, rule in (("options", Rule.NO_OPTIONS), ("states", Rule.NO_STATES)):
            if getattr(item, name):
                yield (*path, name), Broken(rule, item.kind.value)
        return
    if len(item.states) < 2:
        yield (*path, "states"), Broken(Rule.TWO_STATES, item.kind.value)
    if not item.options and item.kind in _OPTIONS_REQUIRED:
        yield (*path, "options"), Broken(Rule.OPTIONS, item.kind.value)
    for name, reserved in (("options", RESERVED_OPTIONS), ("states", RESERVED_STATES)):
        rows = [((index,), row.key) for index, row in enumerate(getattr(item, name))]
        yield from _repeated((*path, name), "key", rows)
        for where, key in rows:
            if key in reserved:
                yield (*path, name, *where, "key"), Broken(Rule.RESERVED, key)


def _credits(item: "ItemSpec", path: Path) -> Iterator[Problem]:
    for index, state in enumerate(item.states):
        if item.scored and state.credit is None:
            yield (*path, "states", index, "credit"), Broken(Rule.CREDIT_MISSING)
        if not item.scored and state.credit is not None:
            yield (*path, "states", index, "credit"), Broken(Rule.ONLY_SCORED)
    if item.scored and item.states and not any(state.credit == "1" for state in item.states):
        yield (*path, "states"), Broken(Rule.NO_FULL_CREDIT)


def _crosswalk(spec: "QuestionSetSpec") -> Iterator[Problem]:
    known = {i.code for attribute in spec.attributes for question in attribute.questions for i in question.items}
    for index, principle in enumerate(spec.crosswalk):
        path: Path = ("crosswalk", index, "item_codes")
        for position, code in enumerate(principle.item_codes):
            if code not in known:
                yield (*path, position), Broken(Rule.NO_SUCH_ITEM, code)
        rows = [((position,), code) for position, code in enumerate(principle.item_codes)]
        for where, broken in _repeated(path, "", rows):
            yield where[:-1], broken
