"""What people see when something goes wrong. None of these pages shows why in technical terms; the log does."""

import logging
import sys
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from assessments.permissions import StillRating
from assessments.respond.languages import language_without_link, to_choose_without_link
from assessments.wording import speaking
from msgov.accounts import audit
from msgov.request_info import current

logger = logging.getLogger("msgov.errors")

# Long enough to be worth giving back; shorter values are choices, versions and codes.
TEXT_WORTH_KEEPING = 12
NOT_ECHOED = ("token", "password", "credential", "code", "secret", "next", "login", "email")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 when more was sent than is accepted."""
    too_big = isinstance(exception, RequestDataTooBig)
    return render(request, "400.html", {"too_big": too_big}, status=413 if too_big else 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 for somebody who may not do this; written into the audit trail."""
    try:
        audit.record("access.denied", user=request.user, details={"path": request.path[:200], "method": request.method})
    except DatabaseError:
        logger.exception("A refused access could not be recorded.")
    if isinstance(exception, StillRating):
        return render(request, "assessments/rating/refused.html", {"assessment": exception.assessment}, status=403)
    return render(request, "403.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404; says the same whether something does not exist or must not be known to.

    Below the address of respondents without a look at who is signed in, as on all of their pages.
    """
    if request.path.startswith(reverse("assessments:respond")):
        with speaking(language_without_link(request)):
            body = render_to_string("assessments/respond/not_found.html", to_choose_without_link(request))
        headers = {"Cache-Control": "no-store, private", "X-Robots-Tag": "noindex, nofollow"}
        return HttpResponse(body, status=404, headers=headers)
    return render(request, "404.html", status=404)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """429, called by allauth's rate limits."""
    return render(request, "429.html", status=429)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; or 503 when it was the database that did not answer. Needs neither database nor session nor user."""
    error = sys.exc_info()[1]
    unavailable = isinstance(error, OperationalError | InterfaceError)
    context = {
        "request_id": current.get().request_id,
        "stylesheets": stylesheets(),
        "texts": typed_texts(request),
    }
    body = render_to_string("503.html" if unavailable else "500.html", context)
    if unavailable:
        return HttpResponse(body, status=503, headers={"Retry-After": "30", "Cache-Control": "no-store"})
    return HttpResponse(body, status=500, headers={"Cache-Control": "no-store"})


def stylesheets() -> list[str]:
    """Addresses of the style sheets, or nothing if even those cannot be found."""
    try:
        return [static("vendor/bootstrap/bootstrap.min.css"), static("css/site.css")]
    except ValueError:
        return []


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that was not sent from its page, or whose page is older than the sign-in."""
    logger.warning("CSRF check failed: %s", reason)
    return render(request, "403_csrf.html", {"texts": typed_texts(request)}, status=403)


def signed_out(request: HttpRequest) -> HttpResponse:
    """401 for a form sent after the session ended; gives back what was typed and the way to sign in."""
    back = request.META.get("HTTP_REFERER", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    query = urlencode({"next": back if safe else request.path})
    context = {"texts": typed_texts(request), "sign_in": f"{resolve_url('account_login')}?{query}"}
    return render(request, "401.html", context, status=401)


def typed_texts(request: HttpRequest) -> list[str]:
    """Return the longer texts of a sent form, so that nobody has to write them twice. Never secrets."""
    try:
        sent = request.POST
    except Exception:  # whatever is wrong with the form, the page about it has to come
        return []
    return [
        text
        for name, texts in sent.lists()
        if not any(word in name.lower() for word in NOT_ECHOED)
        for text in texts
        if isinstance(text, str) and len(text.strip()) >= TEXT_WORTH_KEEPING
    ]
