"""The address at which a mail server, or a service that sends mail, says what came back. Off without a secret."""

import hmac
import json
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from assessments.bounces.reading import BASIC, ENHANCED, Bounce
from assessments.bounces.services import mark_as_undeliverable, take_mail
from assessments.panels.mail_marks import marks_in

MAX_BODY = 1024 * 1024
MAX_EVENTS = 1000
MAX_VALUE = 500  # characters
SIGNATURE = "X-Msgov-Signature"
DONE, TOO_LARGE, UNKNOWN_TYPE, UNREADABLE = 204, 413, 415, 400


@csrf_exempt
@login_not_required
@require_POST
def bounces(request: HttpRequest, secret: str = "") -> HttpResponse:
    """Take in a mail that came back (message/rfc822), or events (application/json). 404 for whoever has no secret.

    The answer is the same whatever came of it: 204.
    """
    is_too_large = int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BODY
    if not _knows(secret) and (is_too_large or not _is_signed(request)):
        raise Http404
    if is_too_large:
        return HttpResponse(status=TOO_LARGE)
    if request.content_type == "message/rfc822":
        take_mail(request.body)
        return HttpResponse(status=DONE)
    if request.content_type != "application/json":
        return HttpResponse(status=UNKNOWN_TYPE)
    try:
        sent = json.loads(request.body)
    except (ValueError, RecursionError):
        return HttpResponse(status=UNREADABLE)
    for event in _events(sent):
        _take_event(event)
    return HttpResponse(status=DONE)


def _knows(secret: str) -> bool:
    own = settings.BOUNCE_WEBHOOK_SECRET
    return bool(own) and hmac.compare_digest(own.encode(), secret.encode())


def _is_signed(request: HttpRequest) -> bool:
    own = settings.BOUNCE_WEBHOOK_SECRET
    if not own or SIGNATURE not in request.headers:
        return False
    expected = hmac.new(own.encode(), request.body, sha256).hexdigest()
    return hmac.compare_digest(f"sha256={expected}".encode(), request.headers[SIGNATURE].encode())


def _events(sent: Any) -> list[dict[str, Any]]:
    """One event, a list of them, or a map with the list as `events`."""
    if isinstance(sent, dict):
        sent = sent.get("events", [sent])
    return [event for event in sent[:MAX_EVENTS] if isinstance(event, dict)] if isinstance(sent, list) else []


def _take_event(event: dict[str, Any]) -> None:
    """`event`: only "bounce" counts. `id`: the Message-ID or the envelope sender of the mail. `status`: 5.1.1, 550."""
    if event.get("event") != "bounce":
        return
    status = str(event.get("status", ""))[:MAX_VALUE]
    found = ENHANCED.search(status) or BASIC.search(f"{status} x")
    marks = marks_in(str(event.get("id", ""))[:MAX_VALUE])
    mark_as_undeliverable(Bounce(tuple(marks), found[1] if found else ""))
