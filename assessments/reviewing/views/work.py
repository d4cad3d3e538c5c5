"""The reviewer's side of a review: declaring interests, looking at items, sending, asking for changes, signing."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.exceptions import InvalidAnswer
from assessments.models import EvidenceFile
from assessments.permissions import signed_in
from assessments.reviewing.forms import (
    AskChangesForm,
    AskOrganiserForm,
    EndReviewForm,
    InterestsForm,
    OpinionForm,
    ReviewPageForm,
    SendOpinionsForm,
)
from assessments.reviewing.lines import question_lines, review_lines
from assessments.reviewing.reading import ReviewStanding
from assessments.reviewing.services.inviting import accept_review, decline_review
from assessments.reviewing.services.opinions import (
    USUAL_TIME,
    ask_for_changes,
    ask_organiser,
    save_opinions,
    send_opinions,
)
from assessments.reviewing.services.signing import save_review_page, sign_review
from assessments.reviewing.views.common import own, own_work
from assessments.vocabulary import OpinionKind
from attributes.pages import form_page, refusals_lead_to, sent, taken
from attributes.texts import Wording


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("assessments:review", "code")
def review_accept(request: HttpRequest, code: str) -> HttpResponse:
    """Take the review on, with a declaration of interests."""
    assessment, review = own(request, code)
    form = InterestsForm(sent(request))

    def accept() -> HttpResponse:
        accept_review(review=review, user=signed_in(request), **form.cleaned_data)
        messages.success(request, _("Thank you. What has to be looked at comes first."))
        return redirect("assessments:review", assessment.code)

    context = {"assessment": assessment, "review": review}
    return taken(form, accept) or form_page(request, "assessments/reviewing/accept.html", form, context)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("assessments:review", "code")
def review_decline(request: HttpRequest, code: str) -> HttpResponse:
    """Decline, before anything was looked at."""
    assessment, review = own(request, code)
    form = EndReviewForm(sent(request))

    def decline() -> HttpResponse:
        decline_review(review=review, user=signed_in(request), reason=form.cleaned_data["reason"])
        messages.success(request, _("You have declined. The organisers are told."))
        return redirect("assessments:review", assessment.code)

    context = {"assessment": assessment, "review": review}
    return taken(form, decline) or form_page(request, "assessments/reviewing/decline.html", form, context)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("assessments:review", "code")
def review_item(request: HttpRequest, code: str, item: str) -> HttpResponse:
    """One item: the answer with its evidence, and what the reviewer says of it."""
    assessment, review, standing = own_work(request, code)
    line = next((line for line in review_lines(standing) if line.code == item), None)
    if line is None:
        raise Http404
    form = _opinion_form(request, standing, line.code)

    def save() -> HttpResponse:
        try:
            save_opinions(review=review, user=signed_in(request), entries=[form.entered()])
        except InvalidAnswer as refused:
            errors = {form.states_field() if name == "states" else name: said for name, said in refused.errors.items()}
            raise InvalidAnswer(refused.message, errors) from refused
        after = standing.after(item)
        if after is None:
            messages.success(request, _("You have said something of every item."))
            return redirect("assessments:review", assessment.code)
        messages.success(request, _("Stored. Nobody else sees it until you send it."))
        return redirect("assessments:review-item", assessment.code, after.item.code)

    context = {
        **_item_context(standing, item),
        "assessment": assessment,
        "review": review,
        "line": line,
        "ask_form": AskOrganiserForm(),
        "left": len([entry for entry in standing.to_do if entry.item.code != item]),
    }
    return taken(form, save) or form_page(request, "assessments/reviewing/item.html", form, context)


def _opinion_form(request: HttpRequest, standing: ReviewStanding, code: str) -> OpinionForm:
    entry, catalogue = standing.item(code), standing.answers.catalogue
    if entry is None:
        raise Http404
    about = catalogue.items[code]
    say = Wording(standing.review.assessment.process.resource or catalogue.resource_default)
    levels = [
        (level, f"{say(catalogue.scale[level].label)}: {say(anchor)}") for level, anchor in enumerate(about.anchors)
    ]
    return OpinionForm(
        sent(request),
        item=entry.item,
        made_for=standing.answers.fingerprint(code),
        levels=levels,
        stored=entry.opinion,
    )


def _item_context(standing: ReviewStanding, code: str) -> dict[str, Any]:
    """What the page of an item shows beside the form: the answer as it is frozen, and what was asked about it."""
    entry = standing.item(code)
    return {
        "item": entry.item if entry else None,
        "document": standing.answers.document,
        "before": [row for row in standing.history if row.item == code and row.sent_at is not None],
        "questions": [line for line in question_lines(standing) if line.row.item == code],
        "files": EvidenceFile.objects.filter(response__assessment=standing.review.assessment, item__code=code),
        "proposes": OpinionKind.PROPOSES.value,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("assessments:review", "code")
def review_question(request: HttpRequest, code: str) -> HttpResponse:
    """Ask the organiser something, about an item or the whole."""
    assessment, review, standing = own_work(request, code)
    about = request.POST.get("item", "")
    item = about if standing.item(about) is not None else ""
    form = AskOrganiserForm(sent(request))

    def ask() -> HttpResponse:
        ask_organiser(review=review, user=signed_in(request), text=form.cleaned_data["question"], item=item)
        messages.success(request, _("Your question has been sent to the organisers."))
        if item:
            return redirect("assessments:review-item", assessment.code, item)
        return redirect("assessments:review", assessment.code)

    context = {"assessment": assessment, "review": review, "item_code": item}
    return taken(form, ask, at="question") or form_page(request, "assessments/reviewing/question.html", form, context)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("assessments:review", "code")
def review_send(request: HttpRequest, code: str) -> HttpResponse:
    """Send what was said, with a day for replies."""
    assessment, review, standing = own_work(request, code)
    form = SendOpinionsForm(sent(request), initial={"reply_by": standing.today + USUAL_TIME})

    def send() -> HttpResponse:
        send_opinions(review=review, user=signed_in(request), reply_by=form.cleaned_data["reply_by"])
        messages.success(request, _("What you said has been sent to the organisers."))
        return redirect("assessments:review", assessment.code)

    lines = [line for line in review_lines(standing) if line.entry.is_draft]
    proposals = [line for line in lines if line.entry.is_proposal]
    context = {"assessment": assessment, "review": review, "lines": lines, "proposals": proposals}
    return taken(form, send, at="reply_by") or form_page(request, "assessments/reviewing/send.html", form, context)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("assessments:review", "code")
def review_changes(request: HttpRequest, code: str) -> HttpResponse:
    """Send the assessment back with a summary of what should be changed."""
    assessment, review, standing = own_work(request, code)
    form = AskChangesForm(sent(request))

    def ask() -> HttpResponse:
        ask_for_changes(review=review, user=signed_in(request), summary=form.cleaned_data["summary"])
        messages.success(request, _("The organisers have been asked for changes."))
        return redirect("assessments:review", assessment.code)

    lines = [line for line in review_lines(standing) if line.entry.is_draft]
    context = {"assessment": assessment, "review": review, "lines": lines}
    return taken(form, ask, at="summary") or form_page(request, "assessments/reviewing/changes.html", form, context)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to("assessments:review", "code")
def review_sign(request: HttpRequest, code: str) -> HttpResponse:
    """Write the page, and sign."""
    assessment, review, standing = own_work(request, code)
    asks = dict(zip(("ask_1", "ask_2", "ask_3"), review.board_asks.splitlines(), strict=False))
    form = ReviewPageForm(sent(request), initial={"solid": review.solid, "not_solid": review.not_solid, **asks})

    def write() -> HttpResponse:
        user = signed_in(request)
        save_review_page(review=review, user=user, **form.page())
        if "sign" not in request.POST:
            messages.success(request, _("Your page has been stored. Nobody else sees it before you sign."))
            return redirect("assessments:review-sign", assessment.code)
        given = {name: form.cleaned_data[name] for name in ("name", "confirmed")}
        sign_review(review=review, user=user, **given)
        messages.success(request, _("You have signed. The result that holds now carries your review."))
        return redirect("assessments:review", assessment.code)

    context = {"assessment": assessment, "review": review, "standing": standing, "lines": review_lines(standing)}
    return taken(form, write) or form_page(request, "assessments/reviewing/sign.html", form, context)
