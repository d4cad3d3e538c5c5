"""Rounds of one process over time."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.models import Report
from assessments.over_time.page import over_time_page
from assessments.over_time.stored import StoredRounds, stored_rounds
from assessments.permissions import Right, open_to_visitors, process_for, readers_for, rights_in
from assessments.vocabulary import Paper

ROUND = "round"


@open_to_visitors
@require_safe
def over_time(request: HttpRequest, code: str) -> HttpResponse:
    """What moved from round to round, or why there is nothing to say yet."""
    rounds = rounds_for(request, code)
    process, rights = rounds.process, rights_in(rounds.process, request.user)
    codes = request.GET.getlist(ROUND)
    context = {
        "process": process,
        "rights": rights,
        "page": over_time_page(rounds),
        "rounds": rounds.submitted,
        "reopened": rounds.reopened,
        "codes": codes,
        "query": f"?{urlencode([(ROUND, each) for each in codes])}" if codes else "",
        "papers": Paper.choices,
        "reports": Report.objects.over_time_of(process, readers=readers_for(process, request.user)),
    }
    return render(request, "assessments/over_time/over_time.html", context)


def rounds_for(request: HttpRequest, code: str) -> StoredRounds:
    """Return the rounds that an address asks for, all without a choice, or answer 404 or 403.

    Who is no member is told of public actions only.
    """
    process = process_for(request, code, Right.VIEW_RESULTS)
    codes = [each for each in request.GET.getlist(ROUND) if "\x00" not in each]
    is_outside = Right.VIEW_MEMBERS not in rights_in(process, request.user)
    rounds = stored_rounds(process, codes, public_only=is_outside)
    if codes and not rounds.submitted and not rounds.reopened:
        raise Http404
    return rounds
