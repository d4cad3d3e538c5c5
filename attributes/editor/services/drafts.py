"""Writing drafts of question sets: every change under one lock, as a step that can be taken back."""

import json
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from attributes.documents import documents
from attributes.documents.copying import copied
from attributes.documents.documents import Address, Document, Part, Problem
from attributes.documents.operations import codes_of
from attributes.documents.translating import Marks, carried_marks, completed_marks
from attributes.exceptions import DraftClash, DraftNotOpen, DraftRefused
from attributes.exporting import document_of
from attributes.memory import MemoryCache
from attributes.models import Draft, DraftStep, QuestionSet

if TYPE_CHECKING:
    from msgov.accounts.models import User

KEPT_STEPS = 100
# Saves of one part by one person within this time are one step: autosave would fill the list with letters.
ONE_STEP = timedelta(minutes=5)

Edit = Callable[[Document], object]

# By digest: versions never change, and putting the document of a large one in order takes some 50 ms.
_bases: MemoryCache[str, Document] = MemoryCache(4)


def base_document(draft: Draft) -> Document | None:
    """The version a draft started from as a document, None for a new set. Kept for the next time: not to be changed."""
    base = draft.base
    if base is None:
        return None
    return _bases.get_or_make(base.digest, lambda: document_of(base)) if base.digest else document_of(base)


# By what a document holds: it is shown again after most saves, and to check all of it takes as long as a small page.
_problems: MemoryCache[bytes, tuple[Problem, ...]] = MemoryCache(16)


def problems_of(document: Document) -> list[Problem]:
    """What `documents.problems` returns, kept for the next time that a document of the same content is asked about."""
    known = sha256(json.dumps(document).encode()).digest()
    return list(_problems.get_or_make(known, lambda: tuple(documents.problems(document))))


Mark = Callable[[Document, Marks], object]


@transaction.atomic
def start_draft(
    *, user: "User", base: QuestionSet | None = None, document: Document | None = None, summary: str = ""
) -> Draft:
    """Start a draft from a version, from a document, or from both (the document's content on that base).

    `document` names its slug; raises DraftRefused where the slug is taken by versions it is not based on.
    """
    content = copied(document) if document is not None else {}
    if base is not None:
        content = content or document_of(base)
        content["slug"] = base.slug
    slug = content["slug"]
    if base is None and QuestionSet.objects.filter(slug=slug).exists():
        raise DraftRefused(_("There are versions of this question set: start from one of them."), "slug")
    content["format"] = 1
    content["version"] = base.version if base else documents.NEW_VERSION
    spent = codes_of(content)
    for earlier in QuestionSet.objects.with_documents().filter(slug=slug):
        spent |= codes_of(document_of(earlier))
    draft = Draft.objects.create(
        slug=slug,
        base=base,
        content=content,
        spent_codes=sorted(spent),
        translated_from=completed_marks(content, base.translated_from if base else {}),
        created_by=user,
        updated_by=user,
    )
    _record(draft, user=user, target="start", summary=summary or _("Started"))
    return draft


def _record(draft: Draft, *, user: "User", target: str, summary: str) -> None:
    DraftStep.objects.create(
        draft=draft,
        number=draft.step,
        target=target[:120],
        summary=summary[:300],
        packed=DraftStep.pack(draft.content, draft.translated_from),
        by=user,
    )


def locked(draft: Draft, *, is_open: bool = True) -> Draft:
    """The draft as stored, locked until the transaction ends. Raises DraftNotOpen where it is in review, or gone."""
    rows = Draft.objects.select_for_update(of=("self",)).with_base()
    found = rows.filter(pk=draft.pk).first()
    if found is None:
        raise DraftNotOpen(_("This draft is gone: it was published or discarded meanwhile."))
    if is_open and not found.is_open:
        raise DraftNotOpen(_("This draft is in review. Take it back into editing first."))
    return found


@transaction.atomic
def change(
    *,
    draft: Draft,
    user: "User",
    edit: Edit,
    target: str,
    summary: str,
    join: bool = False,
    mark: Mark | None = None,
) -> Draft:
    """Apply `edit` to the document and keep the outcome as a step. `edit` changes the document it is given.

    `summary` says what was done, for the list of changes. With `join`, a change of the same target by the same
    person shortly before becomes one step with this one. What changes nothing leaves no step. Raises DraftNotOpen,
    and lets through what `edit` raises, with nothing stored.

    What translations were made from is noted along (`translating.carried_marks`); `mark` changes these notes.
    """
    row = locked(draft)
    content = copied(row.content)
    edit(content)
    marks: Marks = row.translated_from
    if content != row.content or mark is not None:
        marks = carried_marks(row.content, content, row.translated_from)
        if mark is not None:
            mark(content, marks)
    if content != row.content or marks != row.translated_from:
        row.translated_from = marks
        spent = set(row.spent_codes) | codes_of(row.content) | codes_of(content)
        row.content = content
        row.spent_codes = sorted(spent)
        _store(row, user=user, target=target, summary=summary, join=join)
    _take_over(draft, row)
    return row


def _store(row: Draft, *, user: "User", target: str, summary: str, join: bool) -> None:
    # What was taken back is gone once something else is done.
    row.steps.filter(number__gt=row.step).delete()
    last = row.steps.filter(number=row.step).first() if join else None
    joins = (
        last is not None
        and (last.target, last.by_id) == (target[:120], user.pk)
        and timezone.now() - last.at < ONE_STEP
        and row.steps.filter(number__lt=row.step).exists()
    )
    if joins and last is not None:
        last.packed = DraftStep.pack(row.content, row.translated_from)
        last.save(update_fields=["packed"])
    else:
        row.step += 1
        _record(row, user=user, target=target, summary=summary)
        row.steps.filter(number__lt=row.step - KEPT_STEPS).delete()
    _stamp(row, user)


def _stamp(row: Draft, user: "User") -> None:
    row.updated_by = user
    row.updated_at = timezone.now()
    row.save()


def save_part(
    *,
    draft: Draft,
    user: "User",
    where: Address,
    value: Part,
    started_from: str,
    summary: str,
    also: Edit | None = None,
) -> Draft:
    """Replace a part, if it is still the one the page started from (`documents.fingerprint` of it).

    `also` is what has to change elsewhere in the document with it.

    Raises DraftRefused with the problems of what cannot be stored, DraftClash with the stored part where somebody
    else changed it meanwhile, KeyError where it is gone, DraftNotOpen.
    """
    if problems := documents.refused(where, value):
        raise DraftRefused(problems[0].reason, problems[0].field, problems)

    def edit(content: Document) -> None:
        stored = documents.part(content, where)
        before = copied(content)
        documents.put(content, where, value)
        unchanged = content == before
        if documents.fingerprint(stored) != started_from and not unchanged:
            raise DraftClash(where, stored)
        if also is not None:
            also(content)

    return change(draft=draft, user=user, edit=edit, target=str(where), summary=summary, join=True)


@transaction.atomic
def undo(*, draft: Draft, user: "User", number: int | None = None) -> DraftStep | None:
    """Take the last change back. Returns it, or None where there is nothing (more) to take back.

    With `number`, only where that is the last change: not what somebody else has done since the page was drawn.
    """
    row = locked(draft)
    if number is not None and row.step != number:
        return None
    undone = row.steps.filter(number=row.step).first()
    before = row.steps.filter(number__lt=row.step).order_by("-number").first()
    if undone is None or before is None:
        return None
    _go_to(row, before, user)
    _take_over(draft, row)
    return undone


@transaction.atomic
def redo(*, draft: Draft, user: "User", number: int | None = None) -> DraftStep | None:
    """Make again what was taken back last. Returns it, or None where there is nothing.

    With `number`, only where that is the change to be made again.
    """
    row = locked(draft)
    after = row.steps.filter(number__gt=row.step).order_by("number").first()
    if after is None or number not in (None, after.number):
        return None
    _go_to(row, after, user)
    _take_over(draft, row)
    return after


def neighbours(draft: Draft) -> tuple[DraftStep | None, DraftStep | None]:
    """The change that undo would take back, and the one that redo would make again. One query."""
    rows = list(
        draft.steps.filter(number__gte=draft.step - KEPT_STEPS).defer("packed").select_related("by").order_by("number")
    )
    now = next((row for row in rows if row.number == draft.step), None)
    has_before = any(row.number < draft.step for row in rows)
    return (now if has_before else None), next((row for row in rows if row.number > draft.step), None)


def _go_to(row: Draft, step: DraftStep, user: "User") -> None:
    row.step = step.number
    row.content, row.translated_from = step.content, step.translated_from
    _stamp(row, user)


@transaction.atomic
def discard(*, draft: Draft, user: "User") -> None:
    """Delete a draft and its steps for good."""
    locked(draft, is_open=False).delete()


def _take_over(draft: Draft, row: Draft) -> None:
    for name in ("content", "translated_from", "step", "status", "spent_codes", "updated_at", "updated_by_id"):
        setattr(draft, name, getattr(row, name))
