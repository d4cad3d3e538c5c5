"""An independent review of an assessment, in an archive file."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from assessments.archive.schema_parts import (
    ArchivePart,
    Digest,
    Moment,
    Name,
    Short,
)


class ReplyEntry(ArchivePart):
    """What the organiser replied to a proposal."""

    agrees: bool
    reason: Annotated[str, StringConstraints(max_length=2000)]
    by: Name
    at: Moment


class OpinionEntry(ArchivePart):
    """What a reviewer said of an item, of the answer with this fingerprint; the last one of an item holds."""

    item: Short
    made_for: Digest
    says: Literal["agrees", "proposes", "cannot_tell"]
    level: Annotated[int, Field(ge=0, le=32_767)] | None
    states: dict[Annotated[str, StringConstraints(max_length=200)], Short]
    seen: bool
    reason: Annotated[str, StringConstraints(max_length=2000)]
    at: Moment
    sent_at: Moment
    replies: list[ReplyEntry]


class ReviewQuestionEntry(ArchivePart):
    """Something the reviewer asked, about an item or the whole, and the answer."""

    item: Annotated[str, StringConstraints(max_length=50)]
    text: Annotated[str, StringConstraints(min_length=1, max_length=2000)]
    asked_at: Moment
    answer: Annotated[str, StringConstraints(max_length=2000)]
    answered_by: Name
    answered_at: Moment | None


class ReviewEventEntry(ArchivePart):
    kind: Literal[
        "invited", "accepted", "declined", "withdrawn", "sent", "changes", "resubmitted", "replied", "signed",
        "reopened", "imported",
    ]  # fmt: skip
    words: Annotated[str, StringConstraints(max_length=2000)]
    by: Name
    at: Moment


class ReviewEntry(ArchivePart):
    """An independent review, without what was not sent: drafts of a reviewer are nobody else's."""

    state: Literal["invited", "declined", "withdrawn", "in_review", "changes_asked", "replies", "signed"]
    reviewer: Name
    affiliation: Name
    interests: Annotated[str, StringConstraints(max_length=1500)]
    invited_at: Moment
    accepted_at: Moment | None
    reply_by: date | None
    number: Annotated[int, Field(ge=1)] | None
    solid: Annotated[str, StringConstraints(max_length=1200)]
    not_solid: Annotated[str, StringConstraints(max_length=1200)]
    board_asks: Annotated[str, StringConstraints(max_length=900)]
    signed_at: Moment | None
    signed_as: Name
    opinions: list[OpinionEntry]
    questions: list[ReviewQuestionEntry]
    events: list[ReviewEventEntry]
