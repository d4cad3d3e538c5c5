"""Before a wave is launched: prepare, settings, groups, test run, launch, discard."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assessments.exceptions import AssessmentError, InvalidAnswer, NotAllowed
from assessments.models import Assessment, Wave, WaveGroup
from assessments.pages import sent
from assessments.panels.forms import GroupForm, WaveForm
from assessments.panels.services import setup as services
from assessments.panels.services.waves import prepare_wave
from assessments.panels.views.overview import current_wave, wave_of
from assessments.permissions import Right, panel_for, signed_in


@require_POST
def prepare(request: HttpRequest, code: str) -> HttpResponse:
    """Start preparing a wave. A second click finds the one that was prepared by the first."""
    assessment = panel_for(request, code, Right.MANAGE_PANEL)
    found = current_wave(assessment)
    if found is None or not found.is_preparing:
        try:
            prepare_wave(assessment=assessment, user=signed_in(request))
        except NotAllowed as refusal:
            return _back(request, assessment, refusal)
    return redirect("assessments:panel-setup", code)


def _back(request: HttpRequest, assessment: Assessment, refusal: AssessmentError) -> HttpResponse:
    messages.error(request, refusal.message)
    return redirect("assessments:panel", assessment.code)


def _preparing(request: HttpRequest, code: str) -> Wave:
    return wave_of(panel_for(request, code, Right.MANAGE_PANEL))


def _locked(request: HttpRequest, wave: Wave) -> HttpResponse:
    messages.error(request, _("This wave has been launched: its settings can no longer be changed."))
    return redirect("assessments:panel", wave.assessment.code)


def _context(wave: Wave, **more: object) -> dict[str, object]:
    return {"assessment": wave.assessment, "process": wave.assessment.process, "wave": wave, **more}


@require_http_methods(["GET", "HEAD", "POST"])
def setup(request: HttpRequest, code: str) -> HttpResponse:
    """What holds for all groups."""
    wave = _preparing(request, code)
    if not wave.is_preparing:
        return _locked(request, wave)
    form = WaveForm(sent(request), wave=wave)
    if request.method == "POST" and form.is_valid():
        try:
            services.save_settings(wave=wave, fields=form.cleaned_data)
        except InvalidAnswer as error:
            for name, problem in error.errors.items():
                form.add_error(name, problem)
        except NotAllowed as refusal:
            return _back(request, wave.assessment, refusal)
        else:
            messages.success(request, _("The settings have been saved."))
            return redirect("assessments:panel", code)
    status = 400 if request.method == "POST" else 200
    return render(request, "assessments/panels/setup.html", _context(wave, form=form), status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def group_add(request: HttpRequest, code: str) -> HttpResponse:
    """Add a group."""
    return _edit_group(request, _preparing(request, code), None)


@require_http_methods(["GET", "HEAD", "POST"])
def group(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Change a group."""
    wave = _preparing(request, code)
    return _edit_group(request, wave, get_object_or_404(WaveGroup, wave=wave, pk=pk))


def _edit_group(request: HttpRequest, wave: Wave, found: WaveGroup | None) -> HttpResponse:
    if not wave.is_preparing:
        return _locked(request, wave)
    form = GroupForm(sent(request), group=found)
    if request.method == "POST" and form.is_valid():
        try:
            saved = services.save_group(wave=wave, fields=form.after(), group=found)
        except InvalidAnswer as error:
            for name, problem in error.errors.items():
                form.add_error(name, problem)
        except NotAllowed as refusal:
            return _back(request, wave.assessment, refusal)
        else:
            messages.success(request, _("“%(group)s” has been saved.") % {"group": saved.name})
            return redirect("assessments:panel", wave.assessment.code)
    status = 400 if request.method == "POST" else 200
    return render(request, "assessments/panels/group.html", _context(wave, form=form, group=found), status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def group_remove(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take a group out, after asking."""
    wave = _preparing(request, code)
    found = get_object_or_404(WaveGroup, wave=wave, pk=pk)
    if not wave.is_preparing:
        return _locked(request, wave)
    if request.method == "POST":
        try:
            services.remove_group(group=found)
        except NotAllowed as refusal:
            return _back(request, wave.assessment, refusal)
        messages.success(request, _("“%(group)s” is not asked.") % {"group": found.name})
        return redirect("assessments:panel", code)
    return render(request, "assessments/panels/group_remove.html", _context(wave, group=found))


@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, code: str) -> HttpResponse:
    """Give up a wave that was not launched, after asking."""
    wave = _preparing(request, code)
    if not wave.is_preparing:
        return _locked(request, wave)
    if request.method == "POST":
        try:
            services.discard_wave(wave=wave, user=signed_in(request))
        except NotAllowed as refusal:
            return _back(request, wave.assessment, refusal)
        messages.success(request, _("The wave has been discarded."))
        return redirect("assessments:panel", code)
    return render(request, "assessments/panels/discard.html", _context(wave))


@require_http_methods(["GET", "HEAD", "POST"])
def test_run(request: HttpRequest, code: str) -> HttpResponse:
    """Answer as a respondent would: the page that says what a test run is, then a link like theirs."""
    wave = _preparing(request, code)
    if not wave.is_preparing:
        return _locked(request, wave)
    groups = list(wave.groups.all())
    problem = ""
    if request.method == "POST":
        chosen = next((found for found in groups if str(found.pk) == request.POST.get("group")), None)
        if chosen is not None:
            chosen.wave = wave
            try:
                token = services.start_test(group=chosen)
            except NotAllowed as refusal:
                return _back(request, wave.assessment, refusal)
            return redirect("assessments:respond-link", token)
        problem = _("Choose the group to answer for")
    context = _context(wave, groups=groups, problem=problem)
    return render(request, "assessments/panels/test.html", context, status=400 if problem else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def launch(request: HttpRequest, code: str) -> HttpResponse:
    """Say what launching means and what is missing, then do it. A second click leads to the open wave."""
    wave = _preparing(request, code)
    if not wave.is_preparing:
        return redirect("assessments:panel", code)
    if request.method == "POST":
        try:
            services.launch_prepared(wave=wave, user=signed_in(request))
        except NotAllowed as refusal:
            messages.error(request, refusal.message)
            return redirect("assessments:panel-launch", code)
        messages.success(request, _("The wave is open. Invite the people in each group."))
        return redirect("assessments:panel", code)
    groups = list(wave.groups.all())
    context = _context(wave, groups=groups, problems=services.missing_for_launch(wave), few=len(groups) < 3)
    return render(request, "assessments/panels/launch.html", context)
