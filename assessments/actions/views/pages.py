"""The actions of a round, and those of all rounds of a process."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.actions.page import counts_of, listed, listed_of_process, message_of, steps_to_take
from assessments.models import Assessment, Decision
from assessments.permissions import Right, assessment_for, process_for, rights_in


@require_safe
def assessment_actions(request: HttpRequest, code: str) -> HttpResponse:
    """What is late, what was decided, what was promised on the result and what became of it, and the steps left."""
    assessment = assessment_for(request, code, Right.VIEW_ACTIONS)
    rights = rights_in(assessment.process, request.user)
    shown = listed(assessment)
    may_edit = Right.EDIT_ACTIONS in rights
    newest = Assessment.objects.filter(process=assessment.process_id).order_by("-round").values_list("round", "code")[0]
    context = {
        "assessment": assessment,
        "process": assessment.process,
        "message": message_of(shown),
        "counts": counts_of(shown),
        "late": [one for one in shown if one.is_late],
        "actions": shown,
        "decision": Decision.objects.filter(assessment=assessment).first(),
        "steps": steps_to_take(assessment, shown) if may_edit else None,
        "may_edit": may_edit,
        "may_carry": may_edit and newest[0] > assessment.round,
        "may_request": may_edit and Right.DOWNLOAD in rights,
        "rounds": Assessment.objects.filter(process=assessment.process_id).count() > 1,
    }
    return render(request, "assessments/actions/actions.html", context)


@require_safe
def process_actions(request: HttpRequest, code: str) -> HttpResponse:
    """Actions of all rounds: what is open from earlier ones first, then each round by itself."""
    process = process_for(request, code, Right.VIEW_ACTIONS)
    rights = rights_in(process, request.user)
    with_drafts = Right.VIEW_DRAFT in rights
    rounds = list(process.assessments.order_by("-round"))
    current = rounds[0] if rounds else None
    shown = listed_of_process(process, with_drafts=with_drafts)
    earlier = [one for one in shown if one.is_going_on and current and one.action.assessment_id != current.pk]
    by_round = [
        (each, [one for one in shown if one.action.assessment_id == each.pk and one not in earlier])
        for each in rounds
        if with_drafts or not each.is_draft
    ]
    may_edit = Right.EDIT_ACTIONS in rights
    context = {
        "process": process,
        "message": message_of(shown),
        "counts": counts_of(shown),
        "current": current,
        "earlier": earlier,
        "rounds": by_round,
        "may_edit": may_edit,
        "may_carry": may_edit,
    }
    return render(request, "assessments/actions/process.html", context)
