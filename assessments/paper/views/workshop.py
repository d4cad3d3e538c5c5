"""The workshop: chosen before the launch, and its screen for the wall."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.models import Wave
from assessments.panels.qr import card_of
from assessments.panels.views.overview import group_row, wave_context, wave_of
from assessments.paper.screen import count_lines, result_of
from assessments.paper.services.workshop import choose_workshop, go_on, show_answers
from assessments.paper.sheet import Addresses, asked_of
from assessments.permissions import Right, panel_for, rights_in, signed_in
from assessments.vocabulary import WaveState
from assessments.wording import speaking
from assessments.wording.saying import names_of
from attributes.pages import PlainForm, form_page, refusals_lead_to, sent, taken
from attributes.texts import direction

STILL = "still"  # asked for a screen that does not renew itself


class WorkshopForm(PlainForm):
    """Whether a wave is answered in one room."""

    is_workshop = forms.BooleanField(
        label=gettext_lazy("This wave is answered in a workshop"),
        required=False,
        help_text=gettext_lazy("It can be closed in the room, and shows its result at once. People are told."),
    )


def _wave(request: HttpRequest, code: str, right: Right) -> Wave:
    return wave_of(panel_for(request, code, right))


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("assessments:panel-workshop", "code")
def workshop(request: HttpRequest, code: str) -> HttpResponse:
    """What a workshop is; POST chooses it, as long as the wave is being prepared."""
    wave = _wave(request, code, Right.MANAGE_PANEL)
    form = WorkshopForm(sent(request), initial={"is_workshop": wave.is_workshop})

    def save() -> HttpResponse:
        choose_workshop(wave=wave, user=signed_in(request), **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("assessments:panel-workshop", code)

    page = "assessments/paper/workshop.html"
    return taken(form, save) or form_page(request, page, form, wave_context(wave))


@require_safe
def screen(request: HttpRequest, code: str) -> HttpResponse:
    """The page for the wall, in a language of the wave: where to answer, how many have, and what was shown last."""
    wave = _wave(request, code, Right.VIEW_PANEL)
    if wave.is_preparing:
        messages.error(request, _("The screen is there once the wave has been launched."))
        return redirect("assessments:panel", code)
    group = wave.groups.first()
    languages: tuple[str, ...] = ()
    if group is not None:
        group.wave = wave
        languages = asked_of(group).languages
    asked = request.GET.get("language", "")
    language = asked if asked in languages else next(iter(languages), "en")
    with speaking(language):
        address = request.build_absolute_uri(reverse("assessments:type-code"))
        context = wave_context(
            wave,
            names=names_of(wave, language),
            counts=count_lines(wave, language),
            result=result_of(wave, language),
            card=card_of(0, address),
            typing=Addresses.seen_from(request, wave).typing,
            languages=languages,
            chosen=language,
            text_direction=direction(language),
            is_open=wave.is_open,
            is_still=STILL in request.GET,
            may_manage=Right.MANAGE_PANEL in rights_in(wave.assessment.process, request.user),
        )
        response = render(request, "assessments/paper/screen.html", context)
    response["Cache-Control"] = "no-store, private"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("assessments:panel-workshop", "code")
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Close the wave in the room, after asking, and go back to the wall."""
    wave = _wave(request, code, Right.MANAGE_PANEL)
    if request.method == "POST":
        if not show_answers(wave=wave, user=signed_in(request)):
            messages.info(request, _("Too few answers are new: what was shown before stays."))
        return redirect("assessments:panel-workshop-screen", code)
    if not wave.is_workshop or not wave.is_open:
        return redirect("assessments:panel-workshop", code)
    rows = [group_row(wave, group) for group in wave.groups.all()]
    context = wave_context(wave, rows=rows, is_first=not wave.snapshots.exists())
    return render(request, "assessments/paper/show.html", context)


@require_POST
@refusals_lead_to("assessments:panel-workshop", "code")
def workshop_goes_on(request: HttpRequest, code: str) -> HttpResponse:
    """Open the wave again, and go back to the wall."""
    wave = _wave(request, code, Right.MANAGE_PANEL)
    if wave.state != WaveState.CLOSED:
        return redirect("assessments:panel-workshop-screen", code)
    go_on(wave=wave, user=signed_in(request))
    return redirect("assessments:panel-workshop-screen", code)
