"""What readers may have of the comments of a wave, and what those who work on them need to know."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assessments.comments.hints import KnownNames
from assessments.documents.themes import CommentLine, ThemePart
from assessments.models import Assessment, CommentTheme, Membership, PanelComment, Wave, WaveGroup
from assessments.results.themes import cleared_comments, line_of, quotes_nameless, themed_comments
from assessments.scoring.method import ATTRIBUTED_MIN
from assessments.vocabulary import CommentState, GroupMode


def themes_with_replies(wave: Wave, *, public_only: bool = True) -> list[ThemePart]:
    """Return what comments of a wave are about, with the organiser's replies and the comments chosen to be quoted.

    For everybody only where respondents were told before they answered. Four queries at most.
    """
    return themed_comments(wave, public_only=public_only).themes


def themes_of(wave: Wave) -> list[CommentTheme]:
    """Return the themes of a wave in their order, with their replies. Two queries."""
    return list(CommentTheme.objects.filter(wave=wave).prefetch_related("replies").order_by("position", "pk"))


@dataclass(frozen=True)
class RepliedTheme:
    """A theme as its organiser sees it: with the comments that were cleared, in the words they were cleared in."""

    theme: CommentTheme
    comments: list[CommentLine]


def lines_for_replies(wave: Wave, *, only: CommentTheme | None = None) -> list[RepliedTheme]:
    """Return the themes of a wave, or one, with cleared comments. Three queries."""
    rows = cleared_comments(wave)
    return [
        RepliedTheme(theme, [line_of(row) for row in rows if row.theme_id == theme.pk])
        for theme in themes_of(wave)
        if only is None or theme.pk == only.pk
    ]


def waiting_in(wave: Wave) -> int:
    """Return how many comments of a wave nobody has decided on. One query."""
    return PanelComment.objects.filter(wave=wave, state=CommentState.WAITING).count()


@dataclass(frozen=True)
class KnownWave:
    """What is looked for in comments of a wave, and whether one without its group may be quoted to everybody."""

    names: KnownNames
    quotes_nameless: bool


def known_waves(assessment: Assessment, waves: Sequence[Any]) -> Mapping[int, KnownWave]:
    """Return what is known of waves that were read with the number of their `closings`. Two queries."""
    process = assessment.process
    members = list(Membership.objects.filter(process=process).values_list("user__name", flat=True))
    groups = list(WaveGroup.objects.filter(wave__in=waves).select_related("statement"))
    filed = [group.statement.filed_by for group in groups if hasattr(group, "statement")]
    harmless = [process.name, process.resource, *(group.name for group in groups)]
    return {
        wave.pk: KnownWave(
            KnownNames(
                people=[*members, *filed],
                organisations=[name for name in (process.organisation, wave.responsible) if name],
                small_groups=[group.name for group in _confidential(groups, wave) if group.received < _least(wave)],
                harmless=harmless,
            ),
            quotes_nameless(wave, sum(group.received for group in _confidential(groups, wave)), wave.closings),
        )
        for wave in waves
    }


def _confidential(groups: Sequence[WaveGroup], wave: Wave) -> list[WaveGroup]:
    return [group for group in groups if group.wave_id == wave.pk and group.mode == GroupMode.INDIVIDUAL]


def _least(wave: Wave) -> int:
    """From how many answers on a comment has the name of its group."""
    return max(ATTRIBUTED_MIN, wave.threshold)
