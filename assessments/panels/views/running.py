"""A launched wave: extend it once, close it early, open it again."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.exceptions import InvalidAnswer, NotAllowed
from assessments.models import Wave, WaveState
from assessments.pages import sent
from assessments.panels.forms import ExtendForm, ReopenWaveForm
from assessments.panels.services.closing import close_and_freeze
from assessments.panels.services.waves import extend_wave, reopen_wave
from assessments.panels.views.overview import group_row, wave_of
from assessments.permissions import Right, panel_for, signed_in


def _wave(request: HttpRequest, code: str) -> Wave:
    return wave_of(panel_for(request, code, Right.MANAGE_PANEL))


def _context(wave: Wave, **more: object) -> dict[str, object]:
    return {"assessment": wave.assessment, "process": wave.assessment.process, "wave": wave, **more}


@require_http_methods(["GET", "HEAD", "POST"])
def extend(request: HttpRequest, code: str) -> HttpResponse:
    """A later closing date, once."""
    wave = _wave(request, code)
    if wave.state != WaveState.OPEN or wave.is_extended:
        messages.error(request, _("This wave cannot be extended: it is not open, or was extended already."))
        return redirect("assessments:panel", code)
    proposed = wave.closes_on + timedelta(days=7) if wave.closes_on else None
    form = ExtendForm(sent(request), initial={"closes_on": proposed})
    if request.method == "POST" and form.is_valid():
        try:
            extend_wave(wave=wave, user=signed_in(request), closes_on=form.day())
        except NotAllowed as refusal:
            form.add_error("closes_on", refusal.message)
        else:
            messages.success(request, _("The wave has been extended."))
            return redirect("assessments:panel", code)
    status = 400 if request.method == "POST" else 200
    return render(request, "assessments/panels/extend.html", _context(wave, form=form), status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, code: str) -> HttpResponse:
    """Close before the closing date, after asking. A second click leads to the closed wave."""
    wave = _wave(request, code)
    if wave.state != WaveState.OPEN:
        return redirect("assessments:panel", code)
    if request.method == "POST":
        try:
            close_and_freeze(wave=wave, user=signed_in(request))
        except NotAllowed as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, _("The wave is closed."))
        return redirect("assessments:panel", code)
    rows = [group_row(wave, group) for group in wave.groups.all()]
    return render(request, "assessments/panels/close.html", _context(wave, rows=rows))


@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HttpRequest, code: str) -> HttpResponse:
    """Take answers again, with a reason."""
    wave = _wave(request, code)
    if wave.state != WaveState.CLOSED:
        return redirect("assessments:panel", code)
    form = ReopenWaveForm(sent(request), initial={"closes_on": timezone.localdate() + timedelta(days=14)})
    if request.method == "POST" and form.is_valid():
        try:
            reopen_wave(wave=wave, user=signed_in(request), reason=form.cleaned_data["reason"], closes_on=form.day())
        except InvalidAnswer as error:
            form.add_error("reason", error.message)
        except NotAllowed as refusal:
            form.add_error("closes_on", refusal.message)
        else:
            messages.success(request, _("The wave is open again."))
            return redirect("assessments:panel", code)
    status = 400 if request.method == "POST" else 200
    return render(request, "assessments/panels/reopen.html", _context(wave, form=form), status=status)
