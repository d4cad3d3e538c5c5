"""Handing in, the receipt, and taking answers back."""

import time

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.exceptions import NotAllowed
from assessments.models import Sheet, Wave, WaveState
from assessments.respond import limits, services
from assessments.respond.access import (
    USABLE,
    Pass,
    carried,
    confidential,
    let_go,
    receipt_in,
    set_cookie,
    speaking,
    stopped,
)
from assessments.respond.forms import FilingForm, ReceiptForm
from assessments.respond.questionnaire import Standing, is_flat
from assessments.respond.views.questions import check_page
from assessments.respond.views.start import RETRY_AFTER

RECEIPT_COOKIE = "receipt"
RECEIPT_SALT = "assessments.receipt"
ANSWERS, RECORD, TEST = "answers", "record", "test"


@confidential
@require_POST
def respond_finish(request: HttpRequest) -> HttpResponse:
    """Hand in what was answered. Sent twice, because the answer got lost on the way, it shows the same receipt."""
    held = carried(request)
    if held is None or held.standing not in USABLE or held.sheet is None:
        return _once_more(request, held)
    sheet = held.sheet
    if not sheet.answers and not sheet.comments:
        return check_page(request, held, sheet, FilingForm() if held.on_record else None, status=422)
    try:
        if held.is_test:
            services.finish_test(sheet=sheet)
            return _receipt(held, TEST)
        if held.on_record:
            return _file(request, held, sheet)
        receipt = receipt_in(request.POST.get("receipt_code", ""))
        flat = is_flat(held.catalogue, sheet.answers, _seconds(held))
        return _receipt(held, ANSWERS, services.finish(sheet=sheet, is_flat=flat, receipt=receipt))
    except NotAllowed:
        return _once_more(request, carried(request))


def _seconds(held: Pass) -> int | None:
    """How long it took, as far as this browser can tell."""
    return None if held.began is None else int(time.time()) - held.began


def _file(request: HttpRequest, held: Pass, sheet: Sheet) -> HttpResponse:
    form = FilingForm(request.POST)
    if not form.is_valid():
        return check_page(request, held, sheet, form, status=422)
    services.finish_on_record(sheet=sheet, filing=form.filing())
    return _receipt(held, RECORD)


def _once_more(request: HttpRequest, held: Pass | None) -> HttpResponse:
    receipt = receipt_in(request.POST.get("receipt_code", ""))
    is_used = held is not None and held.standing is Standing.USED
    if held is not None and is_used and receipt and services.is_kept(group=held.group, receipt=receipt):
        return _receipt(held, ANSWERS, receipt)
    return stopped(request, held)


def _receipt(held: Pass, kind: str, receipt: str = "") -> HttpResponse:
    """Go on to the receipt. The browser carries the code there, and nothing else any more."""
    address = reverse("assessments:respond-receipt")
    response = redirect(address)
    language = (held.sheet.language if held.sheet else "") or held.languages[0]
    content = {"kind": kind, "receipt": receipt, "wave": held.wave.code, "language": language}
    value = signing.dumps(content, salt=RECEIPT_SALT)
    set_cookie(response, RECEIPT_COOKIE, value, address)
    let_go(response)
    return response


@confidential
@require_safe
def respond_receipt(request: HttpRequest) -> HttpResponse:
    """Show the receipt code, once."""
    try:
        held = signing.loads(request.COOKIES.get(RECEIPT_COOKIE, ""), salt=RECEIPT_SALT)
    except signing.BadSignature:
        return render(request, "assessments/respond/receipt_gone.html", status=410)
    wave = get_object_or_404(Wave.objects.select_related("assessment__process"), code=held["wave"])
    context = {"kind": held["kind"], "receipt": held["receipt"], "wave": wave, "process": wave.assessment.process}
    with speaking(held["language"]):
        response = render(request, "assessments/respond/receipt.html", context)
    if request.method == "GET":
        response.delete_cookie(RECEIPT_COOKIE, path=reverse("assessments:respond-receipt"), samesite="Lax")
    return response


@confidential
@require_http_methods(["GET", "HEAD", "POST"])
def respond_withdraw(request: HttpRequest, wave: str) -> HttpResponse:
    """Take answers back with the receipt code, until the wave closes."""
    found = get_object_or_404(
        Wave.objects.exclude(state=WaveState.PREPARING).select_related("assessment__process"), code=wave
    )
    context = {"wave": found, "process": found.assessment.process}
    if not found.is_open:
        return render(request, "assessments/respond/withdraw_over.html", context, status=410)
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return render(request, "assessments/respond/withdraw.html", {**context, "form": form})
    if limits.exceeded(request, limits.WRONG_RECEIPTS):
        response = render(request, "assessments/respond/later.html", status=429)
        response["Retry-After"] = RETRY_AFTER
        return response
    if form.is_valid():
        try:
            if services.withdraw(wave=found, receipt=form.cleaned_data["receipt_code"]):
                return render(request, "assessments/respond/withdrawn.html", context)
        except NotAllowed:
            return render(request, "assessments/respond/withdraw_over.html", context, status=410)
        limits.count(request, limits.WRONG_RECEIPTS)
        form.add_error("receipt_code", _("There are no answers with this code here. Check each character."))
    return render(request, "assessments/respond/withdraw.html", {**context, "form": form}, status=422)
