"""What page and report say of the review of a result: both values, the reason, the reply, and which counts."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from assessments.documents.result import ItemResult, ResultDocument
from assessments.documents.review import OpinionPart, ReviewedAttributePart, ReviewPart, ReviewQuestionPart
from assessments.documents.values import Figure, Text
from assessments.headlines import Sentence, disputed, reviewed_by
from assessments.headlines.levels import LETTER_LABELS
from assessments.scoring import letter_of
from assessments.scoring.method import FULL_SCORE

BASES: dict[str, Promise] = {
    "consensus": _("Agreed: this counts."),
    "organiser": _("Disputed: the organiser's answer counts."),
    "reviewer_lower": _("Disputed: the item is critical, so the lower one counts."),
}
REPLIES: dict[str, Promise] = {
    "agrees": _("The organiser agrees."),
    "disagrees": _("The organiser disagrees."),
    "none": _("The organiser did not reply by the day that was set, which counts as disagreement."),
}


@dataclass(frozen=True)
class ReviewedLine:
    """A proposal, or an item of which the reviewer could not tell: what either side says, in words."""

    item: ItemResult
    opinion: OpinionPart
    organiser: str
    reviewer: str
    counts: str
    basis: str
    reply: str


@dataclass(frozen=True)
class ReviewShown:
    """A signed review as it is shown. `agreed` says on how many items reviewer and organiser agree from the start."""

    part: ReviewPart
    by: Sentence
    disputed: Sentence
    agreed: str
    proposals: list[ReviewedLine]
    cannot_tell: list[ReviewedLine]
    questions: list[tuple[Text, ReviewQuestionPart]]
    attributes: list[tuple[Text, ReviewedAttributePart]]


def review_shown(document: ResultDocument, part: ReviewPart) -> ReviewShown:
    """Return the review of a result in words."""
    items = document.items()
    lines = [_line(items[entry.item], entry) for entry in part.opinions if entry.item in items]
    titles = {entry.code: entry.title for entry in document.attributes}
    return ReviewShown(
        part=part,
        by=reviewed_by(part),
        disputed=disputed(part),
        agreed=_agreed(part),
        proposals=[line for line in lines if line.opinion.says == "proposes"],
        cannot_tell=[line for line in lines if line.opinion.says == "cannot_tell"],
        questions=[(items[entry.item].short if entry.item in items else {}, entry) for entry in part.questions],
        attributes=[(titles[entry.code], entry) for entry in part.attributes if entry.code in titles],
    )


def _line(item: ItemResult, opinion: OpinionPart) -> ReviewedLine:
    return ReviewedLine(
        item=item,
        opinion=opinion,
        organiser=_organisers(item, opinion),
        reviewer=_level(opinion.reviewer),
        counts=_level(opinion.counts),
        basis=str(BASES[opinion.basis]) if opinion.basis else "",
        reply=str(REPLIES[opinion.reply]) if opinion.reply else "",
    )


def _organisers(item: ItemResult, opinion: OpinionPart) -> str:
    """What the organiser answered, and what of it the evidence supports where that is less."""
    if opinion.organiser is None:
        return gettext("Not known")
    claimed, supported = _level(item.claimed), _level(opinion.organiser)
    if claimed == supported:
        return claimed
    return gettext("%(claimed)s (by its evidence: %(supported)s)") % {"claimed": claimed, "supported": supported}


def _level(value: Figure | None) -> str:
    """A value in words: the level that its letter stands for."""
    return gettext("Not known") if value is None else str(LETTER_LABELS[letter_of(FULL_SCORE * value.value)])


def _agreed(part: ReviewPart) -> str:
    found = [entry for entry in part.opinions if entry.says == "agrees"]
    words = ngettext(
        "The reviewer agrees with %(number)d answer, and has seen the evidence of %(seen)d.",
        "The reviewer agrees with %(number)d answers, and has seen the evidence of %(seen)d.",
        len(found),
    )
    return words % {"number": len(found), "seen": sum(entry.seen for entry in found)}
