"""Pages about a process show the time it is there; the next request of the same thread begins with that of the site."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from msgov.middleware import GetResponse


class TimeZoneMiddleware:
    """Lets the zone that a view chooses (`assessments.permissions.show_time_of`) hold for its request alone."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with timezone.override(None):
            return self.get_response(request)
