"""What pages with forms share: one way to say why something cannot be taken, and one status for it."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from attributes.exceptions import Refusal

# 422: a form that cannot be taken. 400: what no page of ours sends.
OK, BAD_REQUEST, CONFLICT, UNPROCESSABLE = 200, 400, 409, 422

P = ParamSpec("P")


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to. Sent empty is sent: `request.POST or None` would show a form without its errors."""
    return request.POST if request.method == "POST" else None


def whole_number(text: str, longest: int = 17) -> int | None:
    """The number that an address or a form names; None where it is none, or longer than that of any row."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= longest else None


def from_htmx(request: HttpRequest) -> bool:
    """Whether a page sent this by itself and waits for fragments."""
    return bool(request.htmx)  # type: ignore[attr-defined]  # HtmxMiddleware sets it


def taken(form: forms.BaseForm, write: Callable[[], HttpResponse], *, at: str = "") -> HttpResponse | None:
    """Answer with what `write` returns, or None if the form was not sent or cannot be taken.

    What a service refuses is put on the form: at the fields it names, or else at the field `at`. Without either the
    refusal is not about the form and is raised on.
    """
    if not form.is_valid():
        return None
    try:
        return write()
    except Refusal as refusal:
        errors = refusal.errors or ({at: refusal.message} if at else {})
        if not errors:
            raise
        for field, problems in errors.items():
            for problem in problems.splitlines():
                form.add_error(field if field in form.fields else None, problem)
        return None


def form_page(
    request: HttpRequest, template: str, form: forms.BaseForm, context: Mapping[str, Any] | None = None
) -> HttpResponse:
    """The page of a form, as `form` in its template: 422 if what was sent cannot be taken."""
    status = UNPROCESSABLE if form.is_bound else OK
    return render(request, template, {**(context or {}), "form": form}, status=status)


def refusals_lead_to(
    name: str, *kept: str
) -> Callable[
    [Callable[Concatenate[HttpRequest, P], HttpResponse]], Callable[Concatenate[HttpRequest, P], HttpResponse]
]:
    """For views: what a service refuses is said on the page `name`, whose address takes the arguments `kept`."""

    def decorate(
        view: Callable[Concatenate[HttpRequest, P], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @wraps(view)
        def shown(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            try:
                return view(request, *args, **kwargs)
            except Refusal as refusal:
                messages.error(request, refusal.message)
                return redirect(name, *(kwargs[argument] for argument in kept))

        return shown

    return decorate
