"""The events of an assessment taken one after the other: each has to fit the state that those before it left."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from assessments.archive.paths import Problem
from assessments.archive.schema import Archive, EventEntry, MoveEntry


@dataclass(frozen=True)
class Submission:
    """One freezing: its event, the version that was answered then, and the moment from which on it could be.

    `submitted` is the event of the submission whose answers were frozen: the same event, or the one before a signature
    of a reviewer.
    """

    event: EventEntry
    version: str
    since: datetime
    submitted: EventEntry

    @property
    def is_of_review(self) -> bool:
        """Whether a reviewer's signature froze it."""
        return self.event.kind == "reviewed"


@dataclass
class EventHistory:
    """The events of an assessment one after the other, with the state and the version that each of them leaves."""

    archive: Archive
    submissions: list[Submission] = field(default_factory=list)
    state: str = "draft"
    version: str = ""
    moved: int = 0
    active: list[MoveEntry] = field(default_factory=list)

    def problems(self) -> Iterator[Problem]:
        """Take every step; return what cannot have happened. Fills `submissions`."""
        archive, entry = self.archive, self.archive.assessment
        self.version = archive.moves[0].from_version if archive.moves else archive.question_set.version
        since = entry.created_at
        for index, event in enumerate(entry.events):
            path = f"$.assessment.events[{index}]"
            if event.at < since:
                yield f"{path}.at: is before what happened before it"
            if event.kind == "started" and index:
                yield f"{path}.kind: an assessment is begun once, before everything else"
            yield from (f"{path}.{problem}" for problem in self._step(event, since))
            since = event.at
        yield from self._end()

    def _step(self, event: EventEntry, since: datetime) -> Iterator[Problem]:
        if event.kind == "submitted":
            if self.state != "draft":
                yield "kind: it was submitted already, and has not been reopened since"
            self.state = "submitted"
            self.submissions.append(Submission(event, self.version, since, event))
        elif event.kind == "reviewed":
            if self.state not in ("submitted", "superseded") or not self.submissions:
                yield "kind: what has not been submitted cannot be reviewed"
                return
            self.submissions.append(Submission(event, self.version, since, self.submissions[-1].submitted))
        elif event.kind == "reopened":
            if self.state != "submitted":
                yield "kind: what has not been submitted cannot be reopened"
            if not event.reason.strip():
                yield "reason: is missing; nothing is reopened without one"
            self.state = "draft"
        elif event.kind == "superseded":
            if self.state != "submitted":
                yield "kind: what has not been submitted cannot be superseded"
            self.state = "superseded"
        elif event.kind == "moved":
            yield from self._move(event, since)
        elif event.kind == "moved_back":
            yield from self._move_back(event, since)

    def _move(self, event: EventEntry, since: datetime) -> Iterator[Problem]:
        if self.moved >= len(self.archive.moves):
            yield "kind: the move is not in the archive"
            return
        move = self.archive.moves[self.moved]
        self.moved += 1
        if self.state != "draft" or move.from_version != self.version or not since <= move.at <= event.at:
            yield "kind: does not fit the move, which is from another version, or of another time"
        self.version = move.to_version
        self.active.append(move)

    def _move_back(self, event: EventEntry, since: datetime) -> Iterator[Problem]:
        move = self.active.pop() if self.active else None
        if move is None or move.undone_at is None or not since <= move.undone_at <= event.at:
            yield "kind: no move was undone at that time"
            return
        self.version = move.from_version

    def _end(self) -> Iterator[Problem]:
        archive, entry = self.archive, self.archive.assessment
        if len(self.submissions) != len(archive.results):
            yield (
                f"$.results: there are {len(archive.results)}, but $.assessment.events has {len(self.submissions)}"
                " submissions and signed reviews"
            )
        if self.state != entry.state:
            yield f"$.assessment.state: is “{entry.state}”, but after its events it is “{self.state}”"
        if self.moved != len(archive.moves):
            yield f"$.moves: there are {len(archive.moves)}, but $.assessment.events has {self.moved}"
        if any(move.undone_at is not None for move in self.active):
            yield "$.moves: a move was undone, but $.assessment.events does not have that"
        if self.version != archive.question_set.version:
            yield f"$.question_set.version: after its moves the assessment is at {self.version}"
        yield from self._submitted()

    def _submitted(self) -> Iterator[Problem]:
        entry = self.archive.assessment
        last = next((made for made in reversed(self.submissions) if not made.is_of_review), None)
        if (last is None) != (entry.submitted_at is None):
            yield "$.assessment.submitted_at: does not fit $.assessment.events"
        elif (
            last is not None
            and entry.submitted_at is not None
            and not last.since <= entry.submitted_at <= last.submitted.at
        ):
            yield "$.assessment.submitted_at: is not the time of the last submission"
        if entry.submitted_by != (last.submitted.by if last else ""):
            yield "$.assessment.submitted_by: is not who submitted it last"
