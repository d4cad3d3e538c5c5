"""Check the answers, submit, reopen."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assessments.answering.page import QuestionPlace, is_of_another_version
from assessments.answers.counting import effective_class, explain, item_answer, item_specs, standing_of
from assessments.answers.value import ANSWERED, AnswerContent, is_complete, is_empty
from assessments.answers.wording import answer_lines
from assessments.documents.values import share
from assessments.models import Assessment, EvidenceFile
from assessments.permissions import Right, assessment_for, rights_in, signed_in
from assessments.rounds.forms import ReopenForm
from assessments.rounds.services.submission import reopen_assessment, submit_assessment
from assessments.rounds.views.hub import contents_by_item
from assessments.scoring import AttributeScore, Scorecard, ScoreStatus, score
from assessments.vocabulary import Track
from attributes.catalogue.published import catalogue_of
from attributes.catalogue.types import CatalogueItem, CatalogueSet
from attributes.pages import form_page, refusals_lead_to, sent, taken
from attributes.texts import Wording


@require_safe
def assessment_check(request: HttpRequest, code: str) -> HttpResponse:
    """Every answer on one page, what is missing, and what that means for the scores."""
    assessment = assessment_for(request, code, Right.VIEW_DRAFT)
    catalogue = catalogue_of(assessment.question_set)
    rights = rights_in(assessment.process, request.user)
    contents, files = _stored(assessment, catalogue)
    context = {
        "assessment": assessment,
        "sections": _sections(assessment, catalogue, contents, files),
        "missing": _missing(assessment, catalogue, contents, files),
        "may_edit": assessment.is_draft and Right.EDIT_ANSWERS in rights,
        "may_submit": assessment.is_draft and Right.SUBMIT in rights,
        "can_submit": not all(is_empty(content) for content in contents.values()),
    }
    return render(request, "assessments/rounds/check.html", context)


def _stored(
    assessment: Assessment, catalogue: CatalogueSet
) -> tuple[dict[str, AnswerContent], dict[int, list[EvidenceFile]]]:
    """What is stored for every item, and the files by the id of the item. Two queries."""
    files: dict[int, list[EvidenceFile]] = {}
    for file in EvidenceFile.objects.filter(response__assessment=assessment, response__track=Track.EVIDENCE):
        files.setdefault(file.item_id, []).append(file)
    return contents_by_item(assessment, catalogue), files


def _sections(
    assessment: Assessment,
    catalogue: CatalogueSet,
    contents: Mapping[str, AnswerContent],
    files: Mapping[int, list[EvidenceFile]],
) -> list[dict[str, Any]]:
    sections = []
    for attribute in catalogue.attributes:
        questions = []
        for question in attribute.questions:
            place = QuestionPlace(assessment, catalogue, question)
            items = [_checked_item(place, item, contents[item.code], files.get(item.pk, [])) for item in question.items]
            questions.append(
                {"place": place, "number": place.position, "verbatim": place.say(question.verbatim), "items": items}
            )
        say = Wording(assessment.process.resource or catalogue.resource_default)
        sections.append({"title": say(attribute.title), "questions": questions})
    return sections


def _checked_item(
    place: QuestionPlace, item: CatalogueItem, content: AnswerContent, files: list[EvidenceFile]
) -> dict[str, Any]:
    return {
        "code": item.code,
        "short": place.say(item.short),
        "critical": item.critical,
        "scored": item.scored,
        "complete": is_complete(item, content),
        "lines": answer_lines(place.catalogue, item, content, place.say),
        "files": files,
        "evidence_class": effective_class(item, content, has_files=bool(files))
        if item.scored and content.state == ANSWERED
        else "",
        "sentence": explain(standing_of(item, content, has_files=bool(files))) if item.scored else "",
    }


def _missing(
    assessment: Assessment,
    catalogue: CatalogueSet,
    contents: Mapping[str, AnswerContent],
    files: Mapping[int, list[EvidenceFile]],
) -> list[dict[str, Any]]:
    """Per attribute what is open, and what that means for its score."""
    scorecard = _scorecard(catalogue, contents, files)
    say = Wording(assessment.process.resource or catalogue.resource_default)
    found = []
    for result in scorecard.attributes:
        attribute = catalogue.attribute(result.code)
        items = [item for question in attribute.questions for item in question.items if item.scored]
        found.append(
            {
                "title": say(attribute.title),
                "coverage": share(result.coverage).printed,
                "status": result.status.value,
                "meaning": _meaning(result),
                "critical": [_open_item(say, catalogue.items[code]) for code in result.critical_open],
                "open": [_open_item(say, item) for item in items if not is_complete(item, contents[item.code])],
            }
        )
    return found


def _open_item(say: Wording, item: CatalogueItem) -> dict[str, str]:
    return {"code": item.code, "short": say(item.short), "question": item.question_code}


def _scorecard(
    catalogue: CatalogueSet, contents: Mapping[str, AnswerContent], files: Mapping[int, list[EvidenceFile]]
) -> Scorecard:
    answers = [
        item_answer(item, contents[item.code], has_files=item.pk in files)
        for item in catalogue.items.values()
        if item.scored
    ]
    return score(item_specs(catalogue), answers)


def _meaning(result: AttributeScore) -> str:
    """What the answers as they stand mean for the score of an attribute."""
    if result.status is ScoreStatus.NOT_APPLICABLE:
        return _("No item applies: there will be no score.")
    if result.status is ScoreStatus.WITHHELD:
        return _("The score will be withheld: less than half is known. Only its possible range is shown.")
    if result.status is ScoreStatus.PROVISIONAL:
        if len(result.provisional_because) > 1:
            return _(
                "The score will be marked provisional: less than two thirds is known and a critical item has no "
                "answer that counts."
            )
        if "coverage" in result.provisional_because:
            return _("The score will be marked provisional: less than two thirds is known.")
        return _("The score will be marked provisional: a critical item has no answer that counts.")
    return _("Enough is known: the score will be shown.")


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("assessments:assessment-check", "code")
def assessment_submit(request: HttpRequest, code: str) -> HttpResponse:
    """Say what submitting means, then do it. A second click leads to the same result."""
    assessment = assessment_for(request, code, Right.SUBMIT)
    if request.method == "POST":
        was_draft = assessment.is_draft
        if was_draft and is_of_another_version(request, assessment):
            messages.error(
                request,
                _("Nothing was submitted: the assessment has been moved to version %(version)s. Check it again.")
                % {"version": assessment.question_set.version},
            )
            return redirect("assessments:assessment-check", code)
        submit_assessment(assessment=assessment, user=signed_in(request))
        if was_draft:
            messages.success(request, _("The assessment was submitted. This is its result."))
        return redirect("assessments:assessment-results", code)
    if not assessment.is_draft:
        return redirect("assessments:assessment-results", code)
    catalogue = catalogue_of(assessment.question_set)
    contents, files = _stored(assessment, catalogue)
    context = {"assessment": assessment, "missing": _missing(assessment, catalogue, contents, files)}
    return render(request, "assessments/rounds/submit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("assessments:assessment-hub", "code")
def assessment_reopen(request: HttpRequest, code: str) -> HttpResponse:
    """Ask why, then make a submitted assessment a draft again."""
    assessment = assessment_for(request, code, Right.REOPEN)
    form = ReopenForm(sent(request))

    def reopen() -> HttpResponse:
        reopen_assessment(assessment=assessment, user=signed_in(request), reason=form.cleaned_data["reason"])
        messages.success(request, _("The assessment is open again."))
        return redirect("assessments:assessment-hub", code)

    if done := taken(form, reopen):
        return done
    if assessment.is_draft:
        return redirect("assessments:assessment-hub", code)
    return form_page(request, "assessments/rounds/reopen.html", form, {"assessment": assessment})
