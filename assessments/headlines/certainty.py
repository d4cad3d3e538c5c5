"""How sure a result is, in four lines."""

from django.utils.translation import ngettext

from assessments.documents.both_tracks import JointDocument
from assessments.documents.panel import PanelDocument
from assessments.documents.result import ResultDocument
from assessments.headlines.asked import form_asked
from assessments.headlines.known import known
from assessments.headlines.second_rating import agreement_sentence
from assessments.headlines.sentence import Sentence
from assessments.scoring import parse_fraction
from assessments.scoring.comparison import RaterNoise, noise_threshold
from attributes.memory import gettext


def how_sure(document: ResultDocument, joint: JointDocument | None) -> list[Sentence]:
    """Return four lines: what is given and shown, what others opened, who answered, and who rated."""
    rated = agreement_sentence(document.second_rating) if document.second_rating else _one_side(document)
    return [_given(document), _opened(document), _answered(joint.panel if joint else None), rated]


def _given(document: ResultDocument) -> Sentence:
    found = known(document)
    words = ngettext(
        "Of %(total)s answer %(given)s is given, and %(shown)s is shown.",
        "Of %(total)s answers %(given)s are given, and %(shown)s are shown.",
        found.total,
    )
    return Sentence(words, total=found.total, given=found.total - found.unknown, shown=found.shown)


def _opened(document: ResultDocument) -> Sentence:
    figures = document.transparency
    if not figures.full:
        return Sentence(gettext("Nothing was given that others can open and check."))
    words = ngettext(
        "Evidence that others can open stands behind %(full)s answer; a second person opened it for %(opened)s.",
        "Evidence that others can open stands behind %(full)s answers; a second person opened it for %(opened)s.",
        figures.full,
    )
    return Sentence(words, opened=figures.opened, full=figures.full)


def _answered(panel: PanelDocument | None) -> Sentence:
    if panel is None:
        return Sentence(gettext("Stakeholders were not asked."))
    short = form_asked(panel.short_form)
    return _people(panel) if short is None else Sentence.together(_people(panel), short)


def _people(panel: PanelDocument) -> Sentence:
    slots = {"received": panel.received, "invited": panel.invited}
    if any(group.link_kind == "open" for group in panel.groups):
        words = gettext(
            "%(received)s responses of stakeholders count; how many people the open links reached is not known."
        )
        return Sentence(words, received=panel.received)
    if panel.withheld is None:
        words = gettext(
            "Of %(invited)s stakeholders asked %(received)s are counted; groups with too few answers are left out."
        )
        return Sentence(words, **slots)
    if any(unit.is_pool for unit in panel.units):
        words = gettext(
            "Of %(invited)s stakeholders asked %(received)s answered, not drawn by lot; small groups are pooled."
        )
        return Sentence(words, **slots)
    return Sentence(
        gettext("Of %(invited)s stakeholders asked %(received)s answered; they were not drawn by lot."), **slots
    )


def _one_side(document: ResultDocument) -> Sentence:
    """By how much a second person's figure could differ: the noise threshold of the attribute where it is largest."""
    top = document.question_set.top_level
    different = RaterNoise().different
    found = [
        noise_threshold(parse_fraction(entry.squares), different, top)
        for entry in document.attributes
        if entry.score is not None
    ]
    if not found:
        return Sentence(gettext("One side rated the process; nobody has rated it a second time."))
    if document.review is not None:
        words = gettext(
            "One side rated and a reviewer looked at it; another person could differ by up to about %(points)s points "
            "on an attribute."
        )
        return Sentence(words, points=max(found))
    words = gettext("One side rated; another person could differ by up to about %(points)s points on an attribute.")
    return Sentence(words, points=max(found))
