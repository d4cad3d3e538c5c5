"""Publishing the result of an assessment, looking at it before, and withdrawing it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assessments.exceptions import NotAllowed
from assessments.models import Assessment
from assessments.permissions import Right, assessment_for, signed_in
from assessments.records.access import RecordRole, record_for
from assessments.records.consent import consent_lines
from assessments.records.forms import ConsentForm, WithdrawForm
from assessments.records.page import drawn_record
from assessments.records.reading import refuse_where_switched_off
from assessments.records.services.publishing import newest_version, preview, publish, record_of, withdraw
from assessments.results.frozen import latest
from attributes.pages import form_page, refusals_lead_to, sent, taken


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("assessments:assessment-record", "code")
def assessment_record(request: HttpRequest, code: str) -> HttpResponse:
    """What publishing means, and the consent to it; of what is published already, where it is and what can be done."""
    refuse_where_switched_off()
    assessment = assessment_for(request, code, Right.PUBLISH)
    frozen = latest(assessment) if assessment.is_submitted else None
    form = ConsentForm(sent(request), initial=_proposed(assessment, frozen.number if frozen else None))
    record = record_of(assessment)

    def write() -> HttpResponse:
        version = publish(
            assessment=assessment,
            user=signed_in(request),
            on_behalf_of=form.cleaned_data["on_behalf_of"],
            result_number=form.cleaned_data["result"],
            language=get_language() or "",
        )
        messages.success(request, _("It is published as %(number)s.") % {"number": version.record.number})
        return redirect("assessments:record", version.record.number)

    context = {
        "assessment": assessment,
        "process": assessment.process,
        "result": frozen,
        "record": record,
        "newest": newest_version(record) if record else None,
        "lines": consent_lines(assessment.process),
        "withdrawn": list(assessment.records.exclude(withdrawn_at=None).order_by("pk")),
    }
    return taken(form, write) or form_page(request, "assessments/records/publish.html", form, context)


def _proposed(assessment: Assessment, number: int | None) -> dict[str, object]:
    return {"result": number, "on_behalf_of": assessment.process.organisation}


@require_safe
@refusals_lead_to("assessments:assessment-record", "code")
def assessment_record_preview(request: HttpRequest, code: str) -> HttpResponse:
    """What would be published now, as everybody would see it."""
    refuse_where_switched_off()
    assessment = assessment_for(request, code, Right.PUBLISH)
    if not assessment.is_submitted:
        raise NotAllowed(_("Only the result of a submitted assessment can be published."))
    on_behalf_of = assessment.process.organisation or assessment.process.name
    document = preview(assessment=assessment, user=signed_in(request), on_behalf_of=on_behalf_of)
    context = {
        "assessment": assessment,
        "process": assessment.process,
        "about": document.about,
        "parts": drawn_record(document),
    }
    return render(request, "assessments/records/preview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def record_withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Withdraw a record, after it was said what becomes of it."""
    record, _roles = record_for(request, number, RecordRole.PUBLISHER, RecordRole.ADMIN)
    form = WithdrawForm(sent(request))

    def write() -> HttpResponse:
        withdraw(record=record, user=signed_in(request), reason=form.cleaned_data["reason"])
        messages.success(request, _("The record was withdrawn. Its address says so from now on."))
        return redirect("assessments:record", record.number)

    if record.is_withdrawn:
        messages.info(request, _("This record was withdrawn before."))
        return redirect("assessments:record", record.number)
    return taken(form, write) or form_page(request, "assessments/records/withdraw.html", form, {"record": record})
