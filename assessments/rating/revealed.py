"""Both ratings side by side, once both have finished: the message first, then what is furthest apart."""

from typing import Any

from assessments.documents.result import ResultDocument
from assessments.headlines import second_rating_words
from assessments.models import Assessment, SecondRating
from assessments.rating.access import RatingPlace
from assessments.results.build import build_document
from assessments.results.frozen import document_of, results_of


def document_now(assessment: Assessment) -> ResultDocument:
    """The result as it stands: of a draft as its answers are now, else the frozen one."""
    if assessment.is_draft:
        return build_document(assessment)
    return document_of(results_of(assessment)[-1])


def revealed_context(place: RatingPlace, rating: SecondRating) -> dict[str, Any]:
    """Everything the page with both ratings needs."""
    return {
        "assessment": place.assessment,
        "rating": rating,
        "rated": second_rating_words(document_now(place.assessment)),
        "is_rater": place.is_rater,
        "may_agree": place.may_agree,
    }
