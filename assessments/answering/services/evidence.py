"""Files given as evidence: checked, stored under a random name, entered in the register, and kept there."""

import hashlib
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.answering.file_types import CONTENT_TYPES, SHOWN_TYPES, content_type_of, extension_of, kind_of
from assessments.answering.services.answers import editable_response, touch_answer
from assessments.answering.services.entries import enter_file
from assessments.exceptions import InvalidAnswer
from assessments.file_names import readable, shortened, storable
from assessments.models import AnswerVersion, Assessment, EvidenceEntry, EvidenceFile, FrozenResult
from assessments.retrying import retrying
from assessments.vocabulary import EntryKind
from attributes.catalogue.types import CatalogueItem

if TYPE_CHECKING:
    from msgov.accounts.models import User

logger = logging.getLogger(__name__)

MAX_FILES = 20  # for one item
NAME_LENGTH = 200
EXTENSION_LENGTH = 10


def shown_limit() -> str:
    """The size limit of one file, in words."""
    return filesizeformat(settings.EVIDENCE_MAX_BYTES)


def too_large(name: str) -> InvalidAnswer:
    """The error for a file over the size limit, which it names."""
    return InvalidAnswer(
        _("“%(name)s” was not stored: a file may have at most %(limit)s.")
        % {"name": clean_name(name), "limit": shown_limit()}
    )


def too_many(name: str) -> InvalidAnswer:
    """The error for one file more than an item takes."""
    return InvalidAnswer(
        _("“%(name)s” was not stored: an item takes at most %(limit)d files.") % {"name": name, "limit": MAX_FILES}
    )


def clean_name(name: str) -> str:
    """Return a file name fit to be shown and stored: no folders, no control characters, not too long."""
    base = readable(name.replace("\\", "/").rpartition("/")[2]) or "file"
    if len(base) <= NAME_LENGTH:
        return base
    stem, dot, extension = base.rpartition(".")
    if not dot or len(extension) > EXTENSION_LENGTH:
        return shortened(base, NAME_LENGTH)
    return f"{shortened(stem, NAME_LENGTH - len(extension) - 1)}.{extension}"


def download_name(file: EvidenceFile | EvidenceEntry) -> str:
    """A name that every file system takes, with every sign of its script."""
    return storable(file.name) or file.code


@dataclass(frozen=True)
class CheckedUpload:
    """What is known of an upload that is taken."""

    name: str
    content_type: str
    size: int
    sha256: str


def checked_upload(upload: "UploadedFile[Any]") -> CheckedUpload:
    """Check a file. Raises InvalidAnswer for one that is too large, empty or of a type that is not taken."""
    name = clean_name(upload.name or "")
    content_type = _checked_type(name, upload)
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return CheckedUpload(name, content_type, upload.size or 0, digest.hexdigest())


def write_upload(row: EvidenceFile | EvidenceEntry, upload: "UploadedFile[Any]", name: str) -> None:
    """Write the content of an upload to its place. Raises InvalidAnswer where the disk refuses it."""
    try:
        row.store(upload)
    except OSError as error:
        logger.exception("An evidence file could not be stored")
        raise InvalidAnswer(
            _("“%(name)s” could not be stored on this server. Everything else was saved; try again later.")
            % {"name": name}
        ) from error


def add_evidence_file(
    *, assessment: Assessment, user: "User", item: CatalogueItem, upload: "UploadedFile[Any]"
) -> EvidenceFile:
    """Check and store one file for an item, and enter it in the register of the process.

    Of content that the register has already nothing is stored a second time. Raises InvalidAnswer, naming the limit,
    for a file that is too large, empty, of another type, or one too many, and where the disk refuses it; NotEditable
    unless the assessment is a draft.
    """
    checked = checked_upload(upload)
    row = EvidenceFile(
        item_id=item.pk,
        name=checked.name,
        content_type=checked.content_type,
        size=checked.size,
        sha256=checked.sha256,
        uploaded_by=user,
    )
    write_upload(row, upload, checked.name)
    storage, written = row.file.storage, str(row.file.name)
    try:
        _store(assessment=assessment, user=user, item=item, row=row)
    except BaseException:
        # Files are not part of the transaction.
        storage.delete(written)
        raise
    if row.file.name != written:
        storage.delete(written)
    return row


@retrying
@transaction.atomic
def _store(*, assessment: Assessment, user: "User", item: CatalogueItem, row: EvidenceFile) -> None:
    row.response_id = editable_response(assessment)
    if EvidenceFile.objects.filter(response_id=row.response_id, item_id=item.pk).count() >= MAX_FILES:
        raise too_many(row.name)
    entry = enter_file(process_id=assessment.process_id, user=user, row=row)
    row.file.name = entry.file.name
    _add(row, item_pk=item.pk, user=user)


def _add(row: EvidenceFile, *, item_pk: int, user: "User") -> int:
    row.pk = None
    row.save(force_insert=True)
    reason = AnswerVersion.Reason.FILE_ADDED
    return touch_answer(response_id=row.response_id, item_pk=item_pk, user=user, reason=reason, detail=row.name)


@retrying
@transaction.atomic
def use_file_entry(*, assessment: Assessment, user: "User", item: CatalogueItem, code: str) -> int | None:
    """Let an answer rest on a file of the register, and return the version of the answer that this makes.

    None where there is no such file, or the answer rests on it already: a page may say so again and again. Raises
    NotEditable unless the assessment is a draft, InvalidAnswer where the item has all the files it takes.
    """
    response_id = editable_response(assessment)
    entry = EvidenceEntry.objects.filter(process=assessment.process_id, code=code, kind=EntryKind.FILE).first()
    given = EvidenceFile.objects.filter(response_id=response_id, item_id=item.pk)
    digests = list(given.values_list("sha256", flat=True))
    if entry is None or entry.sha256 in digests:
        return None
    if len(digests) >= MAX_FILES:
        raise too_many(entry.label)
    return _add(_row_of(entry, response_id, item.pk, user), item_pk=item.pk, user=user)


def _row_of(entry: EvidenceEntry, response_id: int, item_pk: int, user: "User") -> EvidenceFile:
    return EvidenceFile(
        response_id=response_id,
        item_id=item_pk,
        file=entry.file.name,
        name=entry.name,
        content_type=entry.content_type,
        size=entry.size,
        sha256=entry.sha256,
        uploaded_by=user,
    )


def replace_evidence_files(
    *, assessment: Assessment, user: "User", files: Iterable[EvidenceFile], entry: EvidenceEntry
) -> None:
    """Let answers of a draft rest on the content that an entry has now, in place of `files`. In a transaction."""
    for old in files:
        _take_away(assessment, old)
        reason = AnswerVersion.Reason.FILE_REMOVED
        touch_answer(response_id=old.response_id, item_pk=old.item_id, user=user, reason=reason, detail=old.name)
        _add(_row_of(entry, old.response_id, old.item_id, user), item_pk=old.item_id, user=user)


def _take_away(assessment: Assessment, file: EvidenceFile) -> None:
    """Where a result was frozen with it, it stays readable through that."""
    if FrozenResult.objects.filter(assessment=assessment, created_at__gte=file.uploaded_at).exists():
        EvidenceFile.objects.filter(pk=file.pk).update(removed_at=timezone.now())
    else:
        EvidenceFile.objects.filter(pk=file.pk).delete()


def _checked_type(name: str, upload: "UploadedFile[Any]") -> str:
    if (upload.size or 0) > settings.EVIDENCE_MAX_BYTES:
        raise too_large(name)
    if not upload.size:
        raise InvalidAnswer(_("“%(name)s” was not stored: it is empty.") % {"name": name})
    content_type = content_type_of(name, upload.file) if upload.file else None
    if content_type is None:
        actual = kind_of(upload.file) if upload.file and extension_of(name) in CONTENT_TYPES else ""
        if actual:
            raise InvalidAnswer(
                _("“%(name)s” was not stored: its content is %(actual)s, which its name does not say. Rename the file.")
                % {"name": name, "actual": actual.upper()}
            )
        raise InvalidAnswer(
            _("“%(name)s” was not stored: the file has to be one of %(types)s, and contain what its name says.")
            % {"name": name, "types": SHOWN_TYPES}
        )
    return content_type


@retrying
@transaction.atomic
def remove_evidence_file(*, assessment: Assessment, user: "User", item: CatalogueItem, file: EvidenceFile) -> None:
    """Take a file away from an item. Raises NotEditable unless the assessment is a draft.

    The register keeps it. Where a result was frozen before, it stays readable through that result too.
    """
    response_id = editable_response(assessment)
    if not EvidenceFile.objects.filter(pk=file.pk, response_id=response_id).exists():
        return  # a second click
    enter_file(process_id=assessment.process_id, user=file.uploaded_by, row=file)
    _take_away(assessment, file)
    reason = AnswerVersion.Reason.FILE_REMOVED
    touch_answer(response_id=response_id, item_pk=item.pk, user=user, reason=reason, detail=file.name)
