"""Working through the register at the beginning of a round: still true, changed, or gone."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.models import Assessment, EvidenceEntry, Process
from assessments.pages import paged
from assessments.permissions import Right, process_for, rights_in, signed_in
from assessments.register.page import PER_PAGE, ShownEntry, entries_of
from assessments.register.still_true import check_entry, checks_of
from assessments.vocabulary import AssessmentState, EntryStanding
from attributes.pages import refusals_lead_to

ANSWERED = "answered"


def round_under_way(process: Process) -> Assessment | None:
    """Return the round of a process that is being answered. One query."""
    drafts = Assessment.objects.filter(process=process, state=AssessmentState.DRAFT).with_question_set()
    found = drafts.first()
    if found is not None:
        found.process = process
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("assessments:register-still-true", "code")
def still_true(request: HttpRequest, code: str) -> HttpResponse:
    """The documents of earlier rounds that nobody has looked at in this one, or those somebody has; one press each."""
    process = process_for(request, code, Right.EDIT_ANSWERS)
    draft = round_under_way(process)
    if draft is None:
        messages.error(request, _("No round is being answered."))
        return redirect("assessments:register", code)
    if request.method == "POST":
        return _record(request, process, draft)
    checks = checks_of(draft)
    carried = [
        shown
        for shown in entries_of(process, rights_in(process, request.user))
        if shown.entry.added_at < draft.created_at and (shown.entry.pk in checks or not shown.entry.archived_at)
    ]
    left = [shown for shown in carried if shown.entry.pk not in checks]
    done = [shown for shown in carried if shown.entry.pk in checks]
    shows_done = request.GET.get("show") == ANSWERED or not left
    page = paged(request, done if shows_done else left, PER_PAGE)
    context = {
        "process": process,
        "draft": draft,
        "left": len(left),
        "done": len(done),
        "shows_done": shows_done,
        "entries": [_line(shown, checks.get(shown.entry.pk)) for shown in page.rows],
        **page.context,
    }
    return render(request, "assessments/register/still_true.html", context)


def _line(shown: ShownEntry, check: Any) -> dict[str, Any]:
    """One document: what it was used for last, and what was said of it."""
    return {"entry": shown.entry, "uses": (shown.now or shown.earlier)[:3], "check": check}


def _record(request: HttpRequest, process: Process, draft: Assessment) -> HttpResponse:
    entry = get_object_or_404(EvidenceEntry, process=process, code=request.POST.get("entry", ""))
    says = request.POST.get("says", "")
    if says not in (EntryStanding.STILL_TRUE, EntryStanding.GONE):
        messages.error(request, _("Nothing was stored: the form that was sent does not fit this page."))
    else:
        check_entry(entry=entry, assessment=draft, user=signed_in(request), standing=EntryStanding(says))
    back = reverse("assessments:register-still-true", args=[process.code])
    return redirect(f"{back}?show={ANSWERED}" if request.POST.get("show") == ANSWERED else back)
