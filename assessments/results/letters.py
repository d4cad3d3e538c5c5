"""The letters of results, for pages that show those of many: read without the answers they come from."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F

from assessments.models import Assessment
from assessments.results.frozen import newest_results
from attributes.texts import TextMap


@dataclass(frozen=True)
class AttributeLetter:
    """One attribute of a result: its letter, None where there is none, and its status; what it is called."""

    code: str
    slug: str
    title: TextMap
    status: str
    letter: str | None


def letters_of(assessments: Iterable[Assessment]) -> dict[int, list[AttributeLetter]]:
    """Return the attributes of the result of each assessment that holds now, by the assessment's primary key.

    One query for any number.
    """
    rows = newest_results(assessments).values_list("assessment", F("document__attributes"))
    names = ("code", "slug", "title", "status", "letter")
    return {pk: [AttributeLetter(**{name: entry[name] for name in names}) for entry in found] for pk, found in rows}
