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
from django.utils.http import url_has_allowed_host_and_scheme

from assessments.permissions import StillRating
from assessments.respond import failing
from assessments.respond.languages import language_as_shipped
from assessments.respond.pages import words_typed
from assessments.wording import say, speaking
from attributes.texts import direction, is_of_page
from msgov.accounts import audit
from msgov.request_info import current

logger = logging.getLogger("msgov.errors")

# Long enough to be worth giving back; shorter values are choices, versions and codes.
TEXT_WORTH_KEEPING = 12
NOT_ECHOED = ("token", "password", "credential", "code", "secret", "next", "login", "email")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 when more was sent than is accepted."""
    too_big = isinstance(exception, RequestDataTooBig)
    name, status = (failing.TOO_BIG, 413) if too_big else (failing.ODD, 400)
    if failing.is_of_respondents(request):
        return failing.failed(request, name, status=status)
    return render(request, "400.html", {"too_big": too_big, **translated(request, name)}, status=status)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 for somebody who may not do this; written into the audit trail, but for respondents, of whom nothing is."""
    if failing.is_of_respondents(request):
        return failing.failed(request, failing.REFUSED, status=403)
    try:
        audit.record("access.denied", user=request.user, details={"path": request.path[:200], "method": request.method})
    except DatabaseError:
        logger.exception("A refused access could not be recorded.")
    if isinstance(exception, StillRating):
        return render(request, "assessments/rating/refused.html", {"assessment": exception.assessment}, status=403)
    return render(request, "403.html", translated(request, failing.REFUSED), status=403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404; says the same whether something does not exist or must not be known to."""
    if failing.is_of_respondents(request):
        return failing.failed(request, failing.NOT_FOUND, status=404)
    return render(request, "404.html", translated(request, failing.NOT_FOUND), status=404)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """429, called by allauth's rate limits."""
    return render(request, "429.html", translated(request, failing.LATER), status=429)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; or 503 when it was the database that did not answer. Needs neither database nor session nor user."""
    error = sys.exc_info()[1]
    unavailable = isinstance(error, OperationalError | InterfaceError)
    name, status = (failing.AWAY, 503) if unavailable else (failing.BROKEN, 500)
    response = _broken_down(request, name, status)
    if unavailable:
        response["Retry-After"] = "30"
    return response


def _broken_down(request: HttpRequest, name: str, status: int) -> HttpResponse:
    request_id = current.get().request_id
    if failing.is_of_respondents(request):
        try:
            return failing.broken_down(request, name, status=status, request_id=request_id)
        except ValueError:  # no style sheets, without which the page of the site still comes
            logger.exception("The page of an error could not be drawn.")
    texts = words_typed(request) if failing.is_of_respondents(request) else typed_texts(request)
    context = {"request_id": request_id, "stylesheets": stylesheets(), "texts": texts, **translated(request, name)}
    body = render_to_string(f"{status}.html", context)
    return HttpResponse(body, status=status, headers={"Cache-Control": "no-store"})


def translated(request: HttpRequest, name: str) -> dict[str, object]:
    """The same in the language of the visitor's browser, where the page is in another one. Without a query."""
    language = language_as_shipped(request)
    if is_of_page(language):
        return {}
    with speaking(language, as_shipped=True):
        title, text = (say(key) for key in failing.words_of(name))
    return {"translated": {"language": language, "direction": direction(language), "title": title, "text": text}}


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
    if failing.is_of_respondents(request):
        return failing.failed(request, failing.STALE, status=403)
    context = {"texts": typed_texts(request), **translated(request, failing.STALE)}
    return render(request, "403_csrf.html", context, status=403)


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
