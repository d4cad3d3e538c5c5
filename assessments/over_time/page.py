"""What the page and the papers on rounds over time are given: the document, and what is looked up in it beforehand."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from assessments.comparing.sentences import noise_sentence
from assessments.documents.over_time import OverTimeDocument
from assessments.headlines import over_time_headline
from assessments.over_time import lines, sentences, words
from assessments.over_time.picture import time_lines
from assessments.over_time.stored import StoredRounds
from assessments.typefaces.choice import undrawn_in
from attributes.memory import MemoryCache


@dataclass(frozen=True)
class OverTimePage:
    """The part of the page that shows rounds and nothing else; `undrawn`: what a PDF could not show, by script."""

    body: SafeString
    undrawn: tuple[str, ...]
    has_groups: bool
    has_actions: bool


_kept: MemoryCache[tuple[Hashable, ...], OverTimePage | None] = MemoryCache(32)


def over_time_page(rounds: StoredRounds) -> OverTimePage | None:
    """Return the page of rounds; None where fewer than two can stand side by side.

    Made of what is frozen and of actions, so it is kept in memory under their fingerprints and the language.
    """
    if settings.DEBUG:  # templates change under the hands of who works on them
        return _drawn(rounds)
    return _kept.get_or_make((rounds.key, get_language()), lambda: _drawn(rounds))


def _drawn(rounds: StoredRounds) -> OverTimePage | None:
    document = rounds.document()
    if document is None:
        return None
    body = render_to_string("assessments/over_time/_body.html", over_time_context(document))
    return OverTimePage(
        body=body,
        undrawn=undrawn_in(document),
        has_groups=bool(document.groups),
        has_actions=any(entry.actions for entry in document.actions),
    )


def over_time_context(document: OverTimeDocument) -> dict[str, Any]:
    """Return what the templates of page and papers need."""
    tables = lines.step_tables(document)
    return {
        "document": document,
        "title": sentences.title(document),
        "caption": sentences.caption(document),
        "stamps": sentences.stamps(document),
        "headline": over_time_headline(document),
        "picture": time_lines(document),
        "round_names": [sentences.round_name(entry) for entry in document.rounds],
        "standings": lines.standing_rows(document),
        "last": tables[0],
        "earlier_tables": tables[1:],
        "first_tables": lines.first_tables(document),
        "actions": lines.actions_tables(document),
        "groups": lines.groups_tables(document),
        "without_groups": "" if document.groups else words.ONE_WAVE if document.waves else words.NO_WAVE,
        "rounds_shown": [(entry, sentences.round_name(entry), sentences.assured(entry)) for entry in document.rounds],
        "noise": noise_sentence(document.noise),
        "words": words,
    }
