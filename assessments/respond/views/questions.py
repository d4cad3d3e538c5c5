"""One screen per question of the paper."""

import time
from collections.abc import Mapping
from typing import Any

from django.core import signing
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from assessments.exceptions import NotAllowed
from assessments.models.panel_stores import UnfinishedQuestionnaire
from assessments.respond import services
from assessments.respond.access import (
    Access,
    access_of_browser,
    answering,
    has_chosen,
    keeps_typed,
    page,
    remember_access,
    set_cookie,
    stopped,
)
from assessments.respond.clashing import clashing
from assessments.respond.forms import RespondForm
from assessments.respond.questionnaire import AskedQuestion, LinkState
from attributes.pages import CONFLICT
from attributes.texts import direction, localise

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
