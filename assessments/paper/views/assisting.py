"""Entering sheets, one after another. What was entered can be looked at by nobody, least of all here."""

from dataclasses import replace
from typing import Any

from django.core import signing
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.views.decorators.http import require_http_methods, require_POST

from assessments import visitor_limits
from assessments.exceptions import NotAllowed
from assessments.paper.access import (
    Assisting,
    assisting_by_token,
    assisting_of_browser,
    forget_assisting,
    remember_assisting,
)
from assessments.paper.forms import SLIP, SheetForm
from assessments.paper.services.entering import ReceiptInUse, enter_from_paper
from assessments.paper.sheet import Addresses
from assessments.respond.access import confidential
from assessments.respond.languages import (
    CHOOSE,
    asked_for,
    drawn,
    language_for,
    language_without_link,
    to_choose_without_link,
)
from assessments.respond.pages import is_shown_again, once_only, too_many
from assessments.respond.receipts import new_paper_receipt
from assessments.respond.services import NoRoom
from assessments.wording import say, speaking
from assessments.wording.saying import names_of
from assessments.wording.shipped import shipped_languages
from attributes.pages import OK, UNPROCESSABLE
from attributes.texts import direction

RECEIPT_SALT = "assessments.paper.receipt"
GONE = 410
STOPPED = "stopped entering"


def _page(
    request: HttpRequest, held: Assisting, template: str, context: dict[str, Any], status: int = OK
) -> HttpResponse:
    """Draw a page in the language spoken."""
    common = {
        "assistant": held.assistant,
        "wave": held.wave,
        "names": names_of(held.wave, held.language, held.group),
        "language": held.language,
        "languages": held.asked().languages,
        "text_direction": direction(held.language),
    }
    return drawn(request, f"assessments/paper/{template}.html", {**common, **context}, status=status)


def _gone(request: HttpRequest, held: Assisting | None) -> HttpResponse:
    """The link does not work: never did, was taken back, or the time is over. The same page for all."""
    if held is None:
        return drawn(request, "assessments/paper/assist_gone.html", to_choose_without_link(request), status=GONE)
    languages = held.asked().languages
    language = language_for(request, languages, held.language)
    with speaking(language):
        context = {"language": language, "languages": languages if request.method != "POST" else ()}
        return drawn(request, "assessments/paper/assist_gone.html", context, status=GONE)


@confidential
@require_http_methods(["GET", "HEAD", "POST"])
def assist_link(request: HttpRequest, token: str) -> HttpResponse:
    """What is expected of an assistant; POST takes the token out of the address."""
    held = assisting_by_token(token)
    if held is None:
        if visitor_limits.exceeded(request, visitor_limits.UNKNOWN_LINKS):
            return too_many(request)
        visitor_limits.count(request, visitor_limits.UNKNOWN_LINKS)
    if held is None or not held.may_enter:
        return _gone(request, held)
    languages = held.asked().languages
    language = language_for(request, languages)
    if request.method == "POST":
        response = redirect("assessments:assist")
        remember_assisting(response, token, entered=0, language=language)
        return response
    with speaking(language):
        return _page(request, replace(held, language=language), "assist_link", {})


@confidential
@require_http_methods(["GET", "HEAD", "POST"])
def assist(request: HttpRequest) -> HttpResponse:
    """An empty sheet; POST enters it and gives the next one, or the same: what is wrong, or another language."""
    held = assisting_of_browser(request)
    if held is None or not held.may_enter:
        return _gone(request, held)
    asked = held.asked()
    language = _language(request, held, asked.languages)
    with speaking(language):
        held = replace(held, language=language)
        form = SheetForm(asked, request.POST if request.method == "POST" else None)
        if form.forged:
            raise BadRequest
        is_chosen = request.POST.get(CHOOSE) == language
        if request.method == "POST" and not is_chosen:
            return _enter(request, held, form)
        if is_chosen:
            form.errors = {}  # nobody has handed it in yet
        response = _sheet(request, held, form, is_kept=is_chosen)
    remember_assisting(response, held.token, entered=held.entered, language=language)
    return response


def _language(request: HttpRequest, held: Assisting, languages: tuple[str, ...]) -> str:
    """The language of the sheets: the one asked for, else the one used so far."""
    asked = asked_for(request)
    if asked in languages:
        return asked
    return held.language if held.language in languages else languages[0]


def _enter(request: HttpRequest, held: Assisting, form: SheetForm) -> HttpResponse:
    given = form.slip or _signed(request)
    if not given:
        raise BadRequest
    if form.errors:
        return _sheet(request, held, form, status=UNPROCESSABLE, is_kept=True)
    after = replace(held, entered=held.entered + 1)
    try:
        enter_from_paper(assistant=held.assistant, answers=form.answers(), comments=form.comments(), receipt=given)
    except ReceiptInUse:
        if form.slip:
            form.errors[SLIP] = say("paper.entry_slip_used")
            return _sheet(request, held, form, status=UNPROCESSABLE, is_kept=True)
        after = held  # the same page sent twice: the sheet is entered once
    except NoRoom:
        form.errors[form.first] = say("paper.entry_full")
        return _sheet(request, held, form, status=UNPROCESSABLE, is_kept=True)
    except NotAllowed:
        return _gone(request, held)
    response = _sheet(request, after, SheetForm(held.asked()), done=True, receipt="" if form.slip else given)
    remember_assisting(response, held.token, entered=after.entered, language=held.language)
    return response


def _signed(request: HttpRequest) -> str:
    """The receipt that the page was drawn with: sent twice, it enters one sheet."""
    try:
        return str(signing.loads(request.POST.get("receipt_code", ""), salt=RECEIPT_SALT))
    except signing.BadSignature:
        return ""


def _sheet(
    request: HttpRequest,
    held: Assisting,
    form: SheetForm,
    *,
    status: int = OK,
    is_kept: bool = False,
    done: bool = False,
    receipt: str = "",
) -> HttpResponse:
    """Draw a sheet. `is_kept`: it is the one that was sent, with the receipt it was drawn with."""
    kept = request.POST.get("receipt_code", "") if is_kept else ""
    context = {
        # The languages are buttons of the sheet: what was typed goes along.
        "choosing": "sheet",
        "form": form,
        "errors": form.errors,
        "pages": form.shown(),
        "total": len(form.pages),
        "done": done,
        "receipt": receipt.upper(),
        "withdrawing": Addresses.seen_from(request, held.wave).withdrawing,
        "entered": held.entered,
        "receipt_code": kept or signing.dumps(new_paper_receipt(), salt=RECEIPT_SALT),
    }
    return _page(request, held, "assist", context, status)


@confidential
@require_POST
def assist_stop(request: HttpRequest) -> HttpResponse:
    """Forget the link in this browser."""
    held = assisting_of_browser(request)
    known = held.language if held and not is_shown_again(request, STOPPED) else ""
    with speaking(known or language_without_link(request)):
        language = translation.get_language()
        context = {"languages": shipped_languages(), "language": language, **once_only(STOPPED)}
        response = drawn(request, "assessments/paper/assist_stopped.html", context)
    forget_assisting(response)
    return response
