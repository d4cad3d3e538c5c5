"""How much of an assessment's evidence somebody else has opened, and on how little it may rest (method 3.4)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from assessments.scoring.evidence.pieces import EvidenceGrade, ItemEvidence


@dataclass(frozen=True, slots=True)
class TransparencyFigures:
    """How far others can check the evidence of the scored items.

    `full` items have evidence of class E2, `opened` of them were opened by a second person; `opened_share` is None
    where there are none. `most_on_one` is the largest number of items that rest on one document, `documents` the
    document, all of them where several are tied. `only_described` items have words and no document.
    """

    full: int
    opened: int
    only_described: int
    most_on_one: int
    documents: tuple[str, ...]

    @property
    def opened_share(self) -> Fraction | None:
        """The share of the items at E2 that a second person has opened, None without any."""
        return Fraction(self.opened, self.full) if self.full else None


def transparency(items: Mapping[str, ItemEvidence]) -> TransparencyFigures:
    """Return the figures for the evidence of the scored items that count, by code (method 3.4)."""
    full = [found for found in items.values() if found.grade is EvidenceGrade.OPEN]
    rests = Counter(name for found in items.values() for name in found.documents)
    most = max(rests.values(), default=0)
    return TransparencyFigures(
        full=len(full),
        opened=sum(found.opened is not None for found in full),
        only_described=sum(found.only_described for found in items.values()),
        most_on_one=most,
        documents=tuple(name for name, count in rests.items() if count == most),
    )
