"""Coming in by a link, and everything a respondent is told before the first question."""

import time
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.views.decorators.http import require_http_methods

from assessments import visitor_limits
from assessments.exceptions import NotAllowed
from assessments.models.panel_stores import UnfinishedQuestionnaire
from assessments.permissions import comment_readers
from assessments.respond import services
from assessments.respond.access import (
    USABLE,
    Access,
    access_by_token,
    access_of_browser,
    answering,
    confidential,
    forget_access,
    language_of,
    page,
    remember_access,
    stopped,
)
from assessments.respond.languages import drawn
from assessments.respond.pages import is_shown_again, once_only, too_many
from assessments.respond.questionnaire import LinkState
from assessments.scoring.method import ATTRIBUTED_MIN
from assessments.wording.shipped import shipped_languages

PAUSED = "paused"


@confidential
@require_http_methods(["GET", "HEAD", "POST"])
def respond_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show who asks; nothing starts before the button (POST) is pressed, which takes the token out of the address."""
    held = access_by_token(token)
    if held is None:
        if visitor_limits.exceeded(request, visitor_limits.UNKNOWN_LINKS):
            return too_many(request)
        visitor_limits.count(request, visitor_limits.UNKNOWN_LINKS)
        return stopped(request, None, LinkState.UNKNOWN)
    if held.has_filed and held.standing in {LinkState.USED, LinkState.CLOSED}:
        return _to_filed(held)
    if held.wave.is_over:
        return _to_results(request, held)
    if held.standing not in USABLE:
        return stopped(request, held)
    if request.method == "POST":
        return _come_in(request, held)
    return page(request, held, "link", {})


def _to_filed(held: Access) -> HttpResponse:
    """To what a group on the record has filed by this link."""
    response = redirect("assessments:respond-filed")
    remember_access(response, held.token, None)
    return response


def _to_results(request: HttpRequest, held: Access) -> HttpResponse:
    """To the page where everybody who was asked reads the same, whatever became of their link."""
    address = redirect("assessments:respond-results", held.wave.code)
    if "language" in request.GET:
        address["Location"] += "?" + urlencode({"language": request.GET["language"]})
    return address


def _come_in(request: HttpRequest, held: Access) -> HttpResponse:
    here = access_of_browser(request)
    response = redirect("assessments:respond")
    if here is not None and here.standing in USABLE and _goes_on(here, held):
        _speak_on(request, here, here.questionnaire)
        return response
    if held.link.is_open_link:
        if visitor_limits.exceeded(request, visitor_limits.BEGINNINGS):
            return too_many(request)
        visitor_limits.count(request, visitor_limits.BEGINNINGS)
    try:
        questionnaire, own = services.begin(link=held.link, language=language_of(request, held))
    except NotAllowed:
        return stopped(request, held, LinkState.FULL)
    _speak_on(request, held, questionnaire)
    # The organiser is told at the end of a test run how long it took, with what is read before the first question.
    remember_access(response, own or held.token, int(time.time()) if held.is_test else None)
    return response


def _speak_on(request: HttpRequest, held: Access, questionnaire: UnfinishedQuestionnaire | None) -> None:
    """Whoever goes on reads the questions in the language in which they pressed the button."""
    language = language_of(request, held)
    if questionnaire is not None and questionnaire.language != language:
        services.choose_language(questionnaire=questionnaire, language=language)


def _goes_on(here: Access, held: Access) -> bool:
    """Whether this browser already has the questionnaire of the link.

    Never by an open link: the next person at the same device comes by the same one. Who began by it has a link of
    their own, which they are shown before the first question.
    """
    if here.questionnaire is None:
        return False
    return here.link.pk == held.link.pk


@answering
@require_http_methods(["GET", "HEAD", "POST"])
def respond(request: HttpRequest, held: Access, questionnaire: UnfinishedQuestionnaire) -> HttpResponse:
    """Everything that is to be known before the first question; POST takes the language and starts."""
    first = _first_open(held, questionnaire)
    if request.method == "POST":
        language = language_of(request, held)
        if language != questionnaire.language:
            services.choose_language(questionnaire=questionnaire, language=language)
        response = redirect("assessments:respond-question", first)
        if not questionnaire.answers:
            # Only who starts here can be found to be quick: somebody who goes on elsewhere has taken longer.
            remember_access(response, held.token, _begins(held))
        return response
    context = {
        "choosing": "choosing",
        "is_started": bool(questionnaire.answers or questionnaire.comments),
        "comments_from": max(ATTRIBUTED_MIN, held.wave.threshold),
        "readers": [str(reader) for reader in comment_readers(held.wave)] if held.wave.asks_comments else [],
        "own_link": _own_link(request, held) if held.has_own_link else "",
    }
    return page(request, held, "start", context)


def _begins(held: Access) -> int:
    """When it was begun in this browser: now, and a test run with the first page."""
    return held.began if held.is_test and held.began is not None else int(time.time())


def _first_open(held: Access, questionnaire: UnfinishedQuestionnaire) -> str:
    """The first question of which nothing is answered; the first of all where there is none."""
    for asked in held.questions:
        if not any(item.code in questionnaire.answers for item in asked.rated):
            return asked.code
    return held.questions[0].code


@confidential
@require_http_methods(["GET", "HEAD", "POST"])
def respond_pause(request: HttpRequest) -> HttpResponse:
    """How to go on later, and elsewhere; POST makes this browser forget the link."""
    return _paused(request) if is_shown_again(request, PAUSED) else _pause(request)


def _paused(request: HttpRequest) -> HttpResponse:
    context = {"languages": shipped_languages(), "language": translation.get_language(), **once_only(PAUSED)}
    return drawn(request, "assessments/respond/paused.html", context)


@answering
def _pause(request: HttpRequest, held: Access, questionnaire: UnfinishedQuestionnaire) -> HttpResponse:
    if request.method == "POST":
        response = _paused(request)
        forget_access(response)
        return response
    own_link = _own_link(request, held) if held.has_own_link else ""
    return page(request, held, "pause", {"choosing": "choosing", "own_link": own_link})


def _own_link(request: HttpRequest, held: Access) -> str:
    """The address of a questionnaire begun by an open link: nobody but its respondent has it."""
    return request.build_absolute_uri(redirect("assessments:respond-link", held.token).url)
