"""What readers may have of the comments of a wave."""

from assessments.documents.themes import ThemePart
from assessments.models import Wave
from assessments.results.themes import themed_comments


def themes_with_replies(wave: Wave, *, public_only: bool = True) -> list[ThemePart]:
    """Return what comments of a wave are about, with the organiser's replies and the comments chosen to be quoted.

    For everybody only where respondents were told before they answered. Four queries at most.
    """
    return themed_comments(wave, public_only=public_only).themes
