"""The comparison itself, and saving it under a name."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from assessments.comparing import services
from assessments.comparing.build import MAXIMUM, MINIMUM
from assessments.comparing.chosen import chosen_by
from assessments.comparing.forms import SaveComparisonForm
from assessments.comparing.page import comparison_page
from assessments.comparing.selection import Selection
from assessments.comparing.views.choosing import chooser, wrong_number
from assessments.models import Assessment, SavedComparison
from assessments.permissions import may_export_all, signed_in
from attributes.pages import OK, UNPROCESSABLE, taken


@require_safe
def compare_show(request: HttpRequest) -> HttpResponse:
    """Show the comparison of the chosen assessments; 404 if one of them is not there for this person."""
    selection, saved = Selection.of(request.GET), _saved(request, request.GET.get("saved", ""))
    if "place" in request.GET:  # of the form that arranges: to an address that can be kept
        return redirect(_address(selection, saved))
    return _shown(request, selection, saved, None)


@require_POST
def compare_save(request: HttpRequest) -> HttpResponse:
    """Save what is compared, and how it is arranged, under a name."""
    user = signed_in(request)
    selection, saved = Selection.of(request.POST), _saved(request, request.POST.get("saved", ""))
    form = SaveComparisonForm(request.POST, user=user, kept=saved)

    def write() -> HttpResponse:
        found = services.save_comparison(user=user, name=form.cleaned_data["name"], selection=selection)
        messages.success(request, _("The comparison has been saved."))
        return redirect(_address(selection, found))

    return taken(form, write, at="name") or _shown(request, selection, saved, form)


def _shown(
    request: HttpRequest, selection: Selection, saved: SavedComparison | None, form: SaveComparisonForm | None
) -> HttpResponse:
    """The page; `form` is what was sent to save it and cannot be taken."""
    user, codes = signed_in(request), selection.codes
    if not MINIMUM <= len(codes) <= MAXIMUM:
        return chooser(request, error=wrong_number(len(codes)), selection=selection)
    assessments = chosen_by(user, codes)
    gone = set(codes) - {assessment.code for assessment in assessments}
    if gone - set(saved.codes if saved else []):
        raise Http404
    if len(assessments) < MINIMUM:
        return chooser(request, error=_too_few_left(len(assessments)), selection=selection.without(gone))
    if len({assessment.process_id for assessment in assessments}) == 1:
        return _over_time(request, assessments)
    own = {assessment.process_id for assessment in assessments if assessment.role_of_reader}
    selection = selection.without(gone)
    page = comparison_page(assessments, selection.arrangement(assessments, own))
    context: dict[str, Any] = {
        "selection": selection,
        "codes": page.codes,
        "change": selection.query(),
        "page": page,
        "may_export": may_export_all(assessments, user),
        "saved": saved,
        "gone": _gone(len(gone)) if gone else "",
        "form": form or SaveComparisonForm(user=user, kept=saved, initial={"name": saved.name if saved else ""}),
    }
    status = UNPROCESSABLE if form else OK
    return render(request, "assessments/comparing/comparison.html", context, status=status)


def _over_time(request: HttpRequest, assessments: Sequence[Assessment]) -> HttpResponse:
    """Rounds of one process are compared by another rule, on a page of their own."""
    messages.info(
        request,
        _("These are rounds of one process. They are shown over time: each beside the one before, and the first."),
    )
    query = urlencode([("round", assessment.code) for assessment in assessments])
    return redirect(f"{reverse('assessments:over-time', args=[assessments[0].process.code])}?{query}")


def _saved(request: HttpRequest, code: str) -> SavedComparison | None:
    """What the person has saved under a code, or None."""
    return SavedComparison.objects.filter(user=signed_in(request), code=code).first() if code else None


def _address(selection: Selection, saved: SavedComparison | None) -> str:
    query = selection.query(saved=saved.code if saved else "")
    return f"{reverse('assessments:compare-show')}?{query}"


def _gone(count: int) -> str:
    return ngettext(
        "%(n)d result of this comparison is no longer there, or no longer shown to you.",
        "%(n)d results of this comparison are no longer there, or no longer shown to you.",
        count,
    ) % {"n": count}


def _too_few_left(count: int) -> str:
    return ngettext(
        "Of what was saved only %(n)d result is still there and shown to you. Choose others beside it.",
        "Of what was saved only %(n)d results are still there and shown to you. Choose others beside them.",
        count,
    ) % {"n": count}
