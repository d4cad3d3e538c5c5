"""How far two ratings of one item differ in this installation: measured once there is enough, else assumed."""

from collections.abc import Iterator

from django.db import transaction

from assessments.documents.result import ResultDocument
from assessments.documents.second_rating import SecondRatingPart
from assessments.models import FrozenResult, MeasuredNoise
from assessments.scoring import fraction_text, parse_fraction
from assessments.scoring.comparison import RaterNoise, measured_difference


def noise_now() -> RaterNoise:
    """Return what was measured last, or what the method assumes. One query."""
    found = MeasuredNoise.objects.first()
    if found is None:
        return RaterNoise()
    return RaterNoise.of(parse_fraction(found.different))


@transaction.atomic
def measure_noise() -> MeasuredNoise | None:
    """Compute it from all blind second ratings in results that hold, and store it with the day; None with too few.

    Invented processes and published examples are left out: nobody rated there. Of results it reads what is frozen, so
    what was measured can be followed up.
    """
    pairs = [_pairs(part) for part in _blind_ratings()]
    pairs = [own for own in pairs if own]
    difference = measured_difference(pairs)
    if difference is None:
        return None
    return MeasuredNoise.objects.create(
        assessments=len(pairs), items=sum(map(len, pairs)), different=fraction_text(difference)
    )


def counted_so_far() -> tuple[int, int]:
    """Return how many assessments and rated items could be counted now."""
    pairs = [_pairs(part) for part in _blind_ratings()]
    return sum(1 for own in pairs if own), sum(map(len, pairs))


def _blind_ratings() -> Iterator[SecondRatingPart]:
    """The second rating of the newest result of every assessment that was submitted."""
    seen: set[int] = set()
    rows = FrozenResult.objects.filter(
        assessment__process__is_invented=False, assessment__process__is_example=False
    ).order_by("assessment", "-number")
    for row in rows.iterator():
        if row.assessment_id in seen:
            continue
        seen.add(row.assessment_id)
        if "second_rating" not in row.document:
            continue
        part = ResultDocument.model_validate(row.document).second_rating
        if part is not None and part.is_blind:
            yield part


def _pairs(part: SecondRatingPart) -> list[tuple[int, int]]:
    """The two levels of every rating item that both rated."""
    return [
        (item.first.level, item.second.level)
        for item in part.items
        if item.first.level is not None and item.second.level is not None
    ]
