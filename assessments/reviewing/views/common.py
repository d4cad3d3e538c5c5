"""What the pages of a review share: the assessment, its review as it stands, and who may look at it."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from assessments.models import Assessment, Review
from assessments.permissions import Right, panel_for, signed_in
from assessments.reviewing.reading import ReviewStanding, standing_review
from assessments.reviewing.services.opinions import standing_of
from assessments.vocabulary import ReviewState


def managed(request: HttpRequest, code: str) -> tuple[Assessment, Review]:
    """The assessment with its review, for organisers. 404 where nobody was asked."""
    assessment = panel_for(request, code, Right.MANAGE_REVIEW)
    review = standing_review(assessment)
    if review is None:
        raise Http404
    review.assessment = assessment
    return assessment, review


def own(request: HttpRequest, code: str) -> tuple[Assessment, Review]:
    """The assessment with its review, for its reviewer. 403 for everybody else, the one who was asked to included
    who is no reviewer of the process any more."""
    assessment = panel_for(request, code, Right.REVIEW)
    review = standing_review(assessment)
    if review is None or review.reviewer_id != signed_in(request).pk:
        raise PermissionDenied
    review.assessment = assessment
    return assessment, review


def own_work(request: HttpRequest, code: str) -> tuple[Assessment, Review, ReviewStanding]:
    """The same with the review as it stands, drafts included. 404 before it is accepted."""
    assessment, review = own(request, code)
    if review.state == ReviewState.INVITED:
        raise Http404
    return assessment, review, standing_of(review, for_reviewer=True)
