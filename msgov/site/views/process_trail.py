"""The audit trail of one process, for its organisers. It lies here because processes know nothing of the trail."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.models import Assessment
from assessments.pages import paged
from assessments.permissions import Right, process_for
from msgov.accounts.models import AuditEvent, User
from msgov.site.sentences import in_words, sentence
from msgov.site.views.trail import of_process, who

ON_A_PAGE = 50


@require_safe
def process_trail(request: HttpRequest, code: str) -> HttpResponse:
    """Who did what in a process, the newest first: nothing of who answered as a stakeholder, which nobody records."""
    process = process_for(request, code, Right.VIEW_TRAIL)
    events = AuditEvent.objects.filter(of_process(process.code)).select_related("actor").order_by("-at", "-pk")
    page = paged(request, events, ON_A_PAGE)
    context = {"process": process, "events": _lines(page.rows), **page.context}
    return render(request, "site/process_trail.html", context)


def _lines(events: Sequence[AuditEvent]) -> list[dict[str, Any]]:
    """Each event in words, with the round it was about and the person it was done to. Two queries."""
    rounds = dict(Assessment.objects.filter(code__in={e.object_code for e in events}).values_list("code", "round"))
    people = User.objects.in_bulk([e.details["member"] for e in events if isinstance(e.details.get("member"), int)])
    lines = []
    for event in events:
        details = dict(event.details)
        person = people.get(details.get("member"))
        if person is not None:
            del details["member"]
        lines.append(
            {
                "event": event,
                "who": who(event),
                "what": sentence(event.action),
                "round": rounds.get(event.object_code) if "round" not in details else None,
                "person": person,
                "details": in_words(details),
            }
        )
    return lines
