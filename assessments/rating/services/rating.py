"""The ratings themselves: what the second rater says, that both have finished, and that both are shown to both."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.answering.services.answers import AnswerToSave, editable_response
from assessments.answers.following import followed
from assessments.answers.value import AnswerContent, canonical, content_of, fields_of
from assessments.exceptions import NotAllowed, NotEditable
from assessments.models import Answer, Assessment, RatedAnswer, SecondRating
from assessments.rating.services.asking import tell
from assessments.retrying import retrying
from assessments.vocabulary import RatingSide, SecondRatingState, Track
from attributes.catalogue.published import catalogue_of
from attributes.catalogue.types import CatalogueItem, CatalogueSet

if TYPE_CHECKING:
    from msgov.accounts.models import User

Rows = Mapping[str, RatedAnswer]


@retrying
@transaction.atomic
def save_ratings(*, rating: SecondRating, user: "User", entries: Sequence[AnswerToSave]) -> dict[str, int]:
    """Store what the second rater says; return the versions a page may go on from, by code of the item.

    There is one rater, so what was sent last holds. Evidence is the organiser's: none is taken here. Raises NotEditable
    unless the assessment is a draft and the rater still rates, and MovedMeanwhile if it is at another version.
    """
    editable_response(rating.assessment)
    locked = _locked(rating)
    if locked.rater_id != user.pk or locked.state != SecondRatingState.RATING:
        raise NotEditable(_("You are not asked to rate this round any more. What you had rated is not kept."))
    if locked.second_finished_at is not None:
        raise NotEditable(_("You have finished your rating: it cannot be changed any more."))
    catalogue = catalogue_of(rating.assessment.question_set)
    rows = {row.item: row for row in locked.answers.filter(side=RatingSide.SECOND)}
    contents = {code: content_of(item, _row_of(item, rows)) for code, item in catalogue.items.items()}
    now = dict(contents)
    for entry in entries:
        stored = contents[entry.item.code]
        wanted = entry.content(stored) if callable(entry.content) else entry.content
        now[entry.item.code] = canonical(entry.item, _without_evidence(wanted))
    _follow(catalogue, rating.assessment.process.kind, contents, now)
    for code, content in now.items():
        if content != contents[code]:
            rows[code] = _store(locked, catalogue.items[code], content, rows.get(code), user)
    return {entry.item.code: rows[entry.item.code].version if entry.item.code in rows else 0 for entry in entries}


def _follow(
    catalogue: CatalogueSet, kind: str, before: Mapping[str, AnswerContent], now: dict[str, AnswerContent]
) -> None:
    """Set the lines of lists that follow another one, as the organiser's answers do."""
    for code, lead in catalogue.following.items():
        item = catalogue.items[code]
        if item.applies_to(kind) and lead.applies_to(kind):
            now[code] = followed(item, now[code], before[code], before[lead.code], now[lead.code])


def _without_evidence(content: AnswerContent) -> AnswerContent:
    """What the rater may say: evidence is the organiser's, and no earlier answer is known."""
    return replace(
        content, evidence_class="", evidence_text="", evidence_links="", evidence_source="", moved_because=""
    )


def _row_of(item: CatalogueItem, rows: Rows) -> RatedAnswer | None:
    row = rows.get(item.code)
    return row if row is not None and row.revision == item.revision else None


def _store(
    rating: SecondRating, item: CatalogueItem, content: AnswerContent, row: RatedAnswer | None, user: "User"
) -> RatedAnswer:
    row = row or RatedAnswer(second_rating=rating, item=item.code, side=RatingSide.SECOND, version=0)
    for name, value in fields_of(item, content).items():
        setattr(row, name, value)
    row.revision, row.version = item.revision, row.version + 1
    row.user, row.user_name, row.at = user, user.get_short_name()[:150], timezone.now()
    row.save()
    return row


@retrying
@transaction.atomic
def finish_first(*, rating: SecondRating, user: "User") -> None:
    """Say that the organiser's ratings are finished: they are written down as they are, with who set each.

    Whatever is changed afterwards enters no comparison of the two. Raises NotEditable unless it is a draft, and
    NotAllowed where the rating is over, or where nothing has been answered yet.
    """
    response = editable_response(rating.assessment)
    locked = _locked(rating)
    if locked.first_finished_at is not None:
        return  # a second click
    if locked.state not in (SecondRatingState.ASKED, SecondRatingState.RATING):
        raise NotAllowed(_("There is no second rating going on."))
    rows = _first_ratings(locked, rating.assessment, response)
    if not rows:
        raise NotAllowed(_("Nothing has been rated yet: answer the questions first."))
    RatedAnswer.objects.bulk_create(rows)
    locked.first_finished_at, locked.first_finished_by = timezone.now(), user
    locked.first_finished_by_name = user.get_short_name()[:150]
    locked.save(update_fields=["first_finished_at", "first_finished_by", "first_finished_by_name"])
    tell(locked, "rating.first_finished", user)
    _reveal(locked, user)


def _first_ratings(rating: SecondRating, assessment: Assessment, response: int) -> list[RatedAnswer]:
    """The scored answers as they stand."""
    items = {item.pk: item for item in catalogue_of(assessment.question_set).items.values() if item.scored}
    answers = Answer.objects.filter(response=response, response__track=Track.EVIDENCE, item__in=items)
    found = []
    for answer in answers.select_related("updated_by"):
        item, person = items[answer.item_id], answer.updated_by
        found.append(
            RatedAnswer(
                second_rating=rating,
                item=item.code,
                revision=item.revision,
                side=RatingSide.FIRST,
                user=person,
                user_name=person.get_short_name()[:150] if person else "",
                at=answer.updated_at,
                **fields_of(item, content_of(item, answer)),
            )
        )
    return found


@retrying
@transaction.atomic
def finish_second(*, rating: SecondRating, user: "User") -> None:
    """Say that the second rating is finished; it cannot be changed any more.

    Raises NotEditable unless it is a draft, and NotAllowed if they do not rate any more or have rated nothing.
    """
    editable_response(rating.assessment)
    locked = _locked(rating)
    if locked.rater_id != user.pk or locked.state not in (SecondRatingState.RATING, SecondRatingState.REVEALED):
        raise NotAllowed(_("You are not asked to rate this round any more."))
    if locked.second_finished_at is not None:
        return  # a second click
    if not locked.answers.filter(side=RatingSide.SECOND).exclude(state="unanswered").exists():
        raise NotAllowed(_("Rate at least one item before you finish."))
    locked.second_finished_at = timezone.now()
    locked.save(update_fields=["second_finished_at"])
    tell(locked, "rating.second_finished", user)
    _reveal(locked, user)


def _reveal(rating: SecondRating, user: "User") -> None:
    """Show both ratings to both once both have finished."""
    if rating.first_finished_at is None or rating.second_finished_at is None:
        return
    rating.state, rating.revealed_at = SecondRatingState.REVEALED, timezone.now()
    rating.save(update_fields=["state", "revealed_at"])
    tell(rating, "rating.revealed", user)


def _locked(rating: SecondRating) -> SecondRating:
    locked = SecondRating.objects.select_for_update().get(pk=rating.pk)
    locked.assessment = rating.assessment
    return locked
