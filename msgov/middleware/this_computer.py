"""With DEBUG the site is for the person at the keyboard, whatever address a server listens on."""

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden

from msgov import hosts
from msgov.middleware import GetResponse


class ThisComputerMiddleware:
    """403 for whoever asks from another computer. Names of hosts prove nothing: a visitor can send "localhost"."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if hosts.is_local(request.META.get("REMOTE_ADDR", "")):
            return self.get_response(request)
        text = "DEBUG is on, and then msgov answers its own computer only. Set DEBUG=0 to serve others.\n"
        return HttpResponseForbidden(text, content_type="text/plain; charset=utf-8")
