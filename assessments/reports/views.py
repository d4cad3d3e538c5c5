"""Reports: ask for one, see how far it is, download it."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from assessments import visitor_limits
from assessments.comparing.build import MAXIMUM
from assessments.comparing.selection import Selection
from assessments.exceptions import AssessmentError, NotAllowed
from assessments.file_names import hyphenated
from assessments.models import Assessment, Report
from assessments.permissions import (
    Right,
    assessment_for,
    open_to_visitors,
    process_for,
    readers_for,
    refuse_while_rating,
    require_visible,
    rights_in,
    role_in,
    show_time_of,
    signed_in,
    with_reader_role,
)
from assessments.reports import services
from assessments.reports.forms import ReportForm
from assessments.reports.html import document_of
from assessments.reports.jobs import split_error
from assessments.reports.word import WORD_KINDS, word_file
from assessments.results.frozen import latest
from assessments.vocabulary import Annex, Paper, ReportKind, ReportState
from attributes.pages import from_htmx, refusals_lead_to

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
RELOAD_AFTER = 10  # seconds, for browsers without JavaScript
NAME_LENGTH = 60
# What is read of a report whose file is asked for, and of its assessments to know who may have it.
FILE_FIELDS = ("code", "kind", "state", "is_draft", "readers", "file")
READER_FIELDS = (
    "code", "round", "state", "process__code", "process__name", "process__visibility", "process__time_zone",
)  # fmt: skip


@open_to_visitors
@require_POST
@refusals_lead_to("assessments:assessment-results", "code")
def report_request(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for a board paper or full report on an assessment, or find the one there is.

    Who has no account gets the public version, without annexes: there are few of these, and each is drawn once.
    """
    assessment = assessment_for(request, code, Right.DOWNLOAD)
    form = ReportForm(request.POST)
    if not form.is_valid():
        raise NotAllowed(_("Choose one of the papers, sheets, languages and annexes that are offered."))
    asked = form.cleaned_data
    restricted = asked["version"] == "restricted"
    if restricted and Right.VIEW_RESTRICTED not in rights_in(assessment.process, request.user):
        raise PermissionDenied
    user = _asking(request)
    report = services.request_report(
        assessment=assessment,
        user=user,
        language=asked["language"] or get_language() or "",
        kind=ReportKind(asked["kind"] or ReportKind.FULL),
        restricted=restricted,
        paper=Paper(asked["paper"] or Paper.A4),
        annexes=[Annex(name) for name in asked["annexes"]] if user else [],
    )
    return redirect("assessments:report-detail", code=report.code)


@require_POST
def comparison_request(request: HttpRequest) -> HttpResponse:
    """Ask for the comparison of several assessments as they are arranged on the page."""
    selection = Selection.of(request.POST)
    assessments = [assessment_for(request, code, Right.DOWNLOAD) for code in selection.codes[: MAXIMUM + 1]]
    own = {row.process_id for row in assessments if role_in(row.process, request.user)}
    if len(assessments) > 1 and len({row.process_id for row in assessments}) == 1:
        # Rounds of one process: another rule holds.
        return _rounds_request(request, assessments)
    try:
        report = services.request_comparison(
            assessments=assessments,
            user=signed_in(request),
            language=get_language() or "",
            paper=Paper.LETTER if request.POST.get("paper") == Paper.LETTER else Paper.A4,
            arrangement=selection.arrangement(assessments, own),
        )
    except AssessmentError as error:
        messages.error(request, error.message)
        return redirect(f"{reverse('assessments:compare')}?{selection.query()}")
    return redirect("assessments:report-detail", code=report.code)


def _rounds_request(request: HttpRequest, assessments: Sequence[Assessment]) -> HttpResponse:
    """Ask for rounds over time in place of a comparison."""
    process = assessments[0].process
    try:
        report = services.request_over_time(
            process=process,
            user=signed_in(request),
            language=get_language() or "",
            codes=[row.code for row in assessments],
        )
    except AssessmentError as error:
        messages.error(request, error.message)
        return redirect("assessments:over-time", code=process.code)
    messages.info(request, _("These are rounds of one process: the report shows them over time."))
    return redirect("assessments:report-detail", code=report.code)


@open_to_visitors
@require_POST
@refusals_lead_to("assessments:over-time", "code")
def over_time_request(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for the report on the rounds of a process over time, or find the one there is."""
    process = process_for(request, code, Right.DOWNLOAD)
    report = services.request_over_time(
        process=process,
        user=_asking(request),
        language=get_language() or "",
        codes=[each for each in request.POST.getlist("round") if "\x00" not in each],
        paper=Paper.LETTER if request.POST.get("paper") == Paper.LETTER else Paper.A4,
    )
    return redirect("assessments:report-detail", code=report.code)


def _asking(request: HttpRequest) -> Any:
    """Who asks for a report; None without an account, of whom there may be few at once. Raises NotAllowed."""
    if request.user.is_authenticated:
        return request.user
    if visitor_limits.exceeded(request, visitor_limits.REPORTS):
        raise NotAllowed(_("Many reports were asked for from here in the last minute. Try again in a minute."))
    visitor_limits.count(request, visitor_limits.REPORTS)
    return None


@open_to_visitors
@require_safe
def report_detail(request: HttpRequest, code: str) -> HttpResponse:
    """How far a report is; reloads itself while it is being drawn."""
    report = _report(request, code)
    waiting = report.state in (ReportState.QUEUED, ReportState.RENDERING)
    if from_htmx(request) and not waiting:
        # The whole page, once, so that title, heading and focus say that it is done.
        return HttpResponse(headers={"HX-Refresh": "true"})
    reason, detail = split_error(report.error)
    lost = report.state == ReportState.READY and not services.has_file(report)
    number = report.result_number
    single = report.assessments.all()[0] if report.kind in ReportKind.on_one() and number else None
    newest = latest(single) if single else None
    context = {
        "number": number,
        # A comparison shows several results, a draft none.
        "replaced_by": newest.number if newest and number and newest.number > number else None,
        "report": report,
        "assessments": sorted(report.assessments.all(), key=lambda a: (a.process.name.casefold(), a.round)),
        "waiting": waiting,
        "is_late": report.waits_long,
        "lost": lost,
        "reason": _("The file is no longer where it was stored.") if lost else reason,
        "detail": detail if getattr(request.user, "is_site_admin", False) else "",
        "size": report.file.size if report.state == ReportState.READY and not lost else 0,
    }
    if from_htmx(request):
        return render(request, "assessments/reports/_state.html", context)
    response = render(request, "assessments/reports/detail.html", context)
    if waiting:
        response["Refresh"] = str(RELOAD_AFTER)
    return response


@open_to_visitors
@require_safe
def report_file(request: HttpRequest, code: str) -> HttpResponseBase:
    """The PDF, or the page that says why there is none."""
    report = _report(request, code, fields=FILE_FIELDS)
    if report.state != ReportState.READY:
        return redirect("assessments:report-detail", code=report.code)
    try:
        content = report.file.open("rb")
    except OSError:
        return redirect("assessments:report-detail", code=report.code)
    response = FileResponse(content, as_attachment=True, filename=_file_name(report), content_type="application/pdf")
    response["X-Content-Type-Options"] = "nosniff"
    return response


@open_to_visitors
@require_safe
def report_word(request: HttpRequest, code: str) -> HttpResponse:
    """The board paper, full report or annual page as a Word file, from the same document as the PDF."""
    report = _report(request, code)
    if report.kind not in WORD_KINDS:
        raise Http404
    word = word_file(document_of(report), report.language)
    response = HttpResponse(word, content_type=WORD_TYPE)
    response["Content-Disposition"] = content_disposition_header(True, _file_name(report, ".docx"))
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
def report_retry(request: HttpRequest, code: str) -> HttpResponse:
    """Draw a report again that failed or whose file is gone."""
    report = _report(request, code)
    try:
        services.retry_report(report=report)
    except AssessmentError as error:
        messages.info(request, error.message)
    return redirect("assessments:report-detail", code=report.code)


def _report(request: HttpRequest, code: str, *, fields: Sequence[str] = ()) -> Any:
    """Return the report, or answer 404 or 403: who may not open all of its assessments may not open it.

    Two queries for members. `fields` are those of the report that are read where its file is all that is wanted; of
    its assessments those are read then that say who may have it, in no order.
    """
    shown = with_reader_role(Assessment.objects.all(), request.user.pk)
    shown = shown.only(*READER_FIELDS).order_by() if fields else shown
    found = Report.objects.only(*fields) if fields else Report.objects.defer("document")
    found = found.prefetch_related(Prefetch("assessments", shown))
    report: Any = get_object_or_404(found, code=code)
    assessments = report.assessments.all()
    if not assessments:
        raise Http404
    require_visible(assessments, request.user)
    needed = {Right.DOWNLOAD} | ({Right.VIEW_DRAFT} if report.is_draft else set())
    for each in assessments:
        refuse_while_rating(each)
        # A process may have been shared since: what was drawn for members stays theirs.
        is_for_them = report.readers in readers_for(each.process, request.user)
        if not (is_for_them and needed <= rights_in(each.process, request.user)):
            raise PermissionDenied
    if len({each.process_id for each in assessments}) == 1:
        show_time_of(assessments[0].process)
    return report


def _file_name(report: Any, ending: str = ".pdf") -> str:
    """A name that sorts and reads well in a folder of downloads."""
    if report.kind == ReportKind.COMPARISON:
        stem = _("comparison")
    elif report.kind == ReportKind.OVER_TIME:
        process = report.assessments.all()[0].process
        stem = f"{hyphenated(process.name, NAME_LENGTH) or process.code}-{_('over-time')}"
    else:
        assessment: Assessment = report.assessments.all()[0]
        name = hyphenated(assessment.process.name, NAME_LENGTH)
        names = {ReportKind.BOARD: _("board-paper"), ReportKind.ANNUAL: _("annual-page")}
        kind = names.get(ReportKind(report.kind), _("full-report"))
        stem = f"{name or assessment.code}-{assessment.round}-{kind}"
    marks = [_("draft") if report.is_draft else "", _("restricted") if report.is_restricted else ""]
    return "-".join(filter(None, [stem, *marks, report.code])) + ending
