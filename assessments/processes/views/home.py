"""The first page, for visitors and for people who are signed in, and the help page."""

from email.utils import parseaddr
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.glossary import terms_by_name
from assessments.models import Assessment, Invitation, Process
from assessments.permissions import signed_in
from assessments.processes.lists import listed, process_rows
from assessments.processes.sample import sample_result
from assessments.processes.views.invitations import SESSION_KEY
from assessments.processes.waiting import waiting_for_person
from assessments.rounds.estimates import hours_for_set, quick_check_minutes
from assessments.vocabulary import AssessmentState
from attributes.catalogue.published import latest_catalogue

if TYPE_CHECKING:
    from msgov.accounts.models import User

SHOWN = 10
DRAFTS_SHOWN = 5


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Say what this is, or show what there is to do."""
    if not request.user.is_authenticated:
        return render(request, "assessments/processes/home.html", _visitor_context(request))
    return render(request, "assessments/processes/dashboard.html", _own_context(signed_in(request)))


def _visitor_context(request: HttpRequest) -> dict[str, object]:
    public = (
        Assessment.objects.visible_to(request.user).filter(state=AssessmentState.SUBMITTED).select_related("process")
    )
    # Not findings of those who run a process, but there to be looked at. What is invented shows most, and comes first.
    to_look_at = Q(process__is_example=True) | Q(process__is_invented=True)
    catalogue = latest_catalogue()
    return {
        "question_set": catalogue,
        "hours": hours_for_set(catalogue) if catalogue else 0,
        "minutes": quick_check_minutes(catalogue) if catalogue else 0,
        "sample": sample_result(),
        "public": public.exclude(to_look_at).order_by("-submitted_at", "-pk")[:SHOWN],
        "examples": public.filter(to_look_at).order_by("process__is_example", "process_id")[:SHOWN],
        "invitation_waits": SESSION_KEY in request.session,
    }


def _own_context(user: "User") -> dict[str, object]:
    processes = list(listed(Process.objects.of_member(user)).order_by("-pk")[: SHOWN + 1])
    drafts = Assessment.objects.editable_by(user).select_related("process").order_by("-pk")
    invitations = Invitation.objects.pending().filter(email__iexact=user.email)
    return {
        "rows": process_rows(processes[:SHOWN], user),
        "has_more": len(processes) > SHOWN,
        "drafts": drafts[:DRAFTS_SHOWN],
        "waiting": waiting_for_person(user),
        "invitations": invitations.select_related("process", "invited_by")[:SHOWN],
    }


@login_not_required
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """How it works, who may do what, what happens to data, and whom to ask."""
    context = {
        "contact": parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
        "evidence_megabytes": settings.EVIDENCE_MAX_BYTES // (1024 * 1024),
    }
    return render(request, "assessments/processes/help.html", context)


@login_not_required
@require_safe
def glossary_page(request: HttpRequest) -> HttpResponse:
    """What the words mean that pages and reports use."""
    return render(request, "assessments/processes/glossary.html", {"terms": terms_by_name()})
