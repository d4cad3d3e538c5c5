"""The response of a group on the record, for whoever has the link it was filed by: to read, to print and to correct."""

from collections.abc import Callable, Iterable, Iterator
from functools import reduce

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods

from assessments.exceptions import NotAllowed
from assessments.models import GroupStatement, UnfinishedQuestionnaire
from assessments.respond.access import Access, access_of_browser, confidential, language_of, page, stopped
from assessments.respond.questionnaire import LinkState
from assessments.respond.shown import shown_answers
from assessments.respond.statements import begin_correction, discard_correction
from assessments.respond.views.copy import TEXT, lines_of, text_file
from assessments.wording import say, speaking
from assessments.wording.saying import names_of, say_marked

Tell = Callable[..., str]
Put = Callable[[str], str]

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
    if request.GET.get("as") == TEXT:
        about = list(_about(statement, say, str))
        names = names_of(held.wave, language_of(request, held), held.group)
        head = [say("statement.filed_title"), str(names.process), str(names.group), *about]
        return text_file("response.txt", [*head, *(line for row in rows for line in lines_of(row))])
    context = {
        "rows": rows,
        "about": list(_about(statement, say_marked, _in_no_language)),
        "may_correct": held.wave.takes_new,
        "corrects": bool(held.questionnaire),
    }
    return page(request, held, "filed", context)


def _about(statement: GroupStatement, tell: Tell, put: Put) -> Iterator[str]:
    """When it was filed and corrected, by whom, and how the group agreed: what people wrote is `put` into words."""
    yield tell("statement.filed_on", day=date_format(statement.filed_on, "DATE_FORMAT"))
    if statement.corrected_on:
        yield tell("statement.corrected_on", day=date_format(statement.corrected_on, "DATE_FORMAT"))
    yield tell("statement.filed_by", who=_listed(filter(None, (statement.filed_by, statement.capacity)), tell, put))
    if statement.prepared_by:
        yield tell("statement.prepared", who=_listed(statement.prepared_by.splitlines(), tell, put))
    yield tell("statement.how", how=put(statement.how_agreed))


def _listed(names: Iterable[str], tell: Tell, put: Put) -> str:
    return reduce(lambda before, name: tell("base.listed", before=before, name=name), map(put, names))


def _in_no_language(words: str) -> SafeString:
    """Words of which nobody said in which language they are, for a page."""
    return format_html('<bdi lang="">{}</bdi>', words)
