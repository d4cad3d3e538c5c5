"""The page of a review: how it stands, what is to do, what was said and replied."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.models import Assessment, Membership, Review
from assessments.permissions import Right, panel_for, rights_in
from assessments.reviewing.forms import ProposalReplyForm, ReviewAnswerForm
from assessments.reviewing.lines import question_lines, review_lines
from assessments.reviewing.reading import standing_review
from assessments.reviewing.services.opinions import standing_of
from assessments.vocabulary import ReviewState, Role


@require_safe
def review(request: HttpRequest, code: str) -> HttpResponse:
    """How the review of an assessment stands, for every member; the reviewer's drafts only for the reviewer."""
    assessment = panel_for(request, code, Right.VIEW_REVIEW)
    rights = rights_in(assessment.process, request.user)
    found = standing_review(assessment)
    context = {
        "assessment": assessment,
        "review": found,
        "earlier": Review.objects.filter(assessment=assessment).exclude(pk=found.pk if found else None),
        "may_manage": Right.MANAGE_REVIEW in rights,
        "is_own": found is not None and found.reviewer_id == request.user.pk and Right.REVIEW in rights,
    }
    if found is None:
        context["members"] = _reviewers(assessment) if context["may_manage"] else []
        return render(request, "assessments/reviewing/none.html", context)
    found.assessment = assessment
    context["events"] = found.events.all()
    if found.state == ReviewState.INVITED:
        return render(request, "assessments/reviewing/invited.html", context)
    standing = standing_of(found, for_reviewer=context["is_own"])
    lines = review_lines(standing)
    context |= {
        "standing": standing,
        "lines": lines,
        "to_do": [line for line in lines if line.must],
        "others": [line for line in lines if not line.must],
        "proposals": [line for line in lines if line.entry.is_proposal and not line.entry.is_draft],
        "questions": question_lines(standing),
        "may_reply": context["may_manage"] and found.state == ReviewState.REPLIES and not standing.reply_day_is_over,
        "reply_form": ProposalReplyForm(),
        "answer_form": ReviewAnswerForm(),
        "states": ReviewState,
    }
    return render(request, "assessments/reviewing/review.html", context)


def _reviewers(assessment: Assessment) -> list[Membership]:
    rows = Membership.objects.filter(process=assessment.process, role=Role.REVIEWER)
    return list(rows.select_related("user").order_by("pk"))
