"""The receipt, and taking answers back."""

from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from assessments import visitor_limits
from assessments.exceptions import NotAllowed
from assessments.models import Wave
from assessments.respond import taking_back
from assessments.respond.access import confidential
from assessments.respond.forms import ReceiptForm
from assessments.respond.languages import CHOOSE, language_for, to_choose_without_link
from assessments.respond.views.questions import RECEIPT_COOKIE, RECEIPT_SALT
from assessments.respond.views.start import RETRY_AFTER
from assessments.vocabulary import WaveState
from assessments.wording import say, speaking
from assessments.wording.names import names_of


@confidential
@require_safe
def respond_receipt(request: HttpRequest) -> HttpResponse:
    """Show the receipt code, once."""
    try:
        held = signing.loads(request.COOKIES.get(RECEIPT_COOKIE, ""), salt=RECEIPT_SALT)
    except signing.BadSignature:
        return render(request, "assessments/respond/receipt_gone.html", to_choose_without_link(request), status=410)
    wave = get_object_or_404(Wave.objects.select_related("assessment__process"), code=held["wave"])
    language = held["language"]
    with speaking(language):
        context = {"kind": held["kind"], "receipt": held["receipt"], "wave": wave, "names": names_of(wave, language)}
        context["took"] = held.get("took")
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
    languages = found.languages or [found.first_language]
    language = language_for(request, languages)
    with speaking(language):
        context = {"wave": found, "names": names_of(found, language), "language": language, "languages": languages}
        return _withdraw(request, found, context)


def _withdraw(request: HttpRequest, found: Wave, context: dict[str, Any]) -> HttpResponse:
    if not found.gives_back:
        return render(request, "assessments/respond/withdraw_over.html", context, status=410)
    context["choosing"] = "withdrawing"
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    if request.POST.get(CHOOSE):
        form = ReceiptForm(initial=request.POST.dict())
    if not form.is_bound:
        return render(request, "assessments/respond/withdraw.html", {**context, "form": form})
    if visitor_limits.exceeded(request, visitor_limits.WRONG_RECEIPTS):
        response = render(request, "assessments/respond/later.html", status=429)
        response["Retry-After"] = RETRY_AFTER
        return response
    if form.is_valid():
        try:
            if taking_back.withdraw(wave=found, receipt=form.cleaned_data["receipt_code"]):
                return render(request, "assessments/respond/withdrawn.html", context)
        except NotAllowed:
            return render(request, "assessments/respond/withdraw_over.html", context, status=410)
        visitor_limits.count(request, visitor_limits.WRONG_RECEIPTS)
        form.add_error("receipt_code", say("withdraw.wrong"))
    return render(request, "assessments/respond/withdraw.html", {**context, "form": form}, status=422)
