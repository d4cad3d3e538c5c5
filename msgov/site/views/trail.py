"""The audit trail in words, by process, person and kind, and as a file."""

import csv
import json
from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from assessments.csv_files import BYTE_ORDER_MARK, harmless
from assessments.models import Assessment
from assessments.pages import paged
from attributes.searching import containing
from msgov.accounts import audit
from msgov.accounts.models import AuditEvent, User
from msgov.site.access import for_site_admins, site_admin
from msgov.site.sentences import SENTENCES, in_words, sentence

ON_A_PAGE = 50
COLUMNS = (
    "at",
    "action",
    "what",
    "actor",
    "actor_number",
    "object_kind",
    "object_code",
    "details",
    "address",
    "request",
)
PAGES = {
    "assessments.process": "assessments:process-detail",
    "assessments.assessment": "assessments:assessment-results",
}


@require_safe
@for_site_admins
def trail(request: HttpRequest) -> HttpResponse:
    """What happened, the newest first."""
    wanted = _wanted(request.GET)
    page = paged(request, _found(wanted), ON_A_PAGE, wanted)
    people = _people_in(page.rows)
    context = {
        "events": [_line(event, people) for event in page.rows],
        "wanted": wanted,
        "actions": sorted(((code, str(words)) for code, words in SENTENCES.items()), key=lambda pair: pair[1].lower()),
        **page.context,
    }
    return render(request, "site/trail.html", context)


@require_POST
@for_site_admins
def trail_file(request: HttpRequest) -> StreamingHttpResponse:
    """The same as CSV, without pages; that it was taken is written down as well."""
    wanted = _wanted(request.POST)
    audit.record("trail.downloaded", user=site_admin(request), details=wanted)
    response = StreamingHttpResponse(_rows(_found(wanted)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="msgov-trail.csv"'
    return response


def _wanted(sent: QueryDict) -> dict[str, str]:
    return {name: sent.get(name, "").strip()[:100] for name in ("process", "person", "action")}


def _found(wanted: dict[str, str]) -> "QuerySet[AuditEvent]":
    found = AuditEvent.objects.select_related("actor").order_by("-at", "-pk")
    if wanted["action"]:
        found = found.filter(action=wanted["action"])
    if wanted["process"]:
        found = found.filter(of_process(wanted["process"]))
    if wanted["person"]:
        person = containing(wanted["person"], "actor__email", "actor__name")
        people = User.objects.filter(containing(wanted["person"], "email", "name"))
        done_to = [str(pk) for pk in people.values_list("pk", flat=True)[:ON_A_PAGE]]
        found = found.filter(person | Q(object_kind="accounts.user", object_code__in=done_to))
    return found


def of_process(code: str) -> Q:
    """What happened to a process and to its rounds, those that were thrown away included. One query."""
    own = Q(object_kind="assessments.process", object_code=code)
    discarded = AuditEvent.objects.filter(own, action="assessment.discarded").values_list("details", flat=True)
    gone = [str(details.get("assessment", "")) for details in discarded]
    rounds = Assessment.objects.filter(process__code=code).values("code")
    kind = Q(object_kind="assessments.assessment")
    return own | (kind & Q(object_code__in=rounds)) | (kind & Q(object_code__in=gone))


def _people_in(events: list[AuditEvent]) -> dict[str, User]:
    """The people to whom something was done, by their number as it is in the trail."""
    numbers = {event.object_code for event in events if event.object_kind == "accounts.user"}
    return {str(user.pk): user for user in User.objects.filter(pk__in=numbers)}


def _line(event: AuditEvent, people: dict[str, User]) -> dict[str, Any]:
    address, thing = "", event.object_code
    if event.object_kind in PAGES:
        address = reverse(PAGES[event.object_kind], args=[event.object_code])
    elif event.object_code in people and event.object_kind == "accounts.user":
        address, thing = reverse("site:person", args=[event.object_code]), str(people[event.object_code])
    what = {"what": sentence(event.action), "details": in_words(event.details)}
    return {"event": event, "who": who(event), "address": address, "object": thing, **what}


def who(event: AuditEvent) -> str:
    """Who did it, by name while the account exists."""
    if event.actor:
        return str(event.actor)
    if event.actor_number:
        return _("Account %(number)s (deleted)") % {"number": event.actor_number}
    return _("Nobody signed in, or a command")


class _Line:
    """Gives a line of CSV back instead of writing it."""

    def write(self, line: str) -> str:
        """Return it."""
        return line


def _rows(found: "QuerySet[AuditEvent]") -> Iterator[str]:
    writer = csv.writer(_Line())
    yield BYTE_ORDER_MARK + str(writer.writerow(COLUMNS))
    for event in found.iterator(chunk_size=500):
        who = (str(event.actor or ""), str(event.actor_number or ""))
        what = (event.object_kind, event.object_code, json.dumps(event.details))
        cells = (event.at.isoformat(), event.action, sentence(event.action), *who, *what)
        yield str(writer.writerow([harmless(cell) for cell in (*cells, event.address_hash, event.request_id)]))
