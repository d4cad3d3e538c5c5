"""One record: its page, its versions, its files and its PDF; and what stands there once it was withdrawn."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from assessments import visitor_limits
from assessments.exceptions import AssessmentError
from assessments.models import PublicRecord, RecordVersion, Report
from assessments.permissions import signed_in
from assessments.records.access import roles_on
from assessments.records.addresses import cited
from assessments.records.citing import CitedRecord, bibtex, citation, csl, datacite, json_ld, json_ld_element
from assessments.records.files import pretty, record_csv, record_json
from assessments.records.limits import limited
from assessments.records.page import record_parts
from assessments.records.reading import about_of, document_of, replies_to, version_for
from assessments.records.services.publishing import draw
from assessments.reports.services import has_file
from assessments.vocabulary import ReportState

GONE, ACCEPTED = 410, 202
RELOAD_AFTER = 10  # seconds
# They stay when the data go.
METADATA: dict[str, tuple[str, Callable[[CitedRecord], str]]] = {
    "metadata.jsonld": ("application/ld+json", lambda found: pretty(json_ld(found))),
    "datacite.json": ("application/vnd.datacite.datacite+json", lambda found: pretty(datacite(found))),
    "citation.bib": ("application/x-bibtex; charset=utf-8", bibtex),
    "citation.json": ("application/vnd.citationstyles.csl+json", lambda found: pretty(csl(found))),
}
DATA = ("data.json", "data.csv")


@login_not_required
@require_safe
def record(request: HttpRequest, number: str) -> HttpResponse:
    """The newest version of a record."""
    return _page(request, version_for(number))


@login_not_required
@require_safe
def record_version(request: HttpRequest, number: str, version: int) -> HttpResponse:
    """One version of a record, also one that was followed by another."""
    return _page(request, version_for(number, version))


def _page(request: HttpRequest, version: RecordVersion) -> HttpResponse:
    found = cited(request, version)
    shown = version.record
    context: dict[str, Any] = {
        "record": shown,
        "version": version,
        "about": found.about,
        "cited": found,
        "citation": citation(found),
        "versions": list(shown.versions.defer("document", "figures", "about").order_by("-version")),
        "replies": replies_to(shown),
        "roles": _roles(request, shown),
    }
    if shown.is_withdrawn:
        return _linked(render(request, "assessments/records/withdrawn.html", context, status=GONE), found)
    context |= {
        "parts": record_parts(version.digest, lambda: document_of(version)),
        "is_newest": context["versions"][0].version == version.version,
        "others": _other_rounds(shown),
        "described": json_ld_element(found),
    }
    return _linked(render(request, "assessments/records/record.html", context), found)


def _roles(request: HttpRequest, shown: PublicRecord) -> frozenset[str]:
    """What the person at the screen may do; nothing without an account, and no query."""
    return roles_on(shown, signed_in(request)) if request.user.is_authenticated else frozenset()


def _other_rounds(shown: PublicRecord) -> list[PublicRecord]:
    """Records of other rounds of the same process, as long as there is one."""
    if shown.assessment is None:
        return []
    same = PublicRecord.objects.published().filter(assessment__process=shown.assessment.process_id)
    return list(same.exclude(pk=shown.pk).order_by("round"))


def _linked(response: HttpResponse, found: CitedRecord) -> HttpResponse:
    """Say in the header too where it stays, what describes it and under which licence it is."""
    metadata = found.data_url.replace("data.json", "metadata.jsonld")
    response["Link"] = (
        f'<{found.url}>; rel="cite-as", <{metadata}>; rel="describedby"; type="application/ld+json", '
        f'<{found.about.licence.url}>; rel="license"'
    )
    return response


@login_not_required
@require_safe
@limited(visitor_limits.RECORD_FILES)
def record_file(request: HttpRequest, number: str, version: int, name: str) -> HttpResponse:
    """The data of a version, its metadata, or its reference for a program. Data are gone once it was withdrawn."""
    row = version_for(number, version)
    found = cited(request, row)
    if name in METADATA:
        kind, write = METADATA[name]
        response = HttpResponse(write(found), content_type=kind)
    elif name not in DATA:
        raise Http404
    elif row.record.is_withdrawn:
        return _page(request, row)
    else:
        document = document_of(row)
        if name == "data.json":
            text, kind = record_json(row, document, replies_to(row.record), found.url), "application/json"
        else:
            text, kind = record_csv(document), "text/csv; charset=utf-8"
        response = HttpResponse(text, content_type=kind)
    file_name = f"{found.about.number}-v{found.about.version}-{name}"
    response["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return _linked(response, found)


@login_not_required
@require_safe
def record_report(request: HttpRequest, number: str, version: int) -> HttpResponseBase:
    """The PDF of a version; a page that says so while it is being drawn, which is done again where it is gone."""
    row = version_for(number, version)
    if row.record.is_withdrawn:
        return _page(request, row)
    report = Report.objects.defer("document").filter(record_versions=row).first()
    if report is not None and report.state == ReportState.READY and has_file(report):
        content = report.file.open("rb")
        name = f"{row.record.number}-v{row.version}.pdf"
        return FileResponse(content, as_attachment=True, filename=name, content_type="application/pdf")
    problem = ""
    if report is None or report.state not in (ReportState.QUEUED, ReportState.RENDERING):
        problem = _drawn_again(request, row)
    context = {"record": row.record, "version": row, "about": about_of(row), "problem": problem}
    response = render(request, "assessments/records/drawing.html", context, status=ACCEPTED)
    response["Refresh"] = f"{RELOAD_AFTER}; url={reverse('assessments:record-report', args=[number, version])}"
    return response


def _drawn_again(request: HttpRequest, row: RecordVersion) -> str:
    """Ask for the PDF; why that cannot be, or ""."""
    if visitor_limits.exceeded(request, visitor_limits.REPORTS):
        return ""
    visitor_limits.count(request, visitor_limits.REPORTS)
    try:
        draw(version=row, document=document_of(row), user=None, language=get_language() or "")
    except AssessmentError as error:
        return error.message
    return ""
