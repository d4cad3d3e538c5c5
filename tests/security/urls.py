"""The project's addresses and some that go wrong."""

from typing import NoReturn

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import path

from msgov import urls
from msgov.urls import handler400, handler403, handler404, handler429, handler500

__all__ = ["handler400", "handler403", "handler404", "handler429", "handler500", "urlpatterns"]

FAULTS = {
    "mistake": ZeroDivisionError("secret detail"),
    "database": OperationalError("connection to server at 10.0.0.7 failed"),
    "interface": InterfaceError("connection already closed"),
    "odd": SuspiciousOperation("odd"),
    "forbidden": PermissionDenied(),
}


@login_not_required
def fault(request: HttpRequest, name: str) -> NoReturn:
    """Go wrong."""
    raise FAULTS[name]


def empty(request: HttpRequest) -> HttpResponse:
    """The cheapest page a signed-in person can get."""
    return HttpResponse(request.user.get_username())


@login_not_required
def form(request: HttpRequest) -> HttpResponse:
    """Take a form."""
    return HttpResponse(request.POST.get("text", ""))


urlpatterns = [
    path("empty/", empty),
    path("form/", form),
    path("private-form/", empty),
    path("fault/<str:name>/", fault),
    *urls.urlpatterns,
]
