"""Rules about a whole question set: what no single value can break. Each yields (path, what is broken)."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, get_args, get_origin

from pydantic import BaseModel

from attributes.broken import Broken, Path, Problem, Rule, repeated, repeated_words
from attributes.kinds import (
    CHECKLIST_KINDS,
    PLACEHOLDER,
    PROCESS_PLACEHOLDER,
    RESERVED_STATES,
    UNANSWERED,
    UNSCORED_KINDS,
    Audience,
    Kind,
    KindOfProcess,
)
from attributes.reference_rules import contradictions, crosswalk, derived

if TYPE_CHECKING:
    from attributes.schema import ItemSpec, QuestionSetSpec, QuestionSpec


RESERVED_OPTIONS = frozenset({"other"})
_RESERVED_KEYS = RESERVED_STATES | {UNANSWERED}
# Shown in the words of the source: nothing is ever put into them.
QUOTED_FIELDS = frozenset({"verbatim", "lead_in", "basis_quote", "resource_default", "process_default"})
# Read by participants only, who are asked about one process.
PARTICIPANT_FIELDS = frozenset({"participant_text", "participant_note", "participant_label"})
_WITH_TEXTS = (BaseModel, tuple, dict)
_ONLY_SCORED = (
    "critical",
    "why_critical",
    "na_allowed",
    "stakeholder_primary",
    "quick_check",
    "short_form",
    "evidence_sentence",
    "show_it",
    "blind_spot",
    "recommendations",
)
_OPTIONS_REQUIRED = CHECKLIST_KINDS - {Kind.JUSTIFIED_YES_NO}


def problems_of(spec: "QuestionSetSpec") -> list[Problem]:
    """Everything in the set that breaks a rule, in the order of the file."""
    return [
        *_languages(spec),
        *_texts(spec, (), spec.languages),
        *_process_default(spec),
        *_scale(spec),
        *_codes(spec),
        *_items(spec),
        *crosswalk(spec),
        *contradictions(spec),
        *derived(spec),
    ]


def _languages(spec: "QuestionSetSpec") -> Iterator[Problem]:
    seen: set[str] = set()
    for index, language in enumerate(spec.languages):
        if language in seen:
            yield ("languages", index), Broken(Rule.TWICE, language)
        seen.add(language)


def _process_default(spec: "QuestionSetSpec") -> Iterator[Problem]:
    """A set is also read where no process is asked about."""
    items = [item for attribute in spec.attributes for question in attribute.questions for item in question.items]
    texts = [text for item in items for row in (item, *item.states) for text in _participant_texts(row)]
    if not spec.process_default and any(PROCESS_PLACEHOLDER in words for text in texts for words in text.values()):
        yield ("process_default",), Broken(Rule.NO_PROCESS_DEFAULT, PROCESS_PLACEHOLDER)


def _participant_texts(row: BaseModel) -> list[dict[str, str]]:
    return [getattr(row, name) for name in sorted(PARTICIPANT_FIELDS) if name in type(row).model_fields]


def _texts(value: Any, path: Path, languages: tuple[str, ...]) -> Iterator[Problem]:
    """Walk to every text: dictionaries occur nowhere else in a question set."""
    if isinstance(value, dict):
        yield from _text(value, path, languages)
        return
    inside: Iterable[tuple[str | int, Any]] = _fields(value) if isinstance(value, BaseModel) else enumerate(value)
    for name, entry in inside:
        # Most fields are one word or number, and most of the others empty.
        if entry and isinstance(entry, _WITH_TEXTS):
            yield from _texts(entry, (*path, name), languages)


def _fields(row: BaseModel) -> Iterator[tuple[str | int, Any]]:
    return ((name, getattr(row, name)) for name in _names(type(row)))


@cache
def _names(model: type[BaseModel]) -> tuple[str, ...]:
    """The fields in which texts can stand, somewhere: most hold one word, number or code, or a list of codes."""
    return tuple(name for name, field in model.model_fields.items() if _holds_texts(field.annotation))


def _holds_texts(annotation: Any) -> bool:
    if isinstance(annotation, type):
        return issubclass(annotation, (dict, BaseModel))
    return get_origin(annotation) is dict or any(map(_holds_texts, get_args(annotation)))


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
    allowed = placeholders_of(name)
    rest = words
    for placeholder in allowed:
        rest = rest.replace(placeholder, "")
    if "{" not in rest and "}" not in rest:
        return None
    if len(allowed) > 1:
        return Broken(Rule.OTHER_PLACEHOLDERS, " and ".join(allowed))
    return Broken(Rule.OTHER_PLACEHOLDER, PLACEHOLDER) if allowed else Broken(Rule.PLACEHOLDER_IN_QUOTATION)


def placeholders_of(name: str) -> tuple[str, ...]:
    """What may stand in braces in a text of the field `name`."""
    if name in QUOTED_FIELDS:
        return ()
    return (PLACEHOLDER, PROCESS_PLACEHOLDER) if name in PARTICIPANT_FIELDS else (PLACEHOLDER,)


def _scale(spec: "QuestionSetSpec") -> Iterator[Problem]:
    for index, level in enumerate(spec.scale):
        if level.value != index:
            yield ("scale", index, "value"), Broken(Rule.LEVEL_NUMBER, str(index))
    yield from repeated(("scale",), "letter", [((i,), level.letter) for i, level in enumerate(spec.scale)])


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
    yield from repeated((), "code", [(("attributes", a), attribute.code) for a, attribute in attributes])
    yield from repeated((), "slug", [(("attributes", a), attribute.slug) for a, attribute in attributes])
    yield from repeated((), "code", [(path, question.code) for path, question in questions])
    yield from repeated((), "code", [(path, item.code) for path, item in items])
    yield from repeated((), "code", recommendations)
    for name in ("criteria", "goals", "components"):
        rows = [((i,), row.code) for i, row in enumerate(getattr(spec, name))]
        yield from repeated((name,), "code", rows)


def _items(spec: "QuestionSetSpec") -> Iterator[Problem]:
    levels = [level.value for level in spec.scale]
    for a, attribute in enumerate(spec.attributes):
        for q, question in enumerate(attribute.questions):
            for i, item in enumerate(question.items):
                path: Path = ("attributes", a, "questions", q, "items", i)
                yield from problems_of_item(item, path, levels)
                yield from _examples(spec, item, path)
            yield from _one_of_a_question(question, ("attributes", a, "questions", q))


def _one_of_a_question(question: "QuestionSpec", path: Path) -> Iterator[Problem]:
    """What is quick, and what is short, asks one item of a question."""
    for name, rule in (("quick_check", Rule.ONE_QUICK_CHECK), ("short_form", Rule.ONE_SHORT_FORM)):
        asked = [index for index, item in enumerate(question.items) if getattr(item, name)]
        for index in asked[1:]:
            yield (*path, "items", index, name), Broken(rule, question.items[asked[0]].code)


def problems_of_item(item: "ItemSpec", path: Path, levels: list[int]) -> Iterator[Problem]:
    """What one item breaks by itself. `levels` are the values of the scale, `path` is where the item stands."""
    yield from _flags(item, path)
    yield from _kinds_of_process(item, path)
    yield from _anchors(item, path, levels)
    yield from _checklist(item, path)
    yield from _credits(item, path)


def _flags(item: "ItemSpec", path: Path) -> Iterator[Problem]:
    if item.scored and item.kind in UNSCORED_KINDS:
        yield (*path, "scored"), Broken(Rule.NEVER_SCORED, item.kind.value)
    if not item.scored:
        for name in _ONLY_SCORED:
            if getattr(item, name):
                yield (*path, name), Broken(Rule.ONLY_SCORED)
    elif item.why_critical and not item.critical:
        yield (*path, "why_critical"), Broken(Rule.ONLY_CRITICAL)
    if item.na_condition and not item.na_allowed:
        yield (*path, "na_condition"), Broken(Rule.NEEDS_NA_ALLOWED)
    if item.audience is not Audience.BOTH:
        for name in ("stakeholder_primary", "short_form", "participant_text", "participant_note", "blind_spot"):
            if getattr(item, name):
                yield (*path, name), Broken(Rule.STAKEHOLDERS_NOT_ASKED)
    if item.other_allowed and not item.options:
        yield (*path, "other_allowed"), Broken(Rule.OTHER_NEEDS_OPTIONS)


def _kinds_of_process(item: "ItemSpec", path: Path) -> Iterator[Problem]:
    yield from repeated_words((*path, "not_for"), tuple(item.not_for))
    yield from repeated_words((*path, "shows"), tuple(item.shows))
    if set(item.not_for) == set(KindOfProcess):
        yield (*path, "not_for"), Broken(Rule.NEVER_ASKED)
    for kind in KindOfProcess:
        if kind in item.not_for and getattr(item.reading, kind.value):
            yield (*path, "reading", kind.value), Broken(Rule.READING_NOT_ASKED)


def _anchors(item: "ItemSpec", path: Path, levels: list[int]) -> Iterator[Problem]:
    if item.kind is not Kind.RATING:
        if item.anchors:
            yield (*path, "anchors"), Broken(Rule.NO_ANCHORS, item.kind.value)
    elif [anchor.level for anchor in item.anchors] != levels:
        yield (*path, "anchors"), Broken(Rule.ANCHORS)


def _examples(spec: "QuestionSetSpec", item: "ItemSpec", path: Path) -> Iterator[Problem]:
    """They are examples of levels, so that only a rating has them."""
    letters = {level.letter for level in spec.scale}
    for index, example in enumerate(item.examples):
        if item.kind is not Kind.RATING:
            yield (*path, "examples"), Broken(Rule.NO_ANCHORS, item.kind.value)
            return
        if example.letter not in letters:
            yield (*path, "examples", index, "letter"), Broken(Rule.NO_SUCH_LEVEL, example.letter)


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
    for name, reserved in (("options", RESERVED_OPTIONS), ("states", _RESERVED_KEYS)):
        rows = [((index,), row.key) for index, row in enumerate(getattr(item, name))]
        yield from repeated((*path, name), "key", rows)
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
