"""The page of a review: how it stands, what is to do, what was said and replied."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.models import Assessment, Membership, Review
from assessments.permissions import Right, panel_for, rights_in
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
    is_own = found is not None and found.reviewer_id == request.user.pk and Right.REVIEW in rights
    earlier = Review.objects.filter(assessment=assessment)
    context: dict[str, Any] = {
        "assessment": assessment,
        "review": found,
        "earlier": earlier.exclude(pk=found.pk) if found else earlier,
        "may_manage": Right.MANAGE_REVIEW in rights,
        "is_own": is_own,
    }
    if found is None:
        context["members"] = _reviewers(assessment) if context["may_manage"] else []
        return render(request, "assessments/reviewing/none.html", context)
    found.assessment = assessment
    context["events"] = found.events.all()
    if found.state == ReviewState.INVITED:
        return render(request, "assessments/reviewing/invited.html", context)
    standing = standing_of(found, for_reviewer=is_own)
    lines = review_lines(standing)
    context |= {
        "standing": standing,
        "lines": lines,
        "to_do": [line for line in lines if line.must],
        "others": [line for line in lines if not line.must],
        "proposals": [line for line in lines if line.entry.is_proposal and not line.entry.is_draft],
        "questions": question_lines(standing),
        "may_reply": context["may_manage"] and found.state == ReviewState.REPLIES and not standing.reply_day_is_over,
        "states": ReviewState,
    }
    return render(request, "assessments/reviewing/review.html", context)


def _reviewers(assessment: Assessment) -> list[Membership]:
    rows = Membership.objects.filter(process=assessment.process, role=Role.REVIEWER)
    return list(rows.select_related("user").order_by("pk"))
