"""Comments as readers may have them: by theme with the organiser's reply, in the words in which they were cleared.

Themes and replies come after a wave is closed. So they are no part of its frozen numbers: they are read as they are,
and a report keeps them as they were when it was made.
"""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Sum

from assessments.documents.themes import CommentLine, ThemePart
from assessments.models import CommentTheme, PanelComment, Wave
from assessments.scoring.method import ATTRIBUTED_MIN
from assessments.vocabulary import CommentState, GroupMode


@dataclass(frozen=True)
class ThemedComments:
    """The comments of a wave as one reader may have them. `rest` belongs to no theme."""

    themes: list[ThemePart]
    rest: list[CommentLine]


NOTHING = ThemedComments([], [])


def themed_comments(wave: Wave, *, public_only: bool) -> ThemedComments:
    """Return themes, replies and comments of a wave; `public_only` what is for everybody. Five queries at most.

    For everybody is only what respondents were told of before they answered, and what the moderator chose. As long as
    a comment waits to be read, a theme is for everybody only once the organiser has published a reply to it: what
    stands there first would look like all there is.
    """
    if public_only and not wave.tells_of_themes:
        return NOTHING
    rows = cleared_comments(wave)
    shown = [row for row in rows if row.chosen_for_public] if public_only else rows
    themes = list(CommentTheme.objects.filter(wave=wave).prefetch_related("replies").order_by("position", "pk"))
    sizes = Counter(row.theme_id for row in rows)
    told = sizes
    if public_only and PanelComment.objects.filter(wave=wave, state=CommentState.WAITING).exists():
        themes, told = [theme for theme in themes if theme.reply is not None], Counter()
    elif public_only:
        told = told_counts(wave, sizes)
    return ThemedComments(
        themes=[
            _part(theme, told.get(theme.pk), [line_of(row) for row in shown if row.theme_id == theme.pk])
            for theme in themes
        ],
        rest=[line_of(row) for row in shown if row.theme_id is None],
    )


def cleared_comments(wave: Wave) -> list[PanelComment]:
    """Return the comments of a wave that may be shown, each with its group. One query."""
    found = PanelComment.objects.filter(wave=wave, state=CommentState.SHOWN)
    return list(found.select_related("group__wave").order_by("pk"))


def told_counts(wave: Wave, sizes: "Counter[int | None]") -> "Counter[int | None]":
    """Return how many comments a theme has, of those of which everybody may know. One query.

    From max(8, k) on, and never so that the comments of all other themes together are fewer than that but some: who
    knows how many there are would subtract. A reopened wave has none: who knew them before would subtract too.
    """
    least = max(ATTRIBUTED_MIN, wave.threshold)
    if wave.snapshots.count() > 1:
        return Counter()
    ordered = sorted(((size, pk) for pk, size in sizes.items()), key=lambda entry: entry[0])
    untold = [entry for entry in ordered if entry[0] < least or entry[1] is None]
    told = [entry for entry in ordered if entry not in untold]
    while untold and told and sum(size for size, _pk in untold) < least:
        untold.append(told.pop(0))
    return Counter({pk: size for size, pk in told})


def may_be_public(comment: PanelComment) -> bool:
    """Whether a comment may be chosen to be quoted where everybody reads. Two queries at most.

    With the name of its group where that may be said; without one see `quotes_nameless`.
    """
    wave = comment.wave
    if comment.group_id is not None:
        return wave.tells_of_quotes or wave.tells_of_themes
    received = wave.groups.filter(mode=GroupMode.INDIVIDUAL).aggregate(received=Sum("received"))["received"]
    return quotes_nameless(wave, received or 0, wave.snapshots.count())


def quotes_nameless(wave: Wave, received: int, closings: int) -> bool:
    """Whether comments without their group may be quoted where everybody reads: `received` answered confidentially.

    Where respondents were told, where enough answered in all, and where nobody knows which comments came in first.
    """
    return wave.tells_of_themes and received >= max(ATTRIBUTED_MIN, wave.threshold) and closings < 2


def line_of(comment: PanelComment) -> CommentLine:
    """A comment that was cleared, as pages and papers have it."""
    return CommentLine(
        about=comment.attribute,
        group=comment.group.name if comment.group else "",
        group_names=comment.group.all_names if comment.group else {},
        text=comment.shown_words,
        language=comment.language,
        translation=comment.translation,
    )


def _part(theme: CommentTheme, comments: int | None, quotes: list[CommentLine]) -> ThemePart:
    published = sorted((one for one in theme.replies.all() if one.published_on), key=lambda one: one.number)
    days = [one.published_on.isoformat() for one in published if one.published_on]
    return ThemePart(
        title=theme.title,
        summary=theme.summary,
        comments=comments,
        reply=published[-1].text if published else "",
        replied_on=days[0] if days else None,
        corrected_on=days[-1] if len(days) > 1 else None,
        quotes=quotes,
    )
