"""Files into drafts: each import is one step that can be taken back, and nothing is stored before it is applied."""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from attributes.documents import translating
from attributes.documents.copying import copied
from attributes.documents.documents import Document, fingerprint
from attributes.documents.operations import codes_of
from attributes.editor.services import drafts
from attributes.editor.services.notes import take_comments
from attributes.exceptions import DraftClash, DraftRefused
from attributes.exchange.translations import TranslationChange, TranslationSheet, outcome_of
from attributes.models import Draft, QuestionSet

if TYPE_CHECKING:
    from msgov.accounts.models import User

TARGET = "import"


def merged(content: Document, document: Document) -> Document:
    """What a draft becomes by a file: the file's content under the draft's own slug and version.

    Raises DraftRefused where the file is of another question set.
    """
    if document.get("slug") != content.get("slug"):
        reason = _("The file is of the question set “%(theirs)s”, this draft of “%(ours)s”.")
        raise DraftRefused(reason % {"theirs": document.get("slug"), "ours": content.get("slug")}, "slug")
    kept: Document = {name: content[name] for name in ("format", "slug", "version") if name in content}
    return {**document, **kept}


def codes_given_again(draft: Draft, document: Document) -> list[str]:
    """Codes of a file that the draft does not have, and that were given to something before."""
    known, coming = codes_of(copied(draft.content)), codes_of(copied(document))
    return sorted((coming - known) & set(draft.spent_codes))


def take_document(*, draft: Draft, user: "User", document: Document, started_from: str, summary: str) -> Draft:
    """Put the content of a file in the place of a draft's, if that is still the one a preview was made for.

    `started_from` is `fingerprint(draft.content)` at that time. Raises DraftClash, DraftRefused, DraftNotOpen.
    """

    def edit(content: Document) -> None:
        _refuse_clash(content, started_from)
        changed = merged(content, document)
        content.clear()
        content.update(changed)

    return drafts.change(draft=draft, user=user, edit=edit, target=TARGET, summary=summary)


def _refuse_clash(content: Document, started_from: str) -> None:
    if fingerprint(content) != started_from:
        raise DraftClash(_("The draft"), content)


@transaction.atomic
def take_translations(
    *,
    draft: Draft,
    user: "User",
    sheet: TranslationSheet,
    also: Collection[tuple[str, str]],
    started_from: str,
    summary: str,
    comments: Iterable[tuple[str, str]] = (),
) -> int:
    """Take translations from a spreadsheet, and return how many. Its comments are kept as notes on the draft.

    Those made from an earlier source text only where `also` names their key and language; they keep the mark that
    the source has changed since. Raises DraftClash, DraftNotOpen, FileRefused.
    """
    taken: list[TranslationChange] = []

    def edit(content: Document) -> None:
        _refuse_clash(content, started_from)
        outcome = outcome_of(content, sheet)
        taken[:] = [one for one in outcome.changes if not one.is_stale or (one.key, one.language) in also]
        for language in outcome.new_languages:
            if any(one.language == language for one in taken):
                translating.add_language(content, language)
        entries = {entry.key: entry for entry in translating.texts_of(content)}
        for one in taken:
            translating.put_words(content, entries[one.key], one.language, one.new)

    def mark(_content: Document, marks: translating.Marks) -> None:
        for one in taken:
            if one.is_stale:
                marks.setdefault(one.language, {})[one.key] = fingerprint(one.source)

    drafts.change(draft=draft, user=user, edit=edit, target=TARGET, summary=summary, mark=mark)
    take_comments(draft=draft, user=user, comments=comments)
    return len(taken)


@transaction.atomic
def start_from_document(*, user: "User", document: Document, base: QuestionSet | None, summary: str) -> Draft:
    """Start a draft from a file: based on a version, with the file as its first change, or of a new question set.

    Raises DraftRefused where the slug is taken by versions and no base is given, or the base is of another set.
    """
    if base is None:
        return drafts.start_draft(user=user, document=document, summary=summary)
    draft = drafts.start_draft(user=user, base=base)
    started_from = fingerprint(draft.content)
    take_document(draft=draft, user=user, document=document, started_from=started_from, summary=summary)
    return draft
