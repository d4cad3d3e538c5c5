"""What every write about a review does: lock the row, check where it stands, and write down what happened."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from assessments.exceptions import NotAllowed
from assessments.models import Assessment, Review, ReviewEvent
from assessments.signals import process_event

if TYPE_CHECKING:
    from msgov.accounts.models import User


def locked(review: Review, *states: str) -> Review:
    """The stored row, locked. Raises NotAllowed unless it stands at one of these."""
    row = Review.objects.select_for_update(of=("self",)).select_related("assessment__process").get(pk=review.pk)
    if row.state not in states:
        raise NotAllowed(_("Nothing was stored: the review has moved on. Look at how it stands now."))
    return row


def working(review: Review, user: "User", *states: str) -> Review:
    """The same for its reviewer. Raises NotAllowed for others, and while the answers are being changed."""
    row = locked(review, *states)
    if row.reviewer_id != user.pk:
        raise NotAllowed(_("Only the reviewer of this assessment can do this."))
    if row.assessment.is_draft:
        raise NotAllowed(_("The answers are being changed. Go on with the review once they are submitted again."))
    return row


def happened(
    review: Review, kind: ReviewEvent.Kind, user: "User | None", words: str = "", **details: Any
) -> ReviewEvent:
    """Write down what happened, in the review and in the trail of the process, where mails are sent from."""
    event = ReviewEvent.objects.create(
        review=review, kind=kind, words=words[:2000], by=user, by_name=user.get_short_name()[:150] if user else ""
    )
    tell(review.assessment, f"review.{kind.value}", user, reviewer=review.reviewer_id, **details)
    return event


def tell(assessment: Assessment, action: str, user: "User | None", **details: Any) -> None:
    """Say what happened to whoever listens."""
    process_event.send(sender=tell, action=action, user=user, obj=assessment, details=details)
