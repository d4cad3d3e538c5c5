"""Check the answers, submit, reopen."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assessments.answering.form import is_of_another_version
from assessments.answers.value import is_empty
from assessments.models import SecondRating
from assessments.permissions import Right, assessment_for, rights_in, signed_in
from assessments.results.second_rating import differences_left
from assessments.rounds.checked import CheckedAnswers
from assessments.rounds.forms import ReopenForm
from assessments.rounds.services.submission import reopen_assessment, submit_assessment
from attributes.pages import form_page, refusals_lead_to, sent, taken


@require_safe
def assessment_check(request: HttpRequest, code: str) -> HttpResponse:
    """Every answer on one page, what is missing, and what that means for the scores."""
    assessment = assessment_for(request, code, Right.VIEW_DRAFT)
    rights = rights_in(assessment.process, request.user)
    checked = CheckedAnswers.of(assessment)
    rating = SecondRating.objects.of(assessment) if assessment.is_draft else None
    context = {
        "assessment": assessment,
        "sections": checked.sections(),
        **checked.summary(),
        "rating": rating,
        "left_to_agree": differences_left(assessment, checked.catalogue) if rating and rating.is_revealed else 0,
        "may_edit": assessment.is_draft and Right.EDIT_ANSWERS in rights,
        "may_submit": assessment.is_draft and Right.SUBMIT in rights,
        "can_submit": not all(is_empty(content) for content in checked.contents.values()),
    }
    return render(request, "assessments/rounds/check.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("assessments:assessment-check", "code")
def assessment_submit(request: HttpRequest, code: str) -> HttpResponse:
    """Submit it, as the page before says. A second click leads to the same result."""
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
    # What submitting means stands where what is missing stands, with its button.
    return redirect(f"{reverse('assessments:assessment-check', args=[code])}#submit")


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
