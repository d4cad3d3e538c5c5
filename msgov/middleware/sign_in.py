"""Who has to sign in, and how strongly."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth import middleware as auth_middleware
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from attributes.pages import from_htmx
from msgov import errors
from msgov.accounts import first_factor
from msgov.accounts.models import User
from msgov.middleware import GetResponse


class LoginRequiredMiddleware(auth_middleware.LoginRequiredMiddleware):
    """Login is the default. Where a form was sent after the session had ended, what was typed is handed back."""

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        """Do not look who it is where the page must not know (`asks_nobody`)."""
        if _asks_nobody(view_func):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request: HttpRequest, view_func: Callable[..., Any]) -> HttpResponseBase:  # type: ignore[override]
        if from_htmx(request):
            # A redirect would put the sign-in page into a corner of the page.
            text = _("You have been signed out. Sign in again in another tab, then come back.")
            return HttpResponse(text, status=401, content_type="text/plain; charset=utf-8")
        if request.method == "POST" and errors.typed_texts(request):
            return errors.signed_out(request)
        return super().handle_no_permission(request, view_func)


class SecondFactorMiddleware:
    """Powers over the site need a second factor (`REQUIRE_ADMIN_MFA`); without one there is a way to get it.

    What a person may do is decided by `User.is_site_admin` and `User.edits_question_sets`. Here the admin site, which
    asks for flags alone, is closed; and who is answered 404 for want of a second factor is told why.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *args: object) -> HttpResponse | None:
        """Close the admin site; and where a first factor is added, without a code that was mailed."""
        match = request.resolver_match
        if match is None or not _lacks_second_factor(request):
            return None
        if isinstance(request.user, User) and first_factor.is_closed(request, request.user, match.view_name):
            return redirect("account_first_factor")
        if "admin" not in match.app_names:
            return None
        return _to_second_factor(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Instead of 404: perhaps only a second factor is missing."""
        if not isinstance(exception, Http404) or request.method != "GET" or not _lacks_second_factor(request):
            return None
        return _to_second_factor(request)


def _asks_nobody(view: Callable[..., Any]) -> bool:
    """Whether a page must not know who looks at it: those of respondents."""
    return bool(getattr(view, "asks_nobody", False))


def _lacks_second_factor(request: HttpRequest) -> bool:
    match = request.resolver_match
    if match is None or _asks_nobody(match.func):
        return False
    return isinstance(request.user, User) and request.user.lacks_second_factor


def _to_second_factor(request: HttpRequest) -> HttpResponse:
    text = _(
        "You look after this site or its question sets. To do that, first protect your account with a second factor."
    )
    messages.warning(request, text)
    return redirect("mfa_index")
