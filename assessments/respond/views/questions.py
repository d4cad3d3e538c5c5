"""One screen per question of the paper, the page to check everything on, and handing in."""

import time
from collections.abc import Mapping
from typing import Any

from django.core import signing
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
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
    keeps_typed,
    language_of,
    of_another,
    page,
    remember_access,
    set_cookie,
    stopped,
)
from assessments.respond.clashing import clashing
from assessments.respond.forms import FilingForm, RespondForm
from assessments.respond.languages import CHOOSE
from assessments.respond.questionnaire import AskedQuestion, LinkState, is_flat
from assessments.respond.services import new_signed_receipt, receipt_in
from assessments.respond.shown import shown_answers
from assessments.respond.statements import filing_of
from assessments.wording import speaking
from attributes.pages import CONFLICT
from attributes.texts import direction, localise

RECEIPT_COOKIE = "receipt"
RECEIPT_SALT = "assessments.receipt"
ANSWERS, RECORD, TEST = "answers", "record", "test"
INITIALS, INITIALS_LENGTH = "initials", 10
NEXT, BACK, STOP, CHECK = "next", "back", "stop", "check"
# By the page itself: while somebody types, and when it is left and may not come back.
KEEP, LEAVE = "keep", "leave"
SAME = "same"  # once more, in another language


@answering
@keeps_typed
@require_http_methods(["GET", "HEAD", "POST"])
def respond_question(
    request: HttpRequest, held: Access, questionnaire: UnfinishedQuestionnaire, question: str
) -> HttpResponse:
    """One question with its items; POST stores what was chosen and goes on, back, to the check, stops, or stays."""
    asked = next((one for one in held.questions if one.code == question), None)
    if asked is None:
        raise Http404
    form = RespondForm(held.catalogue, asked, questionnaire.answers, questionnaire.comments)
    if request.method != "POST":
        return _show(request, held, asked, form, questionnaire)
    form.read(request.POST)
    action = SAME if has_chosen(request, held) else request.POST.get("action", NEXT)
    if form.forged or action not in {NEXT, BACK, STOP, CHECK, KEEP, LEAVE, SAME}:
        raise BadRequest
    if form.errors:
        return _show(request, held, asked, form, questionnaire, status=422)
    try:
        stored = _compared_and_saved(request, held, asked, form, questionnaire, action)
    except services.ChangedElsewhere:
        return HttpResponse(status=CONFLICT)
    except services.NoRoom:
        return stopped(request, held, LinkState.FULL)
    except (NotAllowed, UnfinishedQuestionnaire.DoesNotExist):
        return stopped(request, access_of_browser(request))
    if isinstance(stored, HttpResponse):
        return stored
    response = _stayed(asked, form, stored) if action in {KEEP, LEAVE} else redirect(*_target(held, asked, action))
    if held.began is None and not questionnaire.answers:
        remember_access(response, held.token, int(time.time()))
    if held.on_record:
        set_cookie(
            response, INITIALS, signing.dumps(initials_of(request), salt=INITIALS), reverse("assessments:respond")
        )
    return response


def _compared_and_saved(
    request: HttpRequest,
    held: Access,
    asked: AskedQuestion,
    form: RespondForm,
    questionnaire: UnfinishedQuestionnaire,
    action: str,
) -> UnfinishedQuestionnaire | HttpResponse:
    """Store what a page holds; or, of several people who prepare one response, the page that shows what would replace
    somebody's choice. Who saves between the comparison and the save is compared with too."""
    if not held.on_record or action in {KEEP, LEAVE}:
        return _save(request, held, asked, form, questionnaire, action)
    while True:
        if clash := _clash(request, held, asked, form, questionnaire):
            return clash
        try:
            return _save(request, held, asked, form, questionnaire, action)
        except services.ChangedElsewhere:
            questionnaire.refresh_from_db()
            form = RespondForm(held.catalogue, asked, questionnaire.answers, questionnaire.comments)
            form.read(request.POST)


def _save(
    request: HttpRequest,
    held: Access,
    asked: AskedQuestion,
    form: RespondForm,
    questionnaire: UnfinishedQuestionnaire,
    action: str,
) -> UnfinishedQuestionnaire:
    """Store what a page holds. Of a group on the record only beside what it was compared with."""
    is_compared = held.on_record and action not in {KEEP, LEAVE}
    # What a page saves as it is left cannot be shown to anybody: it takes nobody's place.
    is_quiet = held.on_record and action == LEAVE
    return services.save_questionnaire(
        questionnaire=questionnaire,
        answers=form.answers(),
        comments=form.comments(),
        seen=request.POST.get("seen", ""),
        codes=_codes(asked),
        merging=action != KEEP,
        replacing=not is_quiet,
        saved_by={asked.code: initials_of(request)} if held.on_record else None,
        compared=services.page_mark(questionnaire, _codes(asked)) if is_compared else None,
    )


def initials_of(request: HttpRequest) -> str:
    """The initials that somebody of a group on the record gave on this page, or on one before in this browser."""
    if "initials" in request.POST:
        return " ".join(request.POST["initials"].split())[:INITIALS_LENGTH]
    try:
        return str(signing.loads(request.COOKIES.get(INITIALS, ""), salt=INITIALS))
    except signing.BadSignature:
        return ""


def _clash(
    request: HttpRequest, held: Access, asked: AskedQuestion, form: RespondForm, stored: UnfinishedQuestionnaire
) -> HttpResponse | None:
    """The page as it was filled in, beside what somebody else stored since it was drawn; sent again it takes its place.

    What was left open here is as they stored it: it is in nobody's way. None where nothing of theirs would go.
    """
    if request.POST.get("seen") == services.page_mark(stored, _codes(asked)):
        return None
    form.fill_from(stored.answers, stored.comments)
    clashes = clashing(held, asked, stored, UnfinishedQuestionnaire(answers=form.shown(), comments=form.words))
    if not clashes:
        return None
    more = {"clashes": clashes, "seen": services.page_mark(stored, _codes(asked))}
    return _show(request, held, asked, form, stored, status=CONFLICT, more=more)


def _stayed(asked: AskedQuestion, form: RespondForm, stored: UnfinishedQuestionnaire) -> HttpResponse:
    """The answer to a page that saved itself. One that shows what is stored by now may go on changing it."""
    response = HttpResponse(status=204)
    if all(stored.comments.get(key, "") == text for key, text in form.comments().items()):
        response["X-Seen"] = services.page_mark(stored, _codes(asked))
    return response


def _target(held: Access, asked: AskedQuestion, action: str) -> tuple[str, ...]:
    if action == STOP:
        return ("assessments:respond-pause",)
    if action == SAME:
        return ("assessments:respond-question", asked.code)
    place = asked.number - 1 + (1 if action == NEXT else -1)
    if action == CHECK or place >= len(held.questions):
        return ("assessments:respond-check",)
    return ("assessments:respond",) if place < 0 else ("assessments:respond-question", held.questions[place].code)


def _show(
    request: HttpRequest,
    held: Access,
    asked: AskedQuestion,
    form: RespondForm,
    questionnaire: UnfinishedQuestionnaire,
    status: int = 200,
    more: Mapping[str, Any] | None = None,
) -> HttpResponse:
    say = held.say
    title = say(held.catalogue.attribute(asked.question.attribute_code).title)
    context = {
        "asked": asked,
        "attribute": title,
        "verbatim": say(asked.question.verbatim),
        "verbatim_direction": direction(localise(asked.question.verbatim).lang),
        "blocks": form.blocks(say),
        "comment": form.comment(title),
        "errors": form.errors,
        "choosing": "answers",
        "seen": request.POST.get("seen") or services.page_mark(questionnaire, _codes(asked)),
        "initials": initials_of(request) if held.on_record else "",
        "saved_by": questionnaire.saved_by.get(asked.code, ""),
        **(more or {}),
    }
    return page(request, held, "question", context, status=status)


def _codes(asked: AskedQuestion) -> list[str]:
    return [*(item.code for item in asked.rated), *asked.comment_keys]


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
