"""What visitors may ask of the public record in a minute."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from assessments import visitor_limits

P = ParamSpec("P")
PageView = Callable[Concatenate[HttpRequest, P], HttpResponse]


def too_many(request: HttpRequest) -> HttpResponse:
    """Say that it was asked for too often, and when to come back."""
    response = render(request, "assessments/records/too_many.html", status=429)
    response["Retry-After"] = str(visitor_limits.WINDOW)
    return response


def limited(action: str) -> Callable[[PageView[P]], PageView[P]]:
    """For views that cost more than a page: so many in a minute from one address, whoever is signed in."""

    def decorate(view: PageView[P]) -> PageView[P]:
        @wraps(view)
        def counted(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if visitor_limits.exceeded(request, action):
                return too_many(request)
            visitor_limits.count(request, action)
            return view(request, *args, **kwargs)

        return counted

    return decorate
