"""Which results can be put side by side (method 3.10), and which not and why."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assessments.documents.comparison import AttributeReason, Reason
from assessments.documents.result import ResultDocument
from assessments.documents.values import Figure
from assessments.scoring import ScoreStatus, comparable

Key = tuple[str, str, str, str, str]
# What the parts of a key are about, in the order in which a difference is named.
KEY_REASONS: tuple[Reason, ...] = ("track", "question_set", "major_version", "method_version", "assurance")


@dataclass(frozen=True)
class Candidate:
    """As much of a result as decides whether it can be compared. `code` is that of the assessment."""

    code: str
    is_final: bool
    key: Key
    version: str
    process_code: str
    round: int
    has_score: bool


def key_of(*, track: str, slug: str, version: str, method_version: str, assurance: str) -> Key:
    """What results must have in common; of versions the major number."""
    return track, slug, _major(version), _major(method_version), assurance


def candidate(result: ResultDocument) -> Candidate:
    """The candidate of a whole document."""
    return Candidate(
        code=result.assessment.code,
        is_final=result.assessment.status == "final",
        key=key_of(
            track=result.assessment.track,
            slug=result.question_set.slug,
            version=result.question_set.version,
            method_version=result.method_version,
            assurance=result.assessment.assurance,
        ),
        version=result.question_set.version,
        process_code=result.process.code,
        round=result.assessment.round,
        has_score=any(not_compared(entry.status, entry.scope) is None for entry in result.attributes),
    )


def reasons(candidates: Sequence[Candidate]) -> dict[str, Reason]:
    """Return the codes of those that cannot be compared with the rest, each with the reason.

    What most of them have in common decides; with a tie, what the first has. Of rounds of one process that answered
    the same version the latest stands; rounds of different versions are compared with each other.
    """
    found: dict[str, Reason] = {}
    for entry in candidates:
        reason = never_comparable(entry)
        if reason:
            found[entry.code] = reason
    fit = [entry for entry in candidates if entry.code not in found]
    if not fit:
        return found
    reference = reference_key(fit)
    latest = _latest_rounds([entry for entry in fit if entry.key == reference])
    for entry in fit:
        reason = differs(entry.key, reference)
        if reason is None and entry.code not in latest:
            reason = "another_round"
        if reason:
            found[entry.code] = reason
    return found


def never_comparable(entry: Candidate) -> Reason | None:
    """Return why a result cannot be in any comparison, or None."""
    if not entry.is_final:
        return "draft"
    return None if entry.has_score else "no_score"


def reference_key(candidates: Sequence[Candidate]) -> Key:
    """What most of at least one candidate have in common."""
    return Counter(entry.key for entry in candidates).most_common(1)[0][0]


def differs(key: Key, reference: Key) -> Reason | None:
    """Return the first thing that two results do not have in common, or None."""
    for reason, mine, theirs in zip(KEY_REASONS, key, reference, strict=True):
        if mine != theirs:
            return reason
    return None


def not_compared(status: str, scope: Figure) -> AttributeReason | None:
    """Return why an attribute with this status and scope may not be compared, or None."""
    reason = comparable(scope.value, ScoreStatus(status))
    return reason  # type: ignore[return-value]  # scoring promises these keys


def same_round_slot(one: Candidate, other: Candidate) -> bool:
    """Whether only one of two results has room in a comparison: rounds of one process on the same version."""
    return (one.process_code, one.version) == (other.process_code, other.version)


def _latest_rounds(candidates: Sequence[Candidate]) -> set[str]:
    latest: dict[tuple[str, str], Candidate] = {}
    for entry in candidates:
        known = latest.get((entry.process_code, entry.version))
        if known is None or entry.round > known.round:
            latest[entry.process_code, entry.version] = entry
    return {entry.code for entry in latest.values()}


def _major(version: str) -> str:
    return version.partition(".")[0]
