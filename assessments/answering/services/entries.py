"""The evidence register keeps up with the answers: what they name is entered, once for the whole process."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils import timezone

from assessments.answers.value import link_lines
from assessments.models import Answer, EvidenceEntry, EvidenceFile, document_key
from assessments.vocabulary import EntryKind

if TYPE_CHECKING:
    from msgov.accounts.models import User


def enter_links(*, process_id: int, user: "User | None", changes: Iterable[tuple[str, str]], page: str = "") -> None:
    """Enter the documents that answers name now and the register does not have yet. For use in a transaction.

    `changes` has the links of each answer before and now. A line that went, was typed on the same open `page` and is
    nobody else's was half an address: autosave stores while people type, and that must not fill the register. One
    query where links changed, and one or two more where there is something to do.
    """
    wanted: dict[str, str] = {}
    left: set[str] = set()
    for before, now in changes:
        had, has = link_lines(before), link_lines(now)
        for line in has:
            if line not in had:
                wanted.setdefault(document_key(line), line)
        left |= {document_key(line) for line in had if line not in has} if page else set()
    left -= wanted.keys()
    if not wanted and not left:
        return
    rows = EvidenceEntry.objects.filter(process_id=process_id, key__in=[*wanted, *left])
    known = {row.key: row for row in rows.only("key", "archived_at", "typed_on", "title", "note", "source", "day")}
    new = [EvidenceEntry.of_line(line) for key, line in wanted.items() if key not in known]
    for entry in new:
        entry.process_id, entry.added_by, entry.typed_on = process_id, user, page
    if new:
        # Somebody else may enter the same document at the same time: then it is there.
        EvidenceEntry.objects.bulk_create(new, ignore_conflicts=True)
    if back := [row.pk for key, row in known.items() if key in wanted and row.archived_at]:
        EvidenceEntry.objects.filter(pk__in=back).update(archived_at=None)
    _forget_half_typed(process_id, [row for key, row in known.items() if key in left and row.typed_on == page])


def _forget_half_typed(process_id: int, entries: Iterable[EvidenceEntry]) -> None:
    bare = {entry.key: entry.pk for entry in entries if not entry.is_described}
    if not bare:
        return
    answers = Answer.objects.filter(response__assessment__process=process_id).exclude(evidence_links="")
    for links in answers.order_by().values_list("evidence_links", flat=True):
        for line in link_lines(links):
            bare.pop(document_key(line), None)
    EvidenceEntry.objects.filter(pk__in=bare.values()).delete()


def enter_file(*, process_id: int, user: "User | None", row: EvidenceFile) -> EvidenceEntry:
    """Enter the content of a file that an answer was given, or return the entry that has it. For a transaction.

    Both name one stored file: an answer may lose it, the register keeps it.
    """
    key = document_key(f"sha256:{row.sha256}")
    entry, created = EvidenceEntry.objects.get_or_create(
        process_id=process_id,
        key=key,
        defaults={
            "kind": EntryKind.FILE,
            "file": row.file.name,
            "name": row.name,
            "content_type": row.content_type,
            "size": row.size,
            "sha256": row.sha256,
            "added_by": user,
            "added_at": row.uploaded_at or timezone.now(),
        },
    )
    if not created and entry.archived_at:
        entry.archived_at = None
        entry.save(update_fields=["archived_at"])
    return entry
