"""Who looked at a result besides those who answer for it: by whom it was reviewed, how far, and what is disputed."""

from django.utils.translation import gettext, ngettext

from assessments.documents.result import ResultDocument
from assessments.documents.review import ReviewPart
from assessments.documents.values import day_words
from assessments.headlines.sentence import Name, Sentence


def reviewed_by(review: ReviewPart) -> Sentence:
    """Say who reviewed, when, and how far the review reaches."""
    slots = {"reviewer": Name.of_people(review.reviewer), "day": Name.of_page(day_words(review.signed_on))}
    if review.is_reviewed:
        return Sentence(gettext("Reviewed by %(reviewer)s, who signed on %(day)s."), **slots)
    words = gettext("Partly reviewed (%(share)s of the weight) by %(reviewer)s, who signed on %(day)s.")
    return Sentence(words, share=Name.of_page(review.share.percent), **slots)


def disputed(review: ReviewPart) -> Sentence:
    """Say on how many items reviewer and organiser do not agree."""
    if not review.disputed:
        return Sentence(gettext("Nothing is disputed."))
    words = ngettext("%(number)s item is disputed.", "%(number)s items are disputed.", len(review.disputed))
    return Sentence(words, number=len(review.disputed))


def whose_view(document: ResultDocument) -> Sentence:
    """Say whose view the scores are: the organiser's own, and who looked at it."""
    review = document.review
    if review is None:
        return Sentence(gettext("These scores are the organiser's own view. Nobody independent has checked them."))
    own = Sentence(gettext("The organiser rated the process."))
    return Sentence.together(own, reviewed_by(review), disputed(review))


def stamp(review: ReviewPart | None) -> str:
    """The mark that every page of a result carries."""
    if review is None:
        return gettext("SELF-ASSESSED, NOT REVIEWED")
    if review.is_reviewed:
        return gettext("REVIEWED BY %(reviewer)s") % {"reviewer": review.reviewer}
    return gettext("PARTLY REVIEWED: %(share)s OF THE WEIGHT") % {"share": review.share.percent}
