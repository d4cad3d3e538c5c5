"""The organiser's page on when those who were asked get something back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.feedback.forms import ResultsDayForm
from assessments.feedback.services import plan_results
from assessments.panels.views.overview import wave_context, wave_of
from assessments.permissions import Right, panel_for, signed_in
from attributes.pages import form_page, sent, taken


@require_http_methods(["GET", "HEAD", "POST"])
def results_day(request: HttpRequest, code: str) -> HttpResponse:
    """For which day results are planned: told on mail, card and receipt, and where links lead after the closing."""
    wave = wave_of(panel_for(request, code, Right.MANAGE_PANEL))
    form = ResultsDayForm(sent(request), wave=wave)

    def save() -> HttpResponse:
        plan_results(wave=wave, user=signed_in(request), day=form.cleaned_data["results_on"])
        messages.success(request, _("The day is saved."))
        return redirect("assessments:panel", code)

    page = "assessments/feedback/results_day.html"
    address = request.build_absolute_uri(redirect("assessments:respond-results", wave.code).url)
    return taken(form, save) or form_page(request, page, form, wave_context(wave, address=address))
