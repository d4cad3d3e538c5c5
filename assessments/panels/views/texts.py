"""What a wave says in the languages of those who are asked."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.exceptions import NotAllowed
from assessments.panels.language_forms import WaveTextsForm
from assessments.panels.services.texts import save_texts
from assessments.panels.views.overview import seen_form_page, wave_context, wave_of
from assessments.panels.wave_texts import spoken_texts
from assessments.permissions import Right, panel_for
from assessments.vocabulary import WaveState
from attributes.pages import refusals_lead_to, sent
from attributes.texts import language_name


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("assessments:panel", "code")
def texts(request: HttpRequest, code: str) -> HttpResponse:
    """Notice, names and what is governed, in each further language of the wave."""
    wave = wave_of(panel_for(request, code, Right.MANAGE_PANEL))
    if wave.state == WaveState.CLOSED:
        raise NotAllowed(_("This wave is closed: nobody reads its pages in any language any more."))
    spoken = spoken_texts(wave, list(wave.groups.all()))
    form = WaveTextsForm(sent(request), texts=spoken, is_open=not wave.is_preparing)

    def save() -> HttpResponse:
        save_texts(wave=wave, said=form.said(), seen=form.seen_marks())
        messages.success(request, _("The texts have been saved."))
        return redirect("assessments:panel", code)

    fields = [(language_name(language), fields) for language, fields in form.by_language().items()]
    context = wave_context(wave, by_language=fields, first=language_name(wave.first_language))

    def new() -> dict[str, str]:
        return {text.name: words for text, words in form.said()}

    return seen_form_page(request, "assessments/panels/texts.html", form, save, new, context)
