"""The questionnaire as a PDF: for respondents who have a link, and for the organiser to print."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from assessments import visitor_limits
from assessments.file_names import hyphenated
from assessments.models import Wave, WaveGroup
from assessments.panels.views.overview import wave_of
from assessments.paper.drawing import PAPERS, WAIT, PaperBusy, draw_paper
from assessments.paper.sheet import MOST_SLIPS, Addresses, asked_of, groups_on_paper, sheet_of, slips_of
from assessments.permissions import Right, panel_for
from assessments.reports.render import RenderError
from assessments.respond.access import access_of_browser, confidential
from assessments.respond.failing import BROKEN, BUSY, failed
from assessments.respond.pages import too_many
from assessments.vocabulary import GroupMode, WaveState
from assessments.wording import speaking
from attributes.pages import whole_number

UNAVAILABLE = 503
FIRST = next(iter(PAPERS))


def paper_chosen(request: HttpRequest) -> str:
    """The size of paper that is asked for; A4 unless it is said."""
    asked = request.GET.get("paper") or request.POST.get("paper") or FIRST
    if asked not in PAPERS:
        raise Http404
    return asked


@confidential
@require_safe
def paper_sheet(request: HttpRequest, wave: str, language: str) -> HttpResponse:
    """The questionnaire of a launched wave to print; for the group of the link that this browser holds, if any."""
    launched = Wave.objects.exclude(state=WaveState.PREPARING).defer("assessment__question_set__document")
    found = get_object_or_404(launched.select_related("assessment__process", "assessment__question_set"), code=wave)
    held = access_of_browser(request)
    own = held.group if held is not None and held.wave.pk == found.pk else None
    group = own or found.groups.filter(mode=GroupMode.INDIVIDUAL).first()
    if group is None:
        raise Http404
    group.wave = found
    if language not in asked_of(group).languages:
        raise Http404
    if visitor_limits.exceeded(request, visitor_limits.PAPER_SHEETS):
        return too_many(request)
    visitor_limits.count(request, visitor_limits.PAPER_SHEETS)
    addresses = Addresses.seen_from(request, found)
    with speaking(language):
        context = sheet_of(group, addresses, language, named=own is not None)
        try:
            return paper_answer(request, "sheet", context, language, name=_name(found, language))
        except PaperBusy:
            response = failed(request, BUSY, status=UNAVAILABLE)
        except RenderError:
            response = failed(request, BROKEN, status=UNAVAILABLE)
    response["Retry-After"] = str(WAIT)
    return response


def paper_answer(
    request: HttpRequest, template: str, context: Mapping[str, Any], language: str, *, name: str, keep: bool = True
) -> HttpResponse:
    """Draw a paper and send it. Raises PaperBusy, or RenderError."""
    content = draw_paper(template, dict(context), language=language, paper=paper_chosen(request), keep=keep)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _for_organiser(
    request: HttpRequest, template: str, context: Mapping[str, Any], language: str, *, name: str, keep: bool = True
) -> HttpResponse:
    """The same for an organiser; 503 with the reason where it cannot be drawn now."""
    try:
        return paper_answer(request, template, context, language, name=name, keep=keep)
    except PaperBusy:
        return _not_now(_("Too many papers are being drawn. Try again in a few seconds."))
    except RenderError as error:
        return _not_now(error.reason)


def _not_now(reason: str) -> HttpResponse:
    response = HttpResponse(reason, status=UNAVAILABLE, content_type="text/plain; charset=utf-8")
    response["Retry-After"] = str(WAIT)
    return response


def _name(wave: Wave, language: str) -> str:
    return f"questionnaire-{wave.code}-{hyphenated(language, 20)}"


@require_safe
def organiser_sheet(request: HttpRequest, code: str, language: str) -> HttpResponse:
    """The same for the organiser, before the launch too: then it says that it is a draft."""
    wave = wave_of(panel_for(request, code, Right.MANAGE_PANEL))
    group = _group_asked_for(request, wave)
    shown = group or next(iter(groups_on_paper(wave)), None)
    if shown is None or language not in asked_of(shown).languages:
        raise Http404
    with speaking(language):
        addresses = Addresses.seen_from(request, wave)
        context = sheet_of(shown, addresses, language, named=group is not None, is_draft=wave.is_preparing)
        response = _for_organiser(request, "sheet", context, language, name=_name(wave, language))
    response["Cache-Control"] = "no-store, private"
    return response


def _group_asked_for(request: HttpRequest, wave: Wave) -> WaveGroup | None:
    asked = request.GET.get("group", "")
    if not asked:
        return None
    group = get_object_or_404(WaveGroup, wave=wave, pk=whole_number(asked) or 0)
    group.wave = wave
    return group


@require_POST
def slips(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Slips with receipt codes. Each is drawn once: the codes are stored nowhere."""
    wave = wave_of(panel_for(request, code, Right.MANAGE_PANEL))
    group = get_object_or_404(WaveGroup, wave=wave, pk=pk, mode=GroupMode.INDIVIDUAL)
    group.wave = wave
    number, language = whole_number(request.POST.get("number", "")) or 0, request.POST.get("language", "")
    if not 1 <= number <= MOST_SLIPS or language not in asked_of(group).languages:
        messages.error(request, _("Choose a language, and a number from 1 to %(most)s.") % {"most": MOST_SLIPS})
        return redirect("assessments:panel-paper-group", code, pk)
    with speaking(language):
        context = slips_of(group, Addresses.seen_from(request, wave), language, number)
        name = f"slips-{wave.code}-{group.pk}"
        response = _for_organiser(request, "slips", context, language, name=name, keep=False)
    response["Cache-Control"] = "no-store, private"
    return response
