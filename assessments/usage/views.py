"""Where a version of a question set is used, and how its questions work. For question set administrators."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.models import Assessment
from assessments.pages import paged
from assessments.usage import file
from assessments.usage import page as use_page
from assessments.usage.counts import ENOUGH, ItemUse, StateUse, by_attention, item_uses, states_of
from assessments.vocabulary import AssessmentState
from attributes.catalogue.published import catalogue_of
from attributes.models import QuestionSet
from attributes.permissions import set_admin, version_for

ITEMS_ON_PAGE = 100
# Of the assessments one may see; the rest are numbers.
NAMED = 100
ATTENTION = "attention"


@dataclass(frozen=True)
class Figures:
    """The items of a version and how many assessments stand behind them; no items where those are too few."""

    total: int
    uses: list[ItemUse]


@require_safe
def version_use(request: HttpRequest, slug: str, version: str) -> HttpResponse:
    """Where a version is used, and how its items were answered; by "needs attention" if asked."""
    row = version_for(request, slug, version)
    states = states_of(row.pk)
    figures = _figures(row, states)
    sort = ATTENTION if request.GET.get("sort") == ATTENTION else ""
    uses = by_attention(figures.uses) if sort else figures.uses
    page = paged(request, uses, ITEMS_ON_PAGE, {"sort": sort} if sort else {})
    named = _named(request, row)
    seen = named.count()
    context: dict[str, Any] = {
        "version": row,
        "states": states,
        "count": sum(use.all for use in states),
        "named": list(named[:NAMED]),
        "unnamed": max(sum(use.all for use in states) - seen, 0),
        "more_named": seen > NAMED,
        "total": figures.total,
        "enough": ENOUGH,
        "sort": sort,
        "lines": use_page.lines_of(page.rows, catalogue_of(row)),
        "legend": use_page.legend_of(catalogue_of(row)),
        **page.context,
    }
    return render(request, "assessments/usage/use.html", context)


@require_safe
def version_use_file(request: HttpRequest, slug: str, version: str) -> HttpResponse:
    """The same figures as a CSV file, a line each."""
    row = version_for(request, slug, version)
    figures = _figures(row, states_of(row.pk))
    content = file.csv_of(figures.uses, catalogue_of(row), figures.total)
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{row.slug}-{row.version}-use.csv"'
    return response


def _figures(row: QuestionSet, states: list[StateUse]) -> Figures:
    total = sum(use.real for use in states if use.state != AssessmentState.DRAFT)
    return Figures(total, item_uses(catalogue_of(row), total) if total >= ENOUGH else [])


def _named(request: HttpRequest, row: QuestionSet) -> QuerySet[Assessment]:
    """The assessments of this version that the administrator may know of anyway, by name."""
    rows = Assessment.objects.visible_to(set_admin(request)).filter(question_set=row).select_related("process")
    fields = ("code", "round", "state", "process__code", "process__name")
    return rows.only(*fields).order_by("process__name", "process_id", "-round")
