"""The evidence register in an archive: what it says of the documents that the answers of the archive rest on.

The documents themselves are in answers and files; an archive from before there was a register fills one all the same.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC
from typing import TYPE_CHECKING, Any

from assessments.answering.services.entries import enter_file, enter_links
from assessments.answers.evidence import file_reference
from assessments.answers.value import link_lines
from assessments.archive.paths import Problem
from assessments.archive.schema import AnswerEntry, Archive, CheckEntry, DocumentEntry, FileEntry
from assessments.models import Assessment, EntryCheck, EvidenceEntry, EvidenceFile, document_key

if TYPE_CHECKING:
    from msgov.accounts.models import User

COPIED = ("title", "day", "source", "note")


def keys_of(answers: list[AnswerEntry], files: list[FileEntry]) -> set[str]:
    """Return the names of the documents that answers and files name."""
    links = [line for answer in answers for line in link_lines(answer.evidence_links)]
    return {document_key(name) for name in [*links, *(file_reference(file.sha256) for file in files)]}


def documents_of(assessment: Assessment, keys: set[str]) -> list[DocumentEntry]:
    """Return what the register says of these documents, and what was said of them in this round, in the order in which
    they were entered. Two queries."""
    rows = EvidenceEntry.objects.filter(process=assessment.process_id)
    checks: dict[int, list[EntryCheck]] = defaultdict(list)
    for check in EntryCheck.objects.filter(assessment=assessment):
        checks[check.entry_id].append(check)
    found = [
        _document(entry, checks[entry.pk])
        for entry in rows
        if entry.key in keys and (entry.is_described or entry.archived_at or checks[entry.pk])
    ]
    # Those of one moment in an order that is the same wherever they are.
    return sorted(found, key=lambda entry: (entry.added_at, entry.document))


def _document(entry: EvidenceEntry, checks: Iterable[EntryCheck]) -> DocumentEntry:
    fields: dict[str, Any] = {name: getattr(entry, name) for name in COPIED}
    return DocumentEntry(
        **fields,
        document=entry.reference,
        added_at=entry.added_at.astimezone(UTC),
        archived_at=entry.archived_at.astimezone(UTC) if entry.archived_at else None,
        checks=[_check(check) for check in checks],
    )


def _check(check: EntryCheck) -> CheckEntry:
    return CheckEntry.model_validate({"standing": check.standing, "at": check.at.astimezone(UTC)})


def register_problems(archive: Archive) -> Iterator[Problem]:
    """Return what cannot be of the register: each document once, and none that nothing rests on."""
    named = keys_of(archive.answers, archive.files)
    for other in archive.other_versions:
        named |= keys_of(other.answers, other.files)
    seen = set()
    for index, entry in enumerate(archive.evidence_register):
        key = document_key(entry.document)
        if key not in named:
            yield f"$.evidence_register[{index}].document: no answer and no file of the archive names it"
        if key in seen:
            yield f"$.evidence_register[{index}].document: is there twice"
        seen.add(key)


def store_register(archive: Archive, assessment: Assessment, owner: "User | None", files: list[EvidenceFile]) -> None:
    """Enter every document of the archive, and what its register says of them."""
    answers = [*archive.answers, *(answer for other in archive.other_versions for answer in other.answers)]
    links = [("", answer.evidence_links) for answer in answers]
    enter_links(process_id=assessment.process_id, user=owner, changes=links)
    for row in files:
        enter_file(process_id=assessment.process_id, user=owner, row=row)
    entries = {entry.key: entry for entry in EvidenceEntry.objects.filter(process=assessment.process_id)}
    for said in archive.evidence_register:
        entry = entries[document_key(said.document)]
        for name in (*COPIED, "added_at", "archived_at"):
            setattr(entry, name, getattr(said, name))
        if not entry.is_file:
            entry.address = said.document
        entry.save()
        EntryCheck.objects.bulk_create(
            EntryCheck(entry=entry, assessment=assessment, standing=check.standing, at=check.at)
            for check in said.checks
        )
