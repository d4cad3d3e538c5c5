"""Choosing what to compare, and the comparison itself."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assessments.comparing.build import MAXIMUM, MINIMUM
from assessments.comparing.choices import OfferedResult, choices_of
from assessments.comparing.forms import ALL, CompareFilterForm
from assessments.comparing.page import comparison_page
from assessments.models import Assessment
from assessments.models.assessment import AssessmentQuerySet
from assessments.pages import paged
from assessments.permissions import signed_in
from assessments.vocabulary import AssessmentState
from attributes.models import QuestionSet
from attributes.pages import OK, UNPROCESSABLE
from attributes.searching import containing

PAGE = 20
# What a list needs of a question set; its texts and sources are large.
SET_FIELDS = ("slug", "version", "experimental", "title")


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """List what may be compared; the choice stays when paging and filtering."""
    return _chooser(request, error="")


@require_safe
def compare_show(request: HttpRequest) -> HttpResponse:
    """Show the comparison of the chosen assessments; 404 if one of them is not there for this person."""
    codes = _codes(request)
    if not MINIMUM <= len(codes) <= MAXIMUM:
        return _chooser(request, error=_wrong_number(len(codes)))
    assessments = _chosen(request, codes)
    if len(assessments) < len(codes):
        raise Http404
    context = {"codes": codes, "change": request.GET.urlencode(), "page": comparison_page(assessments)}
    return render(request, "assessments/comparing/comparison.html", context)


def _chooser(request: HttpRequest, *, error: str) -> HttpResponse:
    sets = list(QuestionSet.objects.only(*SET_FIELDS, "status").order_by("slug", "-id"))
    form = CompareFilterForm(request.GET, sets=sets)
    page = paged(request, _listed(request, form), PAGE)
    codes = _codes(request)
    chosen = _chosen(request, codes) if codes else []
    chosen_choices, rows = choices_of(chosen, page.rows)
    listed = {row.assessment.code for row in rows}
    context: dict[str, Any] = {
        "form": form,
        "error": error,
        "chosen": chosen_choices,
        "rows": rows,
        # Chosen, but on another page or filtered away: they travel along.
        "elsewhere": [choice for choice in chosen_choices if choice.assessment.code not in listed],
        "comparable": _count_comparable(chosen_choices),
        # Numbers and not addresses: the buttons of the list send the form, which holds what was chosen.
        "page": page.number,
        "previous": page.number - 1,
        "next": page.number + 1 if page.next else 0,
        "minimum": MINIMUM,
        "maximum": MAXIMUM,
    }
    return render(request, "assessments/comparing/choose.html", context, status=UNPROCESSABLE if error else OK)


def _listed(request: HttpRequest, form: CompareFilterForm) -> AssessmentQuerySet:
    wanted = form.cleaned_data if form.is_valid() else {}
    rows = _with_parts(Assessment.objects.visible_to(signed_in(request)))
    rows = rows.submitted() if wanted.get("rounds") == ALL else rows.filter(state=AssessmentState.SUBMITTED)
    if wanted.get("q"):
        rows = rows.filter(containing(wanted["q"], "process__name"))
    if wanted.get("question_set"):
        rows = rows.filter(question_set_id=wanted["question_set"])
    return rows.order_by("process__name", "process_id", "-round")


def _chosen(request: HttpRequest, codes: Sequence[str]) -> list[Assessment]:
    """The chosen assessments that this person may see, in the order chosen."""
    rows = _with_parts(Assessment.objects.visible_to(signed_in(request))).filter(code__in=codes)
    return sorted(rows, key=lambda assessment: codes.index(assessment.code))


def _with_parts(rows: AssessmentQuerySet) -> AssessmentQuerySet:
    fields = [f"question_set__{name}" for name in SET_FIELDS]
    return rows.select_related("process", "question_set").only(
        "code", "round", "title", "state", "submitted_at",
        "process__code", "process__name", "process__organisation", "process__is_invented", "process__is_example",
        "process__time_zone",
        *fields,
    )  # fmt: skip


def _codes(request: HttpRequest) -> list[str]:
    return list(dict.fromkeys(code for code in request.GET.getlist("code") if code))


def _count_comparable(chosen: Sequence[OfferedResult]) -> int:
    return sum(choice.reason is None for choice in chosen)


def _wrong_number(count: int) -> str:
    if count < MINIMUM:
        return _("Choose at least %(n)d assessments to compare.") % {"n": MINIMUM}
    return _("Choose at most %(n)d assessments; you chose %(count)d.") % {"n": MAXIMUM, "count": count}
