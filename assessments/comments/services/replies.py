"""What the organiser replies to a theme: a draft until it is published, and from then on followed by a correction."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.exceptions import Conflict, InvalidAnswer
from assessments.models import CommentTheme, ThemeReply
from assessments.signals import process_event

if TYPE_CHECKING:
    from msgov.accounts.models import User


@transaction.atomic
def save_reply(*, theme: CommentTheme, user: "User", text: str, version: int, publish: bool) -> ThemeReply:
    """Store the reply to a theme; `publish` it, which cannot be undone: what comes later is a correction with its day.

    `version` is that of the draft the page showed, 0 for none. Raises Conflict where somebody else saved since, and
    InvalidAnswer without words.
    """
    row = (
        CommentTheme.objects.select_for_update(of=("self",))
        .select_related("wave__assessment__process")
        .get(pk=theme.pk)
    )
    replies = list(row.replies.order_by("number"))
    draft = next((one for one in replies if one.published_on is None), None)
    if (draft.version if draft else 0) != version:
        raise Conflict(_("Somebody else saved a reply to this theme in the meantime."), draft or ThemeReply(version=0))
    words = text.strip()
    if not words:
        raise InvalidAnswer(_("Write the reply."), {"text": _("Write the reply.")})
    if draft is None:
        draft = ThemeReply(theme=row, number=len(replies) + 1, version=0)
    draft.text, draft.version = words, draft.version + 1
    draft.replied_by, draft.replied_on = user, row.wave.today
    draft.published_on = row.wave.today if publish else None
    draft.save()
    if publish:
        action = "comment.corrected" if replies and draft.number > 1 else "comment.replied"
        process_event.send(sender=save_reply, action=action, user=user, obj=row.wave.assessment, details={})
    return draft
