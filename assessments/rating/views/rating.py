"""Rate: one page per question, check and finish; and say that the first ratings are finished."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.answering.form import AnswersForm, is_of_another_version
from assessments.exceptions import AssessmentError, NotAllowed
from assessments.models import SecondRating
from assessments.rating.access import RatingPlace, managed_for, rated_by
from assessments.rating.page import RatedPlace, RatingSoFar, rated_place, rated_rows, rating_context
from assessments.rating.services.rating import finish_first, finish_second, save_ratings
from attributes.pages import BAD_REQUEST, CONFLICT, OK, UNPROCESSABLE, from_htmx, refusals_lead_to

OVERVIEW = "assessments:second-rating"


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to(OVERVIEW, "code")
def second_rating_question(request: HttpRequest, code: str, question: str) -> HttpResponse:
    """Show the items of a question without any level, or store what the second rater says."""
    place, rating = rated_by(request, code)
    if not place.may_rate:
        return redirect(OVERVIEW, code)
    asked = rated_place(place.assessment, question)
    if asked is None:
        raise Http404
    form = asked.rated_form(rated_rows(rating))
    if request.method != "POST":
        return render(request, "assessments/rating/question.html", rating_context(asked, form))
    if is_of_another_version(request, place.assessment):
        raise NotAllowed(_("The questions were moved to another version meanwhile. Look at the page again."))
    form.read(request.POST)
    return _save(request, place, rating, asked, form)


def _save(
    request: HttpRequest, place: RatingPlace, rating: SecondRating, asked: RatedPlace, form: AnswersForm
) -> HttpResponse:
    if form.forged:
        message = _("This was not saved: the page does not fit this question. Load the page again.")
        return _refused(request, asked, form, message, BAD_REQUEST)
    try:
        versions = save_ratings(rating=rating, user=place.user, entries=form.entries())
    except AssessmentError as error:
        return _refused(request, asked, form, error.message, CONFLICT)
    if from_htmx(request):
        errors = [text for name, text in form.messages() if name in form.errors]
        context = {"saved_at": timezone.now(), "versions": list(versions.items()), "errors": errors}
        status = UNPROCESSABLE if errors else OK
        return render(request, "assessments/answering/_saved.html", context, status=status)
    form.versions |= versions
    if form.errors:
        context = rating_context(asked, form)
        return render(request, "assessments/rating/question.html", context, status=UNPROCESSABLE)
    return _onward(request, place, asked)


def _refused(request: HttpRequest, asked: RatedPlace, form: AnswersForm, message: str, status: int) -> HttpResponse:
    if from_htmx(request):
        return render(request, "unsaved/_not_saved.html", {"message": message}, status=status)
    context = {**rating_context(asked, form), "problem": message}
    return render(request, "assessments/rating/question.html", context, status=status)


def _onward(request: HttpRequest, place: RatingPlace, asked: RatedPlace) -> HttpResponse:
    code, action = place.assessment.code, request.POST.get("action", "")
    _before, after = asked.neighbours
    if action == "continue" and after is not None:
        return redirect("assessments:second-rating-question", code, after.code)
    if action == "continue":
        return redirect("assessments:second-rating-check", code)
    if action == "list":
        return redirect(OVERVIEW, code)
    messages.success(request, _("Your answers were saved."))
    return redirect(asked.address)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to(OVERVIEW, "code")
def second_rating_check(request: HttpRequest, code: str) -> HttpResponse:
    """What is still open, what finishing means, and finish."""
    place, rating = rated_by(request, code)
    if request.method == "POST":
        finish_second(rating=rating, user=place.user)
        messages.success(request, _("Your rating is finished."))
        return redirect(OVERVIEW, code)
    if not place.may_rate:
        return redirect(OVERVIEW, code)
    so_far = RatingSoFar.of(place.assessment, rating)
    questions = [(asked, [item for item in asked.items if item in so_far.open_items]) for asked in so_far.questions]
    context = {
        "assessment": place.assessment,
        "rating": rating,
        "so_far": so_far,
        "open": [(so_far.line(asked), len(items)) for asked, items in questions if items],
    }
    return render(request, "assessments/rating/check.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to(OVERVIEW, "code")
def second_rating_first(request: HttpRequest, code: str) -> HttpResponse:
    """Say that the organiser's ratings are finished, after asking."""
    place = managed_for(request, code)
    rating = place.rating
    if rating is None or not place.assessment.is_draft:
        raise NotAllowed(_("There is no second rating going on."))
    if request.method == "POST":
        finish_first(rating=rating, user=place.user)
        messages.success(request, _("Your ratings were written down as they are."))
        return redirect(OVERVIEW, code)
    if rating.first_finished_at is not None:
        return redirect(OVERVIEW, code)
    return render(request, "assessments/rating/first.html", {"assessment": place.assessment, "rating": rating})
