"""Whether an archive fits the question set it names: every problem with its JSON path, before anything is stored."""

import base64
import binascii
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from assessments.archive.schema import AnswerEntry, Archive
from assessments.file_types import CONTENT_TYPES
from assessments.results.canonical import document_digest
from assessments.results.document import Figure, ResultDocument
from attributes.catalogue import CatalogueItem, CatalogueSet
from attributes.kinds import CHECKLIST_KINDS, Kind

OPTION_ALWAYS = {"", "dont_know", "not_applicable"}
FRACTION = re.compile(r"-?[0-9]{1,200}(/[1-9][0-9]{0,199})?")

Problem = str


def _rating(item: CatalogueItem, answer: AnswerEntry) -> Iterator[tuple[str, str]]:
    level = answer.value.get("level")
    if set(answer.value) - {"level"}:
        yield "value", "a rating has a level and nothing else"
    if level is not None and (not isinstance(level, int) or isinstance(level, bool)):
        yield "value.level", "is not a whole number"
    elif level is not None and not 0 <= level <= item.top_level:
        yield "value.level", f"is not between 0 and {item.top_level}"
    elif answer.state == "answered" and level is None:
        yield "value.level", "is missing though the item is marked answered"


def _checklist(item: CatalogueItem, answer: AnswerEntry) -> Iterator[tuple[str, str]]:
    if set(answer.value) - {"options", "other"}:
        yield "value", "a checklist has options and other, and nothing else"
    if not isinstance(answer.value.get("other", ""), str):
        yield "value.other", "is not a text"
    options = answer.value.get("options", {})
    if not isinstance(options, dict):
        yield "value.options", "is not an object"
        return
    keys = {option.key for option in item.options} or {""}
    states = OPTION_ALWAYS | {state.key for state in item.states}
    for key, line in options.items():
        if key not in keys:
            yield f"value.options.{key}", "is not an option of this item"
        elif not isinstance(line, dict) or set(line) - {"state", "text"}:
            yield f"value.options.{key}", "has a state and a text, and nothing else"
        elif not isinstance(line.get("state", ""), str) or line.get("state", "") not in states:
            yield f"value.options.{key}.state", f"“{line['state']}” is not a state of this item"
        elif not isinstance(line.get("text", ""), str):
            yield f"value.options.{key}.text", "is not a text"


def _open_text(item: CatalogueItem, answer: AnswerEntry) -> Iterator[tuple[str, str]]:
    if set(answer.value) - {"text"} or not isinstance(answer.value.get("text", ""), str):
        yield "value", "an open text has a text and nothing else"


CHECKERS: dict[Kind, Callable[[CatalogueItem, AnswerEntry], Iterator[tuple[str, str]]]] = {
    Kind.RATING: _rating,
    Kind.OPEN_TEXT: _open_text,
    **dict.fromkeys(CHECKLIST_KINDS, _checklist),
}


def _answers(archive: Archive, catalogue: CatalogueSet) -> Iterator[Problem]:
    seen: Counter[str] = Counter()
    for index, answer in enumerate(archive.answers):
        path = f"$.answers[{index}]"
        item = catalogue.items.get(answer.item)
        if item is None:
            yield f"{path}.item: “{answer.item}” is not an item of {catalogue.slug} {catalogue.version}"
            continue
        seen[answer.item] += 1
        if seen[answer.item] > 1:
            yield f"{path}.item: “{answer.item}” is answered twice"
        if answer.revision != item.revision:
            yield f"{path}.revision: the item has revision {item.revision}, not {answer.revision}"
        if answer.state == "not_applicable" and not item.na_allowed:
            yield f"{path}.state: “{answer.item}” cannot be not applicable"
        for part, reason in CHECKERS[Kind(item.kind)](item, answer):
            yield f"{path}.{part}: {reason}"


def _files(archive: Archive, catalogue: CatalogueSet) -> Iterator[Problem]:
    for index, upload in enumerate(archive.files):
        path = f"$.files[{index}]"
        if upload.item not in catalogue.items:
            yield f"{path}.item: “{upload.item}” is not an item of {catalogue.slug} {catalogue.version}"
        if upload.content_type not in CONTENT_TYPES.values():
            yield f"{path}.content_type: is not a type of file that is taken as evidence"
        try:
            content = base64.b64decode(upload.content, validate=True)
        except (binascii.Error, ValueError):
            yield f"{path}.content: is not base64"
            continue
        if len(content) != upload.size:
            yield f"{path}.size: the content has {len(content)} bytes, not {upload.size}"
        if hashlib.sha256(content).hexdigest() != upload.sha256:
            yield f"{path}.sha256: does not match the content"


def _process(archive: Archive, catalogue: CatalogueSet) -> Iterator[Problem]:
    for name, count in Counter(archive.process.groups).items():
        if count > 1:
            yield f"$.process.groups: “{name}” is listed twice"
    criteria = {criterion.code for criterion in catalogue.criteria}
    answered: Counter[str] = Counter()
    for index, line in enumerate(archive.process.screener):
        answered[line.criterion] += 1
        if line.criterion not in criteria or answered[line.criterion] > 1:
            yield f"$.process.screener[{index}].criterion: “{line.criterion}” is unknown or answered twice"
    goals = {goal.code for goal in catalogue.goals} | {""}
    for index, goal in enumerate(archive.process.goals):
        if goal.shared_goal not in goals:
            yield f"$.process.goals[{index}].shared_goal: “{goal.shared_goal}” is not a shared goal of the set"


def _results(archive: Archive) -> Iterator[Problem]:
    numbers = [result.number for result in archive.results]
    if numbers != list(range(1, len(numbers) + 1)):
        yield "$.results: the numbers do not run 1, 2, 3, …"
    if archive.assessment.state != "draft" and not archive.results:
        yield "$.results: a submitted assessment needs its frozen result"
    if archive.assessment.state != "draft" and archive.assessment.submitted_at is None:
        yield "$.assessment.submitted_at: is missing though the assessment is submitted"
    for index, result in enumerate(archive.results):
        path = f"$.results[{index}]"
        if document_digest(result.document) != result.digest:
            yield f"{path}.digest: does not match the document; it was changed after it was frozen"
        identity = (result.document.question_set.slug, result.document.question_set.version)
        if identity != (archive.question_set.slug, archive.question_set.version):
            yield f"{path}.document.question_set: is another question set than the archive's"
        # Not the code: a result frozen after an import has another than those before.
        about = (result.document.assessment.round, result.document.assessment.number)
        if about != (archive.assessment.round, result.number):
            yield f"{path}.document.assessment: is the result of another round, or has another number"
        yield from (f"{path}.document.{problem}" for problem in _document(result.document))
    if archive.computed is not None:
        yield from (f"$.computed.{problem}" for problem in _document(archive.computed))


def _document(document: ResultDocument) -> Iterator[Problem]:
    """What would break the pages drawn from a document, whatever method it names."""
    items = document.items().keys()
    named = {
        "weakest": (document.weakest, {attribute.code for attribute in document.attributes}),
        "strengths": (document.strengths, items),
        "concerns": (document.concerns, items),
        "unknown": (document.unknown, items),
        "not_applicable": (document.not_applicable, items),
        "unsupported_items": (document.unsupported_items, items),
    }
    for name, (codes, known) in named.items():
        if not known >= set(codes):
            yield f"{name}: names what is not in the document"
    if not all(FRACTION.fullmatch(text) for text in _exact(document.model_dump(mode="json"))):
        yield "attributes: a figure is not a fraction"


def _exact(value: Any) -> Iterator[str]:
    """The exact form of every figure."""
    if isinstance(value, dict):
        if value.keys() == Figure.model_fields.keys():
            yield value["exact"]
        for child in value.values():
            yield from _exact(child)
    elif isinstance(value, list):
        for child in value:
            yield from _exact(child)


def problems_of(archive: Archive, catalogue: CatalogueSet) -> list[Problem]:
    """Return every way in which the archive does not fit the question set or itself; empty if it does."""
    return [
        *_process(archive, catalogue),
        *_answers(archive, catalogue),
        *_files(archive, catalogue),
        *_results(archive),
    ]
