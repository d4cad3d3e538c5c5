"""The page on which everything is checked, and handing in."""

import time
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from assessments.exceptions import NotAllowed
from assessments.models import GroupStatement
from assessments.models.panel_stores import UnfinishedQuestionnaire
from assessments.respond import services
from assessments.respond.access import (
    USABLE,
    Access,
    access_of_browser,
    answering,
    confidential,
    forget_access,
    has_chosen,
    language_of,
    of_another,
    page,
    set_cookie,
    stopped,
)
from assessments.respond.forms import FilingForm
from assessments.respond.languages import CHOOSE
from assessments.respond.questionnaire import LinkState, is_flat
from assessments.respond.receipts import new_signed_receipt, receipt_in
from assessments.respond.shown import shown_answers
from assessments.respond.statements import filing_of
from assessments.wording import speaking
from attributes.pages import CONFLICT

RECEIPT_COOKIE = "receipt"
RECEIPT_SALT = "assessments.receipt"
ANSWERS, RECORD, TEST = "answers", "record", "test"


@answering
@require_safe
def respond_check(request: HttpRequest, held: Access, questionnaire: UnfinishedQuestionnaire) -> HttpResponse:
    """What is answered and what is skipped, with ways back; and the button that hands everything in."""
    return check_page(request, held, questionnaire, _filing(held))


def _filing(held: Access) -> FilingForm | None:
    """What is asked when a group on the record hands in; in a correction as it was filled in before."""
    if not held.on_record:
        return None
    filed = GroupStatement.objects.filter(group=held.group).first() if held.has_filed else None
    return FilingForm(initial=filing_of(filed) if filed else None)


def check_page(
    request: HttpRequest,
    held: Access,
    questionnaire: UnfinishedQuestionnaire,
    filing: FilingForm | None,
    *,
    problem: str = "",
    is_changed: bool = False,
    status: int = 200,
) -> HttpResponse:
    """Draw the check page. `is_changed`: somebody else of the group has changed an answer since it was read."""
    rows = shown_answers(held, questionnaire)
    is_empty = not questionnaire.answers and not questionnaire.comments
    context: dict[str, Any] = {
        "rows": rows,
        "skipped": sum(row.skipped for row in rows),
        "words": sum(bool(row.words) for row in rows),
        "is_empty": is_empty,
        "filing": filing,
        "choosing": "submitting" if filing and not is_empty else "choosing",
        "problem": problem,
        "is_changed": is_changed,
        "receipt_code": new_signed_receipt(),
        "seen": services.response_mark(questionnaire) if held.on_record else "",
    }
    return page(request, held, "check", context, status=status)


@confidential
@require_http_methods(["GET", "HEAD", "POST"])
def respond_finish(request: HttpRequest) -> HttpResponse:
    """Hand in what was answered. Sent twice, because the answer got lost on the way, it shows the same receipt.

    Opened, as browsers do with the page they had, it leads to the page that hands in.
    """
    if request.method != "POST":
        return redirect("assessments:respond-check")
    held = access_of_browser(request)
    if held is None or held.standing not in USABLE or held.questionnaire is None:
        return _once_more(request, held)
    if of_another(request, held):
        return stopped(request, None)
    if has_chosen(request, held):
        services.choose_language(questionnaire=held.questionnaire, language=request.POST[CHOOSE])
    with speaking(language_of(request, held)):
        if has_chosen(request, held):
            typed = FilingForm(initial=request.POST.dict()) if held.on_record else None
            return check_page(request, held, held.questionnaire, typed)
        return _finish(request, held, held.questionnaire)


def _finish(request: HttpRequest, held: Access, questionnaire: UnfinishedQuestionnaire) -> HttpResponse:
    if not questionnaire.answers and not questionnaire.comments:
        return check_page(request, held, questionnaire, _filing(held), status=422)
    try:
        if held.is_test:
            services.finish_test(questionnaire=questionnaire)
            return _receipt(request, held, TEST, took=_took(held))
        if held.on_record:
            return _file(request, held, questionnaire)
        receipt = receipt_in(request.POST.get("receipt_code", ""))
        flat = is_flat(held.catalogue, questionnaire.answers, _seconds(held))
        return _receipt(
            request, held, ANSWERS, services.finish(questionnaire=questionnaire, is_flat=flat, receipt=receipt)
        )
    except NotAllowed:
        return _once_more(request, access_of_browser(request))


def _seconds(held: Access) -> int | None:
    """How long it took, as far as this browser can tell."""
    return None if held.began is None else int(time.time()) - held.began


def _took(held: Access) -> list[int] | None:
    """How many minutes a test run took, and how many respondents are told; nothing of it is stored."""
    seconds = _seconds(held)
    return None if seconds is None else [max(1, round(seconds / 60)), *held.minutes]


def _file(request: HttpRequest, held: Access, questionnaire: UnfinishedQuestionnaire) -> HttpResponse:
    form = FilingForm(request.POST)
    if not form.is_valid():
        return check_page(request, held, questionnaire, form, status=422)
    try:
        services.finish_on_record(questionnaire=questionnaire, filing=form.filing(), seen=request.POST.get("seen"))
    except services.ChangedElsewhere:
        questionnaire.refresh_from_db()
        return check_page(request, held, questionnaire, form, is_changed=True, status=CONFLICT)
    return _receipt(request, held, RECORD)


def _once_more(request: HttpRequest, held: Access | None) -> HttpResponse:
    receipt = receipt_in(request.POST.get("receipt_code", ""))
    is_used = held is not None and held.standing is LinkState.USED
    if held is not None and is_used and receipt and services.is_kept(group=held.group, receipt=receipt):
        return _receipt(request, held, ANSWERS, receipt)
    return stopped(request, held)


def _receipt(
    request: HttpRequest, held: Access, kind: str, receipt: str = "", *, took: list[int] | None = None
) -> HttpResponse:
    """Go on to the receipt. The browser carries the code there, and nothing else any more; of a test run, how long it
    took."""
    address = reverse("assessments:respond-receipt")
    response = redirect(address)
    language = language_of(request, held)
    content: dict[str, Any] = {"kind": kind, "receipt": receipt, "wave": held.wave.code, "language": language}
    if took is not None:
        content["took"] = took
    value = signing.dumps(content, salt=RECEIPT_SALT)
    set_cookie(response, RECEIPT_COOKIE, value, address)
    forget_access(response)
    return response
