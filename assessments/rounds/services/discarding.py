"""Throwing away a draft that was begun by mistake, or with the wrong questions."""

from functools import partial
from typing import TYPE_CHECKING

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from assessments.exceptions import NotAllowed
from assessments.models import Answer, Assessment, EvidenceEntry, EvidenceFile, Process, Report, Wave
from assessments.retrying import retrying
from assessments.signals import process_event
from assessments.vocabulary import WaveState

if TYPE_CHECKING:
    from msgov.accounts.models import User


def discard_losses(assessment: Assessment) -> dict[str, int]:
    """Return how many of each kind of thing would go with a draft."""
    return {
        # Of answers carried to another version of the questions only those that hold.
        "answers": Answer.objects.filter(
            response__assessment=assessment, item__question_set=assessment.question_set_id
        ).count(),
        "files": _files_of(assessment).values("file").distinct().count(),
        "waves": Wave.objects.filter(assessment=assessment).count(),
        "reports": _reports_on(assessment).count(),
    }


def why_not_discarded(assessment: Assessment) -> str:
    """Why an assessment cannot be thrown away, in words; empty if it can.

    What was frozen stays readable for those who were shown it, and what stakeholders answered is not the organiser's.
    """
    if not assessment.is_draft:
        return _("Only a draft can be thrown away, and this assessment has been submitted.")
    if assessment.results.exists():
        return _("This assessment has been submitted before, and its frozen result stays. It cannot be thrown away.")
    if Wave.objects.filter(assessment=assessment).exclude(state=WaveState.PREPARING).exists():
        return _("Stakeholders have been asked in this round: it cannot be thrown away any more.")
    return ""


@retrying
@transaction.atomic
def discard_draft(*, assessment: Assessment, user: "User") -> None:
    """Delete a draft with its answers, their history, files and what was prepared for stakeholders.

    Raises NotAllowed for what was ever submitted, and where stakeholders have been asked.
    """
    # As starting, submitting and launching take it: the rounds of a process change one after the other.
    process = Process.objects.select_for_update().get(pk=assessment.process_id)
    row = Assessment.objects.select_for_update(of=("self",)).filter(pk=assessment.pk).first()
    if row is None:
        raise NotAllowed(_("This draft has been thrown away already."))
    list(Wave.objects.select_for_update().filter(assessment=row).values_list("pk"))
    if why_not := why_not_discarded(row):
        raise NotAllowed(why_not)
    process_event.send(
        sender=discard_draft,
        action="assessment.discarded",
        user=user,
        obj=process,  # the trail of the process says it when the assessment is gone
        details={"assessment": row.code, "round": row.round, **discard_losses(row)},
    )
    reports = _reports_on(row)
    files = [
        *_files_of(row).values_list("file", flat=True),
        *reports.exclude(file="").values_list("file", flat=True),
    ]
    reports.delete()
    row.delete()
    # Files are not part of the transaction: they go when it is certain.
    for name in dict.fromkeys(files):
        transaction.on_commit(partial(default_storage.delete, name), robust=True)


def _files_of(assessment: Assessment) -> QuerySet[EvidenceFile]:
    """Its files that the register of the process does not keep."""
    kept = EvidenceEntry.objects.filter(process=assessment.process_id, file=OuterRef("file"))
    return EvidenceFile.everything.filter(~Exists(kept), response__assessment=assessment)


def _reports_on(assessment: Assessment) -> QuerySet[Report]:
    return Report.objects.filter(pk__in=Report.objects.filter(assessments=assessment).values("pk"))
