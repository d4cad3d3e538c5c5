"""Whether an archive fits the question set it names: every problem with its JSON path, before anything is stored."""

import base64
import binascii
import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from assessments.answering.file_types import CONTENT_TYPES
from assessments.answers.value import ANSWERED, NOT_APPLICABLE
from assessments.archive.history import history_problems
from assessments.archive.opened import opening_problems
from assessments.archive.paths import Problem
from assessments.archive.register import register_problems
from assessments.archive.schema import AnswerEntry, Archive, FileEntry, RatedEntry
from assessments.archive.second_rating import rating_problems
from attributes.catalogue.types import CatalogueItem, CatalogueSet
from attributes.kinds import CHECKLIST_KINDS, RESERVED_STATES, Kind

OPTION_ALWAYS = {"", *RESERVED_STATES}


def _rating(item: CatalogueItem, answer: AnswerEntry | RatedEntry) -> Iterator[tuple[str, str]]:
    level = answer.value.get("level")
    if set(answer.value) - {"level"}:
        yield "value", "a rating has a level and nothing else"
    if level is not None and (not isinstance(level, int) or isinstance(level, bool)):
        yield "value.level", "is not a whole number"
    elif level is not None and not 0 <= level <= item.top_level:
        yield "value.level", f"is not between 0 and {item.top_level}"
    elif answer.state == ANSWERED and level is None:
        yield "value.level", "is missing though the item is marked answered"


def _checklist(item: CatalogueItem, answer: AnswerEntry | RatedEntry) -> Iterator[tuple[str, str]]:
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


def _open_text(item: CatalogueItem, answer: AnswerEntry | RatedEntry) -> Iterator[tuple[str, str]]:
    if set(answer.value) - {"text"} or not isinstance(answer.value.get("text", ""), str):
        yield "value", "an open text has a text and nothing else"


CHECKERS: dict[Kind, Callable[[CatalogueItem, AnswerEntry | RatedEntry], Iterator[tuple[str, str]]]] = {
    Kind.RATING: _rating,
    Kind.OPEN_TEXT: _open_text,
    **dict.fromkeys(CHECKLIST_KINDS, _checklist),
}


def _answers(answers: list[AnswerEntry], catalogue: CatalogueSet, where: str) -> Iterator[Problem]:
    seen: Counter[str] = Counter()
    for index, answer in enumerate(answers):
        path = f"{where}.answers[{index}]"
        item = catalogue.items.get(answer.item)
        if item is None:
            yield f"{path}.item: “{answer.item}” is not an item of {catalogue.slug} {catalogue.version}"
            continue
        seen[answer.item] += 1
        if seen[answer.item] > 1:
            yield f"{path}.item: “{answer.item}” is answered twice"
        if answer.revision != item.revision:
            yield f"{path}.revision: the item has revision {item.revision}, not {answer.revision}"
        if answer.state == NOT_APPLICABLE and not item.na_allowed:
            yield f"{path}.state: “{answer.item}” cannot be not applicable"
        for part, reason in CHECKERS[Kind(item.kind)](item, answer):
            yield f"{path}.{part}: {reason}"


def _rated(archive: Archive, catalogue: CatalogueSet) -> Iterator[Problem]:
    """What both raters said: of items that are rated, in values that these take."""
    yield from rating_problems(archive, catalogue)
    for index, row in enumerate(archive.second_rating.answers if archive.second_rating else []):
        item = catalogue.items.get(row.item)
        for part, reason in CHECKERS[Kind(item.kind)](item, row) if item else ():
            yield f"$.second_rating.answers[{index}].{part}: {reason}"


def _files(
    files: list[FileEntry], catalogue: CatalogueSet, where: str, known: dict[str, FileEntry]
) -> Iterator[Problem]:
    """`known` has the files that come before these, by their codes, and takes up these."""
    for index, upload in enumerate(files):
        path = f"{where}.files[{index}]"
        if upload.item not in catalogue.items:
            yield f"{path}.item: “{upload.item}” is not an item of {catalogue.slug} {catalogue.version}"
        if upload.content_type not in CONTENT_TYPES.values():
            yield f"{path}.content_type: is not a type of file that is taken as evidence"
        yield from (f"{path}.{problem}" for problem in _content(upload, known))
        known[upload.code] = upload


def _content(upload: FileEntry, known: dict[str, FileEntry]) -> Iterator[Problem]:
    if upload.same_as:
        other = known.get(upload.same_as)
        if upload.content:
            yield "content: has to be empty where the content is that of another file"
        if other is None or other.same_as:
            yield f"same_as: there is no file “{upload.same_as}” with its content before this one"
        elif (other.size, other.sha256) != (upload.size, upload.sha256):
            yield f"same_as: the file “{upload.same_as}” has another size or SHA-256"
        return
    try:
        content = base64.b64decode(upload.content, validate=True)
    except (binascii.Error, ValueError):
        yield "content: is not base64"
        return
    if len(content) != upload.size:
        yield f"size: the content has {len(content)} bytes, not {upload.size}"
    if hashlib.sha256(content).hexdigest() != upload.sha256:
        yield "sha256: does not match the content"


def _process(archive: Archive, catalogues: Sequence[CatalogueSet]) -> Iterator[Problem]:
    for name, count in Counter(archive.process.groups).items():
        if count > 1:
            yield f"$.process.groups: “{name}” is listed twice"
    criteria = {criterion.code for catalogue in catalogues for criterion in catalogue.criteria}
    answered: Counter[str] = Counter()
    for index, line in enumerate(archive.process.screener):
        answered[line.criterion] += 1
        if line.criterion not in criteria or answered[line.criterion] > 1:
            yield f"$.process.screener[{index}].criterion: “{line.criterion}” is unknown or answered twice"
    goals = {goal.code for catalogue in catalogues for goal in catalogue.goals} | {""}
    for index, goal in enumerate(archive.process.goals):
        if goal.shared_goal not in goals:
            yield f"$.process.goals[{index}].shared_goal: “{goal.shared_goal}” is not a shared goal of the set"


def problems_of(archive: Archive, catalogue: CatalogueSet, others: Sequence[CatalogueSet] = ()) -> list[Problem]:
    """Return every way in which the archive does not fit the question set or itself; empty if it does.

    `others` are the versions of `archive.other_versions`, in their order.
    """
    known: dict[str, FileEntry] = {}
    return [
        *_process(archive, [catalogue, *others]),
        *_answers(archive.answers, catalogue, "$"),
        *_rated(archive, catalogue),
        *_files(archive.files, catalogue, "$", known),
        *opening_problems(archive.openings, archive.answers, archive.files, "$"),
        *register_problems(archive),
        *history_problems(archive),
        *(
            problem
            for index, (entry, version) in enumerate(zip(archive.other_versions, others, strict=True))
            for problem in [
                *_answers(entry.answers, version, f"$.other_versions[{index}]"),
                *_files(entry.files, version, f"$.other_versions[{index}]", known),
                *opening_problems(entry.openings, entry.answers, entry.files, f"$.other_versions[{index}]"),
            ]
        ),
    ]
