"""Giving a question to a member, and taking it back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assessments.exceptions import NotAllowed
from assessments.models import Assessment, Membership, QuestionAssignment
from assessments.permissions import Right, assessment_for, signed_in
from assessments.rounds.forms import GiveForm
from assessments.rounds.services.assignments import ANSWERING, USUAL_TIME, give_question, take_question_back
from assessments.zones import today_in
from attributes.catalogue.published import catalogue_of
from attributes.catalogue.types import CatalogueQuestion
from attributes.pages import form_page, refusals_lead_to, sent, taken
from attributes.texts import Wording


def _question_of(assessment: Assessment, code: str) -> CatalogueQuestion:
    catalogue = catalogue_of(assessment.question_set)
    try:
        return catalogue.question(code)
    except KeyError as error:
        raise Http404 from error


def _editable(request: HttpRequest, code: str) -> Assessment:
    """The assessment, for those who may answer it. One that is submitted gives nothing away."""
    assessment = assessment_for(request, code, Right.EDIT_ANSWERS)
    if not assessment.is_draft:
        raise NotAllowed(_("This assessment has been submitted: its answers can no longer be changed."))
    return assessment


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("assessments:assessment-hub", "code")
def question_give(request: HttpRequest, code: str, question: str) -> HttpResponse:
    """Ask whom to give a question to, and by when."""
    assessment = _editable(request, code)
    asked = _question_of(assessment, question)
    members = list(
        Membership.objects.filter(process=assessment.process, role__in=ANSWERING)
        .select_related("user")
        .order_by("role", "pk")
    )
    given = QuestionAssignment.objects.filter(assessment=assessment, question=asked.code).first()
    today = today_in(assessment.process.zone)
    initial = {"member": given.member_id, "due": given.due} if given else {"due": today + USUAL_TIME}
    form = GiveForm(sent(request), members=members, today=today, initial=initial)

    def give() -> HttpResponse:
        member = form.chosen()
        give_question(
            assessment=assessment,
            user=signed_in(request),
            question=asked.code,
            member=member,
            due=form.cleaned_data["due"],
        )
        messages.success(request, _("The question has been given to %(member)s.") % {"member": member.user})
        return redirect("assessments:assessment-hub", assessment.code)

    say = Wording(assessment.process.resource or catalogue_of(assessment.question_set).resource_default)
    context = {
        "assessment": assessment,
        "given": given,
        "code": asked.code,
        "number": catalogue_of(assessment.question_set).position(asked.code),
        "short": say(asked.short),
        "verbatim": say(asked.verbatim),
    }
    return taken(form, give, at="member") or form_page(request, "assessments/rounds/give.html", form, context)


@require_POST
@refusals_lead_to("assessments:assessment-hub", "code")
def question_take_back(request: HttpRequest, code: str, question: str) -> HttpResponse:
    """Let a question be everybody's again."""
    assessment = _editable(request, code)
    asked = _question_of(assessment, question)
    if take_question_back(assessment=assessment, user=signed_in(request), question=asked.code):
        messages.success(request, _("Nobody in particular is asked to answer the question any more."))
    return redirect("assessments:assessment-hub", assessment.code)
