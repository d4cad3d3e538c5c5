"""The organiser's side of a review: asking somebody, replying to proposals, answering questions, ending it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.models import Membership
from assessments.permissions import Right, panel_for, signed_in
from assessments.reviewing.forms import EndReviewForm, ProposalReplyForm, ReviewAnswerForm, ReviewerForm
from assessments.reviewing.lines import question_lines, review_lines
from assessments.reviewing.services.inviting import invite_reviewer, withdraw_review
from assessments.reviewing.services.opinions import standing_of
from assessments.reviewing.services.replies import answer_question, reply_to_proposal
from assessments.reviewing.views.common import managed
from assessments.vocabulary import ReviewState, Role
from attributes.pages import form_page, refusals_lead_to, sent, taken


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("assessments:review", "code")
def review_ask(request: HttpRequest, code: str) -> HttpResponse:
    """Ask a member to review."""
    assessment = panel_for(request, code, Right.MANAGE_REVIEW)
    rows = Membership.objects.filter(process=assessment.process, role=Role.REVIEWER)
    members = list(rows.select_related("user").order_by("pk"))
    form = ReviewerForm(sent(request), members=members)

    def ask() -> HttpResponse:
        reviewer = form.chosen().user
        invite_reviewer(assessment=assessment, user=signed_in(request), reviewer=reviewer)
        messages.success(request, _("%(person)s has been asked to review.") % {"person": reviewer})
        return redirect("assessments:review", assessment.code)

    context = {"assessment": assessment, "members": members}
    return taken(form, ask, at="reviewer") or form_page(request, "assessments/reviewing/ask.html", form, context)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("assessments:review", "code")
def review_end(request: HttpRequest, code: str) -> HttpResponse:
    """End a review that is not signed, after asking."""
    assessment, review = managed(request, code)
    form = EndReviewForm(sent(request))

    def end() -> HttpResponse:
        withdraw_review(review=review, user=signed_in(request), reason=form.cleaned_data["reason"])
        messages.success(request, _("The review has been ended. Somebody else can be asked now."))
        return redirect("assessments:review", assessment.code)

    context = {"assessment": assessment, "review": review}
    return taken(form, end) or form_page(request, "assessments/reviewing/end.html", form, context)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("assessments:review", "code")
def review_reply(request: HttpRequest, code: str, item: str) -> HttpResponse:
    """Reply to what was proposed for one item."""
    assessment, review = managed(request, code)
    if review.state == ReviewState.INVITED:
        return redirect("assessments:review", assessment.code)
    standing = standing_of(review, for_reviewer=False)
    line = next((line for line in review_lines(standing) if line.code == item and line.entry.is_proposal), None)
    if line is None:
        messages.error(request, _("There is no proposal for this item."))
        return redirect("assessments:review", assessment.code)
    last = line.entry.reply
    initial = {"agrees": "yes" if last.agrees else "no", "reason": last.reason} if last else None
    form = ProposalReplyForm(sent(request), initial=initial)

    def reply() -> HttpResponse:
        agrees = form.cleaned_data["agrees"] == "yes"
        reason = form.cleaned_data["reason"]
        reply_to_proposal(review=review, user=signed_in(request), item=item, agrees=agrees, reason=reason)
        messages.success(request, _("Your reply has been stored."))
        return redirect("assessments:review", assessment.code)

    context = {
        "assessment": assessment,
        "review": review,
        "line": line,
        "item": line.entry.item,
        "document": standing.answers.document,
    }
    return taken(form, reply) or form_page(request, "assessments/reviewing/reply.html", form, context)


@require_http_methods(["POST"])
@refusals_lead_to("assessments:review", "code")
def review_answer(request: HttpRequest, code: str) -> HttpResponse:
    """Answer a question of the reviewer."""
    assessment, review = managed(request, code)
    form = ReviewAnswerForm(request.POST)
    wanted = request.POST.get("question", "")
    lines = question_lines(standing_of(review, for_reviewer=False)) if review.state != ReviewState.INVITED else []
    line = next((found for found in lines if str(found.row.pk) == wanted), None)
    if line is None:
        raise PermissionDenied

    def answer() -> HttpResponse:
        answer_question(review=review, user=signed_in(request), question=line.row, text=form.cleaned_data["answer"])
        messages.success(request, _("Your answer has been sent."))
        return redirect("assessments:review", assessment.code)

    context = {"assessment": assessment, "review": review, "line": line}
    return taken(form, answer, at="answer") or form_page(request, "assessments/reviewing/answer.html", form, context)
