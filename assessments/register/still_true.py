"""The documents that a round found in the register: are they still true? Worked through once, at its beginning."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.exceptions import NotAllowed, NotEditable
from assessments.models import Assessment, EntryCheck, EvidenceEntry
from assessments.retrying import retrying
from assessments.signals import process_event
from assessments.vocabulary import EntryStanding

if TYPE_CHECKING:
    from msgov.accounts.models import User


@retrying
@transaction.atomic
def check_entry(*, entry: EvidenceEntry, assessment: Assessment, user: "User", standing: EntryStanding) -> EntryCheck:
    """Write down whether a document still holds in a round; one that is gone is no longer offered for answers.

    Raises NotEditable unless the round is being answered, NotAllowed where somebody has removed the entry.
    """
    round_now = Assessment.objects.select_for_update(of=("self",)).get(pk=assessment.pk)
    if not round_now.is_draft:
        raise NotEditable(_("Nothing was stored: this round has been submitted."))
    row = EvidenceEntry.objects.select_for_update(of=("self",)).filter(pk=entry.pk, process=round_now.process_id)
    found = row.select_related("process").first()
    if found is None:
        raise NotAllowed(_("Somebody else has removed this entry already."))
    gone = timezone.now() if standing == EntryStanding.GONE else None
    if bool(found.archived_at) != bool(gone):
        EvidenceEntry.objects.filter(pk=found.pk).update(archived_at=gone)
    check = EntryCheck.objects.create(entry=found, assessment=round_now, standing=standing, user=user)
    process_event.send(
        sender=check_entry,
        action="evidence.checked",
        user=user,
        obj=found.process,
        details={"entry": found.code, "standing": str(standing)},
    )
    return check


def checks_of(assessment: Assessment) -> dict[int, EntryCheck]:
    """Return what was said last in a round of each document, by the id of its entry. One query."""
    rows = EntryCheck.objects.filter(assessment=assessment).select_related("user").order_by("pk")
    return {row.entry_id: row for row in rows}
