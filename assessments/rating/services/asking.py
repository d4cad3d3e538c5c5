"""Who rates a second time: asking, accepting, declining, taking back, and what ends a rating too early."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.answering.services.answers import editable_response
from assessments.exceptions import NotAllowed
from assessments.models import Assessment, Invitation, Membership, Process, SecondRating
from assessments.rating.candidates import why_no_rating, why_not
from assessments.retrying import retrying
from assessments.signals import process_event
from assessments.vocabulary import SecondRatingState

if TYPE_CHECKING:
    from msgov.accounts.models import User

GOING_ON = (SecondRatingState.ASKED, SecondRatingState.RATING)


@retrying
@transaction.atomic
def ask_second_rater(*, assessment: Assessment, user: "User", member: Membership) -> SecondRating:
    """Ask a member to rate the assessment a second time; they get a mail.

    Raises NotEditable unless it is a draft, and NotAllowed where it cannot be rated blind, or not by this member.
    """
    editable_response(assessment)
    if reason := why_no_rating(assessment) or why_not(assessment, member):
        raise NotAllowed(reason)
    rating = SecondRating.objects.create(
        assessment=assessment,
        rater=member.user,
        rater_name=member.user.get_short_name()[:150],
        invited_by=user,
        invited_by_name=user.get_short_name()[:150],
    )
    tell(rating, "rating.asked", user)
    return rating


@transaction.atomic
def ask_invited(*, assessment: Assessment, user: "User", invitation: Invitation) -> SecondRating:
    """Ask whoever joins the process with an invitation: once they have, they are asked like any member.

    Raises NotEditable unless it is a draft, and NotAllowed where it cannot be rated blind.
    """
    editable_response(assessment)
    if reason := why_no_rating(assessment):
        raise NotAllowed(reason)
    return SecondRating.objects.create(
        assessment=assessment,
        rater=None,
        rater_name=invitation.email[:150],
        invitation=invitation,
        invited_by=user,
        invited_by_name=user.get_short_name()[:150],
    )


def rater_joined(*, invitation: Invitation, user: "User") -> None:
    """Ask somebody who has just joined with an invitation to rate. For use in a transaction."""
    # By the address: an invitation that is sent again is another one.
    asked = SecondRating.objects.filter(assessment__process=invitation.process_id, state=SecondRatingState.ASKED)
    waiting = asked.filter(rater=None, invitation__email__iexact=invitation.email)
    for rating in waiting.select_related("assessment"):
        rating.rater, rating.rater_name = user, user.get_short_name()[:150]
        rating.save(update_fields=["rater", "rater_name"])
        tell(rating, "rating.asked", rating.invited_by)


@retrying
@transaction.atomic
def accept(*, rating: SecondRating, user: "User", is_blind: bool) -> None:
    """Begin to rate: from now on the rater reads nothing of the answers until both have finished.

    `is_blind`: they say that they have not seen the answers of this round. Raises NotAllowed if they are not asked any
    more, and NotEditable unless it is a draft.
    """
    editable_response(rating.assessment)
    locked = _locked(rating)
    if locked.state == SecondRatingState.RATING and locked.rater_id == user.pk:
        return  # a second click
    if locked.state != SecondRatingState.ASKED or locked.rater_id != user.pk:
        raise NotAllowed(_("You are not asked to rate this round any more."))
    member = Membership.objects.filter(process=rating.assessment.process_id, user=user).select_related("user").first()
    if member is None or (reason := why_not(rating.assessment, member)):
        raise NotAllowed(reason if member else _("You are not a member of the process any more."))
    locked.state, locked.is_blind, locked.accepted_at = SecondRatingState.RATING, is_blind, timezone.now()
    locked.save(update_fields=["state", "is_blind", "accepted_at"])
    tell(locked, "rating.accepted", user)


@transaction.atomic
def decline(*, rating: SecondRating, user: "User") -> None:
    """Say no, also after having begun: what was rated until then is deleted. Raises NotAllowed once it is finished."""
    locked = _locked(rating)
    if locked.rater_id != user.pk or locked.state not in GOING_ON or locked.second_finished_at is not None:
        raise NotAllowed(_("There is nothing to decline: the rating is finished, or somebody took it back."))
    _end(locked, SecondRatingState.DECLINED)
    tell(locked, "rating.declined", user)


@transaction.atomic
def withdraw(*, rating: SecondRating, user: "User") -> None:
    """Take the request back: what was rated until then is deleted unread. Raises NotAllowed once both have finished."""
    locked = _locked(rating)
    if locked.state not in GOING_ON:
        raise NotAllowed(_("There is nothing to take back any more."))
    tell(locked, "rating.withdrawn", user)
    _end(locked, SecondRatingState.WITHDRAWN)


def end_unfinished(*, assessment: Assessment, user: "User") -> None:
    """End a rating in which not both have finished: the result is about to be frozen, and then anybody reads the
    levels. For use in a transaction."""
    for rating in SecondRating.objects.filter(assessment=assessment, state__in=GOING_ON):
        tell(rating, "rating.ended", user)
        _end(rating, SecondRatingState.ENDED)


def rater_left(*, user: "User", process: Process | None = None) -> None:
    """End what somebody had not finished who leaves a process, becomes its organiser, or is erased (then everywhere).

    Finished ratings stay, under the name of then. For use in a transaction.
    """
    left = SecondRating.objects.filter(rater=user, state__in=GOING_ON, second_finished_at=None)
    if process is not None:
        left = left.filter(assessment__process=process)
    for rating in left.select_related("assessment"):
        tell(rating, "rating.ended", user)
        _end(rating, SecondRatingState.ENDED)
    if process is None:
        SecondRating.objects.filter(Q(invitation__accepted_by=user) | Q(invitation__email__iexact=user.email)).filter(
            rater=None
        ).update(rater_name="", state=SecondRatingState.ENDED, ended_at=timezone.now())


def _locked(rating: SecondRating) -> SecondRating:
    locked = SecondRating.objects.select_for_update().get(pk=rating.pk)
    locked.assessment = rating.assessment
    return locked


def _end(rating: SecondRating, state: SecondRatingState) -> None:
    """Close it without a result: a rating that was not compared with the other says nothing, and is not kept."""
    rating.answers.all().delete()
    rating.state, rating.ended_at = state, timezone.now()
    rating.save(update_fields=["state", "ended_at"])


def tell(rating: SecondRating, action: str, user: "User | None") -> None:
    """Send the event; whoever writes mails and keeps the trail listens."""
    details = {"member": rating.rater_id, "round": rating.assessment.round}
    process_event.send(sender=tell, action=action, user=user, obj=rating.assessment, details=details)
