"""Comparisons that somebody has saved: listed, opened, renamed, deleted. Each person knows of their own only."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assessments.comparing import services
from assessments.comparing.forms import ComparisonNameForm
from assessments.comparing.selection import Selection
from assessments.models import SavedComparison
from assessments.permissions import signed_in
from attributes.pages import form_page, sent, taken


@require_safe
def saved_comparisons(request: HttpRequest) -> HttpResponse:
    """What somebody has saved. One query."""
    rows = [(row, len(row.codes)) for row in SavedComparison.objects.filter(user=signed_in(request))]
    return render(request, "assessments/comparing/saved.html", {"rows": rows})


@require_safe
def saved_open(request: HttpRequest, code: str) -> HttpResponse:
    """Lead to the comparison as it was saved, of results as they are now."""
    saved = _own(request, code)
    return redirect(f"{reverse('assessments:compare-show')}?{Selection.of_saved(saved).query(saved=saved.code)}")


@require_http_methods(["GET", "HEAD", "POST"])
def saved_rename(request: HttpRequest, code: str) -> HttpResponse:
    """Give it another name."""
    saved = _own(request, code)
    form = ComparisonNameForm(sent(request), user=signed_in(request), kept=saved, initial={"name": saved.name})

    def write() -> HttpResponse:
        services.rename_comparison(saved=saved, name=form.cleaned_data["name"])
        messages.success(request, _("The comparison has been renamed."))
        return redirect("assessments:compare-saved")

    return taken(form, write) or form_page(request, "assessments/comparing/rename.html", form, {"saved": saved})


@require_http_methods(["GET", "HEAD", "POST"])
def saved_delete(request: HttpRequest, code: str) -> HttpResponse:
    """Delete it, after asking."""
    saved = _own(request, code)
    if request.method == "POST":
        services.delete_comparison(saved=saved)
        messages.success(request, _("“%(name)s” has been deleted.") % {"name": saved.name})
        return redirect("assessments:compare-saved")
    return render(request, "assessments/comparing/delete.html", {"saved": saved})


def _own(request: HttpRequest, code: str) -> SavedComparison:
    return get_object_or_404(SavedComparison, user=signed_in(request), code=code)
