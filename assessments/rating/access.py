"""Who may open which page of a second rating (method 3.14): nobody reads a rating before both have finished."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _

from assessments.exceptions import NotAllowed
from assessments.models import Assessment, SecondRating
from assessments.permissions import Right, may_open, panel_for, rights_in, signed_in
from assessments.rating.candidates import why_no_rating
from assessments.vocabulary import SecondRatingState

if TYPE_CHECKING:
    from msgov.accounts.models import User


@dataclass(frozen=True)
class RatingPlace:
    """An assessment with its second rating, as somebody sees it."""

    assessment: Assessment
    rating: SecondRating | None
    user: "User"
    rights: frozenset[Right]

    @property
    def is_rater(self) -> bool:
        """Whether they are the one who was asked to rate a second time."""
        return self.rating is not None and self.rating.rater_id == self.user.pk

    @property
    def may_rate(self) -> bool:
        """Whether they may rate now."""
        return self.rating is not None and self.is_rater and self._goes_on and self.rating.second_finished_at is None

    @property
    def _goes_on(self) -> bool:
        is_rating = self.rating is not None and self.rating.state == SecondRatingState.RATING
        return is_rating and self.assessment.is_draft

    @property
    def may_manage(self) -> bool:
        """Whether they may ask, take back, and finish the first ratings. Whoever rates a second time may not."""
        return self.assessment.is_draft and Right.MANAGE_RATING in self.rights and not self.is_rater

    @property
    def may_agree(self) -> bool:
        """Whether they may write down what both agreed on: who may change answers."""
        is_open = self.rating is not None and self.rating.is_revealed and self.assessment.is_draft
        return is_open and Right.EDIT_ANSWERS in self.rights


def place_for(request: HttpRequest, code: str) -> RatingPlace:
    """Return the place, or answer 404 or 403: for whoever may read the assessment as it stands, and for the rater.

    Two queries for members.
    """
    assessment = panel_for(request, code, Right.VIEW_MEMBERS)
    rights = rights_in(assessment.process, request.user)
    place = RatingPlace(assessment, SecondRating.objects.of(assessment), signed_in(request), rights)
    if not place.is_rater and not may_open(assessment, rights):
        raise PermissionDenied
    return place


def managed_for(request: HttpRequest, code: str) -> RatingPlace:
    """Return the place for whoever manages the rating, or answer 404 or 403."""
    place = place_for(request, code)
    if Right.MANAGE_RATING not in place.rights or place.is_rater:
        raise PermissionDenied
    return place


def asked_from(request: HttpRequest, code: str) -> RatingPlace:
    """Return the place for whoever asks somebody to rate, or answer 404 or 403. Raises NotAllowed with the reason
    where nobody can be asked."""
    place = managed_for(request, code)
    if not place.assessment.is_draft:
        raise NotAllowed(_("This round has been submitted: its result can be read, so that nobody can rate it blind."))
    if reason := why_no_rating(place.assessment):
        raise NotAllowed(reason)
    return place


def rated_by(request: HttpRequest, code: str) -> tuple[RatingPlace, SecondRating]:
    """Return the place and its rating for whoever was asked to rate, or answer 404 or 403."""
    place = place_for(request, code)
    if place.rating is None or not place.is_rater:
        raise PermissionDenied
    return place, place.rating
