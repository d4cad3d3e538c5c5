"""How much stakeholders were asked, in a sentence: only where it was the short form."""

from django.utils.translation import gettext, ngettext

from assessments.documents.panel_asked import ShortFormPart
from assessments.headlines.sentence import Sentence


def form_asked(part: ShortFormPart | None) -> Sentence | None:
    """Say how many items of how many were asked; None where the full form was."""
    if part is None:
        return None
    words = ngettext(
        "Short form: %(asked)s of %(of)s item was asked.",
        "Short form: %(asked)s of %(of)s items were asked.",
        part.of,
    )
    return Sentence(words, asked=part.asked, of=part.of)


def forms_then_and_now(then: ShortFormPart | None, now: ShortFormPart | None, earlier: str, later: str) -> list[str]:
    """Say which form was asked in two rounds, by their names within a sentence; nothing where it was the full one."""
    if then is None and now is None:
        return []
    said = [] if then and now else [gettext("Not the same form of the questionnaire was asked both times.")]
    return said + [_in_round(part, name) for part, name in ((then, earlier), (now, later))]


def _in_round(part: ShortFormPart | None, name: str) -> str:
    if part is None:
        return gettext("The full form in %(round)s.") % {"round": name}
    words = ngettext(
        "The short form in %(round)s: %(asked)s of %(of)s item.",
        "The short form in %(round)s: %(asked)s of %(of)s items.",
        part.of,
    )
    return words % {"round": name, "asked": part.asked, "of": part.of}
