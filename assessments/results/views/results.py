"""The results of one assessment: from the frozen document, or as a draft computed on the spot."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from assessments.models import Assessment, Report
from assessments.permissions import Right, assessment_for, open_to_visitors, rights_in
from assessments.results.build import build_document
from assessments.results.frozen import PanelSource, document_of, latest, panel_source
from assessments.results.page import ResultsPage, drawn, frozen_page
from assessments.results.services import set_show_index
from assessments.vocabulary import ReportKind
from attributes.pages import refusals_lead_to

REPORTS_LISTED = 5


@open_to_visitors
@require_safe
def assessment_results(request: HttpRequest, code: str) -> HttpResponse:
    """The profile, what stands out, what to do, and how each score came about."""
    assessment = assessment_for(request, code, Right.VIEW_RESULTS)
    rights = rights_in(assessment.process, request.user)
    panel = panel_source(assessment, restricted=Right.VIEW_RESTRICTED in rights)
    context = {
        "assessment": assessment,
        "process": assessment.process,
        "page": _page(assessment, panel),
        "panel": panel,
        "may_moderate": Right.MODERATE in rights,
        "may_restrict": panel is not None and panel.restricted,
        "rights": rights,
        "reports": _reports(request, assessment, restricted=Right.VIEW_RESTRICTED in rights),
        "may_request": request.user.is_authenticated and Right.DOWNLOAD in rights,
        "sign_in": not request.user.is_authenticated,
        "may_set_index": assessment.is_draft and Right.SUBMIT in rights,
    }
    return render(request, "assessments/results/results.html", context)


def _page(assessment: Assessment, panel: PanelSource | None) -> ResultsPage:
    if assessment.is_draft:
        return drawn(build_document(assessment), panel=panel)
    result = latest(assessment)
    if result is None:
        raise Http404
    return frozen_page(result, lambda: document_of(result), panel)


def _reports(request: HttpRequest, assessment: Assessment, *, restricted: bool) -> list[Report]:
    """The newest reports on this assessment alone. Visitors without an account may not make any, and see none."""
    if not request.user.is_authenticated:
        return []
    reports = Report.objects.filter(assessments=assessment, kind=ReportKind.SINGLE).with_version()
    if not restricted:
        reports = reports.filter(is_restricted=False)
    if not assessment.is_draft:
        reports = reports.filter(is_draft=False)
    return list(reports.defer("document").order_by("-requested_at", "-pk")[:REPORTS_LISTED])


@require_POST
@refusals_lead_to("assessments:assessment-results", "code")
def assessment_index(request: HttpRequest, code: str) -> HttpResponse:
    """Print the summary index, or stop printing it."""
    assessment = assessment_for(request, code, Right.SUBMIT)
    show = request.POST.get("show") == "1"
    set_show_index(assessment=assessment, show=show)
    done = _("The summary index will be printed.") if show else _("The summary index will not be printed.")
    messages.success(request, done)
    return redirect("assessments:assessment-results", assessment.code)
