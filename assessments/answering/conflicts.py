"""Two people, or one in two tabs, changed the same answer: both versions side by side, and a choice."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from assessments.answering.form import AnswersForm
from assessments.answering.page import QuestionPlace
from assessments.answering.services.answers import Clash
from assessments.answers.wording import answer_lines
from attributes.pages import UNPROCESSABLE

if TYPE_CHECKING:
    from msgov.accounts.models import User


def merge_again(request: HttpRequest, user: "User", place: QuestionPlace, form: AnswersForm) -> HttpResponse:
    """The merge page once more, with what is stored now, because a choice is missing."""
    stored = place.form(place.rows())
    clashes = {}
    for code in form.sent_codes:
        item_field = form.fields[code]
        clashes[code] = Clash(
            item_field.item, form.contents[code], stored.contents[code], stored.versions[code], "", timezone.now()
        )
    return merge_page(request, user, place, form, clashes, status=UNPROCESSABLE)


def merge_page(
    request: HttpRequest,
    user: "User",
    place: QuestionPlace,
    form: AnswersForm,
    clashes: dict[str, Clash],
    *,
    status: int,
) -> HttpResponse:
    """Both versions of each answer that somebody else has changed meanwhile, to choose from."""
    context = {
        "place": place,
        "assessment": place.assessment,
        "page": form.page,
        "clashes": [_clash_block(user, place, form, code, clash) for code, clash in clashes.items()],
        "errors": [(name, text) for name, text in form.messages() if name.endswith("-keep")],
        "all_own": all(clash.by_id == user.pk for clash in clashes.values()),
        "others_saved": len(form.sent_codes) > len(clashes),
    }
    return render(request, "assessments/answering/conflict.html", context, status=status)


def _clash_block(user: "User", place: QuestionPlace, form: AnswersForm, code: str, clash: Clash) -> dict[str, Any]:
    item_field = form.fields[code]
    mine = {line.key: line for line in answer_lines(place.catalogue, clash.item, clash.mine, place.say)}
    theirs = {line.key: line for line in answer_lines(place.catalogue, clash.item, clash.theirs, place.say)}
    keys = list(dict.fromkeys([*mine, *theirs]))
    labels = {key: (mine.get(key) or theirs[key]).label for key in keys}
    own = item_field.names() - {item_field.name("version")}
    return {
        "code": code,
        "short": place.say(clash.item.short),
        "text": place.say(clash.item.text),
        "by": clash.by,
        "is_own": clash.by_id == user.pk,
        "at": clash.at,
        "version_name": item_field.name("version"),
        "version": clash.version,
        "keep_name": item_field.name("keep"),
        "error": form.errors.get(item_field.name("keep"), ""),
        "rows": [(labels[key], theirs.get(key), mine.get(key)) for key in keys if theirs.get(key) != mine.get(key)],
        "hidden": [(name, value) for name, values in form.sent_lists() if name in own for value in values],
    }
