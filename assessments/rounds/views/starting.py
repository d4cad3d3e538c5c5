"""Starting a round of a process, and naming it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.models import Assessment, Process
from assessments.permissions import Right, assessment_for, process_for, signed_in
from assessments.rounds.forms import NextRoundForm, RoundTitleForm, StartForm
from assessments.rounds.next_round import next_round, offered_sets, proposed_title, what_changed
from assessments.rounds.services.start import rename_round, sets_to_start_with, start_assessment
from attributes.catalogue.published import catalogue_of
from attributes.pages import form_page, refusals_lead_to, sent, taken
from attributes.texts import localise


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("assessments:process-detail", "code")
def assessment_start(request: HttpRequest, code: str) -> HttpResponse:
    """Say what starting the next round means, and start it. The first one is started from the page of the process."""
    process = process_for(request, code, Right.START_ASSESSMENT)
    rounds = list(Assessment.objects.filter(process=process).select_related("question_set").order_by("-round", "-pk"))
    if not rounds:
        form = StartForm(sent(request), question_sets=sets_to_start_with())
        if request.method != "POST":
            return redirect("assessments:process-detail", code)
        return _start(request, process, form if form.is_valid() else None)
    if rounds[0].is_draft and request.method != "POST":
        return redirect("assessments:assessment-hub", rounds[0].code)
    return _next(request, process, rounds)


def _next(request: HttpRequest, process: Process, rounds: list[Assessment]) -> HttpResponse:
    before, sets = rounds[0], offered_sets(rounds[0])
    year = timezone.localdate().year
    title = proposed_title(before, year, {row.title for row in rounds})
    form = NextRoundForm(sent(request), question_sets=sets, used=before.question_set.slug, initial={"title": title})
    if done := taken(form, lambda: _start(request, process, form)):
        return done
    context: dict[str, Any] = {
        "process": process,
        "before": before,
        "start": next_round(process, before),
        "versions": [
            (f"{localise(row.title)} {row.version}", what_changed(catalogue_of(before.question_set), catalogue_of(row)))
            for row in sets
        ],
    }
    return form_page(request, "assessments/rounds/start.html", form, context)


def _start(request: HttpRequest, process: Process, form: StartForm | None) -> HttpResponse:
    assessment = start_assessment(
        process=process,
        user=signed_in(request),
        question_set=form.chosen() if form else None,
        title=form.cleaned_data.get("title", "") if form else "",
    )
    messages.success(request, _("Round %(round)s has been started.") % {"round": assessment.round})
    return redirect("assessments:assessment-hub", assessment.code)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("assessments:assessment-hub", "code")
def assessment_name(request: HttpRequest, code: str) -> HttpResponse:
    """Give the round another name."""
    assessment = assessment_for(request, code, Right.START_ASSESSMENT)
    form = RoundTitleForm(sent(request), initial={"title": assessment.title})

    def rename() -> HttpResponse:
        rename_round(assessment=assessment, user=signed_in(request), title=form.cleaned_data["title"])
        messages.success(request, _("The name has been saved."))
        return redirect("assessments:assessment-hub", code)

    if done := taken(form, rename):
        return done
    if not assessment.is_draft:
        return redirect("assessments:assessment-hub", code)
    return form_page(request, "assessments/rounds/name.html", form, {"assessment": assessment})
