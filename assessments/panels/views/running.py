"""A launched wave: extend it, close it early, open it again."""

from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.models import Wave
from assessments.panels.forms import ExtendForm, ReopenWaveForm
from assessments.panels.services.stopping import close_early
from assessments.panels.services.waves import extend_wave, is_promised, reopen_wave
from assessments.panels.views.overview import group_row, wave_context, wave_of
from assessments.permissions import Right, panel_for, signed_in
from assessments.vocabulary import WaveState
from assessments.zones import today_in
from attributes.pages import form_page, refusals_lead_to, sent, taken


def _wave(request: HttpRequest, code: str) -> Wave:
    return wave_of(panel_for(request, code, Right.MANAGE_PANEL))


def _say_if_overtaken(request: HttpRequest, wave: Wave, planned: date | None) -> None:
    """Say that no day for results is named any more, where the wave closes no earlier than it."""
    if planned is not None and wave.results_on is None:
        messages.warning(request, _("Results were planned for a day before the new closing. Name another one."))


@require_http_methods(["GET", "HEAD", "POST"])
def extend(request: HttpRequest, code: str) -> HttpResponse:
    """A later closing date, as often as needed."""
    wave = _wave(request, code)
    if not wave.is_open:
        messages.error(request, _("This wave cannot be extended: it takes no more answers."))
        return redirect("assessments:panel", code)
    proposed = wave.closes_on + timedelta(days=7) if wave.closes_on else None
    initial = {"closes_on": proposed}
    form = ExtendForm(sent(request), zone=wave.zone, is_promised=is_promised(wave), initial=initial)

    def save() -> HttpResponse:
        planned = wave.results_on
        extend_wave(wave=wave, user=signed_in(request), **form.values())
        _say_if_overtaken(request, wave, planned)
        messages.success(request, _("The wave has been extended."))
        return redirect("assessments:panel", code)

    page = "assessments/panels/extend.html"
    return taken(form, save, at="closes_on") or form_page(request, page, form, wave_context(wave))


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("assessments:panel", "code")
def close(request: HttpRequest, code: str) -> HttpResponse:
    """Take no more answers before the closing date, after asking. A second click leads back to the wave."""
    wave = _wave(request, code)
    if not wave.is_open:
        return redirect("assessments:panel", code)
    if request.method == "POST":
        close_early(wave=wave, user=signed_in(request))
        messages.success(request, _("No more answers are taken.") if wave.stopped_on else _("The wave is closed."))
        return redirect("assessments:panel", code)
    rows = [group_row(wave, group) for group in wave.groups.all()]
    is_confidential = not wave.is_workshop and any(not row.on_record for row in rows)
    return render(
        request, "assessments/panels/close.html", wave_context(wave, rows=rows, is_confidential=is_confidential)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HttpRequest, code: str) -> HttpResponse:
    """Take answers again, with a reason."""
    wave = _wave(request, code)
    if wave.state != WaveState.CLOSED and wave.stopped_on is None:
        return redirect("assessments:panel", code)
    zone = wave.zone if wave.stopped_on else wave.assessment.process.zone
    proposed = wave.closes_on if wave.stopped_on else today_in(zone) + timedelta(days=14)
    form = ReopenWaveForm(sent(request), zone=zone, initial={"closes_on": proposed})

    def save() -> HttpResponse:
        planned = wave.results_on
        reopen_wave(wave=wave, user=signed_in(request), **form.values())
        _say_if_overtaken(request, wave, planned)
        messages.success(request, _("The wave is open again."))
        return redirect("assessments:panel", code)

    page = "assessments/panels/reopen.html"
    return taken(form, save, at="closes_on") or form_page(request, page, form, wave_context(wave))
