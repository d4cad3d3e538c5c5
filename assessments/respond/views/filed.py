"""The response of a group on the record, for whoever has the link it was filed by: to read, to print and to correct."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods

from assessments.exceptions import NotAllowed
from assessments.models import GroupStatement, UnfinishedQuestionnaire
from assessments.respond.access import Access, access_of_browser, confidential, language_of, page, stopped
from assessments.respond.questionnaire import LinkState
from assessments.respond.shown import shown_answers
from assessments.respond.statements import begin_correction, discard_correction
from assessments.respond.views.copy import TEXT, lines_of, text_file
from assessments.wording import say, speaking
from assessments.wording.names import names_of

CORRECT, DISCARD = "correct", "discard"


@confidential
@require_http_methods(["GET", "HEAD", "POST"])
def respond_filed(request: HttpRequest) -> HttpResponse:
    """What was filed; `?as=text` as a file. POST takes it up again to be corrected, or leaves it as it was filed."""
    held = access_of_browser(request)
    if held is None or not held.has_filed or held.standing is LinkState.REVOKED:
        return stopped(request, held)
    with speaking(language_of(request, held)):
        return _decide(request, held) if request.method == "POST" else _shown(request, held)


def _decide(request: HttpRequest, held: Access) -> HttpResponse:
    if request.POST.get("do") == DISCARD:
        discard_correction(link=held.link)
        return redirect("assessments:respond-filed")
    if request.POST.get("do") != CORRECT:
        return redirect("assessments:respond-filed")
    try:
        begin_correction(link=held.link, language=language_of(request, held))
    except NotAllowed:
        return redirect("assessments:respond-filed")
    return redirect("assessments:respond-check")


def _shown(request: HttpRequest, held: Access) -> HttpResponse:
    statement = GroupStatement.objects.filter(group=held.group).first()
    if statement is None:
        return stopped(request, held)
    rows = shown_answers(held, UnfinishedQuestionnaire(answers=statement.answers, comments=statement.comments))
    about = list(_about(statement))
    if request.GET.get("as") == TEXT:
        names = names_of(held.wave, language_of(request, held), held.group)
        head = [say("statement.filed_title"), str(names.process), str(names.group), *about]
        return text_file("response.txt", [*head, *(line for row in rows for line in lines_of(row))])
    context = {"rows": rows, "about": about, "may_correct": held.wave.takes_new, "corrects": bool(held.questionnaire)}
    return page(request, held, "filed", context)


def _about(statement: GroupStatement) -> Iterator[str]:
    """When it was filed and corrected, by whom, and how the group agreed."""
    yield say("statement.filed_on", day=date_format(statement.filed_on, "DATE_FORMAT"))
    if statement.corrected_on:
        yield say("statement.corrected_on", day=date_format(statement.corrected_on, "DATE_FORMAT"))
    yield say("statement.filed_by", who=", ".join(filter(None, (statement.filed_by, statement.capacity))))
    if statement.prepared_by:
        yield say("statement.prepared", who=", ".join(statement.prepared_by.splitlines()))
    yield say("statement.how", how=statement.how_agreed)
