"""The content of one answer as a plain value, and its form in the database. A leaf: knows items, not rows' history.

Two contents are equal when they say the same, however they were stored; saving, the optimistic lock and the
history all compare by this.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from assessments.vocabulary import AnswerState
from assessments.web_addresses import is_web_address
from attributes.catalogue.types import CatalogueItem
from attributes.kinds import UNNAMED_OPTION, Kind

UNANSWERED = AnswerState.UNANSWERED.value
ANSWERED = AnswerState.ANSWERED.value
DONT_KNOW = AnswerState.DONT_KNOW.value
NOT_APPLICABLE = AnswerState.NOT_APPLICABLE.value


class StoredAnswer(Protocol):
    """What is read of an answer, or of an entry of its history."""

    state: str
    value: Any
    not_applicable_reason: str
    evidence_class: str
    evidence_text: str
    evidence_links: str
    evidence_source: str
    comment: str
    moved_because: str


STORED = tuple(StoredAnswer.__annotations__)


@dataclass(frozen=True, slots=True)
class OptionContent:
    """One line of a checklist: a state key, `dont_know`, `not_applicable` or "" while open; and its words."""

    state: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class AnswerContent:
    """What an answer says. `options` holds only lines on which something was entered.

    `evidence_class` is the class chosen, "" where that of what is given holds (see `assessments.answers.counting`).
    """

    state: str = UNANSWERED
    level: int | None = None
    options: Mapping[str, OptionContent] = field(default_factory=dict)
    other: str = ""
    text: str = ""
    not_applicable_reason: str = ""
    evidence_class: str = ""
    evidence_text: str = ""
    evidence_links: str = ""
    evidence_source: str = ""
    comment: str = ""
    # Why it is another answer than in the round before.
    moved_because: str = ""


def takes_evidence(item: CatalogueItem) -> bool:
    """Whether the item has a place for evidence: all that are scored, and those that say what would show it."""
    return item.scored or bool(item.evidence_prompts)


def content_of(item: CatalogueItem, stored: StoredAnswer | None) -> AnswerContent:
    """Return what a stored answer says, in the one canonical form; nothing stored says nothing."""
    if stored is None:
        return AnswerContent()
    value = stored.value if isinstance(stored.value, dict) else {}
    return canonical(
        item,
        AnswerContent(
            state=stored.state,
            level=value.get("level"),
            options=_options(item, stored.state, value.get("options") or {}),
            other=value.get("other", ""),
            text=value.get("text", ""),
            not_applicable_reason=stored.not_applicable_reason,
            evidence_class=stored.evidence_class,
            evidence_text=stored.evidence_text,
            evidence_links=stored.evidence_links,
            evidence_source=stored.evidence_source,
            comment=stored.comment,
            moved_because=stored.moved_because,
        ),
    )


def _options(item: CatalogueItem, state: str, stored: Mapping[str, Any]) -> dict[str, OptionContent]:
    if not stored and state != DONT_KNOW:
        return {}
    lines = {
        key: OptionContent(entry.get("state", ""), entry.get("text", ""))
        for key in item.option_keys
        if (entry := stored.get(key))
    }
    if state == DONT_KNOW and item.has_named_options and not any(line.state for line in lines.values()):
        # "Don't know" as a whole is the same answer as on every line.
        return {key: OptionContent(DONT_KNOW, lines.get(key, OptionContent()).text) for key in item.option_keys}
    return lines


def canonical(item: CatalogueItem, content: AnswerContent) -> AnswerContent:
    """Return the content with its state derived from what was entered, and without empty parts."""
    options = {key: line for key, line in content.options.items() if line.state or line.text}
    state, level = content.state, content.level
    if state == NOT_APPLICABLE:
        level = None
    elif item.kind is Kind.RATING:
        if state != ANSWERED or level is None:
            state, level = (UNANSWERED if state == ANSWERED else state), None
    elif item.kind is Kind.OPEN_TEXT:
        state = ANSWERED if content.text else (DONT_KNOW if state == DONT_KNOW else UNANSWERED)
    elif item.has_named_options:
        state = _state_of_lines(item, options)
    elif state != DONT_KNOW:
        state = ANSWERED if options.get(UNNAMED_OPTION, OptionContent()).state else UNANSWERED
    if not item.has_named_options and state in {DONT_KNOW, NOT_APPLICABLE} and options:
        text = options[UNNAMED_OPTION].text
        options = {UNNAMED_OPTION: OptionContent("", text)} if text else {}
    if (state, level, options) == (content.state, content.level, content.options):
        return content
    return replace(content, state=state, level=level, options=options)


def _state_of_lines(item: CatalogueItem, options: Mapping[str, OptionContent]) -> str:
    given = [line.state for line in options.values() if line.state]
    if not given:
        return UNANSWERED
    unknown = all(state == DONT_KNOW for state in given) and len(given) == len(item.option_keys)
    return DONT_KNOW if unknown else ANSWERED


def combined(mine: AnswerContent, theirs: AnswerContent) -> AnswerContent:
    """Return my choices, theirs where I made none, and the words of both, mine first."""
    answered = mine if mine.state != UNANSWERED else theirs
    keys = [*mine.options, *(key for key in theirs.options if key not in mine.options)]
    nothing = OptionContent()
    return AnswerContent(
        state=answered.state,
        level=answered.level,
        options={
            key: OptionContent(
                mine.options.get(key, nothing).state or theirs.options.get(key, nothing).state,
                joined(mine.options.get(key, nothing).text, theirs.options.get(key, nothing).text),
            )
            for key in keys
        },
        other=joined(mine.other, theirs.other),
        text=joined(mine.text, theirs.text),
        not_applicable_reason=joined(mine.not_applicable_reason, theirs.not_applicable_reason),
        evidence_class=mine.evidence_class or theirs.evidence_class,
        evidence_text=joined(mine.evidence_text, theirs.evidence_text),
        evidence_links="\n".join(dict.fromkeys(link_lines(mine.evidence_links) + link_lines(theirs.evidence_links))),
        evidence_source=mine.evidence_source or theirs.evidence_source,
        comment=joined(mine.comment, theirs.comment),
        moved_because=joined(mine.moved_because, theirs.moved_because),
    )


def joined(mine: str, theirs: str) -> str:
    """Both texts, or the one that holds the other."""
    if theirs in mine:
        return mine
    return theirs if mine in theirs else f"{mine}\n\n{theirs}"


def value_of(item: CatalogueItem, content: AnswerContent) -> dict[str, Any]:
    """Return the JSON that is stored in `Answer.value`, as described there."""
    if item.kind is Kind.RATING:
        return {} if content.level is None else {"level": content.level}
    if item.kind is Kind.OPEN_TEXT:
        return {"text": content.text} if content.text else {}
    options = {}
    for key in item.option_keys:
        line = content.options.get(key)
        if line is not None:
            options[key] = {"state": line.state, **({"text": line.text} if line.text else {})}
    return {
        **({"options": options} if options else {}),
        **({"other": content.other} if content.other else {}),
    }


def fields_of(item: CatalogueItem, content: AnswerContent) -> dict[str, Any]:
    """Return the columns of an `Answer` that say this."""
    return {
        "state": content.state,
        "value": value_of(item, content),
        "not_applicable_reason": content.not_applicable_reason,
        "evidence_class": content.evidence_class,
        "evidence_text": content.evidence_text,
        "evidence_links": content.evidence_links,
        "evidence_source": content.evidence_source,
        "comment": content.comment,
        "moved_because": content.moved_because,
    }


def needs_text(item: CatalogueItem, state: str) -> bool:
    """Whether a line in this state counts only with words beside it."""
    return any(known.key == state and known.needs_text for known in item.states)


def lines_without_reason(item: CatalogueItem, content: AnswerContent) -> tuple[str, ...]:
    """Keys of the options whose state does not count because its words are missing."""
    if content.state != ANSWERED:
        return ()
    return tuple(
        key
        for key, line in content.options.items()
        if not line.text.strip() and (needs_text(item, line.state) or _is_left_out(item, line.state))
    )


def _is_left_out(item: CatalogueItem, state: str) -> bool:
    """Whether a line of a list is said not to apply; a yes/no item without named lines says so of itself."""
    return state == NOT_APPLICABLE and item.has_named_options


def is_complete(item: CatalogueItem, content: AnswerContent) -> bool:
    """Whether nothing more is asked of the answer itself (evidence is another matter)."""
    if content.state == UNANSWERED:
        return False
    if content.state == NOT_APPLICABLE:
        return item.na_allowed and bool(content.not_applicable_reason.strip())
    if content.state == DONT_KNOW or not item.option_keys:
        return True
    given = [key for key, line in content.options.items() if line.state]
    return len(given) == len(item.option_keys) and not lines_without_reason(item, content)


def is_empty(content: AnswerContent) -> bool:
    """Whether nothing at all was entered."""
    return content == AnswerContent()


def link_lines(links: str) -> list[str]:
    """The lines of the links field that hold something, as typed."""
    return [line.strip() for line in links.splitlines() if line.strip()]


def web_links(links: str) -> list[str]:
    """The lines that are web addresses: only these may become links on a page."""
    return [line for line in link_lines(links) if is_web_address(line)]
