"""All processes of a person, by what their last results say."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.models import Process
from assessments.pages import paged
from assessments.permissions import signed_in
from assessments.processes.forms.process import ProcessFilterForm
from assessments.processes.lists import tags_of
from assessments.processes.portfolio import portfolio_of

PAGE = 50
SHOWN = ("code", "name", "time_zone", "is_invented", "is_example")


@require_safe
def portfolio(request: HttpRequest) -> HttpResponse:
    """The letters of every process that the user works on, a page at a time."""
    user = signed_in(request)
    form = ProcessFilterForm(request.GET, tags=tags_of(user))
    form.is_valid()  # what is not in the lists narrows nothing
    wanted = form.cleaned_data
    processes = Process.objects.of_member(user).narrowed(user, text=wanted.get("q", ""), tag=wanted.get("tag", ""))
    page = paged(request, processes.order_by("name", "pk").only(*SHOWN), PAGE)
    context = {
        "form": form,
        "wanted": wanted,
        "is_filtered": bool(wanted.get("q") or wanted.get("tag")),
        "has_rows": bool(page.rows),
        "portfolio": portfolio_of(page.rows),
        **page.context,
    }
    return render(request, "assessments/processes/portfolio.html", context)
