"""A form that could not be saved gives back everything that was typed: signed out, or an outdated token."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext as _

from attributes.pages import from_htmx

NOT_CARRIED = "csrfmiddlewaretoken"


class _TokenCheck(CsrfViewMiddleware):
    """Django's own check, which says what is wrong instead of answering."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return HttpResponse(reason, status=403)


def _no_response(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def token_is_wrong(request: HttpRequest) -> bool:
    """Run the check that the view has put off until its upload handlers were set."""
    check = _TokenCheck(_no_response)
    return check.process_view(request, _no_response, (), {}) is not None


def is_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this site sent the form.

    What another site sends is never shown with a button that would save it.
    """
    own = f"{request.scheme}://{request.get_host()}"
    return request.headers.get("Origin") == own


def give_back(request: HttpRequest, *, signed_out: bool) -> HttpResponse:
    """Answer with what was sent, in a form that sends it again: 401, or 403 where only the token is outdated.

    Autosave always gets 401, which it takes for "try again when signed in".
    """
    context = {
        "signed_out": signed_out,
        "sign_in": f"{resolve_url('account_login')}?{urlencode({'next': request.path})}",
        "fields": [(name, value) for name, values in request.POST.lists() if name != NOT_CARRIED for value in values],
    }
    if from_htmx(request):
        # The page still has everything: it only needs to know, and a token that fits the new session.
        token = "" if signed_out else get_token(request)
        return render(request, "unsaved/_unsaved.html", {**context, "token": token}, status=401)
    if not is_from_here(request):
        context["fields"] = []
    return render(request, "unsaved/unsaved.html", context, status=401 if signed_out else 403)


def too_much(request: HttpRequest, limit: str) -> HttpResponse:
    """Answer to a form that is larger than the server reads."""
    context = {
        "message": _("This was not saved: the texts on a page may have at most %(limit)s together. Shorten one.")
        % {"limit": limit}
    }
    if from_htmx(request):
        return render(request, "unsaved/_not_saved.html", context, status=413)
    return render(request, "unsaved/too_much.html", context, status=413)
