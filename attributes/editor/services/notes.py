"""Notes on drafts: what reviewers and translators ask, kept until it is dealt with."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from attributes.exceptions import DraftRefused
from attributes.models import Draft, DraftNote

if TYPE_CHECKING:
    from msgov.accounts.models import User

MOST_NOTES = 500  # open at once: more than anybody deals with
TEXT_LIMIT = 2000


def open_notes(draft: Draft) -> "QuerySet[DraftNote]":
    """Notes nobody has dealt with, the oldest first."""
    return DraftNote.objects.filter(draft=draft, done_at=None).select_related("by")


@transaction.atomic
def add_note(*, draft: Draft, user: "User", text: str, place: str = "") -> DraftNote:
    """Leave a note, in whatever state the draft is. Raises DraftRefused for one without words, and for too many."""
    if not text.strip():
        raise DraftRefused(_("Write something into the note."), "text")
    _refuse_too_many(draft, 1)
    return DraftNote.objects.create(draft=draft, place=place[:200], text=text.strip()[:TEXT_LIMIT], by=user)


@transaction.atomic
def take_comments(*, draft: Draft, user: "User", comments: Iterable[tuple[str, str]]) -> int:
    """Keep the comments of a file as notes on their texts, each once, and return how many are new."""
    known = set(open_notes(draft).values_list("place", "text"))
    wanted = dict.fromkeys((place[:200], text.strip()[:TEXT_LIMIT]) for place, text in comments)
    new = [pair for pair in wanted if pair not in known]
    _refuse_too_many(draft, len(new))
    DraftNote.objects.bulk_create(DraftNote(draft=draft, place=place, text=text, by=user) for place, text in new)
    return len(new)


def _refuse_too_many(draft: Draft, number: int) -> None:
    if open_notes(draft).count() + number > MOST_NOTES:
        raise DraftRefused(_("A draft can have at most %(max)s open notes.") % {"max": MOST_NOTES})


@transaction.atomic
def settle_note(*, draft: Draft, user: "User", number: int) -> None:
    """Mark a note as dealt with. One that is gone or done already stays so."""
    DraftNote.objects.filter(draft=draft, pk=number, done_at=None).update(done_at=timezone.now(), done_by=user)
