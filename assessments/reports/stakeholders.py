"""What groups say in the full report, in its PDF and as a Word file: the table, where they are divided, and what they
wrote with what was replied. From one `JointDocument`, in the language that is active.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.documents.both_tracks import JointDocument
from assessments.documents.panel import PanelDocument
from assessments.documents.themes import CommentLine, ThemePart
from assessments.documents.values import day_words, day_words_there
from assessments.headlines import Sentence, divided_sentences, groups_headline
from assessments.headlines.asked import form_asked
from assessments.headlines.panel_sentences import NO_SCORES
from assessments.pictures import HeatTable, items_heat

# So that they are three pages.
DIVIDED_TOLD = 12
WORDS_TOLD = 450


@dataclass(frozen=True)
class StakeholderPages:
    """What groups say: who was asked, the table, a sentence for each item on which they are divided, what they wrote
    about with the organiser's replies, and some of their words. `no_scores` says why there is no table."""

    asked: list[str]
    no_scores: str
    headline: Sentence
    heat: HeatTable
    divided: list[Sentence]
    more_divided: str
    themes: list[ThemePart]
    words: list[CommentLine]
    more_words: str


def stakeholder_pages(joint: JointDocument) -> StakeholderPages:
    """Return what groups say, as far as the document tells it."""
    divided = divided_sentences(joint)
    themes, room = _themes_told(joint.themes)
    words = _told(joint.all_comments, room)
    return StakeholderPages(
        asked=_asked(joint.panel),
        no_scores=str(NO_SCORES[joint.panel.no_scores]) if joint.panel.no_scores else "",
        headline=groups_headline(joint),
        heat=items_heat(joint).for_paper(),
        divided=divided[:DIVIDED_TOLD],
        more_divided=_more_divided(len(divided) - DIVIDED_TOLD),
        themes=themes,
        words=words,
        more_words=_more_words(len(joint.all_comments) - len(words)),
    )


def _asked(panel: PanelDocument) -> list[str]:
    """Which wave and version it is, how many are counted, and which form they were asked, each a sentence."""
    wave = panel.wave
    days = {"opened": day_words(wave.opened_on), "closed": day_words_there(wave.closed_on, wave.time_zone)}
    version = (
        _("Wave %(wave)s, %(opened)s to %(closed)s; restricted version.")
        if panel.version == "restricted"
        else _("Wave %(wave)s, %(opened)s to %(closed)s; public version.")
    )
    counted = _("%(received)s of %(invited)s who were asked are counted; every group counts the same.")
    short = form_asked(panel.short_form)
    return [
        version % {"wave": wave.number, **days},
        counted % {"received": panel.received, "invited": panel.invited},
        *([short] if short else []),
    ]


def _themes_told(themes: Sequence[ThemePart]) -> tuple[list[ThemePart], int]:
    """Those that fit, the first ones, and for how many words there is room after them."""
    found: list[ThemePart] = []
    room = WORDS_TOLD
    for theme in themes:
        taken = sum(len(words.split()) for words in (theme.title, theme.summary, theme.reply))
        if taken > room:
            break
        room -= taken
        found.append(theme)
    return found, room


def _told(comments: Sequence[CommentLine], room: int) -> list[CommentLine]:
    """Those that fit, in the order of the document: the first ones, as long as there is room for words."""
    found: list[CommentLine] = []
    for comment in comments:
        room -= len(f"{comment.text} {comment.translation}".split())
        if room < 0:
            break
        found.append(comment)
    return found


def _more_divided(count: int) -> str:
    if count <= 0:
        return ""
    words = ngettext("They are divided on %(n)s more item.", "They are divided on %(n)s more items.", count)
    return words % {"n": count}


def _more_words(count: int) -> str:
    if count <= 0:
        return ""
    words = ngettext(
        "%(n)s more comment is on the page of the result.", "%(n)s more comments are on the page of the result.", count
    )
    return words % {"n": count}
