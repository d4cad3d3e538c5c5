"""Where a second rating stands: for the organiser, for the rater, and once both have finished for both."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from assessments.models import SecondRating
from assessments.permissions import Right
from assessments.rating.access import RatingPlace, place_for
from assessments.rating.candidates import why_no_rating
from assessments.rating.page import RatingSoFar
from assessments.rating.revealed import revealed_context
from assessments.vocabulary import SecondRatingState


@require_safe
def second_rating(request: HttpRequest, code: str) -> HttpResponse:
    """What there is to do for whoever looks; both ratings, once both have finished."""
    place = place_for(request, code)
    rating = place.rating
    if rating is not None and rating.is_revealed:
        return render(request, "assessments/rating/revealed.html", revealed_context(place, rating))
    if rating is not None and place.is_rater and place.assessment.is_draft:
        return _for_rater(request, place, rating)
    return render(request, "assessments/rating/overview.html", _for_members(place))


def _for_rater(request: HttpRequest, place: RatingPlace, rating: SecondRating) -> HttpResponse:
    if rating.state == SecondRatingState.ASKED:
        return redirect("assessments:second-rating-begin", place.assessment.code)
    context: dict[str, Any] = {"assessment": place.assessment, "rating": rating}
    if rating.second_finished_at is not None:
        return render(request, "assessments/rating/waiting.html", context)
    so_far = RatingSoFar.of(place.assessment, rating)
    context |= {"so_far": so_far, "sections": so_far.sections(), "next": so_far.next_question()}
    return render(request, "assessments/rating/rate.html", context)


def _for_members(place: RatingPlace) -> dict[str, Any]:
    assessment = place.assessment
    may_manage = place.may_manage
    return {
        "assessment": assessment,
        "rating": place.rating,
        "may_manage": may_manage,
        "why_not": why_no_rating(assessment) if may_manage and place.rating is None else "",
        "ended": SecondRating.objects.filter(assessment=assessment, ended_at__isnull=False).order_by("-ended_at"),
        "may_read": Right.VIEW_DRAFT in place.rights,
    }
