"""Writes to the evidence register: documents are added, described, replaced, put away and removed.

A document that changes its address or content changes in the answers of drafts too, each with its entry in the
history: what was said of the earlier one no longer counts (method 3.4). What was frozen keeps its name.
"""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.answering.services.answers import compare_and_swap
from assessments.answering.services.evidence import (
    CheckedUpload,
    checked_upload,
    replace_evidence_files,
    write_upload,
)
from assessments.answers.value import link_lines
from assessments.exceptions import InvalidAnswer, NotAllowed
from assessments.models import (
    Answer,
    AnswerVersion,
    Assessment,
    EvidenceEntry,
    EvidenceFile,
    Process,
    document_key,
)
from assessments.retrying import retrying
from assessments.signals import process_event
from assessments.vocabulary import AssessmentState, EntryKind, Track

if TYPE_CHECKING:
    from msgov.accounts.models import User

MAX_ENTRIES = 1000
DESCRIBED = ("title", "day", "source", "note")
Fields = Mapping[str, Any]


def add_entry(
    *, process: Process, user: "User", fields: Fields, upload: "UploadedFile[Any] | None" = None
) -> EvidenceEntry:
    """Enter a document: a file, an address, or a line that says where insiders find it.

    Raises InvalidAnswer, at the field, for a document that is in the register already, a file that is not taken, and
    one entry too many.
    """
    if upload is None:
        return _add(process=process, user=user, fields=fields, entry=EvidenceEntry.of_line(fields["address"]))
    return _with_file(upload, lambda entry: _add(process=process, user=user, fields=fields, entry=entry))


def _with_file(upload: "UploadedFile[Any]", write: Any) -> EvidenceEntry:
    """Store a file for an entry; nothing of it stays where the entry cannot be written."""
    try:
        checked = checked_upload(upload)
        entry = _entry_of(checked)
        write_upload(entry, upload, checked.name)
    except InvalidAnswer as error:
        raise InvalidAnswer(error.message, {"file": error.message}) from error
    try:
        stored: EvidenceEntry = write(entry)
    except BaseException:
        # Files are not part of the transaction.
        default_storage.delete(str(entry.file.name))
        raise
    return stored


def _entry_of(checked: CheckedUpload) -> EvidenceEntry:
    return EvidenceEntry(
        kind=EntryKind.FILE,
        name=checked.name,
        content_type=checked.content_type,
        size=checked.size,
        sha256=checked.sha256,
        key=document_key(f"sha256:{checked.sha256}"),
    )


@retrying
@transaction.atomic
def _add(*, process: Process, user: "User", fields: Fields, entry: EvidenceEntry) -> EvidenceEntry:
    Process.objects.select_for_update().get(pk=process.pk)
    _refuse_twice(process, entry)
    if EvidenceEntry.objects.filter(process=process).count() >= MAX_ENTRIES:
        problem = _("A register takes at most %(limit)d documents.") % {"limit": MAX_ENTRIES}
        raise InvalidAnswer(problem, {"title": problem})
    entry.process, entry.added_by, entry.pk = process, user, None
    for name in DESCRIBED:
        setattr(entry, name, fields[name])
    entry.save(force_insert=True)
    process_event.send(sender=add_entry, action="evidence.added", user=user, obj=process, details={"entry": entry.code})
    return entry


def _refuse_twice(process: Process, entry: EvidenceEntry, but: int = 0) -> None:
    other = EvidenceEntry.objects.filter(process=process, key=entry.key).exclude(pk=but).first()
    if other is not None:
        problem = _("This document is in the register already, as “%(name)s”.") % {"name": other.label[:100]}
        raise InvalidAnswer(problem, {"file" if entry.is_file else "address": problem})


def edit_entry(
    *,
    entry: EvidenceEntry,
    user: "User",
    before: Fields,
    after: Fields,
    upload: "UploadedFile[Any] | None" = None,
) -> EvidenceEntry:
    """Change what was changed on the page, which showed `before`; a new address or file goes into the drafts too.

    Raises InvalidAnswer, at the field, where somebody else has changed the same meanwhile, and as `add_entry`.
    """
    if upload is None:
        return _edit(pk=entry.pk, user=user, before=before, after=after, document=None)
    return _with_file(upload, lambda new: _edit(pk=entry.pk, user=user, before=before, after=after, document=new))


@retrying
@transaction.atomic
def _edit(*, pk: int, user: "User", before: Fields, after: Fields, document: EvidenceEntry | None) -> EvidenceEntry:
    entry = EvidenceEntry.objects.select_for_update(of=("self",)).select_related("process").get(pk=pk)
    changed = {name: value for name, value in after.items() if value != before[name]}
    problems = {
        name: _("Somebody else has changed this to “%(now)s” meanwhile.")
        % {"now": getattr(entry, name) or _("nothing")}
        for name, value in changed.items()
        if getattr(entry, name) not in (before[name], value)
    }
    if problems:
        raise InvalidAnswer(_("Somebody else has changed this entry meanwhile."), problems)
    address = changed.pop("address", None)
    for name, value in changed.items():
        setattr(entry, name, value)
    if entry.is_file and document is not None:
        _replace_file(entry, document, user)
    elif not entry.is_file and address is not None:
        _replace_address(entry, address, user)
    entry.typed_on = ""
    entry.save()
    process_event.send(
        sender=edit_entry,
        action="evidence.edited",
        user=user,
        obj=entry.process,
        details={"entry": entry.code, "fields": sorted(name for name in after if after[name] != before[name])},
    )
    return entry


def _rename(entry: EvidenceEntry, key: str) -> None:
    """Give the entry the name of another document, and remember the one it had."""
    if key != entry.key:
        entry.former_keys = [name for name in dict.fromkeys([*entry.former_keys, entry.key]) if name != key]
        entry.key = key


def _replace_address(entry: EvidenceEntry, address: str, user: "User") -> None:
    former, new = entry.key, EvidenceEntry.of_line(address)
    _refuse_twice(entry.process, new, but=entry.pk)
    for _assessment, rows in _draft_rows(entry.process, Answer):
        for row in rows.exclude(evidence_links=""):
            lines = [address if document_key(line) == former else line for line in link_lines(row.evidence_links)]
            links = "\n".join(dict.fromkeys(lines))
            if links != row.evidence_links:
                compare_and_swap(row, {"evidence_links": links, "updated_by": user, "updated_at": timezone.now()})
                AnswerVersion.record([row], user=user, reason=AnswerVersion.Reason.REGISTER)
    entry.kind, entry.address = new.kind, address
    entry.link_found, entry.link_checked_at = "", None
    _rename(entry, new.key)


def _replace_file(entry: EvidenceEntry, document: EvidenceEntry, user: "User") -> None:
    if document.key == entry.key:
        raise InvalidAnswer("", {"file": _("This is the file that the entry has already.")})
    _refuse_twice(entry.process, document, but=entry.pk)
    former, sha256 = str(entry.file.name), entry.sha256
    for name in ("file", "name", "content_type", "size", "sha256"):
        setattr(entry, name, getattr(document, name))
    for assessment, rows in _draft_rows(entry.process, EvidenceFile):
        replace_evidence_files(assessment=assessment, user=user, files=list(rows.filter(sha256=sha256)), entry=entry)
    _rename(entry, document.key)
    entry.save()
    _drop_content(former)


def _draft_rows(process: Process, model: Any) -> Iterator[tuple[Assessment, Any]]:
    """What belongs to each draft at the version of its questions, the drafts locked against submission."""
    drafts = Assessment.objects.select_for_update(of=("self",)).filter(process=process, state=AssessmentState.DRAFT)
    for assessment in drafts.order_by("pk"):
        yield (
            assessment,
            model.objects.filter(
                response__assessment=assessment,
                response__track=Track.EVIDENCE,
                item__question_set=assessment.question_set_id,
            ),
        )


def _drop_content(name: str) -> None:
    """Delete a stored file that nothing names any more, when that is certain."""
    named = EvidenceFile.everything.filter(file=name).exists() or EvidenceEntry.objects.filter(file=name).exists()
    if name and not named:
        transaction.on_commit(partial(default_storage.delete, name), robust=True)


def is_named(entry: EvidenceEntry) -> bool:
    """Whether any answer rests on the document, of whatever round and version, or a frozen result names its file."""
    names = {entry.key, *entry.former_keys}
    within = {"response__assessment__process": entry.process_id}
    files = EvidenceFile.everything.filter(**within).order_by().values_list("sha256", flat=True).distinct()
    if any(document_key(f"sha256:{sha256}") in names for sha256 in files):
        return True
    links = Answer.objects.filter(**within).exclude(evidence_links="").order_by()
    return any(
        document_key(line) in names
        for text in links.values_list("evidence_links", flat=True)
        for line in link_lines(text)
    )


@retrying
@transaction.atomic
def put_away(*, entry: EvidenceEntry, user: "User") -> bool:
    """Remove an entry that nothing rests on, with its file; of another one only stop offering it. True if removed."""
    row = EvidenceEntry.objects.select_for_update(of=("self",)).select_related("process").filter(pk=entry.pk).first()
    if row is None:
        raise NotAllowed(_("Somebody else has removed this entry already."))
    removed = not is_named(row)
    if removed:
        name = str(row.file.name or "")
        row.delete()
        _drop_content(name)
    else:
        EvidenceEntry.objects.filter(pk=row.pk).update(archived_at=timezone.now())
    action = "evidence.removed" if removed else "evidence.put_away"
    process_event.send(sender=put_away, action=action, user=user, obj=row.process, details={"entry": row.code})
    return removed


@transaction.atomic
def offer_again(*, entry: EvidenceEntry, user: "User") -> None:
    """Offer an entry again that was put away."""
    if EvidenceEntry.objects.filter(pk=entry.pk).exclude(archived_at=None).update(archived_at=None):
        process_event.send(
            sender=offer_again,
            action="evidence.offered",
            user=user,
            obj=entry.process,
            details={"entry": entry.code},
        )
