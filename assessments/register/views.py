"""The evidence register: the list, an entry, its file, and its end."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.answering.opening_views import evidence_items, take_opening
from assessments.answering.services.evidence import download_name
from assessments.models import EvidenceEntry, Process
from assessments.pages import paged
from assessments.permissions import Right, process_for, register_for, rights_in, signed_in
from assessments.register import services
from assessments.register.forms import EntryForm
from assessments.register.page import PER_PAGE, EntryFilter, ShownEntry, entries_of, items_on, most_on_one, round_of
from assessments.register.still_true import check_entry
from assessments.register.still_true_views import round_under_way
from assessments.vocabulary import EntryStanding
from attributes.pages import form_page, refusals_lead_to, taken


@require_safe
def register(request: HttpRequest, code: str) -> HttpResponse:
    """Every document of the process, where it is used, and what rests on a single one."""
    process = register_for(request, code)
    rights = rights_in(process, request.user)
    every = entries_of(process, rights)
    asked = request.GET.get("show", "")
    chosen = next((one for one in EntryFilter if one.value == asked), EntryFilter.ALL)
    counts = {one: sum(shown.is_in(one) for shown in every) for one in EntryFilter}
    most, on_one = most_on_one(every)
    page = paged(request, [shown for shown in every if shown.is_in(chosen)], PER_PAGE)
    context = {
        "process": process,
        "may_edit": Right.EDIT_ANSWERS in rights,
        "may_open": Right.OPEN_EVIDENCE in rights,
        "has_entries": bool(every),
        "to_confirm": _to_confirm(process, rights),
        "most": most,
        "on_one": on_one,
        "round_label": round_of(every),
        "filters": [(one.value, label, counts[one]) for one, label in _filters() if counts[one] or one is chosen],
        "chosen": chosen.value,
        "entries": page.rows,
        **page.context,
    }
    return render(request, "assessments/register/register.html", context)


def _to_confirm(process: Process, rights: frozenset[Right]) -> int:
    """How many documents nobody has confirmed for the round that is being answered. Two queries at most."""
    draft = round_under_way(process) if Right.EDIT_ANSWERS in rights else None
    return EvidenceEntry.objects.to_confirm(draft).count() if draft and draft.round > 1 else 0


def _filters() -> list[tuple[EntryFilter, str]]:
    return [
        (EntryFilter.ALL, _("All")),
        (EntryFilter.ALONE, _("Something rests on it alone")),
        (EntryFilter.NOT_OPENED, _("Not opened for every answer")),
        (EntryFilter.UNUSED, _("Not used")),
        (EntryFilter.AWAY, _("Put away")),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def entry_add(request: HttpRequest, code: str) -> HttpResponse:
    """Enter a document."""
    process = process_for(request, code, Right.EDIT_ANSWERS)
    form = EntryForm(*_sent(request))

    def save() -> HttpResponse:
        added = services.add_entry(process=process, user=signed_in(request), fields=form.after(), upload=form.upload)
        messages.success(request, _("“%(name)s” is in the register.") % {"name": added.label})
        return redirect("assessments:register", code)

    return taken(form, save) or form_page(request, "assessments/register/entry.html", form, {"process": process})


@require_http_methods(["GET", "HEAD", "POST"])
def entry_edit(request: HttpRequest, code: str, entry: str) -> HttpResponse:
    """Describe a document, or put another one in its place."""
    process = process_for(request, code, Right.EDIT_ANSWERS)
    found = _entry(process, entry)
    # From the list of what is asked at the beginning of a round: who saves says that it has changed.
    is_check = "still-true" in request.GET
    form = EntryForm(*_sent(request), entry=found)

    def save() -> HttpResponse:
        edited = services.edit_entry(
            entry=found, user=signed_in(request), before=form.before(), after=form.after(), upload=form.upload
        )
        messages.success(request, _("“%(name)s” has been saved.") % {"name": edited.label})
        draft = round_under_way(process) if is_check else None
        if draft is None:
            return redirect("assessments:register", code)
        check_entry(entry=edited, assessment=draft, user=signed_in(request), standing=EntryStanding.CHANGED)
        return redirect("assessments:register-still-true", code)

    def page() -> dict[str, Any]:
        return {"process": process, "shown": _shown(process, found, request), "is_check": is_check}

    return taken(form, save) or form_page(request, "assessments/register/entry.html", form, page())


@require_safe
def entry_file(request: HttpRequest, code: str, entry: str) -> HttpResponseBase:
    """Send a file to somebody who may read the register, always as a download: it is somebody else's content."""
    found = _entry(register_for(request, code), entry)
    try:
        content = found.file.open("rb")
    except (OSError, ValueError) as error:
        raise Http404 from error
    response = FileResponse(content, as_attachment=True, filename=download_name(found), content_type=found.content_type)
    response.headers["Content-Security-Policy"] = "sandbox"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("assessments:register", "code")
def entry_opened(request: HttpRequest, code: str, entry: str) -> HttpResponse:
    """Every answer of the round under way that rests on a document; take that somebody opened it, or could not."""
    process = process_for(request, code, Right.OPEN_EVIDENCE)
    found = _entry(process, entry)
    draft = round_under_way(process)
    if request.method == "POST" and draft is not None:
        take_opening(request, draft)
        return redirect("assessments:register-opened", code, entry)
    if request.method == "POST":
        messages.error(request, _("Nothing was stored: no round is being answered."))
        return redirect("assessments:register-opened", code, entry)
    context = {
        "process": process,
        "entry": found,
        "draft": draft,
        "items": items_on(found, evidence_items(draft, signed_in(request))) if draft else [],
    }
    return render(request, "assessments/register/opened.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("assessments:register", "code")
def entry_remove(request: HttpRequest, code: str, entry: str) -> HttpResponse:
    """Say what rests on a document, then remove it, or only stop offering it."""
    process = process_for(request, code, Right.EDIT_ANSWERS)
    found = _entry(process, entry)
    if request.method == "POST":
        removed = services.put_away(entry=found, user=signed_in(request))
        done = _("“%(name)s” was removed.") if removed else _("“%(name)s” is no longer offered.")
        messages.success(request, done % {"name": found.label})
        return redirect("assessments:register", code)
    context = {
        "process": process,
        "shown": _shown(process, found, request),
        "stays": services.is_named(found),
    }
    return render(request, "assessments/register/remove.html", context)


@require_POST
def entry_offer(request: HttpRequest, code: str, entry: str) -> HttpResponse:
    """Offer a document again that was put away."""
    process = process_for(request, code, Right.EDIT_ANSWERS)
    found = _entry(process, entry)
    services.offer_again(entry=found, user=signed_in(request))
    messages.success(request, _("“%(name)s” is offered again.") % {"name": found.label})
    return redirect("assessments:register", code)


def _sent(request: HttpRequest) -> tuple[Any, Any]:
    """What a form with a file is bound to."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _entry(process: Process, code: str) -> EvidenceEntry:
    return get_object_or_404(EvidenceEntry.objects.select_related("added_by"), process=process, code=code)


def _shown(process: Process, entry: EvidenceEntry, request: HttpRequest) -> ShownEntry:
    every = entries_of(process, rights_in(process, request.user))
    return next(shown for shown in every if shown.entry == entry)
