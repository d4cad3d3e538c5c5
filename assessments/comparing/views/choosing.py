"""Choosing what to compare."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assessments.comparing.build import MAXIMUM, MINIMUM
from assessments.comparing.choices import OfferedResult, by_record, choices_of
from assessments.comparing.chosen import SET_FIELDS, chosen_by, offered_to
from assessments.comparing.forms import CompareFilterForm
from assessments.comparing.selection import Selection
from assessments.pages import paged
from assessments.permissions import signed_in
from attributes.models import QuestionSet
from attributes.pages import OK, UNPROCESSABLE

PAGE = 20


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """List what may be compared; the choice stays when paging and filtering."""
    return chooser(request, error="")


def chooser(request: HttpRequest, *, error: str, selection: Selection | None = None) -> HttpResponse:
    """The list, with what is wrong with what was chosen."""
    user = signed_in(request)
    wanted = selection or Selection.of(request.GET)
    sets = list(QuestionSet.objects.only(*SET_FIELDS, "status").order_by("slug", "-id"))
    form = CompareFilterForm(request.GET, sets=sets)
    page = paged(request, offered_to(user, form.cleaned_data if form.is_valid() else {}), PAGE)
    chosen = chosen_by(user, wanted.codes) if wanted.codes else []
    chosen_choices, rows = choices_of(chosen, page.rows)
    listed = {row.assessment.code for row in rows}
    context: dict[str, Any] = {
        "form": form,
        "error": error,
        "chosen": chosen_choices,
        "groups": by_record(rows),
        "kept": wanted,
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


def wrong_number(count: int) -> str:
    """What is wrong with choosing so many."""
    if count < MINIMUM:
        return _("Choose at least %(n)d assessments to compare.") % {"n": MINIMUM}
    return _("Choose at most %(n)d assessments; you chose %(count)d.") % {"n": MAXIMUM, "count": count}


def _count_comparable(chosen: Sequence[OfferedResult]) -> int:
    return sum(choice.reason is None for choice in chosen)
