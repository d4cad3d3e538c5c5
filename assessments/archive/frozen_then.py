"""Whether each frozen result of an archive is of this assessment, of its submission, and of what was there then."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import zip_longest

from assessments.answers.evidence import piece_digest
from assessments.archive.events import Submission
from assessments.archive.paths import Problem
from assessments.archive.schema import Archive, FileEntry, OpeningEntry, OtherVersion, ResultEntry
from assessments.documents.result import ItemResult, ResultDocument
from assessments.zones import zone_named, zone_names

# Between the moment that counts as that of submitting and the row that is written of it.
WRITING = timedelta(minutes=1)


def frozen_problems(archive: Archive, submissions: Sequence[Submission]) -> Iterator[Problem]:
    """Return what does not fit of the results of an archive; figures are not looked at."""
    numbers = [result.number for result in archive.results]
    if numbers != list(range(1, len(numbers) + 1)):
        yield "$.results: the numbers do not run 1, 2, 3, …"
    is_draft = archive.assessment.state == "draft"
    if is_draft != (archive.computed is not None):
        yield "$.computed: a draft has its result as it stands here, and what was submitted its frozen results instead"
    if not is_draft and not archive.results:
        yield "$.results: a submitted assessment needs its frozen result"
    known = Known.of(archive)
    for index, (result, submission) in enumerate(zip_longest(archive.results, submissions)):
        if result is None:
            return  # said of the events
        path = f"$.results[{index}]"
        if result.method_version != result.document.method_version:
            yield f"{path}.method_version: is not that of the document"
        yield from _same(archive, result.document, f"{path}.document", number=result.number)
        yield from _described(archive, result, f"{path}.document")
        yield from (f"{path}.document.{problem}" for problem in known.problems(result))
        if submission is not None:
            yield from _submitted(result, submission, path)
    if archive.computed is not None:
        yield from _same(archive, archive.computed, "$.computed", number=None)
    elif archive.results and archive.results[-1].document.assessment.show_index != archive.assessment.show_index:
        yield f"$.results[{len(archive.results) - 1}].document.assessment.show_index: is not that of the assessment"


def _same(archive: Archive, document: ResultDocument, path: str, *, number: int | None) -> Iterator[Problem]:
    """Whether a document is of this assessment and of a version that the archive names."""
    about, expected = document.assessment, archive.assessment
    if about.code != expected.code:
        yield f"{path}.assessment.code: is the result of another assessment, not of “{expected.code}”"
    if about.round != expected.round:
        yield f"{path}.assessment.round: is the result of another round"
    if about.number != number:
        yield f"{path}.assessment.number: is not {number}"
    if document.process.code != archive.process.code:
        yield f"{path}.process.code: is the result of another process, not of “{archive.process.code}”"
    versions = {i.version: i for i in (archive.question_set, *(other.question_set for other in archive.other_versions))}
    named, known = document.question_set, versions.get(document.question_set.version)
    if known is None:
        yield f"{path}.question_set.version: is not one of the versions of the archive"
    else:
        for name in ("slug", "digest"):
            if getattr(named, name) != getattr(known, name):
                yield f"{path}.question_set.{name}: is that of another question set than the archive's"


def _described(archive: Archive, result: ResultEntry, path: str) -> Iterator[Problem]:
    """What a document says of the process that nobody can have changed since."""
    then, process = result.document.process, archive.process
    for name in ("is_invented", "is_example"):
        if getattr(then, name) != getattr(process, name):
            yield f"{path}.process.{name}: is not what the process is"
    if then.time_zone not in zone_names():
        yield f"{path}.process.time_zone: “{then.time_zone}” is not a time zone that is known here"
        return
    zone = zone_named(then.time_zone)
    before = [change for change in process.kind_changes if change.at <= result.created_at]
    expected = [(change.kind, change.at.astimezone(zone).date().isoformat()) for change in before]
    if [(line.kind, line.since) for line in then.kind_changes] != expected:
        yield f"{path}.process.kind_changes: are not those of the process up to then"
    started = archive.assessment.created_at.astimezone(zone).date().isoformat()
    if result.document.assessment.started_on != started:
        yield f"{path}.assessment.started_on: is not the day on which the assessment was begun"


def _submitted(result: ResultEntry, submission: Submission, path: str) -> Iterator[Problem]:
    about, zone = result.document.assessment, zone_named(result.document.process.time_zone)
    if result.document.question_set.version != submission.version:
        yield f"{path}.document.question_set.version: the assessment was at {submission.version} then"
    if not submission.since <= result.created_at <= submission.event.at:
        yield f"{path}.created_at: is not the time of its submission"
    if submission.is_of_review != (result.document.review is not None):
        yield f"{path}.document.review: only a result that a reviewer signed carries a review"
    moment = submission.submitted.at if submission.is_of_review else result.created_at
    days = {near.astimezone(zone).date().isoformat() for near in (moment - WRITING, moment)}
    if about.submitted_on not in days:
        yield f"{path}.document.assessment.submitted_on: is not the day of its submission"
    if about.submitted_by != submission.submitted.by:
        yield f"{path}.document.assessment.submitted_by: is not who submitted it"


@dataclass(frozen=True)
class Known:
    """The evidence in an archive, of all versions: files by code, openings by what was opened in which item."""

    files: Mapping[str, FileEntry]
    openings: Mapping[tuple[str, str, str], list[OpeningEntry]]

    @classmethod
    def of(cls, archive: Archive) -> "Known":
        """All that an archive holds."""
        openings: dict[tuple[str, str, str], list[OpeningEntry]] = {}
        parts: list[Archive | OtherVersion] = [archive, *archive.other_versions]
        for part in parts:
            for opening in part.openings:
                openings.setdefault((opening.item, opening.reference, opening.made_for), []).append(opening)
        return cls({file.code: file for part in parts for file in part.files}, openings)

    def problems(self, result: ResultEntry) -> Iterator[Problem]:
        """What a document names as evidence and is not in the archive, or was not there yet."""
        for a, attribute in enumerate(result.document.attributes):
            for q, question in enumerate(attribute.questions):
                for i, item in enumerate(question.items):
                    path = f"attributes[{a}].questions[{q}].items[{i}]"
                    yield from (f"{path}.{problem}" for problem in self._files(item, result))
                    yield from (f"{path}.{problem}" for problem in self._openings(item, result))

    def _files(self, item: ItemResult, result: ResultEntry) -> Iterator[Problem]:
        for index, line in enumerate(item.evidence_files):
            file = self.files.get(line.code)
            path = f"evidence_files[{index}]"
            if file is None or file.item != item.code:
                yield f"{path}.code: “{line.code}” is no file of this item in the archive"
                continue
            for name in ("name", "size", "sha256"):
                if getattr(line, name) != getattr(file, name):
                    yield f"{path}.{name}: is not that of the file in the archive"
            if not file.uploaded_at <= result.created_at or (file.removed_at and file.removed_at < result.created_at):
                yield f"{path}.code: the file was not there when the result was frozen"

    def _openings(self, item: ItemResult, result: ResultEntry) -> Iterator[Problem]:
        for index, line in enumerate(item.openings):
            key = (item.code, line.reference, piece_digest(item.evidence_text, line.reference))
            before = [opening for opening in self.openings.get(key, ()) if opening.at <= result.created_at]
            last = before[-1] if before else None
            if last is None:
                yield f"openings[{index}]: nobody had opened this, with this sentence, when the result was frozen"
            elif (last.day.isoformat(), last.shows, last.opened) != (line.on, line.shows, line.opened):
                yield f"openings[{index}]: the last to open it found something else, or on another day"
