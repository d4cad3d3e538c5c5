"""The evidence of an assessment on one page, for a second person to open (method 3.4)."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.answering.services.openings import record_opening
from assessments.answers.counting import contents_of
from assessments.answers.evidence import (
    GivenEvidence,
    all_evidence,
    authors_of,
    file_reference,
    openings_of,
    piece_digest,
    pieces_of,
)
from assessments.answers.value import AnswerContent
from assessments.exceptions import InvalidAnswer, NotEditable
from assessments.models import Answer, Assessment
from assessments.permissions import evidence_for, signed_in
from assessments.vocabulary import OpeningOutcome, Track
from attributes.catalogue.published import catalogue_of
from attributes.pages import refusals_lead_to
from attributes.texts import Wording

if TYPE_CHECKING:
    from msgov.accounts.models import User


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("assessments:evidence-opened", "code")
def evidence_opened(request: HttpRequest, code: str) -> HttpResponse:
    """Every link and file with what it is said to show; take that somebody opened one."""
    assessment = evidence_for(request, code)
    if request.method == "POST":
        take_opening(request, assessment)
        return redirect("assessments:evidence-opened", assessment.code)
    context = {"assessment": assessment, "items": evidence_items(assessment, signed_in(request))}
    return render(request, "assessments/answering/evidence_opened.html", context)


def take_opening(request: HttpRequest, assessment: Assessment) -> None:
    """Store what somebody said of a piece of evidence, or say why not."""
    item = catalogue_of(assessment.question_set).items.get(request.POST.get("item", ""))
    says = request.POST.get("says", "")
    if item is not None and says in OpeningOutcome.values:
        try:
            record_opening(
                assessment=assessment,
                user=signed_in(request),
                item=item,
                made_for=request.POST.get("made_for", ""),
                outcome=OpeningOutcome(says),
            )
        except (InvalidAnswer, NotEditable) as error:
            messages.error(request, error.message)
        else:
            messages.success(request, _("What you found was stored."))
    else:
        messages.error(request, _("Nothing was stored: the form that was sent does not fit this page."))


def evidence_items(assessment: Assessment, user: "User") -> list[dict[str, Any]]:
    """Return the scored items that are asked and for which a link or file is given. At most five queries."""
    catalogue = catalogue_of(assessment.question_set)
    rows = Answer.objects.filter(response__assessment=assessment, response__track=Track.EVIDENCE)
    contents, evidence = contents_of(catalogue, rows), all_evidence(assessment)
    say = Wording(assessment.process.resource or catalogue.resource_default)
    found = []
    for item in catalogue.items.values():
        content, given = contents[item.code], evidence.get(item.pk, GivenEvidence())
        pieces = _pieces(content, given, user) if item.scored and item.applies_to(assessment.process.kind) else []
        if pieces:
            names = {"code": item.code, "short": say(item.short), "critical": item.critical}
            found.append({**names, "sentence": content.evidence_text, "pieces": pieces})
    return found


def _pieces(content: AnswerContent, given: GivenEvidence, user: "User") -> list[dict[str, Any]]:
    files = {file_reference(file.sha256): file for file in given.files}
    return [
        {
            "address": piece.reference if piece.is_open and piece.reference not in files else "",
            "words": piece.reference,
            "file": files.get(piece.reference),
            "made_for": piece_digest(content.evidence_text, piece.reference),
            "is_own": user.pk in authors_of(piece.reference, content, given),
            "openings": openings_of(piece.reference, content, given.openings),
        }
        for piece in pieces_of(content, given)
        if piece.reference
    ]
