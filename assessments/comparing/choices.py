"""The lines of the compare page: what was assessed, how it stands, and whether it can be compared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessments.comparing.comparability import (
    Candidate,
    Key,
    differs,
    key_of,
    never_comparable,
    reasons,
    reference_key,
    same_round_slot,
)
from assessments.comparing.glances import Glance, glances
from assessments.documents.comparison import Reason
from assessments.models import Assessment
from assessments.results import sentences

TRACK = "evidence"
ASSURANCE = "self_assessed"


@dataclass(frozen=True)
class OfferedResult:
    """A line. `reason` is why it cannot be compared with what is chosen, or at all (`never`)."""

    assessment: Assessment
    glance: Glance | None
    is_chosen: bool
    reason: Reason | None
    never: bool

    @property
    def because(self) -> str:
        """The reason in words."""
        return str(sentences.EXCLUDED[self.reason]) if self.reason else ""


def choices_of(
    chosen: Sequence[Assessment], listed: Sequence[Assessment]
) -> tuple[list[OfferedResult], list[OfferedResult]]:
    """Return the lines of what is chosen, and of what is listed. One query for any number."""
    found = glances({row.pk: row for row in [*chosen, *listed]}.values())
    candidates = [_candidate(row, found) for row in chosen]
    why = reasons(candidates)
    fit = [entry for entry in candidates if entry.code not in why]
    reference = reference_key(fit) if fit else None
    codes = {row.code for row in chosen}
    lines = [OfferedResult(row, found.get(row.pk), True, why.get(row.code), never=False) for row in chosen]
    by_code = {line.assessment.code: line for line in lines}
    rows = [by_code[row.code] if row.code in codes else _line(row, found, reference, fit) for row in listed]
    return lines, rows


def _line(
    row: Assessment, found: Mapping[int, Glance], reference: Key | None, fit: Sequence[Candidate]
) -> OfferedResult:
    entry = _candidate(row, found)
    reason = never_comparable(entry)
    if reason:
        return OfferedResult(row, found.get(row.pk), is_chosen=False, reason=reason, never=True)
    if reference:
        reason = differs(entry.key, reference)
        if reason is None and any(same_round_slot(other, entry) for other in fit):
            reason = "another_round"
    return OfferedResult(row, found.get(row.pk), is_chosen=False, reason=reason, never=False)


def _candidate(row: Assessment, found: Mapping[int, Glance]) -> Candidate:
    glance = found.get(row.pk)
    return Candidate(
        code=row.code,
        is_final=row.is_submitted and glance is not None,
        key=key_of(
            track=TRACK,
            slug=row.question_set.slug,
            version=row.question_set.version,
            method_version=glance.method_version if glance else "",
            assurance=ASSURANCE,
        ),
        version=row.question_set.version,
        process_code=row.process.code,
        round=row.round,
        has_score=bool(glance and glance.has_comparable_score),
    )
