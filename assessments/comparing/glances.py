"""As much of results as a list has to know: what they can be compared with."""

from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict

from assessments.documents.values import Figure
from assessments.matching.comparability import not_compared
from assessments.models import Assessment, FrozenResult
from assessments.results.frozen import latest_of, raw_documents
from attributes.memory import MemoryCache


class AttributeGlance(BaseModel):
    """Whether the score of an attribute can be compared."""

    model_config = ConfigDict(frozen=True)

    status: str
    scope: Figure

    @property
    def is_comparable(self) -> bool:
        return not_compared(self.status, self.scope) is None


class SetGlance(BaseModel):
    """Which questions were answered."""

    model_config = ConfigDict(frozen=True)

    slug: str
    version: str


class ProcessGlance(BaseModel):
    """What sort of record it is."""

    model_config = ConfigDict(frozen=True)

    is_invented: bool
    is_example: bool


class RoundGlance(BaseModel):
    """Whose view it is, and whether anybody checked it."""

    model_config = ConfigDict(frozen=True)

    track: str
    assurance: str


class Glance(BaseModel):
    """As much of a result as decides what it can be compared with; the rest of the document is passed over unread."""

    model_config = ConfigDict(frozen=True)

    method_version: str
    question_set: SetGlance
    process: ProcessGlance
    assessment: RoundGlance
    attributes: list[AttributeGlance]

    @property
    def has_comparable_score(self) -> bool:
        return any(attribute.is_comparable for attribute in self.attributes)


# By digest, so that the same content is the same glance wherever it is stored.
_glances: MemoryCache[str, Glance] = MemoryCache(2000)


def glances(assessments: Iterable[Assessment]) -> dict[int, Glance]:
    """Return what a list has to know of the latest result of each assessment, by primary key.

    One query for any number, and one more for results that this process has not seen yet.
    """
    results = latest_of(assessments)
    new = [result for result in results.values() if _glances.get(result.digest) is None]
    found = {}
    if new:
        for row in raw_documents(FrozenResult.objects.filter(pk__in=[result.pk for result in new])):
            found[row.digest] = _glances.put(row.digest, Glance.model_validate_json(row.raw))
    return {
        pk: glance
        for pk, result in results.items()
        if (glance := found.get(result.digest) or _glances.get(result.digest)) is not None
    }
