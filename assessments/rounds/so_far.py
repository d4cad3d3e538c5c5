"""How far the year of an assessment is, read in one query beside its answers and its wave."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery

from assessments.models import Action, Assessment, Decision, EvidenceEntry, Review, SecondRating, Wave
from assessments.vocabulary import ActionState, ReviewState, SecondRatingState
from attributes.memory import Statement

if TYPE_CHECKING:
    from django.db.models import QuerySet

# A second rating or a review that came to nothing is as if there had been none.
NO_RATING = (SecondRatingState.DECLINED, SecondRatingState.WITHDRAWN, SecondRatingState.ENDED)
NO_REVIEW = (ReviewState.DECLINED, ReviewState.WITHDRAWN)


@dataclass(frozen=True)
class YearSoFar:
    """How far an assessment is.

    Items that count and are answered, of how many; its last wave; documents of earlier rounds that nobody has
    confirmed (None: there are none to confirm); the states of second rating and review, "" where there is none; whether
    something was decided; actions and how many are open; the code of the round after it, "" where there is none.
    """

    assessment: Assessment
    done: int
    total: int
    wave: Wave | None
    documents: int | None = None
    rating: str = ""
    review: str = ""
    decided: bool = False
    actions: int = 0
    open_actions: int = 0
    following: str = ""

    @property
    def is_answered(self) -> bool:
        """Whether every item that counts is answered."""
        return self.total > 0 and self.done == self.total


def year_so_far(assessment: Assessment, *, done: int, total: int, wave: Wave | None) -> YearSoFar:
    """Return how far the year of an assessment is, with what is known of its answers and wave. One query, in a later
    round two."""
    ((rating, review, decided, planned, left, following),) = _facts(assessment.pk)
    return YearSoFar(
        assessment,
        done,
        total,
        wave,
        documents=_documents(assessment),
        rating=rating or "",
        review=review or "",
        decided=decided,
        actions=planned or 0,
        open_actions=left or 0,
        following=following or "",
    )


def _read(assessment: int) -> "QuerySet[Assessment, tuple[Any, ...]]":
    own = {"assessment": OuterRef("pk")}
    ratings = SecondRating.objects.filter(**own).exclude(state__in=NO_RATING).order_by("-pk").values("state")[:1]
    reviews = Review.objects.filter(**own).exclude(state__in=NO_REVIEW).order_by("-pk").values("state")[:1]
    actions = Action.objects.filter(**own).order_by().values("assessment").annotate(all=Count("pk"))
    still_open = actions.annotate(open=Count("pk", filter=Q(state=ActionState.OPEN)))
    after = Assessment.objects.filter(process=OuterRef("process"), round__gt=OuterRef("round")).order_by("round")
    found = Assessment.objects.filter(pk=assessment).order_by()
    return found.values_list(
        Subquery(ratings),
        Subquery(reviews),
        Exists(Decision.objects.filter(**own)),
        Subquery(actions.values("all")),
        Subquery(still_open.values("open")),
        Subquery(after.values("code")[:1]),
    )


_facts = Statement(_read)


def _documents(assessment: Assessment) -> int | None:
    """How many documents of earlier rounds nobody has confirmed, None where that is not asked."""
    if assessment.round <= 1 or not assessment.is_draft:
        return None
    entries = EvidenceEntry.objects
    if left := entries.to_confirm(assessment).count():
        return left
    return 0 if entries.carried_into(assessment).exists() else None
