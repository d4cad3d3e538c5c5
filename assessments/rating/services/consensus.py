"""What both agree on where they differ: it becomes the answer that counts, and both ratings are kept."""

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.answering.services.answers import AnswerToSave, save_answers
from assessments.answers.value import AnswerContent, canonical, fields_of, is_complete
from assessments.exceptions import InvalidAnswer, NotAllowed
from assessments.models import AnswerVersion, RatedAnswer, SecondRating
from assessments.retrying import retrying
from assessments.vocabulary import RatingSide, SecondRatingState
from attributes.catalogue.types import CatalogueItem

if TYPE_CHECKING:
    from msgov.accounts.models import User


@retrying
@transaction.atomic
def agree(
    *, rating: SecondRating, user: "User", item: CatalogueItem, content: AnswerContent, reason: str, version: int
) -> None:
    """Write down what both agreed on for an item; the answer says it from now on, with the evidence it has.

    `version` is that of the answer that was looked at. Agreeing again takes the place of what was agreed before. Raises
    InvalidAnswer without a level or a reason, NotAllowed unless both have finished or if the answer was changed
    meanwhile, NotEditable unless the assessment is a draft, and MovedMeanwhile if it is at another version.
    """
    wanted = canonical(item, content)
    if not is_complete(item, wanted):
        raise InvalidAnswer(_("Choose what you agreed on."), {"answer": _("Choose what you agreed on.")})
    if not reason.strip():
        raise InvalidAnswer(_("Say why."), {"why": _("Say why.")})
    locked = SecondRating.objects.select_for_update().get(pk=rating.pk)
    if locked.state != SecondRatingState.REVEALED:
        raise NotAllowed(_("Both have to finish before anything can be agreed on."))

    def with_what_was_agreed(stored: AnswerContent) -> AnswerContent:
        return replace(
            stored,
            state=wanted.state,
            level=wanted.level,
            options=wanted.options,
            not_applicable_reason=wanted.not_applicable_reason,
        )

    entry = AnswerToSave(item, with_what_was_agreed, version)
    outcome = save_answers(
        assessment=rating.assessment, user=user, entries=[entry], reason=AnswerVersion.Reason.CONSENSUS
    )
    if outcome.clashes or outcome.overtaken:
        raise NotAllowed(_("Somebody changed this answer meanwhile. Look at it again."))
    RatedAnswer.objects.update_or_create(
        second_rating=locked,
        side=RatingSide.CONSENSUS,
        item=item.code,
        defaults={
            **fields_of(item, replace(wanted, comment=reason.strip())),
            "revision": item.revision,
            "user": user,
            "user_name": user.get_short_name()[:150],
            "at": timezone.now(),
        },
    )
