"""Answering an assessment: the list of questions, and one page per question of the paper."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from assessments.answering.form import AnswersForm
from assessments.answering.page import Place, place_of, question_context
from assessments.answering.saving import Sent, autosave, save_page
from assessments.answering.stale_page import is_of_another_version, moved_on
from assessments.answers.value import AnswerContent, content_of, is_complete, is_empty
from assessments.models import Answer, Assessment, AssessmentEvent, Membership, Role, Track
from assessments.moving.views import move_context
from assessments.permissions import Right, assessment_for, rights_in, signed_in
from attributes.catalogue import published as catalogue
from attributes.catalogue.types import CatalogueQuestion, CatalogueSet
from attributes.unsaved import give_back, token_is_wrong, too_much
from attributes.upload_limit import SizeLimit

if TYPE_CHECKING:
    from msgov.accounts.models import User

NOT_STARTED, IN_PROGRESS, COMPLETED = "not_started", "in_progress", "completed"
SHOWN_MEMBERS = 20
# Said on their own; a reason for reopening stays to be read.
MOVES = (AssessmentEvent.Kind.MOVED, AssessmentEvent.Kind.MOVED_BACK)


@require_safe
def assessment_hub(request: HttpRequest, code: str) -> HttpResponse:
    """The task list: every question with its status, and everything else there is to do."""
    assessment = assessment_for(request, code, Right.VIEW_DRAFT)
    cataloged = catalogue.of(assessment.question_set)
    rights = rights_in(assessment.process, request.user)
    contents = contents_by_item(assessment, cataloged)
    sections = hub_sections(assessment, cataloged, contents)
    context = {
        "assessment": assessment,
        "process": assessment.process,
        "sections": sections,
        "question_set": cataloged,
        "done": sum(section["done"] for section in sections),
        "total": sum(section["total"] for section in sections),
        "others": _others(assessment, signed_in(request)),
        "last_event": assessment.events.exclude(kind__in=MOVES).order_by("-at", "-pk").first(),
        "reopened": AssessmentEvent.Kind.REOPENED,
        **move_context(assessment, rights),
        "may_edit": assessment.is_draft and Right.EDIT_ANSWERS in rights,
        "may_submit": assessment.is_draft and Right.SUBMIT in rights,
        "may_reopen": assessment.is_submitted and Right.REOPEN in rights,
    }
    return render(request, "assessments/rounds/hub.html", context)


def contents_by_item(assessment: Assessment, cataloged: CatalogueSet) -> dict[str, AnswerContent]:
    """What is stored for every item, by its code. One query."""
    answers = Answer.objects.filter(response__assessment=assessment, response__track=Track.EVIDENCE)
    rows = {row.item_id: row for row in answers}
    return {code: content_of(item, rows.get(item.pk)) for code, item in cataloged.items.items()}


def _others(assessment: Assessment, user: "User") -> list[Membership]:
    """Who else may answer."""
    editors = Membership.objects.filter(process=assessment.process_id, role__in=[Role.ORGANISER, Role.CONTRIBUTOR])
    return list(editors.exclude(user=user).select_related("user").order_by("role", "pk")[: SHOWN_MEMBERS + 1])


def hub_sections(
    assessment: Assessment, cataloged: CatalogueSet, contents: Mapping[str, AnswerContent]
) -> list[dict[str, Any]]:
    """The questions by attribute, with how far each is. Items that are not scored are welcome, not asked for."""
    sections, number = [], 0
    for attribute in cataloged.attributes:
        questions, done, total = [], 0, 0
        for question in attribute.questions:
            number += 1
            place = Place(assessment, cataloged, question)
            finished, asked = progress(question, contents)
            questions.append(
                {
                    "number": number,
                    "place": place,
                    "verbatim": place.say(question.verbatim),
                    "status": status_of(question, contents),
                    "done": finished,
                    "total": asked,
                }
            )
            done, total = done + finished, total + asked
        sections.append(
            {
                "code": attribute.code,
                "title": place.say(attribute.title),
                "questions": questions,
                "done": done,
                "total": total,
            }
        )
    return sections


def progress(question: CatalogueQuestion, contents: Mapping[str, AnswerContent]) -> tuple[int, int]:
    """Return how many of the items that have to be answered are, and how many there are."""
    asked = [item for item in question.items if item.scored] or list(question.items)
    return sum(is_complete(item, contents[item.code]) for item in asked), len(asked)


def status_of(question: CatalogueQuestion, contents: Mapping[str, AnswerContent]) -> str:
    """Return how far a question is: not started, in progress or completed."""
    done, total = progress(question, contents)
    if done == total:
        return COMPLETED
    return NOT_STARTED if all(is_empty(contents[item.code]) for item in question.items) else IN_PROGRESS


@csrf_exempt  # checked below, after the upload handlers are set: Django's check would read the whole request first
@login_not_required  # checked below: what was typed must not be lost with the session
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, code: str, question: str) -> HttpResponseBase:
    """One question of the paper: show its items, or store what was sent."""
    if request.method == "POST":
        return _receive(request, code, question)
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    assessment = assessment_for(request, code, Right.VIEW_DRAFT)
    place = _place(assessment, question)
    rights = rights_in(assessment.process, request.user)
    form = AnswersForm(place.catalogue, place.question, place.rows())
    may_edit = assessment.is_draft and Right.EDIT_ANSWERS in rights
    return render(request, "assessments/answering/question.html", question_context(place, form, may_edit=may_edit))


def _place(assessment: Assessment, question_code: str) -> Place:
    place = place_of(assessment, question_code)
    if place is None:
        raise Http404
    return place


def _receive(request: HttpRequest, code: str, question_code: str) -> HttpResponse:
    limit = SizeLimit(request, settings.EVIDENCE_MAX_BYTES)
    request.upload_handlers.insert(0, limit)
    try:
        request.POST  # noqa: B018 - reads the request, which may be too large
    except RequestDataTooBig:
        return too_much(request, filesizeformat(settings.DATA_UPLOAD_MAX_MEMORY_SIZE))
    if not request.user.is_authenticated:
        return give_back(request, signed_out=True)
    if token_is_wrong(request):
        return give_back(request, signed_out=False)
    assessment = assessment_for(request, code, Right.EDIT_ANSWERS)
    if is_of_another_version(request, assessment):
        # Before the question is looked for: the version the assessment is at now may not have it.
        return moved_on(request, assessment, question_code)
    sent = Sent(request, signed_in(request), _place(assessment, question_code), limit)
    if request.headers.get("HX-Request") == "true":
        return autosave(sent)
    return save_page(sent)
