"""Comments of stakeholders: read by a reviewer before anybody else, and shown only after that (method 3.8)."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.comments.services.themes import theme_named
from assessments.exceptions import Conflict, InvalidAnswer
from assessments.models import PanelComment, Report
from assessments.results.themes import may_be_public
from assessments.signals import process_event
from assessments.vocabulary import CommentState

if TYPE_CHECKING:
    from msgov.accounts.models import User


@dataclass(frozen=True)
class CommentDecision:
    """What somebody decided on a comment: see `moderate`. `seen` is the mark of what the page showed of it."""

    comment: PanelComment
    state: CommentState
    edited: str = ""
    theme: str = ""
    language: str = ""
    translation: str = ""
    chosen_for_public: bool = False
    seen: str | None = None


def comment_mark(comment: PanelComment) -> str:
    """Return a short mark of what is stored of a comment: another mark, and somebody changed it meanwhile."""
    theme = comment.theme.title if comment.theme else ""
    held = [comment.state, comment.edited, theme, comment.language, comment.translation, comment.chosen_for_public]
    return hashlib.sha256(json.dumps(held).encode()).hexdigest()[:16]


@transaction.atomic
def moderate_all(*, decisions: Iterable[CommentDecision], user: "User") -> None:
    """Decide on several comments, all or none. Raises InvalidAnswer, and Conflict with the comment as it is now."""
    for decision in decisions:
        moderate(decision=decision, user=user)


@transaction.atomic
def moderate(*, decision: CommentDecision, user: "User") -> PanelComment:
    """Decide on a comment: show it, in its own words or with names taken out (`edited`), or do not show it.

    One that waits may stay so, with a theme, a language and a translation already. A decision can be changed; reports
    that have the words as they were shown before are deleted then. The original stays for whoever moderates. Raises
    InvalidAnswer, and Conflict where somebody else decided since the page was drawn.
    """
    locked = PanelComment.objects.select_for_update(of=("self",)).select_related("wave__assessment", "theme", "group")
    row = locked.get(pk=decision.comment.pk)
    if decision.seen is not None and decision.seen != comment_mark(row):
        raise Conflict(_("Somebody else decided on a comment of this page in the meantime."), row)
    words = decision.edited.strip()
    _check(decision, row, words)
    was_shown, was_public = row.shown_words, row.chosen_for_public
    is_withheld = decision.state == CommentState.WITHHELD
    row.state = decision.state
    row.edited = "" if words == row.text.strip() or is_withheld else words
    row.translation = "" if is_withheld else decision.translation.strip()
    row.language = decision.language
    row.theme = theme_named(wave=row.wave, title=decision.theme)
    row.chosen_for_public = decision.chosen_for_public and decision.state == CommentState.SHOWN
    row.decided_by = user
    row.save()
    if was_shown and was_shown != row.shown_words:
        # A name that slipped through would stay in them.
        Report.objects.delete_with_comments(row.wave.assessment, everybodys=was_public)
    if decision.state != CommentState.WAITING:
        process_event.send(
            sender=moderate,
            action=f"comment.{decision.state}",
            user=user,
            obj=row.wave.assessment,
            details={"attribute": row.attribute},
        )
    return row


def _check(decision: CommentDecision, row: PanelComment, words: str) -> None:
    if decision.state == CommentState.WAITING and row.state != CommentState.WAITING:
        raise InvalidAnswer(_("Choose whether to show the comment."), {"state": _("Choose one of the answers.")})
    if decision.state == CommentState.SHOWN and not words:
        problem = _("Leave some words, or choose not to show the comment.")
        raise InvalidAnswer(problem, {"edited": problem})
    if decision.chosen_for_public and not may_be_public(row):
        problem = _("This comment may not be quoted: its author was not told so, or too few answered in its group.")
        raise InvalidAnswer(problem, {"chosen_for_public": problem})
