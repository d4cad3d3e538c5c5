"""Comments of stakeholders: read by a reviewer before anybody else, and shown only after that (method 3.8)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.exceptions import InvalidAnswer
from assessments.models import PanelComment, Report
from assessments.signals import process_event
from assessments.vocabulary import CommentState

if TYPE_CHECKING:
    from msgov.accounts.models import User


@dataclass(frozen=True)
class CommentDecision:
    """What somebody decided on a comment: see `moderate`."""

    comment: PanelComment
    state: CommentState
    edited: str


@transaction.atomic
def moderate_all(*, decisions: Iterable[CommentDecision], user: "User") -> None:
    """Decide on several comments, all or none. Raises InvalidAnswer."""
    for decision in decisions:
        moderate(comment=decision.comment, user=user, state=decision.state, edited=decision.edited)


@transaction.atomic
def moderate(*, comment: PanelComment, user: "User", state: CommentState, edited: str = "") -> PanelComment:
    """Decide on a comment: show it, in its own words or with names taken out (`edited`), or do not show it.

    A decision can be changed; reports that have the words as they were shown before are deleted then. The original
    stays for whoever moderates. Raises InvalidAnswer.
    """
    row = PanelComment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
    if state not in (CommentState.SHOWN, CommentState.WITHHELD):
        raise InvalidAnswer(_("Choose whether to show the comment."), {"state": _("Choose one of the answers.")})
    words = edited.strip()
    if state == CommentState.SHOWN and not words:
        problem = _("Leave some words, or choose not to show the comment.")
        raise InvalidAnswer(problem, {"edited": problem})
    was_shown = (row.edited or row.text) if row.state == CommentState.SHOWN else ""
    row.state = state
    row.edited = "" if words == row.text.strip() or state == CommentState.WITHHELD else words
    row.decided_by = user
    row.save(update_fields=["state", "edited", "decided_by"])
    if was_shown and (state != CommentState.SHOWN or was_shown != (row.edited or row.text)):
        # A name that slipped through would stay in them.
        Report.objects.delete_restricted(row.wave.assessment)
    process_event.send(
        sender=moderate,
        action=f"comment.{state}",
        user=user,
        obj=row.wave.assessment,
        details={"attribute": row.attribute},
    )
    return row
