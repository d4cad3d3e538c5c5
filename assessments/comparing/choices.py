"""The lines of the compare page: what was assessed, how it stands, and whether it can be compared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessments.comparing import words
from assessments.comparing.glances import Glance, glances
from assessments.documents.comparison import Reason, Record
from assessments.matching.comparability import (
    Candidate,
    Key,
    differs,
    key_of,
    never_comparable,
    reasons,
    record_of,
    reference_key,
    without_score,
)
from assessments.models import Assessment
from assessments.vocabulary import AssessmentState

NO_KEY: Key = ("own", "", "", "", "", "")


@dataclass(frozen=True)
class OfferedResult:
    """A line. `reason` is why it cannot be compared with what is chosen, or at all (`never`)."""

    assessment: Assessment
    is_chosen: bool
    reason: Reason | None
    never: bool

    @property
    def because(self) -> str:
        """The reason in words."""
        return str(words.EXCLUDED[self.reason]) if self.reason else ""


@dataclass(frozen=True)
class OfferedGroup:
    """Lines of one sort of record, which are compared only among themselves, under what they are called."""

    title: str
    rows: list[OfferedResult]


def by_record(rows: Sequence[OfferedResult]) -> list[OfferedGroup]:
    """The lines by what they are records of, in their order."""
    found: dict[Record, list[OfferedResult]] = {}
    for row in rows:
        process = row.assessment.process
        record = record_of(is_invented=process.is_invented, is_example=process.is_example)
        found.setdefault(record, []).append(row)
    return [OfferedGroup(str(words.RECORDS[record]), lines) for record, lines in found.items()]


def choices_of(
    chosen: Sequence[Assessment], listed: Sequence[Assessment]
) -> tuple[list[OfferedResult], list[OfferedResult]]:
    """Return the lines of what is chosen, and of what is listed. One query for any number."""
    found = glances({row.pk: row for row in [*chosen, *listed]}.values())
    candidates = [_candidate(row, found) for row in chosen]
    # Rounds of one process are compared over time, by a rule of its own.
    is_one_process = len({entry.process_code for entry in candidates}) == 1
    why = {entry.code: never_comparable(entry) for entry in candidates} if is_one_process else reasons(candidates)
    fit = [entry for entry in candidates if why.get(entry.code) is None]
    # What the comparison keeps decides; where that is nothing, what it would decide by.
    possible = fit or [entry for entry in candidates if never_comparable(entry) is None]
    reference = reference_key(possible) if possible else None
    codes = {row.code for row in chosen}
    lines = [OfferedResult(row, is_chosen=True, reason=why.get(row.code), never=False) for row in chosen]
    by_code = {line.assessment.code: line for line in lines}
    rows = [by_code[row.code] if row.code in codes else _line(row, found, reference, possible) for row in listed]
    return lines, rows


def _line(
    row: Assessment, found: Mapping[int, Glance], reference: Key | None, possible: Sequence[Candidate]
) -> OfferedResult:
    entry = _candidate(row, found)
    reason = never_comparable(entry)
    if reason is None and not entry.has_score and _is_alone(row):
        reason = "no_score"
    if reason:
        return OfferedResult(row, is_chosen=False, reason=reason, never=True)
    if reference:
        alike = [other for other in possible if other.key == reference]
        reason = differs(entry.key, reference) or without_score(entry, alike)
    return OfferedResult(row, is_chosen=False, reason=reason, never=False)


def _is_alone(row: Assessment) -> bool:
    """Whether it is the only submitted round of its process: then there is none to compare it with over time."""
    return row.round == 1 and row.state == AssessmentState.SUBMITTED


def _candidate(row: Assessment, found: Mapping[int, Glance]) -> Candidate:
    """The candidate of a row, from its stored result: from what the comparison itself goes by."""
    glance = found.get(row.pk)
    return Candidate(
        code=row.code,
        is_final=row.is_submitted and glance is not None,
        key=_key(glance) if glance else NO_KEY,
        method_version=glance.method_version if glance else "",
        process_code=row.process.code,
        round=row.round,
        has_score=bool(glance and glance.has_comparable_score),
    )


def _key(glance: Glance) -> Key:
    return key_of(
        record=record_of(is_invented=glance.process.is_invented, is_example=glance.process.is_example),
        track=glance.assessment.track,
        slug=glance.question_set.slug,
        version=glance.question_set.version,
        method_version=glance.method_version,
        assurance=glance.assessment.assurance,
    )
