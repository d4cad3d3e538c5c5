"""Coming in by a link, and everything a respondent is told before the first question."""

import time

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from assessments.exceptions import NotAllowed
from assessments.models.panel import Sheet
from assessments.respond import limits, services
from assessments.respond.access import (
    USABLE,
    Pass,
    answering,
    carried,
    carry,
    confidential,
    let_go,
    page,
    pass_by,
    preferred_language,
    stopped,
)
from assessments.respond.questionnaire import Standing
from assessments.scoring.rules import ATTRIBUTED_MIN

RETRY_AFTER = str(limits.WINDOW)


@confidential
@require_http_methods(["GET", "HEAD", "POST"])
def respond_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show who asks; nothing starts before the button (POST) is pressed, which takes the token out of the address."""
    held = pass_by(token)
    if held is None:
        if limits.exceeded(request, limits.UNKNOWN_LINKS):
            return _too_many(request)
        limits.count(request, limits.UNKNOWN_LINKS)
        return stopped(request, None, Standing.UNKNOWN)
    if held.standing not in USABLE:
        return stopped(request, held)
    if request.method == "POST":
        return _come_in(request, held)
    language = preferred_language(request, held.languages)
    return page(request, held, "link", {"languages": held.languages}, language=language)


def _come_in(request: HttpRequest, held: Pass) -> HttpResponse:
    here = carried(request)
    response = redirect("assessments:respond")
    if here is not None and here.standing in USABLE and _goes_on(here, held):
        return response
    if held.link.is_open_link:
        if limits.exceeded(request, limits.BEGINNINGS):
            return _too_many(request)
        limits.count(request, limits.BEGINNINGS)
    try:
        _sheet, own = services.begin(link=held.link, language=preferred_language(request, held.languages))
    except NotAllowed:
        return stopped(request, held, Standing.FULL)
    carry(response, own or held.token, None)
    return response


def _goes_on(here: Pass, held: Pass) -> bool:
    """Whether this browser already has the questionnaire of the link: who comes by an open one again gets no second."""
    if here.sheet is None:
        return False
    return here.link.pk == held.link.pk or (held.link.is_open_link and here.group.pk == held.group.pk)


def _too_many(request: HttpRequest) -> HttpResponse:
    response = render(request, "assessments/respond/later.html", status=429)
    response["Retry-After"] = RETRY_AFTER
    return response


@answering
@require_http_methods(["GET", "HEAD", "POST"])
def respond(request: HttpRequest, held: Pass, sheet: Sheet) -> HttpResponse:
    """Everything that is to be known before the first question; POST takes the language and starts."""
    first = _first_open(held, sheet)
    if request.method == "POST":
        language = preferred_language(request, held.languages)
        if language != sheet.language:
            services.choose_language(sheet=sheet, language=language)
        response = redirect("assessments:respond-question", first)
        if not sheet.answers:
            # Only who starts here can be found to be quick: somebody who goes on elsewhere has taken longer.
            carry(response, held.token, int(time.time()))
        return response
    context = {
        "languages": held.languages,
        "is_started": bool(sheet.answers or sheet.comments),
        "comments_from": max(ATTRIBUTED_MIN, held.wave.threshold),
        "needs": max(0, held.wave.threshold),
    }
    return page(request, held, "start", context)


def _first_open(held: Pass, sheet: Sheet) -> str:
    """The first question of which nothing is answered; the first of all where there is none."""
    for asked in held.questions:
        if not any(item.code in sheet.answers for item in asked.rated):
            return asked.code
    return held.questions[0].code


@answering
@require_http_methods(["GET", "HEAD", "POST"])
def respond_pause(request: HttpRequest, held: Pass, sheet: Sheet) -> HttpResponse:
    """How to go on later, and elsewhere; POST makes this browser forget the link."""
    if request.method == "POST":
        response = render(request, "assessments/respond/paused.html")
        let_go(response)
        return response
    return page(request, held, "pause", {"own_link": _own_link(request, held) if held.came_by_open_link else ""})


def _own_link(request: HttpRequest, held: Pass) -> str:
    """The address of a questionnaire begun by an open link: nobody but its respondent has it."""
    return request.build_absolute_uri(redirect("assessments:respond-link", held.token).url)
