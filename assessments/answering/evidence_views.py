"""Files given as evidence: download, and take away."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assessments.answering.services.evidence import download_name, remove_evidence_file
from assessments.exceptions import NotEditable
from assessments.models import EvidenceFile
from assessments.permissions import Right, assessment_for, evidence_for, signed_in
from attributes.catalogue.published import catalogue_of


@require_safe
def evidence_file(request: HttpRequest, code: str, file: str) -> HttpResponseBase:
    """Send a file to a member of the process, always as a download: it is somebody else's content."""
    assessment = evidence_for(request, code, reading=True)
    # Also files taken away later: a frozen result still names them.
    found = get_object_or_404(EvidenceFile.everything, response__assessment=assessment, code=file)
    try:
        content = found.file.open("rb")
    except OSError as error:
        raise Http404 from error
    response = FileResponse(content, as_attachment=True, filename=download_name(found), content_type=found.content_type)
    response.headers["Content-Security-Policy"] = "sandbox"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def evidence_file_delete(request: HttpRequest, code: str, file: str) -> HttpResponse:
    """Ask, then take a file away from its item."""
    assessment = assessment_for(request, code, Right.EDIT_ANSWERS)
    found = get_object_or_404(EvidenceFile, response__assessment=assessment, code=file)
    items = {item.pk: item for item in catalogue_of(assessment.question_set).items.values()}
    item = items.get(found.item_id)
    if item is None:
        # A page from before the assessment was moved: the answer there keeps its file, its copy has another address.
        messages.error(
            request,
            _("“%(name)s” belongs to another version of the questions and stays there. Open the question to remove it.")
            % {"name": found.name},
        )
        return redirect("assessments:assessment-hub", code)
    if request.method == "POST":
        try:
            remove_evidence_file(assessment=assessment, user=signed_in(request), item=item, file=found)
        except NotEditable as error:
            messages.error(request, error.message)
        else:
            messages.success(request, _("“%(name)s” was removed.") % {"name": found.name})
        return redirect("assessments:question", code, item.question_code)
    context = {"assessment": assessment, "file": found, "item": item}
    return render(request, "assessments/answering/evidence_delete.html", context)
