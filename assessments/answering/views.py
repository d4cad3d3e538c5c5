"""Answering an assessment: one page per question of the paper, and what becomes of what is sent from it."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from assessments.answering.conflicts import merge_again, merge_page
from assessments.answering.form import AnswersForm, is_of_another_version
from assessments.answering.page import QuestionPlace, place_of, question_context
from assessments.answering.services.answers import SaveOutcome, save_answers
from assessments.answering.services.evidence import add_evidence_file, too_large, use_file_entry
from assessments.answering.stale import moved_on
from assessments.answering.standing import counts_id
from assessments.answers.counting import related_items
from assessments.answers.evidence import evidence_marks
from assessments.exceptions import InvalidAnswer, MovedMeanwhile, NotEditable
from assessments.models import Assessment, QuestionAssignment
from assessments.permissions import Right, assessment_for, reading, rights_in, signed_in
from attributes.memory import one_language
from attributes.pages import (
    BAD_REQUEST,
    CONFLICT,
    OK,
    UNPROCESSABLE,
    SizeLimit,
    from_htmx,
    give_back,
    keep_file_names,
    token_is_wrong,
    too_much,
)

if TYPE_CHECKING:
    from msgov.accounts.models import User

# What is read of the assessment, its process and the version of its question set, at every save.
READ = reading(
    *("code", "state", "round", "created_at"),
    *(f"process__{name}" for name in ("code", "name", "resource", "kind", "time_zone", "visibility")),
    *(f"question_set__{name}" for name in ("slug", "version", "status", "digest", "created_at")),
    # And what tells which other reads of the page would find nothing.
    along=lambda question: Assessment.objects.with_round_before().annotate(
        is_given=Exists(QuestionAssignment.objects.filter(assessment=OuterRef("pk"), question=question)),
        **evidence_marks(),
    ),
)


@csrf_exempt  # checked below, after the upload handlers are set: Django's check would read the whole request first
@login_not_required  # checked below: what was typed must not be lost with the session
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, code: str, question: str) -> HttpResponseBase:
    """One question of the paper: show its items, or store what was sent."""
    if request.method == "POST":
        return _receive(request, code, question)
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    assessment = assessment_for(request, code, Right.VIEW_DRAFT, read=READ, asked=[question])
    place = _place(request, assessment, question)
    rights = rights_in(assessment.process, request.user)
    form = place.form(place.rows())
    may_edit = assessment.is_draft and Right.EDIT_ANSWERS in rights
    with one_language():
        context = question_context(place, form, may_edit=may_edit)
        if assessment.is_given:  # type: ignore[attr-defined]
            context["given"] = QuestionAssignment.objects.of_question(assessment, question)
        context["may_describe"] = may_edit and Right.EDIT_PROCESS in rights
        return render(request, "assessments/answering/question.html", context)


def _place(request: HttpRequest, assessment: Assessment, question_code: str) -> QuestionPlace:
    place = place_of(assessment, question_code, says_scores=not request.session.get(SCORES_HIDDEN))
    if place is None:
        raise Http404
    return place


def _receive(request: HttpRequest, code: str, question_code: str) -> HttpResponse:
    limit = SizeLimit(request, settings.EVIDENCE_MAX_BYTES)
    request.upload_handlers.insert(0, limit)
    keep_file_names(request)
    try:
        request.POST  # noqa: B018 - reads the request, which may be too large
    except RequestDataTooBig:
        return too_much(request, filesizeformat(settings.DATA_UPLOAD_MAX_MEMORY_SIZE))
    if not request.user.is_authenticated:
        return give_back(request, signed_out=True)
    if token_is_wrong(request):
        return give_back(request, signed_out=False)
    assessment = assessment_for(request, code, Right.EDIT_ANSWERS, read=READ, asked=[question_code])
    if is_of_another_version(request, assessment):
        # Before the question is looked for: the version the assessment is at now may not have it.
        return moved_on(request, assessment, question_code)
    sent = SentAnswers(request, signed_in(request), _place(request, assessment, question_code), limit)
    if from_htmx(request):
        return autosave(sent)
    return save_page(sent)


MERGE, ONWARD = "merge", "onward"
FIRST_VERSION = 1
# What a person does not want to see while answering, kept as long as they are signed in.
SCORES_HIDDEN = "scores_hidden"
HIDE_SCORES, SHOW_SCORES = "hide-scores", "show-scores"
LEAVING = frozenset({"continue", "list"})


@dataclass
class SentAnswers:
    """What came with a request: who, where, and the files that arrived or were too large."""

    request: HttpRequest
    user: "User"
    place: QuestionPlace
    too_large: SizeLimit
    errors: dict[str, str] = field(default_factory=dict)
    added: list[str] = field(default_factory=list)


def autosave(sent: SentAnswers) -> HttpResponse:
    """Store what changed and answer with fragments: the status, and per changed item its version and sentence."""
    form = sent.place.form()
    form.read(sent.request.POST)
    if form.forged:
        message = _("This was not saved: the page does not fit this question. Load the page again.")
        return render(sent.request, "unsaved/_not_saved.html", {"message": message}, status=BAD_REQUEST)
    place, entries = sent.place, form.entries()
    try:
        outcome = save_answers(
            assessment=place.assessment, user=sent.user, entries=entries, page=form.page, along=place.read_with
        )
        _use_files(sent, form, outcome)
        form.errors |= sent.errors
    except MovedMeanwhile:
        return moved_on(sent.request, place.assessment, place.question.code)
    except NotEditable as error:
        return render(sent.request, "unsaved/_not_saved.html", {"message": error.message}, status=CONFLICT)
    status = CONFLICT if outcome.clashes else UNPROCESSABLE if form.errors else OK
    return render(sent.request, "assessments/answering/_saved.html", _saved_context(sent, form, outcome), status=status)


def _saved_context(sent: SentAnswers, form: AnswersForm, outcome: SaveOutcome) -> dict[str, Any]:
    changed = _changed(sent.place, form, outcome) if outcome.changed else []
    say = sent.place.say
    return {
        "saved_at": timezone.now(),
        "changed": changed,
        "versions": list(outcome.versions.items()),
        "overtaken": [(code, say(form.fields[code].item.short)) for code in outcome.overtaken],
        "clashes": [
            (say(clash.item.short), clash.by, clash.by_id == sent.user.pk) for clash in outcome.clashes.values()
        ],
        "errors": [text for name, text in form.messages() if name in form.errors],
    }


def _changed(place: QuestionPlace, form: AnswersForm, outcome: SaveOutcome) -> list[dict[str, Any]]:
    """What the answers that changed count as now, and those on the page that contradict them or no longer do.

    Evidence is read only of answers that had been stored before, or that others could contradict.
    """
    related = related_items(place.catalogue, outcome.changed)
    items = [item_field.item for code, item_field in form.fields.items() if code in related]
    alone = related == outcome.changed.keys()
    asked = [
        item
        for item in items
        if item.scored
        and not (alone and outcome.versions[item.code] == FIRST_VERSION and item.code not in outcome.with_files)
    ]
    standing = place.standing(outcome.changed, {} if alone else outcome.rows, place.evidence(asked))
    last = place.last_times(outcome.changed)
    return [
        {
            "counts_id": counts_id(item.code),
            "sentence": standing.sentence(item),
            "class_sentence": standing.class_sentence(item),
            "contradictions": standing.said_of_lines(item),
            "last": None if (then := last.get(item.code)) and form.shows_last(item.code) == then.mark else then,
            "code": item.code,
        }
        for item in items
    ]


def save_page(sent: SentAnswers) -> HttpResponse:
    """Store a whole page without JavaScript, and go where the button says."""
    place = sent.place
    form = place.form(place.rows())
    form.read(sent.request.POST)
    if form.forged:
        message = _("Nothing was saved: the form that was sent does not fit this question. Check it and save again.")
        return _page_again(sent, form, [message], BAD_REQUEST)
    action = sent.request.POST.get("action", "")
    entries = form.merged_entries() if action == MERGE else form.entries()
    if action == MERGE and form.errors:
        return merge_again(sent.request, sent.user, place, form)
    try:
        outcome = save_answers(assessment=place.assessment, user=sent.user, entries=entries, page=form.page)
        _use_files(sent, form, outcome)
        _store_files(sent, form)
    except MovedMeanwhile:
        return moved_on(sent.request, place.assessment, place.question.code)
    except NotEditable as error:
        return _page_again(sent, form, [error.message], CONFLICT)
    form.versions |= outcome.versions
    form.contents |= outcome.changed
    form.errors |= sent.errors
    if outcome.clashes:
        return merge_page(sent.request, sent.user, place, form, outcome.clashes, status=CONFLICT)
    if form.errors or form.remarks:
        return _page_again(sent, form, [], UNPROCESSABLE)
    # Asked for once, on leaving; everything is stored, and whoever has no words goes on without.
    if action in LEAVING and (missing := form.missing_reasons()):
        form.remarks = missing
        return _page_again(sent, form, [], UNPROCESSABLE, asks_for_reasons=True)
    return _onward(sent, action)


def _use_files(sent: SentAnswers, form: AnswersForm, outcome: SaveOutcome) -> None:
    """Let answers rest on the files that were chosen from the register, unless somebody has to choose first."""
    for code in form.sent_codes:
        chosen, item_field = form.file_entry(code), form.fields[code]
        if not chosen or code in outcome.clashes or code in outcome.overtaken:
            continue
        sent.place.files_came()
        try:
            version = use_file_entry(
                assessment=sent.place.assessment, user=sent.user, item=item_field.item, code=chosen
            )
        except InvalidAnswer as error:
            sent.errors[item_field.name("entry")] = error.message
            continue
        if version is not None:
            outcome.versions[code] = version
            outcome.changed.setdefault(code, form.contents[code])
            outcome.with_files.add(code)


def _store_files(sent: SentAnswers, form: AnswersForm) -> None:
    """Store the files that came along; each that cannot be is an error at its field, and stops nothing else."""
    for input_name, file_name in sent.too_large.too_large:
        sent.errors[input_name] = too_large(file_name).message
    for item_field in form.fields.values():
        name = item_field.name("file")
        for upload in sent.request.FILES.getlist(name):
            if not isinstance(upload, UploadedFile):
                continue
            try:
                stored = add_evidence_file(
                    assessment=sent.place.assessment, user=sent.user, item=item_field.item, upload=upload
                )
            except InvalidAnswer as error:
                sent.errors[name] = error.message
            else:
                sent.added.append(stored.name)
                sent.place.files_came()
    for name in sent.added:
        messages.success(sent.request, _("“%(name)s” was added.") % {"name": name})


def _page_again(
    sent: SentAnswers, form: AnswersForm, problems: list[str], status: int, *, asks_for_reasons: bool = False
) -> HttpResponse:
    context = question_context(sent.place, form, may_edit=True, problems=problems)
    context["asks_for_reasons"] = asks_for_reasons
    return render(sent.request, "assessments/answering/question.html", context, status=status)


def _onward(sent: SentAnswers, action: str) -> HttpResponse:
    place = sent.place
    _before, after = place.catalogue.neighbours(place.question.code)
    if action.startswith("upload "):
        return redirect(f"{place.address}#{action.removeprefix('upload ')}")
    if action in {HIDE_SCORES, SHOW_SCORES}:
        sent.request.session[SCORES_HIDDEN] = action == HIDE_SCORES
        return redirect(place.address)
    if action == "list":
        return redirect("assessments:assessment-hub", place.assessment.code)
    if action in {"continue", ONWARD} and after is not None:
        return redirect("assessments:question", place.assessment.code, after.code)
    if action in {"continue", ONWARD}:
        return redirect("assessments:assessment-check", place.assessment.code)
    messages.success(sent.request, _("Your answers were saved."))
    return redirect(place.address)
