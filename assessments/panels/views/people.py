"""One list of people for all groups of a wave: looked at, then stored."""

import hashlib
import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from assessments.models import Wave
from assessments.panels.people_forms import PeopleListForm, UnknownGroupsForm, choices_in
from assessments.panels.services.people import SortedPeople, sorted_people, store_people
from assessments.panels.views.overview import wave_context, wave_of
from assessments.permissions import Right, panel_for, signed_in
from assessments.vocabulary import WaveState
from attributes.pages import form_page, refusals_lead_to

PAGE = "assessments/panels/people.html"
MOST_NAMED = 200  # lines that are said to be doubtful, of each sort


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("assessments:panel", "code")
def people(request: HttpRequest, code: str) -> HttpResponse:
    """Take a list, show what would become of it, and store it once that has been seen."""
    wave = wave_of(panel_for(request, code, Right.MANAGE_PANEL))
    if not wave.is_preparing and not wave.takes_new:
        messages.error(request, _("People can be listed before the launch and while the wave is open."))
        return redirect("assessments:panel", code)
    if request.method != "POST":
        return form_page(request, PAGE, PeopleListForm(), wave_context(wave))
    form = PeopleListForm(request.POST, request.FILES)
    if not form.is_valid():
        return form_page(request, PAGE, form, wave_context(wave))
    text = form.text()
    found = sorted_people(wave, text)
    choices = choices_in(request.POST, found.unknown)
    if choices:
        found = sorted_people(wave, text, choices)
    is_seen = request.POST.get("seen") == _mark(text, found)
    if is_seen and found.number and "store" in request.POST:
        return _store(request, wave, text, choices)
    return _preview(request, wave, text, found, is_changed="store" in request.POST and not is_seen)


def _store(request: HttpRequest, wave: Wave, text: str, choices: dict[str, str]) -> HttpResponse:
    root = request.build_absolute_uri("/")
    stored = store_people(wave=wave, user=signed_in(request), text=text, choices=choices, root=root)
    if wave.state == WaveState.PREPARING:
        words = ngettext(
            "%(number)s person is listed. The mail goes out when you launch the wave.",
            "%(number)s people are listed. Their mails go out when you launch the wave.",
            stored.number,
        )
    else:
        words = ngettext("%(number)s mail is on its way.", "%(number)s mails are on their way.", stored.number)
    messages.success(request, words % {"number": stored.number})
    return redirect("assessments:panel", wave.assessment.code)


def _preview(request: HttpRequest, wave: Wave, text: str, found: SortedPeople, *, is_changed: bool) -> HttpResponse:
    """What would become of a list. `is_changed`: it was to be stored, and is not what was looked at any more."""
    sorts = {
        name: (lines[:MOST_NAMED], max(0, len(lines) - MOST_NAMED))
        for name, lines in (
            ("duplicates", found.duplicates),
            ("problems", found.problems),
            ("unsure", found.unsure),
            ("slips", found.slips),
        )
    }
    context = wave_context(
        wave,
        form=PeopleListForm(initial={"people": text}),
        found=found,
        named=UnknownGroupsForm(request.POST if _chosen(request) else None, wave=wave, unknown=found.unknown),
        seen=_mark(text, found),
        lines=sorts,
        is_changed=is_changed,
    )
    return render(request, PAGE, context)


def _chosen(request: HttpRequest) -> bool:
    return "seen" in request.POST


def _mark(text: str, found: SortedPeople) -> str:
    """Stands for a list and what would become of it: what has not been seen is not stored."""
    counts = [(entry.name, len(entry.people), entry.invited, entry.after) for entry in found.groups]
    return hashlib.sha256(json.dumps([text, counts]).encode()).hexdigest()[:24]
