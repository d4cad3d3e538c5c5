"""Themes of comments: the moderator's, in an order, until the organiser has replied to them in public."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from assessments.exceptions import Conflict, InvalidAnswer
from assessments.models import CommentTheme, PanelComment, ThemeReply, Wave
from assessments.signals import process_event

if TYPE_CHECKING:
    from msgov.accounts.models import User


@dataclass(frozen=True)
class ThemeChange:
    """What somebody wants of a theme. `into`: put its comments to another one, and let it go."""

    theme: CommentTheme
    title: str
    summary: str
    position: int
    version: int
    into: CommentTheme | None = None


def theme_named(*, wave: Wave, title: str) -> CommentTheme | None:
    """Return the theme of a wave with this title, made at the end where there is none; None for no title."""
    words = " ".join(title.split())
    if not words:
        return None
    found = CommentTheme.objects.filter(wave=wave, title__iexact=words).first()
    if found is not None:
        return found
    last = CommentTheme.objects.filter(wave=wave).aggregate(last=Max("position"))["last"] or 0
    return CommentTheme.objects.create(wave=wave, title=words, position=last + 1)


@transaction.atomic
def save_themes(*, wave: Wave, changes: Sequence[ThemeChange], user: "User") -> None:
    """Change titles, what people say, and the order of themes, or put them together; all or none.

    Raises Conflict where somebody else changed one since, InvalidAnswer where a title is taken, or where a theme that
    the organiser has replied to would change: the reply would stand under other words.
    """
    locked = {row.pk: row for row in CommentTheme.objects.select_for_update().filter(wave=wave)}
    replied = set(
        ThemeReply.objects.filter(theme__wave=wave, published_on__isnull=False).values_list("theme", flat=True)
    )
    for change in changes:
        row = locked.get(change.theme.pk)
        if row is None or row.version != change.version:
            raise Conflict(_("Somebody else changed the themes in the meantime."), row)
        words = (" ".join(change.title.split()), change.summary.strip())
        is_other = words != (row.title, row.summary)
        if row.pk in replied and (is_other or change.into is not None):
            raise InvalidAnswer(
                _("The organiser has replied to “%(theme)s”: it stays as it is.") % {"theme": row.title}
            )
        if change.into is not None:
            _put_together(row, locked.get(change.into.pk))
        elif is_other or row.position != change.position:
            row.title, row.summary, row.position, row.version = *words, change.position, row.version + 1
    _keep([row for row in locked.values() if row.pk])
    process_event.send(sender=save_themes, action="comment.themes", user=user, obj=wave.assessment, details={})


def _put_together(row: CommentTheme, into: CommentTheme | None) -> None:
    if into is None or into.pk in {row.pk, None}:
        raise InvalidAnswer(_("Choose another theme that stays to put “%(theme)s” to.") % {"theme": row.title})
    PanelComment.objects.filter(theme=row).update(theme=into)
    row.delete()


def _keep(rows: Sequence[CommentTheme]) -> None:
    titles = [row.title.lower() for row in rows]
    if not all(titles) or len(set(titles)) < len(titles):
        raise InvalidAnswer(_("Every theme needs a title of its own."))
    # By way of titles that nobody types: two may be exchanged.
    CommentTheme.objects.filter(pk__in=[row.pk for row in rows]).update(title=F("pk"))
    for row in rows:
        row.save(update_fields=["title", "summary", "position", "version"])
