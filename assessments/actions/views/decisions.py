"""Writing down what was decided on a result."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.actions.forms import DecisionForm
from assessments.actions.services import decisions
from assessments.actions.views.found import assessment_to_write
from assessments.locked_forms import taken_or_asked_again
from assessments.models import Decision
from assessments.permissions import signed_in
from attributes.pages import form_page, sent


@require_http_methods(["GET", "HEAD", "POST"])
def decision(request: HttpRequest, code: str) -> HttpResponse:
    """Write down who decided what on the result, when, and what they said of it."""
    assessment = assessment_to_write(request, code)
    stored = Decision.objects.filter(assessment=assessment).first()
    form = DecisionForm(sent(request), stored=stored)

    def save() -> HttpResponse:
        version, fields = form.cleaned_data["version"], form.written()
        decisions.save_decision(assessment=assessment, user=signed_in(request), version=version, fields=fields)
        messages.success(request, _("The decision has been saved."))
        return redirect("assessments:actions", code)

    context = {"assessment": assessment, "process": assessment.process, "stored": stored}
    return taken_or_asked_again(form, save) or form_page(request, "assessments/actions/decision.html", form, context)


@require_http_methods(["GET", "HEAD", "POST"])
def decision_remove(request: HttpRequest, code: str) -> HttpResponse:
    """Ask before a decision is taken away that was written down by mistake."""
    assessment = assessment_to_write(request, code)
    stored = get_object_or_404(Decision, assessment=assessment)
    if request.method == "POST":
        decisions.remove_decision(assessment=assessment, user=signed_in(request))
        messages.success(request, _("The decision has been taken away."))
        return redirect("assessments:actions", code)
    context = {"assessment": assessment, "process": assessment.process, "decision": stored}
    return render(request, "assessments/actions/decision_remove.html", context)
