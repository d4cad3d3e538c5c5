"""Ask somebody to rate a second time, take that back; begin, or decline."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.exceptions import NotAllowed
from assessments.rating.access import asked_from, managed_for, rated_by
from assessments.rating.candidates import candidates_for
from assessments.rating.forms import AskForm, BeginForm
from assessments.rating.services.asking import accept, ask_second_rater, decline, withdraw
from assessments.vocabulary import SecondRatingState
from attributes.pages import form_page, refusals_lead_to, sent, taken

OVERVIEW = "assessments:second-rating"


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to(OVERVIEW, "code")
def second_rating_ask(request: HttpRequest, code: str) -> HttpResponse:
    """Choose who rates a second time."""
    place = asked_from(request, code)
    assessment = place.assessment
    candidates = candidates_for(assessment)
    form = AskForm(sent(request), members=[found.member for found in candidates if not found.reason])

    def ask() -> HttpResponse:
        rating = ask_second_rater(assessment=assessment, user=place.user, member=form.chosen())
        messages.success(request, _("%(person)s was asked to rate a second time.") % {"person": rating.rater_name})
        return redirect(OVERVIEW, code)

    context = {
        "assessment": assessment,
        "may_choose": bool(form.members),
        "others": [found for found in candidates if found.reason],
    }
    return taken(form, ask, at="member") or form_page(request, "assessments/rating/ask.html", form, context)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to(OVERVIEW, "code")
def second_rating_withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Take the request back, after asking."""
    place = managed_for(request, code)
    if place.rating is None or place.rating.is_revealed:
        raise NotAllowed(_("There is nothing to take back any more."))
    if request.method == "POST":
        withdraw(rating=place.rating, user=place.user)
        messages.success(request, _("The request was taken back."))
        return redirect(OVERVIEW, code)
    context = {"assessment": place.assessment, "rating": place.rating, "is_own": False}
    return render(request, "assessments/rating/end.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to(OVERVIEW, "code")
def second_rating_begin(request: HttpRequest, code: str) -> HttpResponse:
    """Say what rating a second time is, and begin."""
    place, rating = rated_by(request, code)
    form = BeginForm(sent(request))

    def begin() -> HttpResponse:
        accept(rating=rating, user=place.user, is_blind=form.is_blind)
        return redirect(OVERVIEW, code)

    if done := taken(form, begin, at="seen"):
        return done
    if rating.state != SecondRatingState.ASKED or not place.assessment.is_draft:
        return redirect(OVERVIEW, code)
    return form_page(request, "assessments/rating/begin.html", form, {"assessment": place.assessment, "rating": rating})


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to(OVERVIEW, "code")
def second_rating_decline(request: HttpRequest, code: str) -> HttpResponse:
    """Say no, after asking: also after having begun."""
    place, rating = rated_by(request, code)
    if request.method == "POST":
        decline(rating=rating, user=place.user)
        messages.success(request, _("You have declined. The organiser is told."))
        return redirect("assessments:process-detail", place.assessment.process.code)
    context = {"assessment": place.assessment, "rating": rating, "is_own": True}
    return render(request, "assessments/rating/end.html", context)
