"""From rows to an archive, and from an archive to bytes."""

import base64
from datetime import UTC, datetime

from assessments.archive.schema import (
    AnswerEntry,
    Archive,
    AssessmentEntry,
    EventEntry,
    FileEntry,
    GoalEntry,
    ProcessEntry,
    QuestionSetIdentity,
    ResultEntry,
    ScreenerEntry,
)
from assessments.models import Answer, Assessment, EvidenceFile, Process, Track
from assessments.results.document import ResultDocument


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def _process(process: Process) -> ProcessEntry:
    return ProcessEntry(
        code=process.origin_code or process.code,
        name=process.name,
        issue=process.issue,
        organisation=process.organisation,
        period=process.period,
        outcome_expected=process.outcome_expected,
        resource=process.resource,
        promise=process.promise,
        website=process.website,
        visibility=process.visibility,
        is_invented=process.is_invented,
        is_example=process.is_example,
        groups=[group.name for group in process.groups.all()],
        screener=[
            ScreenerEntry(criterion=line.criterion, choice=line.choice, note=line.note)
            for line in process.screener_answers.all()
        ],
        goals=[
            GoalEntry(
                shared_goal=goal.shared_goal,
                text=goal.text,
                agreed_by=goal.agreed_by,
                agreed_when=goal.agreed_when,
                recorded_in=goal.recorded_in,
                reservations=goal.reservations,
            )
            for goal in process.goals.all()
        ],
    )


def _assessment(assessment: Assessment) -> AssessmentEntry:
    submitter = assessment.submitted_by
    return AssessmentEntry(
        code=assessment.origin_code or assessment.code,
        round=assessment.round,
        title=assessment.title,
        state=assessment.state,
        show_index=assessment.show_index,
        created_at=_utc(assessment.created_at),
        submitted_at=_utc(assessment.submitted_at) if assessment.submitted_at else None,
        submitted_by=assessment.submitted_by_name or (submitter.get_short_name() if submitter else ""),
        events=[
            EventEntry(
                kind=event.kind,
                reason=event.reason,
                by=event.by_name or (event.by.get_short_name() if event.by else ""),
                at=_utc(event.at),
            )
            for event in assessment.events.select_related("by")
        ],
    )


def _answer(answer: Answer) -> AnswerEntry:
    return AnswerEntry(
        item=answer.item.code,
        revision=answer.item.revision,
        state=answer.state,
        value=answer.value,
        not_applicable_reason=answer.not_applicable_reason,
        evidence_class=answer.evidence_class,
        evidence_text=answer.evidence_text,
        evidence_links=answer.evidence_links,
        comment=answer.comment,
    )


def _file(upload: EvidenceFile) -> FileEntry:
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
    )


def build_archive(assessment: Assessment) -> Archive:
    """Return the archive of an assessment: process, answers with evidence and states, frozen results.

    Raises OSError if the bytes of an evidence file cannot be read.
    """
    in_order = ("item__question__attribute__position", "item__question__position", "item__position")
    answers = Answer.objects.filter(response__assessment=assessment, response__track=Track.EVIDENCE)
    files = EvidenceFile.everything.filter(response__assessment=assessment, response__track=Track.EVIDENCE)
    question_set = assessment.question_set
    return Archive(
        format="msgov-archive/1",
        question_set=QuestionSetIdentity(
            slug=question_set.slug, version=question_set.version, digest=question_set.digest
        ),
        process=_process(assessment.process),
        assessment=_assessment(assessment),
        answers=[_answer(answer) for answer in answers.select_related("item").order_by(*in_order)],
        files=[_file(upload) for upload in files.select_related("item").order_by(*in_order, "uploaded_at", "pk")],
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
    )


def archive_bytes(archive: Archive) -> bytes:
    """Return the file: indented JSON in UTF-8, always the same for the same archive."""
    return (archive.model_dump_json(indent=2) + "\n").encode("utf-8")
