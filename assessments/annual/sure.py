"""How sure an annual page is: the lines of its result, and what the two rounds add to them."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.documents.annual import AnnualDocument, AskedPart
from assessments.documents.both_tracks import JointDocument
from assessments.headlines import Sentence, how_sure
from assessments.headlines.asked import form_asked


def annual_sure(document: AnnualDocument, joint: JointDocument | None) -> list[Sentence]:
    """Return what the result says of itself, who rated both times, who was asked then, and what a promise proves."""
    found = list(how_sure(document.result, joint))
    before = document.before
    if before is None:
        return found
    same = {entry.same_raters for entry in before.compared if entry.same_raters is not None}
    if same == {True}:
        found.append(Sentence(_("Most levels were set by the same person both times.")))
    elif same:
        found.append(Sentence(_("Levels were not set by the same people both times.")))
    if document.asked_then is not None:
        found.append(_asked_then(document.asked_then))
    if document.promised.total:
        found.append(Sentence(_("That a promise was kept does not prove that it caused what moved.")))
    return found


def _asked_then(asked: AskedPart) -> Sentence:
    short = form_asked(asked.short_form)
    return _people_then(asked) if short is None else Sentence.together(_people_then(asked), short)


def _people_then(asked: AskedPart) -> Sentence:
    if asked.is_exact:
        words = ngettext(
            "Last time %(received)s of %(invited)s stakeholder asked answered.",
            "Last time %(received)s of %(invited)s stakeholders asked answered.",
            asked.invited,
        )
        return Sentence(words, received=asked.received, invited=asked.invited)
    words = ngettext(
        "Last time %(received)s response of stakeholders counted.",
        "Last time %(received)s responses of stakeholders counted.",
        asked.received,
    )
    return Sentence(words, received=asked.received)
