"""The second rating of an assessment: its rows, what a result says of it, and rows made from such a result again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from assessments.answers.counting import given_answer, item_spec
from assessments.answers.evidence import NO_EVIDENCE
from assessments.answers.value import ANSWERED, AnswerContent, content_of
from assessments.documents.second_rating import RatedItem, RatedLine, RatedValue, RaterBandPart, SecondRatingPart
from assessments.documents.values import coefficient, maybe_points
from assessments.models import Assessment, RatedAnswer, SecondRating
from assessments.scoring.evidence import GivenAnswer, rater_agreement, rater_band, rating_pairs
from assessments.scoring.model import ScoringItem
from assessments.vocabulary import RatingSide, SecondRatingState
from assessments.zones import zone_named
from attributes.catalogue.types import CatalogueItem, CatalogueSet

if TYPE_CHECKING:
    from assessments.results.build import CountedRows

FIRST, SECOND, CONSENSUS = RatingSide.FIRST.value, RatingSide.SECOND.value, RatingSide.CONSENSUS.value


@dataclass(frozen=True)
class RatingRows:
    """A rating in which both have finished, with what each said, by side and code of the item."""

    rating: SecondRating
    answers: Mapping[tuple[str, str], RatedAnswer]

    @classmethod
    def of(cls, rating: SecondRating, answers: Iterable[RatedAnswer]) -> "RatingRows":
        """Put answers in their places."""
        return cls(rating, {(row.side, row.item): row for row in answers})

    def content(self, side: str, item: CatalogueItem) -> AnswerContent:
        """What a side said of an item; nothing where it was asked in another revision."""
        row = self.answers.get((side, item.code))
        return content_of(item, row if row is not None and row.revision == item.revision else None)

    def has(self, side: str, item: CatalogueItem) -> bool:
        """Whether a side said anything of the item as it is asked now."""
        row = self.answers.get((side, item.code))
        return row is not None and row.revision == item.revision


def differences_left(assessment: Assessment, catalogue: CatalogueSet) -> int:
    """Return on how many items two raters differ and have not agreed yet; 0 without a second rating. One query."""
    answers = RatedAnswer.objects.filter(second_rating__assessment=assessment).select_related("second_rating")
    both = list(answers.filter(second_rating__state=SecondRatingState.REVEALED))
    if not both:
        return 0
    rows = RatingRows.of(both[0].second_rating, both)
    kind = assessment.process.kind
    rated = [item for item in catalogue.items.values() if item.scored and item.applies_to(kind)]
    found = [rated_item(rows, item, AnswerContent(), "UTC") for item in rated if rows.has(SECOND, item)]
    return sum(one.differs and one.consensus is None for one in found)


def second_rating_part(counted: "CountedRows") -> SecondRatingPart | None:
    """What a result says of the second rating of its answers, if there is one. No query."""
    rows = counted.rows.rating
    if rows is None:
        return None
    asked = [item for item in counted.rows.catalogue.items.values() if _is_rated(item, counted)]
    items = [rated_item(rows, item, counted.contents[item.code], counted.rows.process.time_zone) for item in asked]
    specs = [item_spec(item) for item in asked]
    first, second = (_given(counted, rows, asked, side) for side in (FIRST, SECOND))
    found = rater_agreement(rating_pairs(specs, first, second))
    attributes = dict.fromkeys(spec.attribute for spec in specs)
    return SecondRatingPart(
        rater=rows.rating.rater_name,
        is_blind=rows.rating.is_blind,
        **days_of(rows.rating, counted.rows.process.time_zone),
        n=found.n,
        exact=_count(found.exact, found.n),
        within_one=_count(found.within_one, found.n),
        kappa=None if found.kappa is None else coefficient(found.kappa),
        counts_only=found.counts_only,
        bands=[_band(code, specs, first, second) for code in attributes],
        items=items,
    )


def _is_rated(item: CatalogueItem, counted: "CountedRows") -> bool:
    """Whether it is scored, asked of this kind of process, and the second rater said something of it."""
    rows = counted.rows.rating
    applies = item.scored and item.applies_to(counted.rows.process.kind)
    return applies and rows is not None and rows.has(SECOND, item)


def _count(share: Fraction | None, n: int) -> int:
    return int((share or 0) * n)


def _given(counted: "CountedRows", rows: RatingRows, items: Iterable[CatalogueItem], side: str) -> list[GivenAnswer]:
    """The answers of a side with the evidence that is given now, whose caps hold for both."""
    found = []
    for item in items:
        now = counted.contents[item.code]
        content = replace(
            rows.content(side, item),
            evidence_class=now.evidence_class,
            evidence_text=now.evidence_text,
            evidence_links=now.evidence_links,
            evidence_source=now.evidence_source,
        )
        found.append(given_answer(item, content, counted.rows.evidence.get(item.pk, NO_EVIDENCE)))
    return found


def _band(
    attribute: str, specs: list[ScoringItem], first: list[GivenAnswer], second: list[GivenAnswer]
) -> RaterBandPart:
    band = rater_band(attribute, specs, first, second)
    figures = {name: maybe_points(getattr(band, name)) for name in ("first", "second", "low", "high")}
    return RaterBandPart(attribute=attribute, items=list(band.items), **figures)


def rated_item(rows: RatingRows, item: CatalogueItem, now: AnswerContent, zone: str) -> RatedItem:
    """One item under either rater, and what both agreed on; `now` is the answer that counts."""
    first, second = (rated_value(rows.content(side, item)) for side in (FIRST, SECOND))
    agreed = rated_value(rows.content(CONSENSUS, item)) if rows.has(CONSENSUS, item) else None
    row = rows.answers.get((CONSENSUS, item.code))
    both = first.level is not None and second.level is not None
    return RatedItem(
        code=item.code,
        first=first,
        second=second,
        apart=abs((first.level or 0) - (second.level or 0)) if both else None,
        consensus=agreed,
        agreed_on=_day(row.at, zone) if agreed and row else "",
        changed_since=not rated_value(now).same_as(agreed or first),
    )


def rated_value(content: AnswerContent) -> RatedValue:
    """What an answer says of its item, without its evidence."""
    said: Any = content.state
    return RatedValue(
        said=said,
        level=content.level if content.state == ANSWERED else None,
        lines=[RatedLine(key=key, state=line.state, text=line.text) for key, line in content.options.items()],
        not_applicable_reason=content.not_applicable_reason,
        reason=content.comment,
    )


def days_of(rating: SecondRating, zone: str) -> dict[str, str]:
    """The days of a rating, where the process is."""
    return {
        "invited_on": _day(rating.invited_at, zone),
        "first_finished_on": _day(rating.first_finished_at, zone),
        "second_finished_on": _day(rating.second_finished_at, zone),
    }


def _day(moment: datetime | None, zone: str) -> str:
    return timezone.localdate(moment, zone_named(zone)).isoformat() if moment else ""


# --- Back from a document ----------------------------------------------------------------------------------------


def described_rating(part: SecondRatingPart | None, catalogue: CatalogueSet, zone: str) -> RatingRows | None:
    """Return rows that say what the document says was there; nothing of it is stored."""
    if part is None:
        return None
    rating = SecondRating(
        rater_name=part.rater,
        is_blind=part.is_blind,
        invited_at=_moment(part.invited_on, zone),
        first_finished_at=_moment(part.first_finished_on, zone),
        second_finished_at=_moment(part.second_finished_on, zone),
    )
    rows = []
    for entry in part.items:
        item = catalogue.items.get(entry.code)
        if item is not None:
            rows += [_row(item, FIRST, entry.first), _row(item, SECOND, entry.second)]
            if entry.consensus is not None:
                rows.append(_row(item, CONSENSUS, entry.consensus, _moment(entry.agreed_on, zone)))
    return RatingRows.of(rating, rows)


def rated_alone(rows: RatingRows | None, *, agreed: RatingRows | None) -> RatingRows | None:
    """Return what each said alone as in `rows`, with what they agreed on as in `agreed`."""
    if rows is None or agreed is None:
        return rows
    alone = {place: row for place, row in rows.answers.items() if place[0] != CONSENSUS}
    return RatingRows(
        rows.rating, alone | {place: row for place, row in agreed.answers.items() if place[0] == CONSENSUS}
    )


def _moment(day: str, zone: str) -> datetime:
    """Noon of a day; ValueError where it is none."""
    return datetime.combine(date.fromisoformat(day), time(12), tzinfo=zone_named(zone))


def _row(item: CatalogueItem, side: str, value: RatedValue, at: datetime | None = None) -> RatedAnswer:
    lines = {line.key: {"state": line.state, "text": line.text} for line in value.lines}
    return RatedAnswer(
        item=item.code,
        revision=item.revision,
        side=side,
        state=value.said,
        value={"level": value.level, "options": lines},
        not_applicable_reason=value.not_applicable_reason,
        comment=value.reason,
        at=at or timezone.now(),
    )
