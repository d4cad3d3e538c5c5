"""Moving an assessment to a newer version of its question set, and back."""

from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from assessments.exceptions import Conflict, MovedMeanwhile
from assessments.models import Assessment, QuestionAssignment
from assessments.moving.page import decision_name, plan_context
from assessments.moving.proposals import MoveChoice
from assessments.moving.services import (
    Plan,
    active_move,
    may_undo,
    move_assessment,
    newer_versions,
    newest_version,
    propose,
    undo_move,
)
from assessments.permissions import Right, assessment_for, signed_in
from attributes.models import QuestionSet
from attributes.pages import CONFLICT, OK, UNPROCESSABLE, refusals_lead_to

ACCEPT = "accept"


def move_context(assessment: Assessment, rights: Collection[Right]) -> dict[str, Any]:
    """What the list of questions says about versions. At most three queries."""
    move = active_move(assessment)
    may_move = assessment.is_draft and Right.MOVE in rights
    return {
        "move": move,
        "may_undo_move": bool(may_move and move and may_undo(assessment, move)),
        "newer_version": newest_version(assessment) if may_move else "",
    }


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("assessments:assessment-hub", "code")
def assessment_move(request: HttpRequest, code: str) -> HttpResponse:
    """Show what a newer version would change for each answer; move on POST."""
    assessment = assessment_for(request, code, Right.MOVE)
    sent = request.POST if request.method == "POST" else request.GET
    if request.method == "POST" and sent.get("to") == assessment.question_set.version:
        return redirect("assessments:assessment-hub", code)  # a second click
    versions = newer_versions(assessment)
    target = next((row for row in versions if row.version == sent.get("to")), None)
    if not assessment.is_draft or not versions:
        status = OK if request.method != "POST" else UNPROCESSABLE if assessment.is_draft else CONFLICT
        return render(request, "assessments/moving/none.html", {"assessment": assessment}, status=status)
    if request.method != "POST":
        plan = propose(assessment, target or versions[0])
        return _page(request, assessment, versions, plan, status=OK)
    if target is None or not sent.get("drawn_from"):
        plan = propose(assessment, target or versions[0])
        problem = _("Nothing was moved: look at what would change, then choose again.")
        return _page(request, assessment, versions, plan, status=UNPROCESSABLE, problem=problem)
    return _move(request, assessment, versions, target)


def _move(
    request: HttpRequest, assessment: Assessment, versions: list[QuestionSet], target: QuestionSet
) -> HttpResponse:
    earlier = assessment.question_set.version
    decisions = {} if request.POST.get("action") == ACCEPT else _decisions(request.POST)
    given = QuestionAssignment.objects.filter(assessment=assessment).count()
    try:
        move_assessment(
            assessment=assessment,
            user=signed_in(request),
            to=target,
            decisions=decisions,
            drawn_from=request.POST["drawn_from"],
        )
    except Conflict as error:
        plan: Plan = error.current
        # Also after "accept all": what is proposed may have changed as well.
        kept = _decisions(request.POST)
        return _page(request, assessment, versions, plan, kept, status=CONFLICT, problem=error.message)
    except MovedMeanwhile:
        return redirect("assessments:assessment-hub", assessment.code)  # two clicks at once
    messages.success(
        request,
        _("The assessment was moved to version %(version)s. The answers to version %(earlier)s are kept.")
        % {"version": target.version, "earlier": earlier},
    )
    dropped = given - QuestionAssignment.objects.filter(assessment=assessment).count()
    if dropped:
        words = ngettext(
            "%(number)s question that a member was given is not in this version: nobody has it now.",
            "%(number)s questions that members were given are not in this version: nobody has them now.",
            dropped,
        )
        messages.warning(request, words % {"number": dropped})
    return redirect("assessments:assessment-hub", assessment.code)


def _decisions(data: QueryDict) -> dict[str, MoveChoice]:
    """What was chosen, by code; what is not one of the choices is left to the recommendation."""
    start = decision_name("")
    known = set(MoveChoice)
    return {
        name.removeprefix(start): MoveChoice(value)
        for name, value in data.items()
        if name.startswith(start) and value in known
    }


def _page(
    request: HttpRequest,
    assessment: Assessment,
    versions: list[QuestionSet],
    plan: Plan,
    decisions: dict[str, MoveChoice] | None = None,
    *,
    status: int,
    problem: str = "",
) -> HttpResponse:
    target = next(row for row in versions if row.pk == plan.new.id)
    context = {
        "assessment": assessment,
        "versions": [row.version for row in versions],
        "target": target,
        "problem": problem,
        **plan_context(assessment, plan, decisions or {}),
    }
    return render(request, "assessments/moving/move.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("assessments:assessment-hub", "code")
def assessment_move_undo(request: HttpRequest, code: str) -> HttpResponse:
    """Say what moving back means, then do it."""
    assessment = assessment_for(request, code, Right.MOVE)
    if request.method == "POST":
        move = undo_move(assessment=assessment, user=signed_in(request), back_to=request.POST.get("back_to", ""))
        words = _("The assessment is back at version %(version)s, with its answers as they were.")
        messages.success(request, words % {"version": move.from_set.version})
        return redirect("assessments:assessment-hub", code)
    found = active_move(assessment)
    if found is None or not may_undo(assessment, found):
        messages.error(request, _("There is no move that could be undone."))
        return redirect("assessments:assessment-hub", code)
    return render(request, "assessments/moving/undo.html", {"assessment": assessment, "move": found})
