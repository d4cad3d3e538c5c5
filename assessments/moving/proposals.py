"""Per item of the newer version: what its answer would become, by each choice the organiser has."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext as _

from assessments.answers.value import AnswerContent, fields_of, is_empty
from assessments.moving.conversion import Converted, Scale, Source, converted, merged, words_only
from assessments.moving.matching import Change, Match, asks_alike
from attributes.catalogue.types import CatalogueItem, CatalogueSet


class Choice(StrEnum):
    """What to do with an answer."""

    TAKE = "take"  # take it over, as far as it fits
    WORDS = "words"  # take evidence and comments over, and answer again
    START = "start"  # start unanswered
    KEEP = "keep"  # what was answered in the newer version before the move was undone


@dataclass(frozen=True)
class Kept:
    """What was answered in the newer version before an earlier move there was undone."""

    content: AnswerContent
    # Whether somebody changed it after that move had made it.
    was_edited: bool
    files: int = 0


@dataclass(frozen=True)
class Proposal:
    """An item, its answers before, and what becomes of them. `becomes` is empty where there is nothing to decide."""

    match: Match
    before: tuple[AnswerContent, ...]
    files: int
    becomes: Mapping[Choice, Converted] = field(default_factory=dict)
    recommended: Choice = Choice.TAKE

    @property
    def code(self) -> str:
        """The code of the item."""
        return self.match.code

    @property
    def is_decision(self) -> bool:
        """Whether there is anything to decide."""
        return bool(self.becomes)

    @property
    def needs_look(self) -> bool:
        """Whether the organiser should look at it: everything but what stays the same."""
        return self.match.change is not Change.SAME or self.recommended is Choice.KEEP

    def chosen(self, decisions: Mapping[str, Choice]) -> Choice:
        """What was decided, or the recommendation where nothing was, or nothing that is offered."""
        choice = decisions.get(self.code, self.recommended)
        return choice if choice in self.becomes else self.recommended


def proposal(
    match: Match,
    contents: Mapping[str, AnswerContent],
    files: Mapping[str, int],
    kept: Kept | None,
    scales: tuple[Scale, Scale],
) -> Proposal:
    """Return what becomes of the answers to an item. `contents` and numbers of `files` by code in the old version."""
    before = tuple(contents[item.code] for item in match.olds)
    count = sum(files.get(item.code, 0) for item in match.olds)
    found = Proposal(match, before, count)
    given = bool(count) or not all(is_empty(content) for content in before)
    if match.new is None or not (given or kept):
        return found
    sources = [Source(item, content, scales[0]) for item, content in zip(match.olds, before, strict=True)]
    becomes = _choices(match, match.new, sources, scales[1]) if given else {}
    becomes[Choice.START] = Converted(AnswerContent())
    recommended = Choice.START if not given else Choice.WORDS if Choice.WORDS in becomes else Choice.TAKE
    if kept is not None and (kept.was_edited or not given):
        becomes[Choice.KEEP] = Converted(kept.content)
        recommended = Choice.KEEP
    return Proposal(match, before, count, becomes, recommended)


def _choices(match: Match, new: CatalogueItem, sources: list[Source], scale: Scale) -> dict[Choice, Converted]:
    if len(sources) > 1:
        return {Choice.TAKE: merged(sources, new, scale)}
    (source,) = sources
    becomes = {Choice.TAKE: converted(source, new, scale)}
    words = words_only(source, new)
    if match.change in (Change.SPLIT, Change.REPLACED) and words.content != becomes[Choice.TAKE].content:
        becomes[Choice.WORDS] = words
    return becomes


def reason_of(found: Proposal, old: CatalogueSet) -> str:
    """Why the item is what it is, in a sentence."""
    match = found.match
    named = ", ".join(item.code for item in match.olds)
    if match.change is Change.NEW:
        return _("It was not asked before.")
    if match.change is Change.GONE:
        return _("It is no longer asked. Its answer stays with version %(version)s.") % {"version": old.version}
    if match.change is Change.MERGED:
        return _("It takes the place of %(codes)s.") % {"codes": named}
    if match.change is Change.SPLIT:
        return _("It takes the place of %(codes)s, or of a part of it: the old answer may not fit.") % {"codes": named}
    if match.change is Change.REPLACED:
        return _("It takes the place of %(codes)s and may ask something else: the old answer may not fit.") % {
            "codes": named
        }
    if match.change is Change.REWORDED and match.new and asks_alike(match.olds[0], match.new):
        return _("Its wording has changed: check that the answer still fits.")
    if match.change is Change.REWORDED:
        return _("What can be answered has changed.")
    return _("It is still the same question.")


def fingerprint_of(item: CatalogueItem, content: AnswerContent, files: list[str]) -> str:
    """A short fingerprint of an answer with the digests of its files: to see later whether it was changed."""
    said = json.dumps([fields_of(item, content), sorted(files)], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]
