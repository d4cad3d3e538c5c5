"""NUL characters are in no address and no cookie of ours; PostgreSQL refuses to look for them."""

from urllib.parse import unquote_plus

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse

from msgov.middleware import GetResponse

NUL = "\x00"


class NulMiddleware:
    """404 for a NUL in the path, 400 for one in the query; a cookie with one is no cookie."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if NUL in request.path_info:
            raise Http404
        if NUL in unquote_plus(request.META.get("QUERY_STRING", "")):
            raise SuspiciousOperation("NUL in the query")
        if any(NUL in value for value in request.COOKIES.values()):
            request.COOKIES = {name: value for name, value in request.COOKIES.items() if NUL not in value}
        return self.get_response(request)
