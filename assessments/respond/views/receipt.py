"""The receipt, and taking answers back."""

from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods, require_POST

from assessments import visitor_limits
from assessments.exceptions import NotAllowed
from assessments.models import PanelLink, Wave
from assessments.respond import services, taking_back
from assessments.respond.access import confidential, remember_access
from assessments.respond.forms import ReceiptForm
from assessments.respond.languages import CHOOSE, drawn, language_for, to_choose_without_link
from assessments.respond.pages import is_shown_again, once_only, too_many
from assessments.respond.views.copy import text_file
from assessments.respond.views.finishing import RECEIPT_COOKIE, RECEIPT_SALT
from assessments.respond.views.results import results_url
from assessments.vocabulary import WaveState
from assessments.wording import say, speaking
from assessments.wording.days import last_day_plain
from assessments.wording.saying import names_of
from attributes.codes import new_token

NEW_LINK_SALT = "assessments.respondent.new_link"
AGAIN = "again"


@confidential
@require_http_methods(["GET", "HEAD", "POST"])
def respond_receipt(request: HttpRequest) -> HttpResponse:
    """Show the receipt code, once; POST shows it in another language to whoever has the page that shows it."""
    signed = request.POST.get("held") or request.COOKIES.get(RECEIPT_COOKIE, "")
    held = _held(signed)
    if held is None:
        return _gone(request)
    wave = _wave_of(held)
    languages = wave.languages or [wave.first_language]
    language = language_for(request, languages, held["language"])
    with speaking(language):
        context = {
            "kind": held["kind"],
            "receipt": held["receipt"],
            "held_receipt": signed,
            "shown": signed,
            "choosing": "choosing",
            "took": held.get("took"),
            "results_url": results_url(request, wave),
            "wave": wave,
            "names": names_of(wave, language),
            "language": language,
            "languages": languages,
        }
        response = drawn(request, "assessments/respond/receipt.html", context)
    if request.method == "GET":
        response.delete_cookie(RECEIPT_COOKIE, path=reverse("assessments:respond-receipt"), samesite="Lax")
    return response


def _gone(request: HttpRequest) -> HttpResponse:
    return drawn(request, "assessments/respond/receipt_gone.html", to_choose_without_link(request), status=410)


def _held(signed: str) -> dict[str, str] | None:
    """What a receipt says, if we signed it."""
    try:
        found: dict[str, str] = signing.loads(signed, salt=RECEIPT_SALT)
    except signing.BadSignature:
        return None
    return found


def _wave_of(held: dict[str, str]) -> Wave:
    return get_object_or_404(Wave.objects.select_related("assessment__process"), code=held["wave"])


@confidential
@require_POST
def respond_receipt_file(request: HttpRequest) -> HttpResponse:
    """The receipt as a file of text: the page that shows it sends it along, and nothing of it is kept here."""
    held = _held(request.POST.get("held", ""))
    if held is None:
        return _gone(request)
    wave, language = _wave_of(held), held["language"]
    with speaking(language):
        end = last_day_plain(wave.until_when)
        day = wave.results_on and say("base.results_planned", day=date_format(wave.results_on, "DATE_FORMAT"))
        withdraw = reverse("assessments:respond-withdraw", args=[wave.code])
        lines = [
            str(names_of(wave, language).process),
            say("receipt.day", day=date_format(wave.today, "DATE_FORMAT")),
            "",
            say("receipt.code_line", code=held["receipt"]),
            "",
            say("receipt.delete_until", end=end),
            request.build_absolute_uri(withdraw),
            "",
            *([day] if day else []),
            say("receipt.results_place"),
            results_url(request, wave),
        ]
    return text_file("receipt.txt", lines)


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
        token = _token_in(request.POST.get("new_link", "")) or new_token()
        context = {
            "wave": found,
            "names": names_of(found, language),
            "language": language,
            "languages": languages,
            "new_link": signing.dumps(token, salt=NEW_LINK_SALT),
        }
        return _withdraw(request, found, context, token)


def _token_in(signed: str) -> str:
    """The token of the new link that the page sent: sent twice, it is the same link."""
    try:
        return str(signing.loads(signed, salt=NEW_LINK_SALT))
    except signing.BadSignature:
        return ""


def _withdraw(request: HttpRequest, found: Wave, context: dict[str, Any], token: str) -> HttpResponse:
    if is_shown_again(request, _deleted(found)):
        return _withdrawn(request, found, context)
    if not found.gives_back:
        return _over(request, context)
    context["choosing"] = "withdrawing"
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    if request.POST.get(CHOOSE):
        form = ReceiptForm(initial=request.POST.dict())
    if not form.is_bound:
        return drawn(request, "assessments/respond/withdraw.html", {**context, "form": form})
    if visitor_limits.exceeded(request, visitor_limits.WRONG_RECEIPTS):
        return too_many(request)
    if form.is_valid():
        receipt = form.cleaned_data["receipt_code"]
        try:
            if request.POST.get("action") == AGAIN:
                link = taking_back.exchange(wave=found, receipt=receipt, token=token)
                if link is not None:
                    return _answer_again(link, token, str(context["language"]))
            elif taking_back.withdraw(wave=found, receipt=receipt):
                return _withdrawn(request, found, context)
        except NotAllowed:
            return _too_late(request, found, context, form)
        visitor_limits.count(request, visitor_limits.WRONG_RECEIPTS)
        form.add_error("receipt_code", say("withdraw.wrong"))
    return drawn(request, "assessments/respond/withdraw.html", {**context, "form": form}, status=422)


def _deleted(wave: Wave) -> str:
    """Which page says that answers have been deleted."""
    return f"withdrawn {wave.code}"


def _withdrawn(request: HttpRequest, found: Wave, context: dict[str, Any]) -> HttpResponse:
    return drawn(request, "assessments/respond/withdrawn.html", {**context, **once_only(_deleted(found))})


def _over(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """Nothing is on this page but what its address leads to, so it can be opened in another language."""
    return drawn(request, "assessments/respond/withdraw_over.html", {**context, "choosing": ""}, status=410)


def _too_late(request: HttpRequest, found: Wave, context: dict[str, Any], form: ReceiptForm) -> HttpResponse:
    """Where nothing can be begun any more, answers may still be deleted."""
    if not found.gives_back or found.takes_new:
        return _over(request, context)
    return drawn(request, "assessments/respond/withdraw.html", {**context, "form": form}, status=410)


def _answer_again(link: PanelLink, token: str, language: str) -> HttpResponse:
    """Begin an empty questionnaire by the new link, in this browser."""
    services.begin(link=link, language=language)
    response = redirect("assessments:respond")
    remember_access(response, token, None)
    return response
