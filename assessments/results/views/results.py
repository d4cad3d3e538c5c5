"""The results of one assessment: from the frozen document, or as a draft computed on the spot."""

from functools import cache

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from assessments.models import Assessment, FrozenResult, Report
from assessments.permissions import (
    Right,
    assessment_for,
    may_moderate,
    may_open,
    open_to_visitors,
    readers_for,
    reading,
    results_for,
    rights_in,
)
from assessments.results.build import build_document
from assessments.results.frozen import PanelSource, document_of, panel_source, results_of, with_what_stands_beside
from assessments.results.last_time import EarlierRound, earlier_round
from assessments.results.page import ResultsPage, drawn, frozen_page
from assessments.results.services import set_show_index
from assessments.vocabulary import Readers
from attributes.memory import Statement, one_language
from attributes.pages import refusals_lead_to

REPORTS_LISTED = 8
READ = reading(along=with_what_stands_beside)


@open_to_visitors
@require_safe
def assessment_results(request: HttpRequest, code: str) -> HttpResponse:
    """The message, one picture and what to do first; then attributes, stakeholders, steps, and how it is known.

    With `?result=1` a result that was frozen before the assessment was reopened.
    """
    assessment = results_for(request, code, read=READ)
    rights = rights_in(assessment.process, request.user)
    results = results_of(assessment)
    may_draft = may_open(assessment, rights)
    asked = _asked_for(request, results) or (None if may_draft else results[-1])
    newest = results[-1] if results and not assessment.is_draft else None
    replaced = asked is not None and asked != newest
    # What stakeholders said stands beside the result that holds now.
    panel = None if replaced else panel_source(assessment, restricted=Right.VIEW_RESTRICTED in rights)
    context = {
        "assessment": assessment,
        "process": assessment.process,
        "page": _page(assessment, asked or newest, panel, None if assessment.is_first else earlier_round(assessment)),
        "results": results,
        "shown": asked or newest,
        "is_replaced": replaced,
        "query": f"?result={asked.number}" if asked is not None and replaced else "",
        "may_draft": may_draft,
        "panel": panel,
        "may_moderate": may_moderate(assessment, request.user),
        "may_restrict": panel is not None and panel.restricted,
        "rights": rights,
        "reports": _reports(request, assessment, asked),
        "may_request": not replaced and Right.DOWNLOAD in rights,
        "may_set_index": assessment.is_draft and Right.SUBMIT in rights,
    }
    with one_language():
        return render(request, "assessments/results/results.html", context)


def _asked_for(request: HttpRequest, results: list[FrozenResult]) -> FrozenResult | None:
    """The result that the address names by its number; None if it names none."""
    number = request.GET.get("result")
    if number is None:
        return None
    found = next((result for result in results if str(result.number) == number), None)
    if found is None:
        raise Http404
    return found


def _page(
    assessment: Assessment, result: FrozenResult | None, panel: PanelSource | None, before: EarlierRound | None
) -> ResultsPage:
    if result is None:
        if not assessment.is_draft:
            raise Http404
        return drawn(build_document(assessment), panel=panel, before=before)
    return frozen_page(result, lambda: document_of(result), panel, before)


def _reports(request: HttpRequest, assessment: Assessment, result: FrozenResult | None) -> list[Report]:
    """The newest reports on this assessment alone, or on one of its results, as far as the reader may open them.

    Who has no account sees those that are ready. No query where there are none.
    """
    if not assessment.has_reports:  # type: ignore[attr-defined]
        return []
    readers = readers_for(assessment.process, request.user)
    waiting = request.user.is_authenticated
    if result is None:
        return _listed(readers, drafts=assessment.is_draft, waiting=waiting)(assessment.pk)
    # Put together anew: marks of a statement are ids, and a number of a result is in a column for smaller numbers.
    reports = Report.objects.listed_for(assessment.pk, readers=readers, drafts=False, waiting=waiting)
    return list(reports.filter(result_number=result.number)[:REPORTS_LISTED])


@cache
def _listed(readers: frozenset[Readers], *, drafts: bool, waiting: bool) -> Statement[Report]:
    """What reads the reports on an assessment for some readers."""

    def build(assessment: int) -> QuerySet[Report]:
        return Report.objects.listed_for(assessment, readers=readers, drafts=drafts, waiting=waiting)[:REPORTS_LISTED]

    return Statement(build)


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
