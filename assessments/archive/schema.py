"""The form of an archive file, `msgov-archive/1`. The same models describe it, write it and check it.

`docs/archive-format.md` explains it in words. Dates are ISO 8601 in UTC; texts are as typed.
"""

from datetime import date
from itertools import pairwise
from typing import Annotated, Any, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from assessments.archive.schema_acted import BoardEntry
from assessments.archive.schema_parts import (
    ArchivePart,
    Code,
    Digest,
    Long,
    Moment,
    Name,
    ProcessKinds,
    Short,
    TimeZone,
    is_empty,
)
from assessments.archive.schema_reviewed import ReviewEntry
from assessments.documents.result import ResultDocument


class QuestionSetIdentity(ArchivePart):
    """Which version was answered, and the digest of its content."""

    slug: Short
    version: Short
    digest: Digest


class ScreenerEntry(ArchivePart):
    criterion: Short
    choice: Literal["", "yes", "partly", "no", "unsure"]
    note: Annotated[str, StringConstraints(max_length=2000)]


class GoalEntry(ArchivePart):
    shared_goal: Annotated[str, StringConstraints(max_length=12)]
    text: Annotated[str, StringConstraints(min_length=1, max_length=1000)]
    agreed_by: Annotated[str, StringConstraints(max_length=1000)]
    agreed_when: Annotated[str, StringConstraints(max_length=100)]
    recorded_in: Annotated[str, StringConstraints(max_length=500)]
    reservations: Annotated[str, StringConstraints(max_length=1000)]


class KindEntry(ArchivePart):
    """What the process was said to do from a moment on."""

    kind: ProcessKinds
    at: Moment


class BrandEntry(ArchivePart):
    """How the papers of the process look; `logo` is a PNG in base64."""

    name: Annotated[str, StringConstraints(max_length=120)]
    colour: Annotated[str, StringConstraints(pattern=r"^(#[0-9a-f]{6})?$")]
    logo: Annotated[str, StringConstraints(max_length=300_000)]


class ProcessEntry(ArchivePart):
    code: Code
    name: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    # Empty where nobody has said what it does. The last of its changes is what holds.
    kind: ProcessKinds
    kind_changes: list[KindEntry]
    issue: Annotated[str, StringConstraints(max_length=2000)]
    organisation: Short
    period: Annotated[str, StringConstraints(max_length=100)]
    outcome_expected: Annotated[str, StringConstraints(max_length=2000)]
    resource: Annotated[str, StringConstraints(max_length=120)]
    promise: Literal["", "inform", "consult", "involve", "collaborate", "empower"]
    country: Annotated[str, StringConstraints(max_length=120)]
    language: Annotated[str, StringConstraints(pattern=r"^([A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*)?$", max_length=20)]
    website: Annotated[str, StringConstraints(max_length=500, pattern=r"^(https?://\S+)?$")]
    time_zone: TimeZone
    visibility: Literal["private", "signed_in", "public"]
    is_invented: bool
    is_example: bool
    groups: list[Annotated[str, StringConstraints(min_length=1, max_length=100)]]
    screener: list[ScreenerEntry]
    goals: list[GoalEntry]
    # Left out where nobody chose a look.
    brand: BrandEntry | None = Field(default=None, exclude_if=is_empty)

    @model_validator(mode="after")
    def _kind_follows_from_its_changes(self) -> Self:
        last = self.kind_changes[-1].kind if self.kind_changes else ""
        if self.kind != last:
            raise ValueError(f"kind is “{self.kind}”, but the last of kind_changes is “{last}”")
        if any(later.at < earlier.at for earlier, later in pairwise(self.kind_changes)):
            raise ValueError("kind_changes are not in the order of time")
        return self


class EventEntry(ArchivePart):
    kind: Literal["started", "submitted", "reopened", "superseded", "imported", "moved", "moved_back", "reviewed"]
    reason: Annotated[str, StringConstraints(max_length=2000)]
    by: Name
    at: Moment


class AssessmentEntry(ArchivePart):
    code: Code
    round: Annotated[int, Field(ge=1, le=32_767)]
    title: Annotated[str, StringConstraints(max_length=120)]
    state: Literal["draft", "submitted", "superseded"]
    show_index: bool
    created_at: Moment
    submitted_at: Moment | None
    submitted_by: Name
    events: list[EventEntry]
    # Left out where nothing was written for a board.
    board: BoardEntry | None = Field(default=None, exclude_if=is_empty)


class AnswerEntry(ArchivePart):
    """One answer, raw. `value` by kind of item as in `assessments.models.Answer`."""

    item: Short
    revision: Annotated[int, Field(ge=1)]
    state: Literal["unanswered", "answered", "dont_know", "not_applicable"]
    value: dict[str, Any]
    not_applicable_reason: Annotated[str, StringConstraints(max_length=2000)]
    evidence_class: Literal["", "E0", "E1", "E2"]
    evidence_text: Long
    evidence_links: Annotated[str, StringConstraints(max_length=10_000)]
    evidence_source: Literal["", "organiser", "groups", "survey"]
    comment: Long
    # Why it is another answer than in the round before.
    moved_because: Annotated[str, StringConstraints(max_length=2000)] = Field(default="", exclude_if=is_empty)


class RatedEntry(ArchivePart):
    """What one side of a second rating said of an item; `comment` is the reason, `by` who set it."""

    item: Short
    revision: Annotated[int, Field(ge=1)]
    side: Literal["first", "second", "consensus"]
    state: Literal["unanswered", "answered", "dont_know", "not_applicable"]
    value: dict[str, Any]
    not_applicable_reason: Annotated[str, StringConstraints(max_length=2000)]
    comment: Long
    by: Name
    at: Moment


class SecondRatingEntry(ArchivePart):
    """A second rating in which both have finished: who, when, whether blind, and what each side said."""

    rater: Name
    invited_by: Name
    is_blind: bool
    invited_at: Moment
    first_finished_at: Moment
    first_finished_by: Name
    second_finished_at: Moment
    answers: list[RatedEntry]


class FileEntry(ArchivePart):
    """A file given as evidence, with its bytes in base64, or with the code of a file before it that has the same."""

    code: Code
    item: Short
    name: Short
    content_type: Annotated[str, StringConstraints(max_length=100)]
    size: Annotated[int, Field(ge=0)]
    sha256: Digest
    uploaded_at: Moment
    # Taken away since, but named in a frozen result.
    removed_at: Moment | None
    content: str
    same_as: Code | Literal[""] = Field(default="", exclude_if=is_empty)


class CheckEntry(ArchivePart):
    """Somebody said in this round whether a document of earlier ones still holds."""

    standing: Literal["true", "changed", "gone"]
    at: Moment


class DocumentEntry(ArchivePart):
    """What the evidence register says of a document that an answer rests on; only where it says anything."""

    # The address, the line that says where insiders find it, or "sha256:…" of a file.
    document: Annotated[str, StringConstraints(min_length=1, max_length=10_000)]
    title: Short
    day: date | None
    source: Literal["", "own", "participant", "independent"]
    note: Annotated[str, StringConstraints(max_length=2000)]
    added_at: Moment
    # No longer offered for other answers.
    archived_at: Moment | None = Field(default=None, exclude_if=is_empty)
    checks: list[CheckEntry] = Field(default=[], exclude_if=is_empty)


class OpeningEntry(ArchivePart):
    """Somebody other than who gave it opened a link or file.

    `made_for` is the fingerprint of the piece with its sentence: what was said of an earlier one counts no more.
    """

    item: Short
    # The address, or "sha256:…" of a file.
    reference: Annotated[str, StringConstraints(min_length=1, max_length=10_000)]
    made_for: Digest
    shows: bool
    # Left out where it was opened.
    opened: bool = Field(default=True, exclude_if=bool)
    by: Name
    day: date
    at: Moment


class DecisionEntry(ArchivePart):
    """What was decided for an item, and a fingerprint of the answer that was made."""

    choice: Literal["take", "words", "start", "keep"]
    became: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{0,16}$")]


class MoveEntry(ArchivePart):
    """A move from one version of the question set to a newer one."""

    from_version: Short
    to_version: Short
    decisions: dict[Short, DecisionEntry]
    by: Name
    at: Moment
    undone_at: Moment | None
    undone_by: Name


class OtherVersion(ArchivePart):
    """What was answered in a version that the assessment was moved from, or back from. It does not count."""

    question_set: QuestionSetIdentity
    answers: list[AnswerEntry]
    files: list[FileEntry]
    openings: list[OpeningEntry] = Field(default=[], exclude_if=is_empty)


class ResultEntry(ArchivePart):
    """A frozen result: every figure as an exact fraction and as printed."""

    number: Annotated[int, Field(ge=1)]
    method_version: Short
    digest: Digest
    created_at: Moment
    document: ResultDocument


class Archive(ArchivePart):
    """A whole archive."""

    format: Literal["msgov-archive/1"]
    question_set: QuestionSetIdentity
    process: ProcessEntry
    assessment: AssessmentEntry
    answers: list[AnswerEntry]
    files: list[FileEntry]
    # Left out where nobody has opened anything.
    openings: list[OpeningEntry] = Field(default=[], exclude_if=is_empty)
    # Left out where nobody has rated it a second time, or where not both have finished.
    second_rating: SecondRatingEntry | None = Field(default=None, exclude_if=is_empty)
    # For a draft: the result as it stands. A submitted assessment has its frozen results instead.
    computed: ResultDocument | None
    results: list[ResultEntry]
    # Left out where the assessment has never been moved.
    moves: list[MoveEntry] = Field(default=[], exclude_if=is_empty)
    other_versions: list[OtherVersion] = Field(default=[], exclude_if=is_empty)
    # Left out where nothing is said of any document.
    evidence_register: list[DocumentEntry] = Field(default=[], exclude_if=is_empty)
    # Left out where nobody was asked for a review.
    reviews: list[ReviewEntry] = Field(default=[], exclude_if=is_empty)
