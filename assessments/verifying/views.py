"""Checking a report: by its file, or what is known of its number."""

from collections.abc import Callable
from functools import wraps
from threading import BoundedSemaphore
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from assessments import visitor_limits
from assessments.documents.manifest import read_number
from assessments.reports.signing import known_keys, signing_name
from assessments.verifying.checking import check
from assessments.verifying.forms import CheckFileForm, NumberForm
from assessments.verifying.known import known_of
from assessments.verifying.opening import MOST_BYTES
from attributes.pages import SizeLimit, form_page, sent

AT_ONCE = 2  # files that are taken apart at the same time; who comes then is asked to come again
_room = BoundedSemaphore(AT_ONCE)

NOT_FOUND, TOO_MANY, BUSY = 404, 429, 503


def takes_pdf(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view take one file that is no larger than a report; `limit` says whether it was.

    Django's check for forged requests reads the whole request, so it runs after the limit is set.
    """

    @wraps(view)
    def limited(request: HttpRequest) -> HttpResponse:
        limit = SizeLimit(request, MOST_BYTES)
        request.upload_handlers.insert(0, limit)
        return checked(request, limit=limit)

    checked = csrf_protect(view)
    return csrf_exempt(limited)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@takes_pdf
def verify(request: HttpRequest, *, limit: SizeLimit) -> HttpResponse:
    """Take a file and say what is found of it; nothing is kept. Or take a number, which has a page of its own."""
    if request.method != "POST":
        return _asked(request)
    if visitor_limits.exceeded(request, visitor_limits.CHECKS):
        return _later(request, TOO_MANY)
    form = CheckFileForm(sent(request), request.FILES, too_large=limit.exceeded)
    if not form.is_valid():
        return form_page(request, "assessments/verifying/verify.html", form, {"number_form": NumberForm()})
    visitor_limits.count(request, visitor_limits.CHECKS)
    if not _room.acquire(blocking=False):
        return _later(request, BUSY)
    try:
        verdict = check(form.cleaned_data["file"].read())
    finally:
        _room.release()
    return render(request, "assessments/verifying/verdict.html", {"verdict": verdict})


def _asked(request: HttpRequest) -> HttpResponse:
    number_form = NumberForm(request.GET if "number" in request.GET else None)
    if number_form.is_valid():
        return redirect("assessments:verify-number", number_form.cleaned_data["number"])
    context = {"form": CheckFileForm(), "number_form": number_form}
    return render(request, "assessments/verifying/verify.html", context, status=422 if number_form.is_bound else 200)


def _later(request: HttpRequest, status: int) -> HttpResponse:
    response = render(request, "assessments/verifying/too_many.html", status=status)
    response["Retry-After"] = str(visitor_limits.WINDOW)
    return response


@login_not_required
@never_cache
@require_safe
def verify_number(request: HttpRequest, number: str) -> HttpResponse:
    """What is known of a number: to those who may not see the process no more than whether the report holds."""
    read = read_number(number)
    if read is not None and read != number:
        return redirect("assessments:verify-number", read)
    known = known_of(read, request.user) if read else None
    context: dict[str, Any] = {"known": known, "number": number, "form": CheckFileForm(), "number_form": NumberForm()}
    return render(request, "assessments/verifying/number.html", context, status=200 if known else NOT_FOUND)


@login_not_required
@require_safe
def verify_keys(request: HttpRequest) -> JsonResponse:
    """The public keys whose signatures are believed, for those who check reports elsewhere."""
    in_use = signing_name()
    keys = [
        {"id": key.id, "algorithm": "Ed25519", "public": key.text, "in_use": key.id == in_use, "owner": key.owner}
        for key in known_keys().values()
    ]
    about = _("Public keys of report signatures, raw and in base64. How to check one: docs/verifying.md.")
    return JsonResponse({"about": about, "keys": keys})
