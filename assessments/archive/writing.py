"""From rows to an archive, and from an archive to bytes."""

import base64
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from assessments.answers.evidence import NO_EVIDENCE, GivenEvidence, authors_of, evidence_of
from assessments.answers.value import content_of
from assessments.archive.papers import board_entry, brand_entry
from assessments.archive.register import documents_of, keys_of
from assessments.archive.reviews import review_entries
from assessments.archive.schema import (
    AnswerEntry,
    Archive,
    AssessmentEntry,
    DecisionEntry,
    EventEntry,
    FileEntry,
    GoalEntry,
    KindEntry,
    MoveEntry,
    OpeningEntry,
    OtherVersion,
    ProcessEntry,
    QuestionSetIdentity,
    ResultEntry,
    ScreenerEntry,
)
from assessments.archive.second_rating import rating_entry
from assessments.documents.result import ResultDocument
from assessments.models import (
    Answer,
    Assessment,
    AssessmentEvent,
    EvidenceFile,
    EvidenceOpening,
    KindChange,
    Move,
    Process,
)
from assessments.vocabulary import Track
from attributes.catalogue.published import catalogue_of
from attributes.catalogue.types import CatalogueSet
from attributes.models import QuestionSet

# Copied as they are; the rest of each entry is derived below.
PROCESS_FIELDS = tuple(
    set(ProcessEntry.model_fields) - {"code", "kind_changes", "groups", "screener", "goals", "brand"}
)
ANSWER_FIELDS = tuple(set(AnswerEntry.model_fields) - {"item", "revision"})


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def _process(process: Process, known: CatalogueSet) -> ProcessEntry:
    """The process as the question set knows it: lines that another set offered stay, in their words alone."""
    criteria = {criterion.code for criterion in known.criteria}
    shared = {goal.code for goal in known.goals}
    goals = [GoalEntry.model_validate(goal, from_attributes=True) for goal in process.goals.all()]
    screener = [line for line in process.screener_answers.all() if line.criterion in criteria]
    fields: dict[str, Any] = {name: getattr(process, name) for name in PROCESS_FIELDS}
    return ProcessEntry(
        **fields,
        code=process.origin_code or process.code,
        kind_changes=[_kind(change) for change in process.kind_changes.all()],
        groups=[group.name for group in process.groups.all()],
        screener=[ScreenerEntry.model_validate(line, from_attributes=True) for line in screener],
        goals=[goal if goal.shared_goal in shared else goal.model_copy(update={"shared_goal": ""}) for goal in goals],
        brand=brand_entry(process),
    )


def _kind(change: KindChange) -> KindEntry:
    fields: dict[str, Any] = {"kind": change.kind}
    return KindEntry(**fields, at=_utc(change.at))


def _event(event: AssessmentEvent) -> EventEntry:
    fields: dict[str, Any] = {"kind": event.kind, "reason": event.reason}
    return EventEntry(**fields, by=event.by_name or (event.by.get_short_name() if event.by else ""), at=_utc(event.at))


def _assessment(assessment: Assessment) -> AssessmentEntry:
    submitter = assessment.submitted_by
    fields: dict[str, Any] = {name: getattr(assessment, name) for name in ("round", "title", "state", "show_index")}
    return AssessmentEntry(
        **fields,
        code=assessment.origin_code or assessment.code,
        created_at=_utc(assessment.created_at),
        submitted_at=_utc(assessment.submitted_at) if assessment.submitted_at else None,
        submitted_by=assessment.submitted_by_name or (submitter.get_short_name() if submitter else ""),
        events=[_event(event) for event in assessment.events.select_related("by")],
        board=board_entry(assessment),
    )


def _answer(answer: Answer) -> AnswerEntry:
    fields: dict[str, Any] = {name: getattr(answer, name) for name in ANSWER_FIELDS}
    return AnswerEntry(**fields, item=answer.item.code, revision=answer.item.revision)


def _file(upload: EvidenceFile, written: dict[str, str]) -> FileEntry:
    """The file, with its bytes unless another entry has them: `written` has codes by the names of stored files."""
    same_as = written.setdefault(str(upload.file.name), upload.named_code)
    content = ""
    if same_as == upload.named_code:
        with upload.file.open("rb") as stream:
            content = base64.b64encode(stream.read()).decode("ascii")
    return FileEntry(
        code=upload.named_code,
        item=upload.item.code,
        name=upload.name,
        content_type=upload.content_type,
        size=upload.size,
        sha256=upload.sha256,
        uploaded_at=_utc(upload.uploaded_at),
        removed_at=_utc(upload.removed_at) if upload.removed_at else None,
        content=content,
        same_as="" if same_as == upload.named_code else same_as,
    )


def _openings(
    assessment: Assessment, question_set: QuestionSet, evidence: Mapping[int, GivenEvidence]
) -> list[OpeningEntry]:
    """What was opened by somebody else than who gave it; whoever looked at their own evidence is no second person."""
    catalogue = catalogue_of(question_set)
    rows = Answer.objects.filter(response__assessment=assessment, response__track=Track.EVIDENCE)
    answers = {answer.item_id: answer for answer in rows.filter(item__question_set=question_set)}
    found = []
    for item in catalogue.items.values():
        given = evidence.get(item.pk, NO_EVIDENCE)
        content = content_of(item, answers.get(item.pk))
        for opening in given.openings:
            if opening.user_id is None or opening.user_id not in authors_of(opening.reference, content, given):
                found.append(_opening(item.code, opening))
    return found


def _opening(code: str, opening: EvidenceOpening) -> OpeningEntry:
    return OpeningEntry(
        item=code,
        reference=opening.reference,
        made_for=opening.made_for,
        shows=opening.shows,
        opened=opening.could_open,
        by=opening.user_name or (opening.user.get_short_name() if opening.user else ""),
        day=opening.day,
        at=_utc(opening.at),
    )


def _move(move: Move) -> MoveEntry:
    return MoveEntry(
        from_version=move.from_set.version,
        to_version=move.to_set.version,
        # Sorted: not every database keeps their order.
        decisions={code: DecisionEntry(**move.decisions[code]) for code in sorted(move.decisions)},
        by=move.by_name,
        at=_utc(move.at),
        undone_at=_utc(move.undone_at) if move.undone_at else None,
        undone_by=move.undone_by_name,
    )


def _identity(question_set: QuestionSet) -> QuestionSetIdentity:
    return QuestionSetIdentity(slug=question_set.slug, version=question_set.version, digest=question_set.digest)


def _answered(
    assessment: Assessment, question_set: QuestionSet, written: dict[str, str]
) -> tuple[list[AnswerEntry], list[FileEntry]]:
    """Answers and files of one version."""
    own: dict[str, Any] = {
        "response__assessment": assessment,
        "response__track": Track.EVIDENCE,
        "item__question_set": question_set,
    }
    answers = Answer.objects.filter(**own).select_related("item").order_by("item__position")
    files = EvidenceFile.everything.filter(**own).select_related("item").order_by("item__position", "uploaded_at", "pk")
    return [_answer(answer) for answer in answers], [_file(upload, written) for upload in files]


def build_archive(assessment: Assessment) -> Archive:
    """Return the archive of an assessment: process, answers with evidence and states, frozen results,
    and what was answered in other versions of the question set.

    Raises OSError if the bytes of an evidence file cannot be read.
    """
    question_set = assessment.question_set
    moves = list(assessment.moves.select_related("from_set", "to_set").defer("from_set__document", "to_set__document"))
    involved = {version.pk: version for move in moves for version in (move.from_set, move.to_set)}
    involved.pop(question_set.pk, None)
    written: dict[str, str] = {}
    answers, files = _answered(assessment, question_set, written)
    named = keys_of(answers, files)
    others = []
    evidence = evidence_of(assessment)
    for version in sorted(involved.values(), key=lambda row: row.version_key):
        there, given = _answered(assessment, version, written)
        named |= keys_of(there, given)
        opened = _openings(assessment, version, evidence)
        others.append(OtherVersion(question_set=_identity(version), answers=there, files=given, openings=opened))
    return Archive(
        format="msgov-archive/1",
        question_set=_identity(question_set),
        process=_process(assessment.process, catalogue_of(question_set)),
        assessment=_assessment(assessment),
        answers=answers,
        files=files,
        openings=_openings(assessment, question_set, evidence),
        second_rating=rating_entry(assessment, catalogue_of(question_set)),
        computed=None,
        results=[
            ResultEntry(
                number=result.number,
                method_version=result.method_version,
                digest=result.digest,
                created_at=_utc(result.created_at),
                document=ResultDocument.model_validate(result.document),
            )
            for result in assessment.results.order_by("number")
        ],
        moves=[_move(move) for move in moves],
        other_versions=others,
        evidence_register=documents_of(assessment, named),
        reviews=review_entries(assessment),
    )


def archive_bytes(archive: Archive) -> bytes:
    """Return the file: indented JSON in UTF-8, always the same for the same archive."""
    return (archive.model_dump_json(indent=2) + "\n").encode("utf-8")
