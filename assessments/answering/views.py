"""Answering an assessment: one page per question of the paper."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from assessments.answering.form import AnswersForm
from assessments.answering.page import Place, place_of, question_context
from assessments.answering.saving import Sent, autosave, save_page
from assessments.answering.stale_page import is_of_another_version, moved_on
from assessments.models import Assessment
from assessments.permissions import Right, assessment_for, rights_in, signed_in
from attributes.pages import from_htmx
from attributes.unsaved import give_back, token_is_wrong, too_much
from attributes.upload_limit import SizeLimit


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
    if from_htmx(request):
        return autosave(sent)
    return save_page(sent)
