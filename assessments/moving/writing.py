"""Making the answers of the newer version: rows, their history, and files that share what is stored."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from assessments.answering.services.answers import compare_and_swap
from assessments.answers.value import AnswerContent, canonical, content_of, fields_of, is_empty
from assessments.models import Answer, AnswerVersion, EvidenceFile
from assessments.moving.plan import Plan
from assessments.moving.proposals import MoveChoice, Proposal, fingerprint_of
from attributes.catalogue.types import CatalogueItem

if TYPE_CHECKING:
    from msgov.accounts.models import User


def carry(
    plan: Plan, decisions: Mapping[str, MoveChoice], *, response_id: int, user: "User | None"
) -> dict[str, dict[str, str]]:
    """Write the answers of the newer version as decided. In the transaction of the move.

    Returns by code what was chosen and the fingerprint of what it became. A constant number of statements, but for
    answers that are there from an earlier move: one for each that changes.
    """
    writer = _Writer(plan, response_id, user)
    made = {}
    for found in plan.proposals:
        item = found.match.new
        if item is None or not found.is_decision:
            continue
        choice = found.chosen(decisions)
        made[found.code] = {"choice": choice.value, "became": writer.write(found, item, choice)}
    writer.finish()
    return made


class _Writer:
    def __init__(self, plan: Plan, response_id: int, user: "User | None") -> None:
        self.plan, self.response_id, self.user = plan, response_id, user
        self.stamp: dict[str, Any] = {"updated_by": user, "updated_at": timezone.now()}
        self.new: list[Answer] = []
        self.changed: list[Answer] = []
        self.copies: list[EvidenceFile] = []
        self.dropped: list[int] = []

    def write(self, found: Proposal, item: CatalogueItem, choice: MoveChoice) -> str:
        """Plan the writes for one item, and return the fingerprint of what it will be."""
        there = self.plan.files.get(item.pk, [])
        wanted = canonical(item, found.becomes[choice].content)
        digests = [file.sha256 for file in there]
        if choice is MoveChoice.KEEP:
            # Not made by this move: whoever moves again is offered it again.
            return ""
        if choice is MoveChoice.START:
            self.dropped += [file.pk for file in there]
            digests = []
        else:
            digests += self._copy(found, item, there)
        self._answer(item, wanted, has_files=bool(digests))
        return fingerprint_of(item, wanted, digests)

    def _copy(self, found: Proposal, item: CatalogueItem, there: list[EvidenceFile]) -> list[str]:
        """Name the stored files of the old items for the new one, too."""
        stored = {file.file.name for file in there}
        sources = [file for old in found.match.olds for file in self.plan.files.get(old.pk, [])]
        digests = []
        for source in sources:
            if source.file.name in stored:
                continue
            stored.add(source.file.name)
            digests.append(source.sha256)
            self.copies.append(
                EvidenceFile(
                    response_id=self.response_id,
                    item_id=item.pk,
                    file=source.file.name,
                    name=source.name,
                    content_type=source.content_type,
                    size=source.size,
                    sha256=source.sha256,
                    uploaded_by_id=source.uploaded_by_id,
                    uploaded_at=source.uploaded_at,
                )
            )
        return digests

    def _answer(self, item: CatalogueItem, wanted: AnswerContent, *, has_files: bool) -> None:
        row = self.plan.rows.get(item.pk)
        if row is None:
            # As with an upload before any answer: the row carries the history of the files.
            if not is_empty(wanted) or has_files:
                fields = fields_of(item, wanted)
                self.new.append(Answer(response_id=self.response_id, item_id=item.pk, **fields, **self.stamp))
        elif content_of(item, row) != wanted:
            compare_and_swap(row, {**fields_of(item, wanted), **self.stamp})
            self.changed.append(row)

    def finish(self) -> None:
        """Write what was planned."""
        if self.new:
            Answer.objects.bulk_create(self.new)
        if self.new or self.changed:
            AnswerVersion.record(
                [*self.new, *self.changed],
                user=self.user,
                reason=AnswerVersion.Reason.MOVED,
                detail=self.plan.old.version,
            )
        if self.dropped:
            # Taken away, not deleted: the file is still there for whoever looks into the history.
            EvidenceFile.objects.filter(pk__in=self.dropped).update(removed_at=self.stamp["updated_at"])
        EvidenceFile.objects.bulk_create(self.copies)
