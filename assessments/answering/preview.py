"""A draft question set as an organiser will see it. Nothing can be saved: there is nothing to save it to."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from assessments.answering.form import AnswersForm
from assessments.answering.page import QuestionPlace, question_context
from assessments.answering.preview_rules import rules_context
from assessments.answering.standing import Register
from assessments.answers.evidence import GivenEvidence
from assessments.models import Answer, Assessment, Goal, Process
from attributes.catalogue.draft import DraftView, draft_view
from attributes.catalogue.types import CatalogueItem
from attributes.documents.documents import Address, nodes, problems
from attributes.editor.forms.part import explained
from attributes.models import Draft
from attributes.permissions import draft_for
from attributes.texts import Wording, language_read


@dataclass(frozen=True)
class PreviewPlace(QuestionPlace):
    """A question of a draft, with an assessment made up for it that nobody stores."""

    draft: Draft = field(kw_only=True)

    @cached_property
    def address(self) -> str:
        """Where the preview of the question is."""
        return reverse("assessments:draft-preview", args=[self.draft.code, self.question.code])

    def rows(self) -> dict[int, Answer]:
        """Nobody has answered."""
        return {}

    def evidence(self, items: Iterable[CatalogueItem] | None = None) -> dict[int, GivenEvidence]:
        """Nobody has given evidence."""
        return {}

    def register(self) -> Register:
        """There is no process that could have one."""
        return Register({})

    def groups(self) -> list[str]:
        """There is no process that would have any."""
        return []

    def goals(self) -> list[Goal]:
        """There is no process that would have any."""
        return []


@require_safe
def draft_preview(request: HttpRequest, code: str, question: str) -> HttpResponse:
    """One question of a draft, drawn with the organiser's own form; unfinished items are named instead."""
    draft = draft_for(request, code)
    try:
        view = draft_view(draft.content, question)
    except KeyError as error:
        raise Http404 from error
    place = PreviewPlace(Assessment(process=Process()), view.catalogue, view.catalogue.question(question), draft=draft)
    context = question_context(place, AnswersForm(place.catalogue, place.question), may_edit=True)
    context |= {
        "draft": draft,
        "preview": True,
        "incomplete": _incomplete(draft, view),
        **_languages(request, place.catalogue.languages),
    }
    return render(request, "assessments/answering/preview.html", context)


def _incomplete(draft: Draft, view: DraftView) -> list[dict[str, Any]]:
    """The parts that cannot be drawn yet, with what is wrong in the words of their forms."""
    found = explained(draft.content, [problem for part in view.incomplete for problem in part.problems])
    return [
        {"address": part.address, "short": part.short, "problems": found.get(part.address, [])}
        for part in view.incomplete
    ]


def _languages(request: HttpRequest, languages: tuple[str, ...]) -> dict[str, Any]:
    """The languages to look at it in, and what keeps the one chosen on the way through the questions."""
    asked = request.GET.get("language", "")
    return {
        "languages": languages if len(languages) > 1 else (),
        "chosen": language_read(languages) if languages else "",
        "query": f"?{urlencode({'language': asked})}" if asked in languages else "",
    }


@require_safe
def draft_preview_list(request: HttpRequest, code: str) -> HttpResponse:
    """The list of questions as on an organiser's page, with what is unfinished beside it, and rules to be tried."""
    draft = draft_for(request, code)
    view = draft_view(draft.content)
    context = {
        "draft": draft,
        "title": view.catalogue.title,
        "sections": _sections(draft, view),
        **rules_context(draft.content, request.GET),
        **_languages(request, view.catalogue.languages),
    }
    return render(request, "assessments/answering/preview_list.html", context)


def _sections(draft: Draft, view: DraftView) -> list[dict[str, Any]]:
    """The questions by attribute; unfinished are those without items, and with items that are."""
    say = Wording(view.catalogue.resource_default)
    unfinished = {problem.address for problem in problems(draft.content)}
    stored = {row.get("code", ""): row for row in nodes(draft.content, "question")}
    sections, numbers = [], count(1)
    for attribute in view.catalogue.attributes:
        questions = []
        for question in attribute.questions:
            items = stored[question.code].get("items", [])
            parts = {Address("question", question.code), *(Address("item", str(row.get("code", ""))) for row in items)}
            questions.append(
                {
                    "number": next(numbers),
                    "code": question.code,
                    "verbatim": say(question.verbatim),
                    "unfinished": not items or not unfinished.isdisjoint(parts),
                }
            )
        sections.append({"code": attribute.code, "title": say(attribute.title), "questions": questions})
    return sections
