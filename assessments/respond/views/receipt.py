"""The receipt, and taking answers back."""

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assessments import visitor_limits
from assessments.exceptions import NotAllowed
from assessments.models import Wave
from assessments.respond import taking_back
from assessments.respond.access import confidential, speaking
from assessments.respond.forms import ReceiptForm
from assessments.respond.views.questions import RECEIPT_COOKIE, RECEIPT_SALT
from assessments.respond.views.start import RETRY_AFTER
from assessments.vocabulary import WaveState


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
    if not found.gives_back:
        return render(request, "assessments/respond/withdraw_over.html", context, status=410)
    form = ReceiptForm(request.POST if request.method == "POST" else None)
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
        form.add_error("receipt_code", _("There are no answers with this code here. Check each character."))
    return render(request, "assessments/respond/withdraw.html", {**context, "form": form}, status=422)
