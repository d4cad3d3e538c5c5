"""The answers of a quick check, as the visitor's session keeps them: choices and nothing else, until it ends.

Every choice carries the revision of its item, so that nothing is read into words that have changed since.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from assessments.answers.value import (
    ANSWERED,
    DONT_KNOW,
    NOT_APPLICABLE,
    AnswerContent,
    OptionContent,
)
from assessments.quick.asked import quick_items
from attributes.catalogue.types import CatalogueItem, CatalogueSet
from attributes.kinds import Kind

SESSION_KEY = "quick_check"
# The one line of a rating, and of a yes/no item without named lines.
WHOLE = ""

# By line: the number of a level, the key of a state, dont_know or not_applicable.
Choices = Mapping[str, str]


@dataclass(frozen=True)
class KeptCheck:
    """The choices made so far, by item, of one question set."""

    slug: str
    choices: dict[str, Choices] = field(default_factory=dict)

    def of(self, item: CatalogueItem) -> Choices:
        """The choices for one item."""
        return self.choices.get(item.code, {})


def line_keys(item: CatalogueItem) -> tuple[str, ...]:
    """The lines of an item on which something is chosen."""
    return (WHOLE,) if item.kind is Kind.RATING else item.option_keys


def values_of(item: CatalogueItem) -> tuple[str, ...]:
    """What can be chosen on a line of an item."""
    if item.kind is Kind.RATING:
        on_scale = tuple(str(level) for level in range(len(item.anchors)))
    else:
        on_scale = tuple(state.key for state in item.states)
    left_out = (NOT_APPLICABLE,) if item.na_allowed or item.has_named_options else ()
    return (*on_scale, DONT_KNOW, *left_out)


def kept_check(request: HttpRequest, catalogue: CatalogueSet) -> KeptCheck:
    """Return what the session has for this question set: what its items still mean and allow."""
    stored: Any = request.session.get(SESSION_KEY) or {}
    if stored.get("set") != catalogue.slug:
        return KeptCheck(catalogue.slug)
    found: dict[str, Choices] = {}
    for item in quick_items(catalogue):
        revision, chosen = stored["answers"].get(item.code, (0, {}))
        if revision == item.revision:
            allowed, lines = values_of(item), line_keys(item)
            found[item.code] = {key: value for key, value in chosen.items() if key in lines and value in allowed}
    return KeptCheck(catalogue.slug, {code: chosen for code, chosen in found.items() if chosen})


def keep_check(request: HttpRequest, catalogue: CatalogueSet, check: KeptCheck) -> None:
    """Keep the choices in the session."""
    answers = {code: (catalogue.items[code].revision, dict(chosen)) for code, chosen in check.choices.items()}
    request.session[SESSION_KEY] = {"set": catalogue.slug, "answers": answers}


def begun_with(request: HttpRequest) -> str:
    """Return the slug of the question set of which the session has a quick check; "" for none."""
    stored: Any = request.session.get(SESSION_KEY) or {}
    return str(stored.get("set", ""))


def forget_check(request: HttpRequest) -> None:
    """Take the choices out of the session."""
    request.session.pop(SESSION_KEY, None)


def content_of_choices(item: CatalogueItem, chosen: Choices) -> AnswerContent | None:
    """Return what choices say as an answer; None where nothing was chosen."""
    given = {key: value for key, value in chosen.items() if value}
    if not given:
        return None
    for state in (DONT_KNOW, NOT_APPLICABLE):
        of_item = state == DONT_KNOW or item.na_allowed
        if of_item and all(chosen.get(key) == state for key in line_keys(item)):
            return AnswerContent(state=state)
    if item.kind is Kind.RATING:
        return AnswerContent(state=ANSWERED, level=int(given[WHOLE]))
    return AnswerContent(state=ANSWERED, options={key: OptionContent(value) for key, value in given.items()})
