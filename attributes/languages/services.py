"""Translating a draft: languages in and out, texts one by one, each save a step that can be taken back."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attributes.documents import translating
from attributes.documents.documents import Document, fingerprint
from attributes.documents.translating import Marks, TextEntry
from attributes.editor.services.drafts import change
from attributes.exceptions import DraftRefused
from attributes.models import Draft, DraftStep
from attributes.texts import language_name

if TYPE_CHECKING:
    from msgov.accounts.models import User


@dataclass(frozen=True, slots=True)
class Typed:
    """One text of a translation page as sent.

    `started_from` and `source` are the fingerprints of the translation and of the source text that the page showed;
    `still_right` confirms an old translation as it is.
    """

    key: str
    words: str
    started_from: str
    source: str
    still_right: bool = False


@dataclass(frozen=True, slots=True)
class TranslationOutcome:
    """What became of the texts: by key what is stored now of the `saved` and of the `clashes`, and what is `gone`."""

    saved: dict[str, str]
    clashes: dict[str, str]
    gone: tuple[str, ...]


def add_language(*, draft: Draft, user: "User", language: str) -> None:
    """Add a language to a draft; nothing where it has it. Raises DraftNotOpen, DraftRefused for a code like another."""
    known = {name.casefold(): name for name in draft.content.get("languages", [])}
    if known.get(language.casefold(), language) != language:
        raise DraftRefused(_("The draft has this language already."), "language")
    change(
        draft=draft,
        user=user,
        edit=lambda content: translating.add_language(content, language),
        target=f"language/{language}",
        summary=_("%(language)s added") % {"language": language_name(language)},
    )


def remove_language(*, draft: Draft, user: "User", language: str) -> None:
    """Take a language out of a draft with all its texts. Raises DraftRefused for the source language, DraftNotOpen."""
    if language == translating.source_language(draft.content):
        raise DraftRefused(_("The language a set is written in cannot be taken out."), "language")
    change(
        draft=draft,
        user=user,
        edit=lambda content: translating.remove_language(content, language),
        target=f"language/{language}",
        summary=_("%(language)s taken out") % {"language": language_name(language)},
    )


@transaction.atomic
def save_translations(
    *, draft: Draft, user: "User", language: str, group: str, typed: Iterable[Typed]
) -> TranslationOutcome:
    """Store the texts that were changed, and keep those that somebody else changed meanwhile as they are.

    What one person translates of one group within a few minutes is one step. Raises DraftNotOpen.
    """
    rows = list(typed)
    outcome = TranslationOutcome({}, {}, ())

    def edit(content: Document) -> None:
        nonlocal outcome
        outcome = _put(content, language, rows)

    def mark(content: Document, marks: Marks) -> None:
        entries = {entry.key: entry for entry in translating.texts_of(content)}
        own = marks.setdefault(language, {})
        for row in rows:
            written = row.key in outcome.saved and outcome.saved[row.key] and row.words == outcome.saved[row.key]
            changed = written and fingerprint(row.words) != row.started_from
            if row.key in entries and entries[row.key].texts.get(language) and (changed or row.still_right):
                # What the page showed, also where the source text has changed since.
                own[row.key] = row.source

    target = f"translate/{language}/{group}"
    _name_step(
        change(draft=draft, user=user, edit=edit, mark=mark, target=target, summary=target, join=True),
        language,
        target,
    )
    return outcome


def _put(content: Document, language: str, rows: list[Typed]) -> TranslationOutcome:
    entries = {entry.key: entry for entry in translating.texts_of(content)}
    saved, clashes, gone = {}, {}, []
    for row in rows:
        entry = entries.get(row.key)
        if entry is None:
            gone.append(row.key)
            continue
        stored = entry.texts.get(language, "")
        if row.words != stored and fingerprint(row.words) != row.started_from:
            if fingerprint(stored) != row.started_from:
                clashes[row.key] = stored
                continue
            translating.put_words(content, entry, language, row.words)
            stored = row.words
        saved[row.key] = stored
    return TranslationOutcome(saved, clashes, tuple(gone))


def _name_step(draft: Draft, language: str, target: str) -> None:
    """Say of the step how many texts are in it, also where it took up several saves."""
    step = draft.steps.filter(number=draft.step, target=target).first()
    before = draft.steps.filter(number__lt=draft.step).order_by("-number").first()
    if step is None or before is None:
        return
    texts, marks = _texts(step, language), step.translated_from.get(language, {})
    texts_before, marks_before = _texts(before, language), before.translated_from.get(language, {})
    count = sum(
        texts.get(key) != texts_before.get(key) or marks.get(key) != marks_before.get(key)
        for key in texts.keys() | texts_before.keys()
    )
    words = ngettext("%(language)s: %(count)d text", "%(language)s: %(count)d texts", count)
    step.summary = words % {"language": language_name(language), "count": count}
    step.save(update_fields=["summary"])


def _texts(step: DraftStep, language: str) -> dict[str, str]:
    return {entry.key: entry.texts.get(language, "") for entry in translating.texts_of(step.content)}


def entries_of(draft: Draft, group: str) -> list[TextEntry]:
    """What is translated on the page of one attribute (by its code), or on that of everything else ("set")."""
    source = translating.source_language(draft.content)
    found = [entry for entry in translating.texts_of(draft.content) if entry.group == group]
    return translating.translatable(found, source)
