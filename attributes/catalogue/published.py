"""A question set as the rest of the program reads it: plain values, from a constant number of queries.

Published versions never change, so they are built once per process. Drafts are built anew every time.
"""

from threading import Lock
from typing import Any

from attributes.catalogue.build import build
from attributes.catalogue.types import (
    CatalogueAttribute,
    CatalogueComponent,
    CatalogueCriterion,
    CatalogueGoal,
    CatalogueItem,
    CatalogueLevel,
    CatalogueOption,
    CataloguePrinciple,
    CatalogueQuestion,
    CatalogueQuotation,
    CatalogueRecommendation,
    CatalogueSet,
    CatalogueState,
)
from attributes.models import QuestionSet

__all__ = [
    "CatalogueAttribute",
    "CatalogueComponent",
    "CatalogueCriterion",
    "CatalogueGoal",
    "CatalogueItem",
    "CatalogueLevel",
    "CatalogueOption",
    "CataloguePrinciple",
    "CatalogueQuestion",
    "CatalogueQuotation",
    "CatalogueRecommendation",
    "CatalogueSet",
    "CatalogueState",
    "build",
    "get",
    "latest",
    "of",
]

MAX_CACHED = 32

# The time of creation is part of the key because ids and content may both return after a database is restored
# or rolled back under a running process, with other ids on the items.
_cache: dict[tuple[Any, ...], CatalogueSet] = {}
_lock = Lock()


def get(question_set_id: int) -> CatalogueSet:
    """The question set with this id, or `QuestionSet.DoesNotExist`. One query when cached."""
    return of(QuestionSet.objects.get(pk=question_set_id))


def of(question_set: QuestionSet) -> CatalogueSet:
    """The same for a row at hand. No query when cached."""
    if not question_set.is_frozen:
        return build(question_set)
    key = (question_set.pk, question_set.digest, question_set.status, question_set.created_at)
    found = _cache.get(key)
    if found is None:
        found = build(question_set)
        with _lock:
            if len(_cache) >= MAX_CACHED:
                _cache.pop(next(iter(_cache)))
            _cache[key] = found
    return found


def latest(slug: str | None = None) -> CatalogueSet | None:
    """The published version to start with: the highest of this slug, or of the default set.

    Where the default set (setting DEFAULT_QUESTION_SET) is not stored: of the first slug in `newest_first`.
    """
    for question_set in QuestionSet.objects.latest_versions():
        if slug in (None, question_set.slug):
            return of(question_set)
    return None
