"""How much is known of a process: of the answers that apply, how many are shown, only claimed, or not there."""

from dataclasses import dataclass

from django.utils.translation import ngettext

from assessments.documents.result import AttributeResult, ResultDocument
from assessments.headlines.sentence import Sentence


@dataclass(frozen=True)
class KnownCounts:
    """Numbers of scored items that apply: `shown` as the method says it (method 3.4), `claimed` and not shown,
    `unknown` (not answered, not known, or treated as open); together they are `total`.
    """

    shown: int
    claimed: int
    unknown: int
    total: int

    @property
    def sentence(self) -> Sentence:
        """The numbers as one sentence."""
        words = ngettext(
            "Of %(total)s answer: %(shown)s shown, %(claimed)s claimed and not shown, %(unknown)s not known.",
            "Of %(total)s answers: %(shown)s shown, %(claimed)s claimed and not shown, %(unknown)s not known.",
            self.total,
        )
        return Sentence(words, total=self.total, shown=self.shown, claimed=self.claimed, unknown=self.unknown)


def known(document: ResultDocument) -> KnownCounts:
    """Count over all attributes."""
    return _known(document.attributes)


def known_of(attribute: AttributeResult) -> KnownCounts:
    """Count within one attribute."""
    return _known([attribute])


def _known(attributes: list[AttributeResult]) -> KnownCounts:
    shown = sum(attribute.shown for attribute in attributes)
    answered = sum(attribute.answered for attribute in attributes)
    total = sum(attribute.applicable for attribute in attributes)
    return KnownCounts(shown=shown, claimed=answered - shown, unknown=total - answered, total=total)
