"""Pages on which organisers write what no answer says: what the board is asked, and how papers look."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.exceptions import AssessmentError
from assessments.locked_forms import taken_or_asked_again
from assessments.models import Assessment, Brand
from assessments.permissions import Right, assessment_for, process_for, signed_in
from assessments.reports import papers, services
from assessments.reports.forms import BoardForm, BrandForm
from attributes.pages import form_page, sent, taken


@require_http_methods(["GET", "HEAD", "POST"])
def board_paper(request: HttpRequest, code: str) -> HttpResponse:
    """What the board is asked to decide, and who stands behind the paper."""
    assessment = assessment_for(request, code, Right.EDIT_BOARD)
    stored = papers.board_paper_of(assessment)
    form = BoardForm(sent(request), stored=stored)

    def save() -> HttpResponse:
        user = signed_in(request)
        papers.save_board_paper(
            assessment=assessment,
            user=user,
            version=form.cleaned_data["version"],
            fields=form.written(),
        )
        _draw_again(request, assessment)
        return redirect("assessments:assessment-results", assessment.code)

    context = {"assessment": assessment, "process": assessment.process}
    return taken_or_asked_again(form, save) or form_page(request, "assessments/reports/board_form.html", form, context)


def _draw_again(request: HttpRequest, assessment: Assessment) -> None:
    """Draw the papers of a submitted assessment with what was written; saving does not depend on it."""
    messages.success(request, _("The board paper has been saved."))
    if not assessment.is_submitted:
        return
    try:
        services.start_rendering_on_submit(assessment, signed_in(request))
    except AssessmentError as error:
        messages.info(request, error.message)


@require_http_methods(["GET", "HEAD", "POST"])
def process_papers(request: HttpRequest, code: str) -> HttpResponse:
    """Logo, name and colour of the papers of a process."""
    process = process_for(request, code, Right.EDIT_PROCESS)
    brand = Brand.objects.filter(process=process).first() or Brand(process=process)
    initial = {"name": brand.name, "colour": brand.colour}
    form = BrandForm(sent(request), request.FILES if request.method == "POST" else None, initial=initial)

    def save() -> HttpResponse:
        papers.save_brand(process=process, user=signed_in(request), **form.cleaned_data)
        messages.success(request, _("The look of papers has been saved. Papers made from now on have it."))
        return redirect("assessments:process-papers", process.code)

    context = {"process": process, "has_logo": bool(brand.logo)}
    return taken(form, save) or form_page(request, "assessments/reports/papers_form.html", form, context)
