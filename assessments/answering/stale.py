"""Of a page that was drawn before the assessment was moved nothing is stored, and everything is given back."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from assessments.answering.form import VERSION_NAME, AnswersForm
from assessments.answering.page import QuestionPlace
from assessments.answers.wording import answer_lines
from assessments.models import Assessment
from attributes.catalogue.published import catalogue_of
from attributes.catalogue.types import CatalogueSet
from attributes.models import QuestionSet
from attributes.pages import CONFLICT, from_htmx


def moved_on(request: HttpRequest, assessment: Assessment, question_code: str) -> HttpResponse:
    """Answer with what was typed, in words, and where to go on: 409."""
    # The instance may have been read before the move.
    now: Assessment = Assessment.objects.select_related("process").with_question_set().get(pk=assessment.pk)
    context: dict[str, Any] = {
        "assessment": now,
        "earlier": request.POST.get(VERSION_NAME, ""),
        "version": now.question_set.version,
        "had_files": bool(request.FILES),
    }
    if from_htmx(request):
        return render(request, "assessments/answering/_stale_page.html", context, status=CONFLICT)
    context["answers"] = _typed(request, now, question_code)
    return render(request, "assessments/answering/stale_page.html", context, status=CONFLICT)


def _typed(request: HttpRequest, assessment: Assessment, question_code: str) -> list[dict[str, Any]]:
    """Each item of the page whose answer was not saved yet, in the words of the version it was asked in."""
    versions = QuestionSet.objects.filter(slug=assessment.question_set.slug)
    earlier = versions.filter(version=request.POST.get(VERSION_NAME, "")[:20].replace("\x00", "")).first()
    if earlier is None:
        return []
    catalogue = catalogue_of(earlier)
    question = next((found for found in catalogue.questions if found.code == question_code), None)
    if question is None:
        return []
    place = QuestionPlace(assessment, catalogue, question)
    rows = place.rows()
    stored, form = AnswersForm(catalogue, question, rows), AnswersForm(catalogue, question, rows)
    form.read(request.POST)
    current = catalogue_of(assessment.question_set)
    return [
        {
            "code": code,
            "short": place.say(form.fields[code].item.short),
            "lines": answer_lines(catalogue, form.fields[code].item, form.contents[code], place.say),
            "address": _address(assessment, current, code),
        }
        for code in form.sent_codes
        if form.contents[code] != stored.contents[code]
    ]


def _address(assessment: Assessment, current: CatalogueSet, code: str) -> str:
    """Where the item is asked now, or ""."""
    item = current.items.get(code)
    return reverse("assessments:question", args=[assessment.code, item.question_code]) + f"#{code}" if item else ""
