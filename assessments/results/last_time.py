"""The round before an assessment, from what is frozen of both."""

from collections.abc import Hashable
from dataclasses import dataclass

from assessments.documents.last_time import LastTimePart
from assessments.documents.result import ResultDocument
from assessments.matching.last_time import last_time
from assessments.matching.noise import noise_now
from assessments.matching.raters import raters_of
from assessments.models import Assessment, FrozenResult
from assessments.results.frozen import current_documents


@dataclass(frozen=True)
class EarlierRound:
    """The round before, without its document: it is read only where a page has to be drawn."""

    result: FrozenResult
    later: Assessment

    @property
    def key(self) -> Hashable:
        """What a page that shows it can be kept by."""
        return self.result.digest, self.result.assessment_id

    def seen_from(self, document: ResultDocument) -> LastTimePart | None:
        """How it stood, and what moved since. Three queries."""
        return last_time_of(self.later, document)


def earlier_round(assessment: Assessment) -> EarlierRound | None:
    """Return the last submitted round before this one, or None. One query."""
    before = Assessment.objects.submitted().filter(process=assessment.process_id, round__lt=assessment.round)
    found = FrozenResult.objects.filter(assessment__in=before).defer("document")
    result = found.order_by("-assessment__round", "-number").first()
    return None if result is None else EarlierRound(result, assessment)


def earlier_round_of(assessment: Assessment) -> Assessment | None:
    """Return the last submitted round before this one that has a frozen result, or None. One query."""
    earlier = Assessment.objects.submitted().filter(process=assessment.process_id, round__lt=assessment.round)
    return earlier.filter(results__isnull=False).order_by("-round").first()


def last_time_of(assessment: Assessment, document: ResultDocument | None = None) -> LastTimePart | None:
    """Return how the round before stood, and what moved since; None where no earlier round was submitted.

    `document` is the result to look back from where it is not the one that holds now. One query without an earlier
    round, three with one.
    """
    before = earlier_round_of(assessment)
    if before is None:
        return None
    documents = current_documents([before, assessment] if document is None else [before])
    after = document or documents.get(assessment.pk)
    if after is None:
        return None
    return last_time(_as_stored(before, documents[before.pk]), after, raters_of([before, assessment]), noise_now())


def _as_stored(assessment: Assessment, document: ResultDocument) -> ResultDocument:
    """The document with the number of the round it is here: an import may have given it another."""
    part = document.assessment.model_copy(update={"round": assessment.round})
    return document.model_copy(update={"assessment": part})
