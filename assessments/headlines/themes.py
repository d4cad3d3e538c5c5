"""What people wrote about, and what was replied, in sentences: page, PDF and Word file say the same."""

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from assessments.documents.themes import ThemePart
from assessments.documents.values import day_words

WRITTEN = _("What people wrote about, and what was replied")
IN_THEIR_WORDS = _("In their words")
CLEARED = _("Comments were read by somebody who took out names and what would identify a person.")


def comments_told(theme: ThemePart) -> str:
    """Say how many comments a theme gathers; empty where that is not told."""
    if not theme.comments:
        return ""
    return ngettext("%(n)s comment", "%(n)s comments", theme.comments) % {"n": theme.comments}


def reply_head(theme: ThemePart) -> str:
    """Say of which day the organiser's reply is, and of which its correction; or that there is none."""
    if not theme.reply:
        return gettext("The organiser has not replied yet.")
    if theme.corrected_on:
        words = gettext("Reply of the organiser, %(day)s (corrected on %(corrected)s)")
        return words % {"day": day_words(theme.replied_on), "corrected": day_words(theme.corrected_on)}
    return gettext("Reply of the organiser, %(day)s") % {"day": day_words(theme.replied_on)}
