"""The organiser's page about paper: sheets and slips to print, where they go, and who enters them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assessments.models import PaperAssistant, Wave, WaveGroup
from assessments.panels.views.overview import group_row, wave_context, wave_of
from assessments.paper.drawing import PAPERS
from assessments.paper.forms import AssistantForm, ReturnForm, SlipsForm
from assessments.paper.services.paper import dismiss_assistant, name_assistant, save_return
from assessments.paper.sheet import asked_of
from assessments.permissions import Right, panel_for, signed_in
from assessments.vocabulary import GroupMode
from attributes.pages import OK, UNPROCESSABLE, refusals_lead_to, sent, taken, whole_number
from attributes.texts import language_name


def _wave(request: HttpRequest, code: str) -> Wave:
    return wave_of(panel_for(request, code, Right.MANAGE_PANEL))


def _group(request: HttpRequest, code: str, pk: int) -> WaveGroup:
    wave = _wave(request, code)
    group = get_object_or_404(WaveGroup, wave=wave, pk=pk)
    group.wave = wave
    return group


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("assessments:panel", "code")
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """What can be printed for each group; POST says where sheets are given back."""
    wave = _wave(request, code)
    form = ReturnForm(sent(request), wave=wave)

    def save() -> HttpResponse:
        save_return(wave=wave, user=signed_in(request), where=form.where())
        messages.success(request, _("Saved. It stands on sheets that are printed from now on."))
        return redirect("assessments:panel-paper", code)

    return taken(form, save) or _page(request, wave, form)


def _page(request: HttpRequest, wave: Wave, form: ReturnForm) -> HttpResponse:
    groups = list(wave.groups.all())
    for group in groups:
        group.wave = wave
    languages = asked_of(groups[0]).languages if groups else ()
    names: dict[int, list[PaperAssistant]] = {group.pk: [] for group in groups}
    for assistant in PaperAssistant.objects.usable().filter(group__wave=wave):
        names[assistant.group_id].append(assistant)
    context: dict[str, Any] = {
        "rows": [(group_row(wave, group), names[group.pk]) for group in groups],
        "languages": [(language, language_name(language)) for language in languages],
        "papers": list(PAPERS.items()),
        "form": form,
        "is_over": wave.is_over,
    }
    status = UNPROCESSABLE if form.is_bound else OK
    return render(request, "assessments/paper/paper.html", wave_context(wave, **context), status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("assessments:panel-paper", "code")
def paper_group(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Slips, and the assistants of one group; POST names one, whose link is shown this one time."""
    group = _group(request, code, pk)
    if group.mode == GroupMode.ON_RECORD:
        messages.error(request, _("This group answers on the record, by its link."))
        return redirect("assessments:panel-paper", code)
    form = AssistantForm(sent(request))

    def name() -> HttpResponse:
        token = name_assistant(group=group, user=signed_in(request), **form.cleaned_data)
        address = request.build_absolute_uri(reverse("assessments:assist-link", args=[token]))
        context = wave_context(group.wave, group=group, name=form.cleaned_data["name"], address=address)
        return render(request, "assessments/paper/assistant_named.html", context)

    return taken(form, name, at="name") or _group_page(request, group, form)


def _group_page(request: HttpRequest, group: WaveGroup, form: AssistantForm) -> HttpResponse:
    wave = group.wave
    context = {
        "group": group,
        "row": group_row(wave, group),
        "form": form,
        "slips": SlipsForm(),
        "assistants": PaperAssistant.objects.usable().filter(group=group),
        "languages": [(language, language_name(language)) for language in asked_of(group).languages],
        "papers": list(PAPERS.items()),
        "is_open": wave.is_open,
        "is_over": wave.is_over,
    }
    status = UNPROCESSABLE if form.is_bound else OK
    return render(request, "assessments/paper/paper_group.html", wave_context(wave, **context), status=status)


@require_POST
def paper_dismiss(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take the link of an assistant back."""
    group = _group(request, code, pk)
    named = whole_number(request.POST.get("assistant", "")) or 0
    assistant = get_object_or_404(PaperAssistant.objects.usable(), group=group, pk=named)
    assistant.group = group
    dismiss_assistant(assistant=assistant, user=signed_in(request))
    messages.success(request, _("%(name)s can enter no more sheets.") % {"name": assistant.name})
    return redirect("assessments:panel-paper-group", code, pk)
