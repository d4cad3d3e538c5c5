"""How sure a result is, in four lines."""

from django.utils.translation import gettext, ngettext

from assessments.documents.both_tracks import JointDocument
from assessments.documents.result import ResultDocument
from assessments.headlines.known import known
from assessments.headlines.sentence import Sentence


def how_sure(document: ResultDocument, joint: JointDocument | None) -> list[Sentence]:
    """Return what is known and shown, what others opened, who answered, and what another person might give."""
    return [known(document).sentence, _opened(document), _people(joint), _one_person()]


def _opened(document: ResultDocument) -> Sentence:
    figures = document.transparency
    if not figures.full:
        return Sentence(gettext("There is no evidence that others can open."))
    words = ngettext(
        "A second person opened the evidence of %(opened)s of the %(full)s answer that others can check.",
        "A second person opened the evidence of %(opened)s of the %(full)s answers that others can check.",
        figures.full,
    )
    return Sentence(words, opened=figures.opened, full=figures.full)


def _people(joint: JointDocument | None) -> Sentence:
    if joint is None:
        return Sentence(gettext("Stakeholders were not asked."))
    panel = joint.panel
    words = gettext("Stakeholders: %(received)s of %(invited)s who were asked are counted.")
    return Sentence(words, received=panel.received, invited=panel.invited)


def _one_person() -> Sentence:
    return Sentence(gettext("One side rated the process; somebody else might give other levels."))
