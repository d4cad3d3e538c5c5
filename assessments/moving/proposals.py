"""Per item of the newer version: what its answer would become, by each choice the organiser has."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext as _

from assessments.answers.value import AnswerContent, fields_of, is_empty
from assessments.moving.conversion import Converted, Scale, Source, converted, merged, words_only
from assessments.moving.matching import ItemChange, Match, asks_alike
from attributes.catalogue.types import CatalogueItem, CatalogueSet


class MoveChoice(StrEnum):
    """What to do with an answer."""

    TAKE = "take"  # take it over, as far as it fits
    WORDS = "words"  # take evidence and comments over, and answer again
    START = "start"  # start unanswered
    KEEP = "keep"  # what was answered in the newer version before the move was undone


@dataclass(frozen=True)
class EarlierAnswer:
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
    becomes: Mapping[MoveChoice, Converted] = field(default_factory=dict)
    recommended: MoveChoice = MoveChoice.TAKE

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
        return self.match.change is not ItemChange.SAME or self.recommended is MoveChoice.KEEP

    def chosen(self, decisions: Mapping[str, MoveChoice]) -> MoveChoice:
        """What was decided, or the recommendation where nothing was, or nothing that is offered."""
        choice = decisions.get(self.code, self.recommended)
        return choice if choice in self.becomes else self.recommended


def proposal(
    match: Match,
    contents: Mapping[str, AnswerContent],
    files: Mapping[str, int],
    kept: EarlierAnswer | None,
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
    becomes[MoveChoice.START] = Converted(AnswerContent())
    recommended = (
        MoveChoice.START if not given else MoveChoice.WORDS if MoveChoice.WORDS in becomes else MoveChoice.TAKE
    )
    if kept is not None and (kept.was_edited or not given):
        becomes[MoveChoice.KEEP] = Converted(kept.content)
        recommended = MoveChoice.KEEP
    return Proposal(match, before, count, becomes, recommended)


def _choices(match: Match, new: CatalogueItem, sources: list[Source], scale: Scale) -> dict[MoveChoice, Converted]:
    if len(sources) > 1:
        return {MoveChoice.TAKE: merged(sources, new, scale)}
    (source,) = sources
    becomes = {MoveChoice.TAKE: converted(source, new, scale)}
    words = words_only(source, new)
    if match.change in (ItemChange.SPLIT, ItemChange.REPLACED) and words.content != becomes[MoveChoice.TAKE].content:
        becomes[MoveChoice.WORDS] = words
    return becomes


def reason_of(found: Proposal, old: CatalogueSet) -> str:
    """Why the item is what it is, in a sentence."""
    match = found.match
    named = ", ".join(item.code for item in match.olds)
    if match.change is ItemChange.NEW:
        return _("It was not asked before.")
    if match.change is ItemChange.GONE:
        return _("It is no longer asked. Its answer stays with version %(version)s.") % {"version": old.version}
    if match.change is ItemChange.MERGED:
        return _("It takes the place of %(codes)s.") % {"codes": named}
    if match.change is ItemChange.SPLIT:
        return _("It takes the place of %(codes)s, or of a part of it: the old answer may not fit.") % {"codes": named}
    if match.change is ItemChange.REPLACED:
        return _("It takes the place of %(codes)s and may ask something else: the old answer may not fit.") % {
            "codes": named
        }
    if match.change is ItemChange.REWORDED and match.new and asks_alike(match.olds[0], match.new):
        return _("Its wording has changed: check that the answer still fits.")
    if match.change is ItemChange.REWORDED:
        return _("What can be answered has changed.")
    return _("It is still the same question.")


def fingerprint_of(item: CatalogueItem, content: AnswerContent, files: list[str]) -> str:
    """A short fingerprint of an answer with the digests of its files: to see later whether it was changed."""
    said = json.dumps([fields_of(item, content), sorted(files)], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]
