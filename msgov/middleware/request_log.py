"""One id per request, in every log line and in the answer, and one line per request without secrets."""

import logging
import secrets
import time

from allauth.account.adapter import get_adapter
from django.core.exceptions import DisallowedHost, ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponse

from msgov.logs import CONFIDENTIAL, scrub
from msgov.middleware import GetResponse
from msgov.request_info import ID, RequestInfo, current, hash_address

logger = logging.getLogger("msgov.access")


class RequestLogMiddleware:
    """Sets the request's info for the logs, answers with `X-Request-ID`, and logs what was asked and answered."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        request_id = given if ID.fullmatch(given) else secrets.token_hex(8)
        token = current.set(RequestInfo(request_id, hash_address(client_address(request)), root_of(request)))
        started = time.perf_counter()
        try:
            response = self.get_response(request)
            response.headers["X-Request-ID"] = request_id
            if logger.isEnabledFor(logging.INFO):
                log(request, response, time.perf_counter() - started)
            return response
        finally:
            current.reset(token)


def client_address(request: HttpRequest) -> str:
    """Return the visitor's address as the rate limits see it, or nothing if the proxies contradict the settings."""
    try:
        return str(get_adapter().get_client_ip(request))
    except (PermissionDenied, ImproperlyConfigured):
        return ""


def root_of(request: HttpRequest) -> str:
    """Scheme and name under which the visitor reached the site; nothing for a name that is not its own."""
    try:
        return f"{request.scheme}://{request.get_host()}"
    except DisallowedHost:
        return ""


def log(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    """Write the line. The user only if something looked them up already: a log line is not worth a query."""
    user = None if request.path_info.startswith(CONFIDENTIAL) else getattr(request, "_cached_user", None)
    logger.info(
        "%s %s %s",
        request.method,
        scrub(request.path),
        response.status_code,
        extra={
            "method": request.method,
            "path": scrub(request.path),
            "status": response.status_code,
            "milliseconds": round(seconds * 1000, 1),
            "user": getattr(user, "pk", None),
        },
    )
