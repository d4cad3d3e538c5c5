"""What a headline is decided by: which attributes have a figure, stand high, or stand apart."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from assessments.documents.last_time import LastTimePart
from assessments.documents.result import AttributeResult, ItemResult, ResultDocument
from assessments.documents.values import exact
from assessments.headlines.known import KnownCounts, known
from assessments.scoring import parse_fraction
from assessments.scoring.comparison import ComparedScore, higher_within
from assessments.scoring.method import OPTION_NOT_APPLICABLE, ZERO
from assessments.scoring.model import ScoreStatus

HIGH = frozenset({"L+", "F"})
LOW = frozenset({"N", "P-", "P+"})


@dataclass(frozen=True)
class HeadlineBasis:
    """A result as the rules of the headline look at it."""

    document: ResultDocument
    last: LastTimePart | None

    @cached_property
    def applicable(self) -> list[AttributeResult]:
        """The attributes that apply."""
        return [entry for entry in self.document.attributes if entry.status != "not_applicable"]

    @cached_property
    def with_figure(self) -> list[AttributeResult]:
        """The attributes that have a score."""
        return [entry for entry in self.applicable if entry.score is not None]

    @cached_property
    def items(self) -> list[ItemResult]:
        """The scored items that apply."""
        found = self.document.items().values()
        return [item for item in found if item.scored and item.state != OPTION_NOT_APPLICABLE and not item.by_kind]

    @cached_property
    def known(self) -> KnownCounts:
        """How much is known."""
        return known(self.document)

    @cached_property
    def answered(self) -> list[ItemResult]:
        """Those of them that have a value."""
        return [item for item in self.items if item.claimed is not None]

    @cached_property
    def capped(self) -> list[ItemResult]:
        """Those that count for less than they claim."""
        return [item for item in self.answered if item.capped]

    @cached_property
    def apart(self) -> frozenset[tuple[str, str]]:
        """The pairs (higher, lower) of attributes that can be told apart."""
        scores = {entry.code: _compared(entry) for entry in self.with_figure}
        return higher_within(scores, top_level=self.document.question_set.top_level)

    @cached_property
    def highest(self) -> AttributeResult | None:
        """The one attribute with the highest score, None where several have it."""
        return _only_one(self.with_figure, max)

    @cached_property
    def lowest(self) -> AttributeResult | None:
        """The one attribute with the lowest score, None where several have it."""
        return _only_one(self.with_figure, min)

    @property
    def claims_nothing(self) -> bool:
        """Whether every answer says that nothing of it is in place, and there are answers."""
        return bool(self.answered) and all(exact(item.claimed) == ZERO for item in self.answered)

    @property
    def shows_nothing(self) -> bool:
        """Whether something is claimed, and nothing is shown, not even that something is missing."""
        claims = [item for item in self.answered if exact(item.claimed) != ZERO]
        return bool(claims) and not any(item.shown for item in self.answered)

    def below_all(self, attribute: AttributeResult) -> bool:
        """Whether every other attribute with a figure is told apart from this one as higher."""
        return all((other.code, attribute.code) in self.apart for other in self._others(attribute))

    def above_all(self, attribute: AttributeResult) -> bool:
        """Whether every other attribute with a figure is told apart from this one as lower."""
        return all((attribute.code, other.code) in self.apart for other in self._others(attribute))

    def alike(self, codes: Iterable[str]) -> bool:
        """Whether none of these attributes can be told apart from another of them."""
        found = set(codes)
        return not any(higher in found and lower in found for higher, lower in self.apart)

    def _others(self, attribute: AttributeResult) -> list[AttributeResult]:
        return [entry for entry in self.with_figure if entry.code != attribute.code]


def _only_one(attributes: list[AttributeResult], end: Callable[[list[Fraction]], Fraction]) -> AttributeResult | None:
    scores = [entry.score.value for entry in attributes if entry.score is not None]
    if not scores:
        return None
    found = [entry for entry in attributes if entry.score is not None and entry.score.value == end(scores)]
    return found[0] if len(found) == 1 else None


def _compared(attribute: AttributeResult) -> ComparedScore:
    return ComparedScore(
        score=exact(attribute.score),
        low=exact(attribute.low),
        high=exact(attribute.high),
        status=ScoreStatus(attribute.status),
        squares=parse_fraction(attribute.squares),
    )
