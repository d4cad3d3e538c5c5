"""Entering and changing actions, their order, and whether they are public."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from assessments.actions.forms import CarryForm, PromisedForm
from assessments.actions.page import listed, steps_to_take
from assessments.actions.reading import name_of
from assessments.actions.services import actions
from assessments.actions.views.found import action_to_write, assessment_to_write
from assessments.exceptions import NotAllowed
from assessments.headlines import Concern
from assessments.locked_forms import taken_or_asked_again
from assessments.models import Assessment
from assessments.permissions import signed_in
from attributes.pages import form_page, refusals_lead_to, sent, taken
from attributes.texts import localise


def _to_list(code: str, at: str = "") -> HttpResponse:
    return redirect(reverse("assessments:actions", args=[code]) + (f"#{at}" if at else ""))


@require_http_methods(["GET", "HEAD", "POST"])
def action_add(request: HttpRequest, code: str) -> HttpResponse:
    """Enter an action of one's own, or with `?step=` one on the step of an item."""
    assessment = assessment_to_write(request, code)
    step = _step(assessment, request.GET.get("step", ""))
    name = localise(step.item.short) if step else ""
    form = PromisedForm(sent(request), step=name)

    def save() -> HttpResponse:
        made = actions.add_action(
            assessment=assessment, user=signed_in(request), fields=form.planned(), item=step.item.code if step else ""
        )
        messages.success(request, _("The action has been entered."))
        return _to_list(code, made.code)

    context = {"assessment": assessment, "process": assessment.process, "step": step}
    return taken(form, save, at="text") or form_page(request, "assessments/actions/edit.html", form, context)


def _step(assessment: Assessment, item: str) -> Concern | None:
    """The step of the result that was asked for, if any."""
    if not item:
        return None
    left = steps_to_take(assessment, listed(assessment))
    found = next((step for step in [*left.first, *left.others] if step.item.code == item), None) if left else None
    if found is None:
        raise Http404
    return found


@require_POST
@refusals_lead_to("assessments:actions", "code")
def actions_take(request: HttpRequest, code: str) -> HttpResponse:
    """Make steps of the result into actions: the ones named, or all of the first ones."""
    assessment = assessment_to_write(request, code)
    left = steps_to_take(assessment, listed(assessment))
    wanted = request.POST.getlist("step")
    steps = [*left.first, *left.others] if left else []
    items = [step.item.code for step in steps if step.item.code in wanted]
    made = actions.take_steps(assessment=assessment, user=signed_in(request), items=items)
    if not made:
        raise NotAllowed(_("These steps are among the actions already."))
    words = ngettext(
        "%(n)s step has become an action. Say who does it, and until when.",
        "%(n)s steps have become actions. Say who does them, and until when.",
        len(made),
    )
    messages.success(request, words % {"n": len(made)})
    return _to_list(code, made[0].code)


@require_http_methods(["GET", "HEAD", "POST"])
def action_edit(request: HttpRequest, code: str, action: str) -> HttpResponse:
    """Change what is planned."""
    found = action_to_write(request, code, action)
    form = PromisedForm(sent(request), action=found, step=name_of(found) if found.item else "")

    def save() -> HttpResponse:
        version = form.cleaned_data["version"]
        actions.edit_action(action=found, user=signed_in(request), version=version, fields=form.planned())
        messages.success(request, _("The action has been saved."))
        return _to_list(code, found.code)

    context = {
        "assessment": found.assessment,
        "process": found.assessment.process,
        "action": found,
        "name": name_of(found),
        "may_delete": found.never_shown and getattr(found, "carried_to", None) is None,
    }
    return taken_or_asked_again(form, save) or form_page(request, "assessments/actions/edit.html", form, context)


@require_POST
@refusals_lead_to("assessments:actions", "code")
def action_move(request: HttpRequest, code: str, action: str) -> HttpResponse:
    """Put an action one place up or down."""
    found = action_to_write(request, code, action)
    actions.move_action(action=found, user=signed_in(request), up=request.POST.get("to") != "down")
    return _to_list(code, found.code)


@require_POST
@refusals_lead_to("assessments:actions", "code")
def action_public(request: HttpRequest, code: str, action: str) -> HttpResponse:
    """Make an action public, or not public."""
    found = action_to_write(request, code, action)
    is_public = request.POST.get("public") == "1"
    actions.set_public(action=found, user=signed_in(request), is_public=is_public)
    said = _("The action is public now.") if is_public else _("The action is for members only now.")
    messages.success(request, said)
    return _to_list(code, found.code)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("assessments:actions", "code")
def action_carry(request: HttpRequest, code: str, action: str) -> HttpResponse:
    """Ask for a new day, and carry an action over to the current round."""
    found = action_to_write(request, code, action)
    form = CarryForm(sent(request))

    def save() -> HttpResponse:
        later = actions.carry_over(action=found, user=signed_in(request), due=form.cleaned_data["due"])
        messages.success(request, _("The action has been carried over."))
        return _to_list(later.assessment.code, later.code)

    there = getattr(found, "carried_to", None)
    context = {
        "assessment": found.assessment,
        "process": found.assessment.process,
        "action": found,
        "name": name_of(found),
        "round": (there.assessment if there else actions.round_to_carry_to(found)).round,
    }
    return taken(form, save, at="due") or form_page(request, "assessments/actions/carry.html", form, context)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("assessments:actions", "code")
def action_delete(request: HttpRequest, code: str, action: str) -> HttpResponse:
    """Ask before an action that was never shown is deleted."""
    found = action_to_write(request, code, action)
    if request.method == "POST":
        actions.delete_action(action=found, user=signed_in(request))
        messages.success(request, _("The action has been deleted."))
        return _to_list(code)
    if not found.never_shown:
        raise NotAllowed(_("Others may have read of this action. Drop it, and say why."))
    context = {"assessment": found.assessment, "process": found.assessment.process, "name": name_of(found)}
    return render(request, "assessments/actions/delete.html", context)
