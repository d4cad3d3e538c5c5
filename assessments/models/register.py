"""The evidence register of a process: every document that answers rest on, entered once."""

import hashlib
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.models.assessment import Assessment, evidence_path, store_content
from assessments.models.process import Process
from assessments.scoring.evidence import same_document
from assessments.vocabulary import EntryKind, EntrySource, EntryStanding, LinkFound
from assessments.web_addresses import is_web_address
from attributes.codes import new_code

if TYPE_CHECKING:
    from django.core.files.base import File


def document_key(reference: str) -> str:
    """Return the name of a document in the register: spellings of one address share it, as the method has it (3.4).

    `reference` is an address or another line of words, or "sha256:…" of a file.
    """
    return hashlib.sha256(same_document(reference).encode()).hexdigest()


class EvidenceEntryQuerySet(models.QuerySet["EvidenceEntry"]):
    """Reads of entries that mean something."""

    def listed(self) -> Self:
        """Entries that are offered: those that were put away are not."""
        return self.filter(archived_at=None)

    def carried_into(self, assessment: Assessment) -> Self:
        """Entries that were there before a round was started: of these it is asked whether they are still true."""
        return self.filter(process=assessment.process_id, added_at__lt=assessment.created_at)

    def standing_in(self, assessment: int) -> Self:
        """With `standing`: what was said last in the round with this id of whether they still hold, None where nothing
        was."""
        said = EntryCheck.objects.filter(entry=OuterRef("pk"), assessment=assessment).order_by("-pk")
        return self.annotate(standing=Subquery(said.values("standing")[:1]))

    def to_confirm(self, assessment: Assessment) -> Self:
        """Entries carried into a round of which nobody has said yet whether they still hold."""
        return self.listed().carried_into(assessment).standing_in(assessment.pk).filter(standing=None)


class EvidenceEntry(models.Model):
    """A document of a process, entered once and used by any number of answers, in any round.

    An answer uses an entry by naming its document: one of its links is the address, or one of its files has the
    content (`assessments.answers.register`). What in it shows the point is said with each answer, and a second person
    opens it for each answer: the entry says only what is the same everywhere. So entries enter no score.
    """

    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    process = models.ForeignKey(Process, models.CASCADE, related_name="evidence_entries")
    kind = models.CharField(max_length=6, choices=EntryKind.choices)
    # Empty: named by its address or file.
    title = models.CharField(_("title"), max_length=200, blank=True)
    day = models.DateField(_("date of the document"), null=True, blank=True)
    source = models.CharField(_("who made it"), max_length=11, choices=EntrySource.choices, blank=True)
    note = models.TextField(_("what it shows"), max_length=2000, blank=True)
    # Of a link its address; of a document that only insiders can open the line that says where it is.
    address = models.TextField(max_length=10_000, blank=True)
    file = models.FileField(upload_to=evidence_path, max_length=200, blank=True)
    name = models.CharField(_("file name"), max_length=200, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    # The name of the document (`document_key`), and the names it had: earlier rounds rest on those.
    key = models.CharField(max_length=64, editable=False)
    former_keys = models.JSONField(default=list, blank=True, editable=False)
    # The open page it was typed on, while it may still be half an address: see `assessments.answering.services`.
    typed_on = models.CharField(max_length=32, blank=True, editable=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Of a link, where the operator lets links be checked. It counts in no score.
    link_found = models.CharField(max_length=13, choices=LinkFound.choices, blank=True, editable=False)
    link_checked_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = EvidenceEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the evidence register")
        verbose_name_plural = _("entries of the evidence register")
        ordering = ["added_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["process", "key"], name="one_entry_per_document")]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """What it is called: by its title, or else its file or address."""
        return self.title or self.name or self.address

    @property
    def is_file(self) -> bool:
        return self.kind == EntryKind.FILE

    @property
    def reference(self) -> str:
        """How answers name the document."""
        return f"sha256:{self.sha256}" if self.is_file else self.address

    @property
    def is_described(self) -> bool:
        """Whether anybody has said anything of it beyond where it is."""
        return bool(self.title or self.note or self.source or self.day)

    def store(self, content: "File[bytes]") -> None:
        """Write the content of a file to its place; of what could not be written whole nothing stays. Saves no row."""
        store_content(self, content)

    @staticmethod
    def of_line(line: str) -> "EvidenceEntry":
        """A new entry for one line of the links of an answer: a web address, or where insiders find the document."""
        kind = EntryKind.LINK if is_web_address(line) else EntryKind.INSIDE
        return EvidenceEntry(kind=kind, address=line, key=document_key(line))


class EntryCheck(models.Model):
    """Somebody looked at a document of earlier rounds and said whether it still holds. Append-only: the last counts."""

    entry = models.ForeignKey(EvidenceEntry, models.CASCADE, related_name="checks")
    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="entry_checks")
    standing = models.CharField(max_length=8, choices=EntryStanding.choices)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("check of a document")
        verbose_name_plural = _("checks of documents")
        ordering = ["pk"]
        indexes = [models.Index(fields=["assessment", "entry"], name="entry_check_round")]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.standing}"
