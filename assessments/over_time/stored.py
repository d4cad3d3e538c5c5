"""The rounds of a process as they are stored: a constant number of queries for any number of rounds."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property

from assessments.actions.reading import action_part
from assessments.documents.actions import ActionPart
from assessments.documents.over_time import OverTimeDocument, RoundLeftOut
from assessments.documents.result import ResultDocument
from assessments.matching.noise import noise_now
from assessments.matching.raters import raters_of
from assessments.models import Action, Assessment, FrozenResult, Process
from assessments.over_time.build import build_over_time
from assessments.results.frozen import documents_of, latest_digests, latest_of, latest_panels


@dataclass(frozen=True)
class StoredRounds:
    """The rounds of a process that may be shown, oldest first, without their documents, and what was promised on each.

    `results` and `actions` are by primary key of the assessment; `reopened` are rounds that nothing is read of.
    """

    process: Process
    submitted: list[Assessment]
    reopened: list[Assessment]
    results: dict[int, FrozenResult]
    actions: dict[int, list[ActionPart]]

    @cached_property
    def digests(self) -> dict[int, str]:
        """The fingerprints of what is public of their panels, by primary key. One query."""
        return latest_digests(self.submitted)

    @property
    def key(self) -> Hashable:
        """What a page drawn from them can be kept by."""
        return (
            tuple((row.pk, self.results[row.pk].digest, self.digests.get(row.pk)) for row in self.submitted),
            tuple((row.code, row.round, row.title) for row in self.reopened),
            tuple(tuple(self.actions.get(row.pk, ())) for row in self.submitted),
        )

    def document(self) -> OverTimeDocument | None:
        """Return them side by side; None where fewer than two can be. Three queries at most."""
        documents = documents_of(self.results.values())
        panels = latest_panels([row for row in self.submitted if row.pk in self.digests])
        return build_over_time(
            [_as_stored(row, documents[row.pk]) for row in self.submitted],
            {
                row.code: panels[row.pk].model_copy(update={"assessment": row.code})
                for row in self.submitted
                if row.pk in panels
            },
            raters_of(self.submitted),
            {row.code: self.actions.get(row.pk, []) for row in self.submitted},
            [RoundLeftOut(code=row.code, round=row.round, title=row.title, reason="draft") for row in self.reopened],
            noise=noise_now(),
        )


def stored_rounds(process: Process, codes: Sequence[str] = (), *, public_only: bool) -> StoredRounds:
    """Return the rounds of a process, or those of these codes alone. Three queries.

    A round that was submitted and opened again is left out and named; of drafts nothing is told. `public_only`: of the
    actions those that are told to everybody.
    """
    rows = Assessment.objects.filter(process=process).select_related("process").order_by("round", "pk")
    found = list(rows.filter(code__in=codes) if codes else rows)
    results = latest_of(found)
    submitted = [row for row in found if not row.is_draft and row.pk in results]
    kept = {row.pk for row in submitted}
    reopened = [row for row in found if row.is_draft and row.pk in results]
    chosen = Action.objects.filter(assessment__in=kept).as_told()
    actions: dict[int, list[ActionPart]] = {}
    for action in chosen.public() if public_only else chosen:
        actions.setdefault(action.assessment_id, []).append(action_part(action))
    return StoredRounds(process, submitted, reopened, {pk: results[pk] for pk in results if pk in kept}, actions)


def _as_stored(assessment: Assessment, document: ResultDocument) -> ResultDocument:
    """The document with the number of the round it is here: an import may have given it another."""
    part = document.assessment.model_copy(update={"round": assessment.round})
    return document.model_copy(update={"assessment": part})
