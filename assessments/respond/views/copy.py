"""A copy of what was answered, for oneself and before handing in: on a page to print, or as a file of text.

It is drawn when it is asked for and kept nowhere, and has neither the link nor a group or name in it.
"""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from assessments.models import UnfinishedQuestionnaire
from assessments.respond.access import Access, answering, language_of, page
from assessments.respond.shown import ShownQuestion, plain, shown_answers
from assessments.wording import say
from assessments.wording.saying import names_of

TEXT = "text"


@answering
@require_safe
def respond_copy(request: HttpRequest, held: Access, questionnaire: UnfinishedQuestionnaire) -> HttpResponse:
    """The copy; with `?as=text` as a file."""
    rows = shown_answers(held, questionnaire)
    day = date_format(held.wave.today, "DATE_FORMAT")
    if request.GET.get("as") != TEXT:
        return page(request, held, "copy", {"rows": rows, "day": day})
    process = str(names_of(held.wave, language_of(request, held), held.group).process)
    head = (say("check.copy_title"), process, say("check.copy_state", day=day), say("check.copy_says"))
    return text_file("answers.txt", [*head, *(line for row in rows for line in lines_of(row))])


def lines_of(row: ShownQuestion) -> Iterator[str]:
    """A page of the questionnaire as it stands in a file of text."""
    yield ""
    yield f"{row.asked.number}. {plain(row.verbatim)}"
    for item in row.items:
        if len(item.lines) == 1 and not item.lines[0].label:
            yield f"- {plain(item.label)}: {plain(item.lines[0].said)}"
            continue
        yield f"- {plain(item.label)}"
        yield from (f"  - {plain(line.label)}: {plain(line.said)}" for line in item.lines)
    for words in row.words:
        yield f"- {plain(words.label)}:"
        yield words.text


def text_file(name: str, lines: list[str]) -> HttpResponse:
    """A file of text to be saved, with the ends of lines that every editor knows."""
    response = HttpResponse("\r\n".join("\r\n".join(line.splitlines()) for line in lines) + "\r\n")
    response["Content-Type"] = "text/plain; charset=utf-8"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
