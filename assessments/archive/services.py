"""Export and import of assessments as open archives."""

import base64
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from assessments.archive.checking import problems_of
from assessments.archive.figures import wrong_figures, wrong_results
from assessments.archive.papers import store_board, store_brand
from assessments.archive.reading import ArchiveError
from assessments.archive.register import store_register
from assessments.archive.reviews import store_reviews
from assessments.archive.schema import (
    Archive,
    FileEntry,
    MoveEntry,
    OpeningEntry,
    OtherVersion,
    QuestionSetIdentity,
    ResultEntry,
)
from assessments.archive.second_rating import store_rating
from assessments.archive.writing import build_archive
from assessments.models import (
    Answer,
    AnswerVersion,
    Assessment,
    AssessmentEvent,
    EvidenceFile,
    EvidenceOpening,
    FrozenResult,
    Goal,
    KindChange,
    Membership,
    Move,
    Process,
    Response,
    ScreenerAnswer,
    StakeholderGroup,
)
from assessments.results.build import at_origin, build_document
from assessments.vocabulary import OpeningOutcome, Role, Track
from attributes.catalogue.published import catalogue_of
from attributes.catalogue.types import CatalogueSet
from attributes.models import QuestionSet

if TYPE_CHECKING:
    from msgov.accounts.models import User


def export_archive(*, assessment: Assessment) -> Archive:
    """Return the archive of an assessment; a draft carries its result as it stands."""
    archive = build_archive(assessment)
    if assessment.is_draft:
        archive = archive.model_copy(update={"computed": at_origin(build_document(assessment), assessment)})
    return archive


def import_archive(*, archive: Archive, owner: "User | None" = None) -> Assessment:
    """Store an archive as a new process with one assessment, and make `owner` its organiser.

    Raises ArchiveError with every problem and stores nothing if the archive does not fit.
    """
    question_set = _question_set(archive.question_set, "$")
    others = [
        _question_set(entry.question_set, f"$.other_versions[{index}]")
        for index, entry in enumerate(archive.other_versions)
    ]
    catalogues = {version.version: catalogue_of(version) for version in (question_set, *others)}
    if problems := problems_of(archive, catalogues[question_set.version], [catalogue_of(other) for other in others]):
        raise ArchiveError(problems)
    if problems := wrong_results(archive, catalogues):
        raise ArchiveError(problems)
    stored_files: list[EvidenceFile] = []
    try:
        with transaction.atomic():
            assessment = _store(archive, question_set, others, owner, stored_files)
            if problems := wrong_figures(archive, assessment):
                raise ArchiveError(problems)
    except BaseException:
        # Files are not part of the transaction.
        for upload in stored_files:
            upload.file.delete(save=False)
        raise
    return assessment


def _question_set(wanted: QuestionSetIdentity, path: str) -> QuestionSet:
    question_set = QuestionSet.objects.filter(slug=wanted.slug, version=wanted.version).first()
    if question_set is None:
        raise ArchiveError([f"{path}.question_set: {wanted.slug} {wanted.version} is not loaded here"])
    if question_set.digest != wanted.digest:
        raise ArchiveError([f"{path}.question_set.digest: {wanted.slug} {wanted.version} has other content here"])
    return question_set


def _store(
    archive: Archive,
    question_set: QuestionSet,
    others: Sequence[QuestionSet],
    owner: "User | None",
    stored_files: list[EvidenceFile],
) -> Assessment:
    process = _store_process(archive, owner)
    entry = archive.assessment
    assessment = Assessment.objects.create(
        process=process,
        origin_code=entry.code,
        question_set=question_set,
        round=entry.round,
        title=entry.title,
        state=entry.state,
        show_index=entry.show_index,
        created_by=owner,
        created_at=entry.created_at,
        submitted_at=entry.submitted_at,
        submitted_by_name=entry.submitted_by,
    )
    AssessmentEvent.objects.bulk_create(
        AssessmentEvent(assessment=assessment, kind=event.kind, reason=event.reason, by_name=event.by, at=event.at)
        for event in entry.events
    )
    if entry.board is not None:
        store_board(entry.board, assessment)
    response = Response.objects.create(assessment=assessment, track=Track.EVIDENCE)
    _store_answered(archive, response, owner, stored_files, catalogue_of(question_set))
    for part, other in zip(archive.other_versions, others, strict=True):
        _store_answered(part, response, owner, stored_files, catalogue_of(other))
    if archive.second_rating is not None:
        store_rating(archive.second_rating, assessment)
    store_register(archive, assessment, owner, list(EvidenceFile.everything.filter(response=response).order_by("pk")))
    versions = {version.version: version for version in (question_set, *others)}
    Move.objects.bulk_create(_moved(assessment, move, versions) for move in archive.moves)
    store_reviews(archive, assessment)
    FrozenResult.objects.bulk_create(_frozen(assessment, result) for result in archive.results)
    return assessment


def _store_process(archive: Archive, owner: "User | None") -> Process:
    entry = archive.process
    plain = entry.model_dump(exclude={"code", "kind_changes", "groups", "screener", "goals", "brand"})
    process = Process.objects.create(**plain, origin_code=entry.code, created_by=owner)
    KindChange.objects.bulk_create(KindChange(process=process, **change.model_dump()) for change in entry.kind_changes)
    StakeholderGroup.objects.bulk_create(
        StakeholderGroup(process=process, name=name, position=position) for position, name in enumerate(entry.groups)
    )
    ScreenerAnswer.objects.bulk_create(ScreenerAnswer(process=process, **line.model_dump()) for line in entry.screener)
    Goal.objects.bulk_create(
        Goal(process=process, position=position, **goal.model_dump()) for position, goal in enumerate(entry.goals)
    )
    if entry.brand is not None:
        store_brand(entry.brand, process)
    if owner is not None:
        Membership.objects.create(process=process, user=owner, role=Role.ORGANISER)
    return process


def _store_answered(
    part: Archive | OtherVersion,
    response: Response,
    owner: "User | None",
    stored_files: list[EvidenceFile],
    catalogue: CatalogueSet,
) -> None:
    """Store the answers and files of one version."""
    answers = [
        Answer(
            response=response,
            item_id=catalogue.items[entry.item].pk,
            updated_by=owner,
            updated_at=timezone.now(),
            **entry.model_dump(exclude={"item", "revision"}),
        )
        for entry in part.answers
    ]
    Answer.objects.bulk_create(answers)
    AnswerVersion.record(answers, user=owner, reason=AnswerVersion.Reason.IMPORTED)
    for upload in part.files:
        _store_file(upload, catalogue, response, owner, stored_files)
    EvidenceOpening.objects.bulk_create(_opened(opening, catalogue, response) for opening in part.openings)


def _opened(opening: OpeningEntry, catalogue: CatalogueSet, response: Response) -> EvidenceOpening:
    return EvidenceOpening(
        response=response,
        item_id=catalogue.items[opening.item].pk,
        reference=opening.reference,
        made_for=opening.made_for,
        outcome=OpeningOutcome.of(opened=opening.opened, shows=opening.shows),
        user_name=opening.by,
        day=opening.day,
        at=opening.at,
    )


def _store_file(
    upload: FileEntry,
    catalogue: CatalogueSet,
    response: Response,
    owner: "User | None",
    stored_files: list[EvidenceFile],
) -> None:
    """Store an evidence file; it is in `stored_files` before anything else can fail, to be taken back."""
    row = EvidenceFile(
        response=response,
        origin_code=upload.code,
        item_id=catalogue.items[upload.item].pk,
        name=upload.name,
        content_type=upload.content_type,
        size=upload.size,
        sha256=upload.sha256,
        uploaded_by=owner,
        uploaded_at=upload.uploaded_at,
        removed_at=upload.removed_at,
    )
    if upload.same_as:
        row.file.name = next(file.file.name for file in stored_files if file.origin_code == upload.same_as)
    else:
        row.store(ContentFile(base64.b64decode(upload.content)))
        stored_files.append(row)
    row.save()


def _moved(assessment: Assessment, move: MoveEntry, versions: Mapping[str, QuestionSet]) -> Move:
    return Move(
        assessment=assessment,
        from_set=versions[move.from_version],
        to_set=versions[move.to_version],
        decisions={code: decision.model_dump() for code, decision in move.decisions.items()},
        by_name=move.by,
        at=move.at,
        undone_at=move.undone_at,
        undone_by_name=move.undone_by,
    )


def _frozen(assessment: Assessment, result: ResultEntry) -> FrozenResult:
    return FrozenResult(
        assessment=assessment,
        number=result.number,
        method_version=result.method_version,
        digest=result.digest,
        created_at=result.created_at,
        document=result.document.model_dump(mode="json"),
    )
