"""The consensus step: one item on which the two differ, both ratings with their reasons, and what both agree on."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.answering.form import AnswersForm, is_of_another_version
from assessments.answering.page import item_block
from assessments.answering.standing import PageStanding
from assessments.answers.evidence import evidence_of
from assessments.answers.value import UNANSWERED, AnswerContent, content_of
from assessments.answers.wording import answer_lines
from assessments.exceptions import AssessmentError, NotAllowed
from assessments.models import Answer, SecondRating
from assessments.permissions import Right
from assessments.rating.access import RatingPlace, place_for
from assessments.rating.forms import AgreedForm
from assessments.rating.page import NO_REGISTER, RatedPlace, given_evidence, rated_place
from assessments.rating.services.consensus import agree
from assessments.results.second_rating import CONSENSUS, FIRST, SECOND, RatingRows, rated_value
from assessments.vocabulary import Track
from attributes.catalogue.published import catalogue_of
from attributes.catalogue.types import CatalogueItem
from attributes.pages import BAD_REQUEST, UNPROCESSABLE, refusals_lead_to

OVERVIEW = "assessments:second-rating"


class AgreedItem:
    """One item on which both look together: what each said, the answer as it stands, and the form."""

    def __init__(self, place: RatingPlace, rating: SecondRating, item: CatalogueItem, asked: RatedPlace) -> None:
        self.place, self.rating, self.item = place, rating, item
        self.asked = replace(asked, question=replace(asked.question, items=(item,)))
        self.rows = RatingRows.of(rating, rating.answers.filter(item=item.code))
        self.answer = Answer.objects.filter(
            response__assessment=place.assessment, response__track=Track.EVIDENCE, item=item.pk
        ).first()
        self.form: AnswersForm = self.asked.form({item.pk: self.answer} if self.answer else {})

    def begin(self) -> None:
        """Show what was agreed before; nothing is chosen before anybody has chosen, but lists begin as answered."""
        agreed = self.rows.content(CONSENSUS, self.item)
        shown = agreed if self.rows.has(CONSENSUS, self.item) else self.rows.content(FIRST, self.item)
        if not self.rows.has(CONSENSUS, self.item) and not self.item.options:
            shown = AnswerContent(state=UNANSWERED)
        self.form.contents[self.item.code] = shown

    @property
    def reason(self) -> str:
        """Why both agreed before, if they did."""
        return self.rows.content(CONSENSUS, self.item).comment

    def context(self) -> dict[str, Any]:
        """Everything the page needs."""
        item, form, asked = self.item, self.form, self.asked
        evidence = evidence_of(self.place.assessment, [item.pk])
        standing = PageStanding.of(
            self.place.assessment, asked.catalogue, form.contents, evidence, asked.say, says_scores=False
        )
        block = item_block(asked, form, form.fields[item.code], standing, NO_REGISTER)
        block["given"] = given_evidence(asked)[item.code]
        return {
            "assessment": self.place.assessment,
            "rating": self.rating,
            "place": asked,
            "blocks": [block],
            "short": asked.say(item.short),
            "sides": [
                (_("First rating"), self._side(FIRST)),
                (_("Second rating"), self._side(SECOND)),
            ],
            "answered": content_of(item, self.answer),
            "may_edit": True,
            "groups": [],
            "goals": [],
        }

    def _side(self, side: str) -> dict[str, Any]:
        content, asked = self.rows.content(side, self.item), self.asked
        row = self.rows.answers.get((side, self.item.code))
        lines = answer_lines(asked.catalogue, self.item, replace(content, comment=""), asked.say)
        return {"lines": lines, "by": row.user_name if row else "", "reason": content.comment}


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_lead_to(OVERVIEW, "code")
def second_rating_agree(request: HttpRequest, code: str, item: str) -> HttpResponse:
    """Show both, and write down what both agreed on; it counts from then on."""
    place = place_for(request, code)
    if Right.EDIT_ANSWERS not in place.rights:
        raise PermissionDenied
    rating = place.rating
    if rating is None or not place.may_agree:
        raise NotAllowed(_("Both have to finish before anything can be agreed on, and the round has to be a draft."))
    found = _item(place, rating, item)
    why = AgreedForm(request.POST if request.method == "POST" else None, initial={"why": found.reason})
    if request.method != "POST":
        found.begin()
        return render(request, "assessments/rating/agree.html", {**found.context(), "form": why})
    if is_of_another_version(request, place.assessment):
        raise NotAllowed(_("The questions were moved to another version meanwhile. Look at the page again."))
    found.form.read({name: value for name, value in request.POST.items() if name != "why"})
    problems = [] if not found.form.forged else [_("The form that was sent does not fit this page. Try again.")]
    if not problems and why.is_valid():
        problems = _agree(place, rating, found, why)
        if not problems:
            messages.success(request, _("What you agreed on counts from now on."))
            return redirect(f"{reverse(OVERVIEW, args=[code])}#{found.item.code}")
    context = {**found.context(), "form": why, "problems": problems}
    status = BAD_REQUEST if found.form.forged else UNPROCESSABLE
    return render(request, "assessments/rating/agree.html", context, status=status)


def _agree(place: RatingPlace, rating: SecondRating, found: AgreedItem, why: AgreedForm) -> list[str]:
    """Store it; return what is in the way."""
    code = found.item.code
    try:
        agree(
            rating=rating,
            user=place.user,
            item=found.item,
            content=found.form.contents[code],
            reason=why.cleaned_data["why"],
            version=found.form.versions[code],
        )
    except AssessmentError as error:
        return [error.message]
    return []


def _item(place: RatingPlace, rating: SecondRating, code: str) -> AgreedItem:
    """The item, if both rated it and not alike, or 404."""
    catalogue = catalogue_of(place.assessment.question_set)
    item = catalogue.items.get(code)
    asked = rated_place(place.assessment, item.question_code) if item else None
    if item is None or asked is None or code not in {one.code for one in asked.question.items}:
        raise Http404
    found = AgreedItem(place, rating, item, asked)
    first, second = (rated_value(found.rows.content(side, item)) for side in (FIRST, SECOND))
    if first.same_as(second):
        raise Http404
    return found
