"""Which results can be put side by side (method 3.10), and which not and why."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assessments.documents.comparison import AttributeReason, Reason, Record
from assessments.documents.result import ResultDocument
from assessments.documents.values import Figure
from assessments.scoring.comparison import RecordKind
from assessments.scoring.method import METHOD_VERSION, SCOPE_COMPARABLE
from assessments.scoring.model import ScoreStatus

Key = tuple[str, str, str, str, str, str]
# What the parts of a key are about, in the order in which a difference is named.
KEY_REASONS: tuple[Reason, ...] = (
    "records",
    "track",
    "assurance",
    "question_set",
    "major_version",
    "method_version",
)
SELF_ASSESSED = "self_assessed"
NO_SCORE = frozenset({ScoreStatus.NOT_APPLICABLE.value, ScoreStatus.WITHHELD.value})


@dataclass(frozen=True)
class Candidate:
    """As much of a result as decides whether it can be compared. `code` is that of the assessment."""

    code: str
    is_final: bool
    key: Key
    method_version: str
    process_code: str
    round: int
    has_score: bool


def record_of(*, is_invented: bool, is_example: bool) -> Record:
    """What a record is. An example that was made up is invented."""
    if is_invented:
        return RecordKind.INVENTED.value
    return RecordKind.EXAMPLE.value if is_example else RecordKind.OWN.value


def key_of(*, record: Record, track: str, slug: str, version: str, method_version: str, assurance: str) -> Key:
    """What results must have in common: of question sets the major version, of the method major and minor."""
    method = ".".join(method_version.split(".")[:2])
    return record, track, assurance, slug, version.partition(".")[0], method


def candidate(result: ResultDocument) -> Candidate:
    """The candidate of a whole document."""
    process = result.process
    return Candidate(
        code=result.assessment.code,
        is_final=result.assessment.status == "final",
        key=key_of(
            record=record_of(is_invented=process.is_invented, is_example=process.is_example),
            track=result.assessment.track,
            slug=result.question_set.slug,
            version=result.question_set.version,
            method_version=result.method_version,
            assurance=result.assessment.assurance,
        ),
        method_version=result.method_version,
        process_code=process.code,
        round=result.assessment.round,
        has_score=any(not_compared(entry.status, entry.scope) is None for entry in result.attributes),
    )


def reasons(candidates: Sequence[Candidate]) -> dict[str, Reason]:
    """Return the codes of those that cannot be compared with the rest, each with the reason.

    What most of them have in common decides; with a tie, what the first has. Of several rounds of one process the
    newest stands for it.
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
    alike = [entry for entry in fit if entry.key == reference]
    newest: dict[str, int] = {}
    for entry in alike:
        newest[entry.process_code] = max(entry.round, newest.get(entry.process_code, entry.round))
    for entry in fit:
        reason = differs(entry.key, reference)
        if reason is None and entry.round < newest[entry.process_code]:
            reason = "older_round"
        if reason is None and not entry.has_score:
            reason = "no_score"
        if reason:
            found[entry.code] = reason
    return found


def never_comparable(entry: Candidate) -> Reason | None:
    """Return why a result cannot be in any comparison, or None."""
    if not entry.is_final:
        return "draft"
    return None if is_known_method(entry.method_version) else "unknown_method"


def without_score(entry: Candidate, others: Sequence[Candidate]) -> Reason | None:
    """Return "no_score" for a result with nothing to compare, unless another round of its process is there to stand
    beside over time."""
    rounds = (other for other in others if other.process_code == entry.process_code and other.code != entry.code)
    return None if entry.has_score or any(rounds) else "no_score"


def is_known_method(version: str) -> bool:
    """Whether this installation knows a version of the method: its own, and fixes to it that came before."""
    parts, own = version.split("."), METHOD_VERSION.split(".")
    is_number = len(parts) == len(own) and all(part.isascii() and part.isdecimal() for part in parts)
    return is_number and parts[:2] == own[:2] and int(parts[2]) <= int(own[2])


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
    """Return why an attribute with this status and scope may not be compared, or None. It may be provisional: then
    two cannot be told apart."""
    if status in NO_SCORE:
        return status  # type: ignore[return-value]  # these two are reasons
    return "reduced_scope" if scope.value < SCOPE_COMPARABLE else None
