"""Asking somebody to review an assessment, who accepts with a declaration of interests, or declines."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.exceptions import InvalidAnswer, NotAllowed
from assessments.models import (
    AnswerVersion,
    Assessment,
    EvidenceFile,
    Invitation,
    Membership,
    Process,
    Review,
    ReviewEvent,
    SecondRating,
)
from assessments.results.frozen import latest
from assessments.reviewing.services.events import happened, locked
from assessments.vocabulary import ReviewState, Role

if TYPE_CHECKING:
    from msgov.accounts.models import User

# Of what is written about an answer: entries that do not say what it is.
NOT_WRITING = (AnswerVersion.Reason.REGISTER, AnswerVersion.Reason.IMPORTED)


def wrote_answers(assessment: Assessment, user: "User") -> bool:
    """Whether somebody wrote an answer of the assessment, or brought a file for one. At most two queries."""
    written = AnswerVersion.objects.filter(answer__response__assessment=assessment, user=user)
    files = EvidenceFile.everything.filter(response__assessment=assessment, uploaded_by=user)
    return written.exclude(reason__in=NOT_WRITING).exists() or files.exists()


def why_not(assessment: Assessment, user: "User") -> str:
    """Say why somebody cannot review an assessment; empty where they can. At most four queries."""
    if wrote_answers(assessment, user):
        return _("%(person)s wrote answers of this assessment, and nobody reviews their own work.") % {"person": user}
    if SecondRating.objects.live().filter(assessment=assessment, rater=user).exists():
        words = _("%(person)s is its second rater: a second rating and a review are two pairs of eyes.")
        return words % {"person": user}
    if not Membership.objects.filter(process=assessment.process_id, user=user, role=Role.REVIEWER).exists():
        return _("%(person)s does not have the role of a reviewer in this process.") % {"person": user}
    return ""


@transaction.atomic
def invite_reviewer(*, assessment: Assessment, user: "User", reviewer: "User") -> Review:
    """Ask a member to review a submitted assessment, who gets a mail.

    Raises NotAllowed while it is a draft or has a review, and for whoever cannot review it, with the reason.
    """
    _free(assessment)
    if refused := why_not(assessment, reviewer):
        raise NotAllowed(refused)
    review = Review.objects.create(
        assessment=assessment, reviewer=reviewer, reviewer_name=reviewer.get_short_name()[:150]
    )
    happened(review, ReviewEvent.Kind.INVITED, user)
    return review


@transaction.atomic
def invite_reviewer_by_mail(*, assessment: Assessment, user: "User", invitation: Invitation) -> Review:
    """Ask whoever accepts this invitation to the process to review an assessment. The invitation is the mail.

    Raises NotAllowed as `invite_reviewer` does, and for an invitation in another role.
    """
    _free(assessment)
    if invitation.role != Role.REVIEWER or invitation.process_id != assessment.process_id:
        raise NotAllowed(_("Only somebody invited as a reviewer of this process can be asked to review."))
    review = Review.objects.create(assessment=assessment, invitation=invitation)
    happened(review, ReviewEvent.Kind.INVITED, user)
    return review


def _free(assessment: Assessment) -> None:
    Process.objects.select_for_update().get(pk=assessment.process_id)
    row = Assessment.objects.get(pk=assessment.pk)
    if row.is_draft:
        raise NotAllowed(_("Submit the assessment first: a review is of what was submitted."))
    if row.process.is_example:
        raise NotAllowed(_("An example, coded from a text, is not reviewed: nobody answers for it."))
    if Review.objects.standing().filter(assessment=row).exists():
        raise NotAllowed(_("Somebody is reviewing this assessment already. Withdraw that first."))


def invitation_accepted(*, invitation: Invitation, user: "User") -> list[Review]:
    """Let the reviews that came with an invitation be those of whoever accepted it. For its own transaction."""
    reviews = list(Review.objects.filter(invitation=invitation, state=ReviewState.INVITED, reviewer=None))
    for review in reviews:
        review.reviewer, review.reviewer_name = user, user.get_short_name()[:150]
        review.save(update_fields=["reviewer", "reviewer_name"])
    return reviews


def invitation_replaced(*, old: Invitation, new: Invitation) -> None:
    """Let reviews follow an invitation that is sent again. For its own transaction."""
    Review.objects.filter(invitation=old, state=ReviewState.INVITED).update(invitation=new)


@transaction.atomic
def accept_review(*, review: Review, user: "User", interests: str, affiliation: str = "") -> None:
    """Take a review on, with the interests that are printed: "none" is an answer.

    Raises InvalidAnswer without a declaration, and NotAllowed for others than whoever was asked, and for whoever
    cannot review the assessment any more.
    """
    row = locked(review, ReviewState.INVITED)
    if row.reviewer_id != user.pk:
        raise NotAllowed(_("Only who was asked to review can accept."))
    if refused := why_not(row.assessment, user):
        raise NotAllowed(refused)
    if not interests.strip():
        raise InvalidAnswer(
            _("Say what interests you have. “None” is an answer."),
            {"interests": _("Say what interests you have. “None” is an answer.")},
        )
    result = latest(row.assessment)
    row.state = ReviewState.IN_REVIEW
    row.interests, row.affiliation = interests.strip(), affiliation.strip()
    row.reviewer_name = user.get_short_name()[:150]
    row.accepted_at = timezone.now()
    row.number = result.number if result else None
    row.save()
    happened(row, ReviewEvent.Kind.ACCEPTED, user)


@transaction.atomic
def decline_review(*, review: Review, user: "User", reason: str = "") -> None:
    """Refuse to review, before anything was looked at. Raises NotAllowed once it was accepted, and for others."""
    row = locked(review, ReviewState.INVITED)
    if row.reviewer_id != user.pk:
        raise NotAllowed(_("Only who was asked to review can decline."))
    row.state = ReviewState.DECLINED
    row.save(update_fields=["state"])
    happened(row, ReviewEvent.Kind.DECLINED, user, reason.strip())


@transaction.atomic
def withdraw_review(*, review: Review, user: "User", reason: str = "") -> None:
    """End a review that is not signed, so that somebody else can be asked; what was sent stays readable.

    Raises NotAllowed once it is signed, and InvalidAnswer without a reason where it was accepted.
    """
    row = locked(review, ReviewState.INVITED, ReviewState.IN_REVIEW, ReviewState.CHANGES_ASKED, ReviewState.REPLIES)
    if row.state != ReviewState.INVITED and not reason.strip():
        raise InvalidAnswer(_("Say why the review is ended."), {"reason": _("Say why the review is ended.")})
    row.state = ReviewState.WITHDRAWN
    row.save(update_fields=["state"])
    happened(row, ReviewEvent.Kind.WITHDRAWN, user, reason.strip())
