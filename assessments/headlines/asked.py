"""How much stakeholders were asked, in a sentence: only where it was the short form."""

from django.utils.translation import ngettext

from assessments.documents.panel_asked import ShortFormPart
from assessments.headlines.sentence import Sentence


def short_form_sentence(part: ShortFormPart | None) -> Sentence | None:
    """Say how many items of how many were asked; None where the full form was."""
    if part is None:
        return None
    words = ngettext(
        "Short form: %(asked)s of %(of)s item was asked.",
        "Short form: %(asked)s of %(of)s items were asked.",
        part.of,
    )
    return Sentence(words, asked=part.asked, of=part.of)
