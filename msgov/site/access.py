"""Who may open these pages: site administrators. For everybody else they do not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from msgov.accounts.models import User

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def for_site_admins(view: View[P]) -> View[P]:
    """Answer 404 to others. That somebody is signed in has been asked before."""

    @wraps(view)
    def wrapper(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        site_admin(request)
        return view(request, *args, **kwargs)

    return wrapper


def site_admin(request: HttpRequest) -> User:
    """Return the administrator at the screen, or answer 404."""
    if not isinstance(request.user, User) or not request.user.is_site_admin:
        raise Http404
    return request.user
