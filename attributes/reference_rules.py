"""Rules about what one part of a question set says of others: principles, contradictions, lists that follow lists."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from attributes.broken import Broken, Path, Problem, Rule, repeated, repeated_words
from attributes.kinds import CHECKLIST_KINDS, DONT_KNOW, NOT_APPLICABLE, UNANSWERED, Kind

if TYPE_CHECKING:
    from attributes.schema import ContradictionSpec, ItemSpec, QuestionSetSpec


def _items(spec: "QuestionSetSpec") -> dict[str, "ItemSpec"]:
    return {i.code: i for attribute in spec.attributes for question in attribute.questions for i in question.items}


def crosswalk(spec: "QuestionSetSpec") -> Iterator[Problem]:
    """Principles name items there are, each once."""
    known = _items(spec)
    for index, principle in enumerate(spec.crosswalk):
        path: Path = ("crosswalk", index, "item_codes")
        for position, code in enumerate(principle.item_codes):
            if code not in known:
                yield (*path, position), Broken(Rule.NO_SUCH_ITEM, code)
        yield from repeated_words(path, principle.item_codes)


def contradictions(spec: "QuestionSetSpec") -> Iterator[Problem]:
    """Rules name items there are, and answers that these can have."""
    known = _items(spec)
    rows = [((index,), rule.code) for index, rule in enumerate(spec.contradictions)]
    yield from repeated(("contradictions",), "code", rows)
    for index, rule in enumerate(spec.contradictions):
        yield from _contradiction(rule, ("contradictions", index), known, len(spec.scale))


def _contradiction(
    rule: "ContradictionSpec", path: Path, known: dict[str, "ItemSpec"], levels: int
) -> Iterator[Problem]:
    for name in ("a", "b"):
        if getattr(rule, name) not in known:
            yield (*path, name), Broken(Rule.NO_SUCH_ITEM, getattr(rule, name))
    if rule.a == rule.b:
        yield (*path, "b"), Broken(Rule.WITH_ITSELF)
    first, second = known.get(rule.a), known.get(rule.b)
    possible = {
        "a_states": answers_of(first, levels) | {DONT_KNOW, UNANSWERED} if first else None,
        # A line that is not known claims nothing.
        "b_states": answers_of(second, levels) if second else None,
        "named_states": answers_of(second, levels) if second else None,
    }
    for name, states in possible.items():
        words = getattr(rule, name)
        yield from repeated_words((*path, name), words)
        for position, word in enumerate(words):
            if states is not None and word not in states:
                yield (*path, name, position), Broken(Rule.NO_SUCH_STATE, word)
            elif name == "named_states" and word in rule.b_states:
                yield (*path, name, position), Broken(Rule.TWICE, word)
    if first and second and first.options and second.options and not _keys(first) & _keys(second):
        yield (*path, "b"), Broken(Rule.NO_SHARED_OPTION, second.code)


def _keys(item: "ItemSpec") -> set[str]:
    return {option.key for option in item.options}


def answers_of(item: "ItemSpec", levels: int) -> frozenset[str]:
    """What an item, or a line of it, can be answered besides "don't know". `levels`: how many the scale has."""
    found = {state.key for state in item.states}
    if item.kind is Kind.RATING:
        found = {str(level) for level in range(levels)}
    if item.na_allowed or (item.scored and item.kind in CHECKLIST_KINDS and item.options):
        found.add(NOT_APPLICABLE)
    return frozenset(found)


def derived(spec: "QuestionSetSpec") -> Iterator[Problem]:
    """A list follows one that stands before it and has the same options."""
    for a, attribute in enumerate(spec.attributes):
        for q, question in enumerate(attribute.questions):
            before: dict[str, ItemSpec] = {}
            for i, item in enumerate(question.items):
                path: Path = ("attributes", a, "questions", q, "items", i, "derived_from")
                yield from _derived(item, path, before)
                before[item.code] = item


def _derived(item: "ItemSpec", path: Path, before: dict[str, "ItemSpec"]) -> Iterator[Problem]:
    if item.derived_from is None:
        return
    leading = before.get(item.derived_from.item)
    if leading is None:
        yield (*path, "item"), Broken(Rule.NOT_BEFORE, item.derived_from.item)
    elif [option.key for option in leading.options] != [option.key for option in item.options]:
        yield (*path, "item"), Broken(Rule.OTHER_OPTIONS, leading.code)
    elif item.derived_from.when not in {state.key for state in leading.states}:
        yield (*path, "when"), Broken(Rule.NO_SUCH_STATE, item.derived_from.when)
    if item.derived_from.then not in {state.key for state in item.states}:
        yield (*path, "then"), Broken(Rule.NO_SUCH_STATE, item.derived_from.then)
