"""A second rating in an archive: what both said, and whether it can have been."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from assessments.archive.paths import Problem
from assessments.archive.schema import Archive, RatedEntry, SecondRatingEntry
from assessments.models import Assessment, RatedAnswer, SecondRating
from assessments.vocabulary import RatingSide, SecondRatingState
from attributes.catalogue.types import CatalogueSet

COPIED = ("state", "value", "not_applicable_reason", "comment")


def rating_entry(assessment: Assessment, catalogue: CatalogueSet) -> SecondRatingEntry | None:
    """Return the second rating of an assessment once both have finished; before, nobody reads it. Two queries.

    What was said of an item as another version of the questions asks it no longer counts, and stays where it is.
    """
    rating = SecondRating.objects.revealed().filter(assessment=assessment).first()
    if rating is None:
        return None
    revisions = {code: item.revision for code, item in catalogue.items.items()}
    rows = [row for row in rating.answers.all() if revisions.get(row.item) == row.revision]
    order = list(catalogue.items)
    rows.sort(key=lambda row: (order.index(row.item), RatingSide.values.index(row.side)))
    return SecondRatingEntry(
        rater=rating.rater_name,
        invited_by=rating.invited_by_name,
        is_blind=rating.is_blind,
        invited_at=_utc(rating.invited_at),
        first_finished_at=_utc(rating.first_finished_at),
        first_finished_by=rating.first_finished_by_name,
        second_finished_at=_utc(rating.second_finished_at),
        answers=[_rated(row) for row in rows],
    )


def _rated(row: RatedAnswer) -> RatedEntry:
    fields: dict[str, Any] = {name: getattr(row, name) for name in (*COPIED, "item", "revision", "side")}
    return RatedEntry(**fields, by=row.user_name, at=_utc(row.at))


def _utc(moment: datetime | None) -> datetime:
    if moment is None:
        raise ValueError("both have finished a rating that is revealed")
    return moment.astimezone(UTC)


def rating_problems(archive: Archive, catalogue: CatalogueSet) -> Iterator[Problem]:
    """Return what cannot be of the second rating of an archive. That values fit their items is checked with answers."""
    entry = archive.second_rating
    if entry is None:
        return
    last = max(entry.first_finished_at, entry.second_finished_at)
    if not entry.invited_at <= min(entry.first_finished_at, entry.second_finished_at):
        yield "$.second_rating.invited_at: is after one of the ratings was finished"
    seen: set[tuple[str, str]] = set()
    for index, row in enumerate(entry.answers):
        path = f"$.second_rating.answers[{index}]"
        item = catalogue.items.get(row.item)
        if item is None or item.revision != row.revision or not item.scored:
            yield f"{path}.item: “{row.item}” is not rated in this version of the questions"
        if (row.item, row.side) in seen:
            yield f"{path}.item: “{row.item}” is rated twice by the same side"
        seen.add((row.item, row.side))
        if row.side == RatingSide.CONSENSUS.value and row.at < last:
            yield f"{path}.at: was agreed on before both had finished"
        if row.side == RatingSide.SECOND.value and row.at > entry.second_finished_at:
            yield f"{path}.at: was rated after the rating was finished"
    if not any(side == RatingSide.SECOND for _item, side in seen):
        yield "$.second_rating.answers: the second rater said nothing"


def store_rating(entry: SecondRatingEntry, assessment: Assessment) -> None:
    """Store a second rating with the names it has."""
    rating = SecondRating.objects.create(
        assessment=assessment,
        rater_name=entry.rater,
        invited_by_name=entry.invited_by,
        state=SecondRatingState.REVEALED,
        is_blind=entry.is_blind,
        invited_at=entry.invited_at,
        accepted_at=entry.invited_at,
        first_finished_at=entry.first_finished_at,
        first_finished_by_name=entry.first_finished_by,
        second_finished_at=entry.second_finished_at,
        revealed_at=max(entry.first_finished_at, entry.second_finished_at),
    )
    RatedAnswer.objects.bulk_create(
        RatedAnswer(
            second_rating=rating,
            user_name=row.by,
            **row.model_dump(exclude={"by"}),
        )
        for row in entry.answers
    )
