"""Publishing a result for good, as a new record or a new version of one; and withdrawing a record."""

from functools import partial
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.documents.record import RecordDocument
from assessments.documents.values import document_digest
from assessments.exceptions import InvalidAnswer, NotAllowed
from assessments.models import Assessment, PublicRecord, RecordVersion, Report
from assessments.records.consent import consent_text
from assessments.records.content import VersionWanted, record_document
from assessments.reports.services import request_published
from assessments.results.frozen import latest
from assessments.retrying import retrying
from assessments.signals import process_event

if TYPE_CHECKING:
    from datetime import date, datetime

    from msgov.accounts.models import User

PREFIX = "MSG"


def record_of(assessment: Assessment) -> PublicRecord | None:
    """Return the record under which an assessment is published now, or None. One query."""
    return PublicRecord.objects.published().filter(assessment=assessment).first()


def newest_version(record: PublicRecord) -> RecordVersion:
    """Return the newest version of a record."""
    return record.versions.order_by("-version")[0]


def preview(*, assessment: Assessment, user: "User", on_behalf_of: str = "") -> RecordDocument:
    """Return what would be published now. The number is the one it would get if nobody else published before."""
    record = record_of(assessment)
    today = timezone.now().date()
    return record_document(assessment, _wanted(record, today, user, on_behalf_of))


@retrying
@transaction.atomic
def publish(
    *,
    assessment: Assessment,
    user: "User",
    on_behalf_of: str,
    result_number: int,
    language: str,
    at: "datetime | None" = None,
) -> RecordVersion:
    """Publish the result that holds now, with the consent of the user in the words that are shown to them.

    `result_number` is that of the result they saw, `at` a moment before now, for examples. Raises NotAllowed where
    another one holds by now, where nothing has changed since the version that is published, or where the record is
    switched off.
    """
    if not settings.PUBLIC_RECORD:
        raise NotAllowed(_("This site has no public record."))
    if not on_behalf_of.strip():
        raise InvalidAnswer(_("Say on whose behalf."), errors={"on_behalf_of": _("Say on whose behalf.")})
    locked = Assessment.objects.select_for_update(of=("self",)).select_related("process").get(pk=assessment.pk)
    frozen = latest(locked)
    if not locked.is_submitted or frozen is None:
        raise NotAllowed(_("Only the result of a submitted assessment can be published."))
    if frozen.number != result_number:
        raise NotAllowed(_("A newer result was submitted meanwhile. Look at it before you publish it."))
    now = at or timezone.now()
    record = PublicRecord.objects.select_for_update().published().filter(assessment=locked).first()
    wanted = _wanted(record, now.date(), user, on_behalf_of.strip())
    document = record_document(locked, wanted)
    if record is not None:
        _refuse_the_same(record, document)
    record = _stored(record, locked, document, now)
    version = RecordVersion.objects.create(
        record=record,
        version=wanted.version,
        result_number=frozen.number,
        about=document.about.model_dump(mode="json"),
        figures=[line.model_dump(mode="json") for line in document.figures()],
        document=document.model_dump(mode="json"),
        digest=document_digest(document),
        published_at=now,
        consent_by=user,
        consent_name=wanted.by_name,
        consent_for=wanted.on_behalf_of,
        consent_text=consent_text(locked.process),
    )
    draw(version=version, document=document, user=user, language=language)
    details = {"record": record.number, "version": wanted.version}
    process_event.send(sender=publish, action="record.published", user=user, obj=locked, details=details)
    return version


def draw(*, version: RecordVersion, document: RecordDocument, user: "User | None", language: str) -> Report:
    """Ask for the PDF of a version, from what is frozen of it. Raises NotAllowed where too many are drawn."""
    assessment = version.record.assessment
    report = request_published(
        assessments=[assessment] if assessment else [], document=document.report(), user=user, language=language
    )
    if version.report_id != report.pk:
        version.report = report
        version.save(update_fields=["report"])
    return report


@transaction.atomic
def withdraw(*, record: PublicRecord, user: "User", reason: str) -> PublicRecord:
    """Take the data of a record away, and leave at its address who did it, when and why. Replies of groups stay.

    Raises NotAllowed where it was withdrawn before, InvalidAnswer without a reason.
    """
    locked = PublicRecord.objects.select_for_update().get(pk=record.pk)
    if locked.is_withdrawn:
        raise NotAllowed(_("This record was withdrawn before."))
    if not reason.strip():
        raise InvalidAnswer(_("Say why."), errors={"reason": _("Say why: the reason stands at the address.")})
    assessment = locked.assessment
    doomed = dict(Report.objects.filter(record_versions__record=locked).values_list("pk", "file"))
    locked.versions.update(document={}, figures=[], report=None)
    Report.objects.filter(pk__in=doomed).delete()
    for name in filter(None, doomed.values()):
        # Files are not part of the transaction: they go when it is certain.
        transaction.on_commit(partial(default_storage.delete, name), robust=True)
    locked.reply_invitations.all().delete()
    locked.withdrawn_at = locked.changed_at = timezone.now()
    locked.withdrawn_by, locked.withdrawn_by_name = user, str(user)
    locked.withdrawn_reason = reason.strip()
    locked.save()
    details = {"record": locked.number}
    process_event.send(sender=withdraw, action="record.withdrawn", user=user, obj=assessment, details=details)
    return locked


def _wanted(record: PublicRecord | None, today: "date", user: "User", on_behalf_of: str) -> VersionWanted:
    if record is None:
        return VersionWanted(_next_number(today.year), 1, today, today, str(user), on_behalf_of)
    number, since = newest_version(record).version + 1, record.published_at.date()
    return VersionWanted(record.number, number, today, since, str(user), on_behalf_of)


def _next_serial(year: int) -> int:
    # Two who publish at once get the same: the constraint refuses one of them, who is served again.
    return (PublicRecord.objects.filter(year=year).aggregate(last=Max("serial"))["last"] or 0) + 1


def _next_number(year: int) -> str:
    return f"{PREFIX}-{year}-{_next_serial(year):04d}"


def _refuse_the_same(record: PublicRecord, document: RecordDocument) -> None:
    before = RecordDocument.model_validate(newest_version(record).document)
    if before.same_content(document):
        raise NotAllowed(_("Nothing has changed since the version that is published."))


def _stored(
    record: PublicRecord | None, assessment: Assessment, document: RecordDocument, now: "datetime"
) -> PublicRecord:
    """The record with what its list shows and looks through, as it is in the newest version."""
    about = document.about
    if record is None:
        year = int(about.published_on[:4])
        serial = int(about.number.rpartition("-")[2])
        record = PublicRecord(number=about.number, year=year, serial=serial, published_at=now)
    record.assessment = assessment
    record.name, record.organisation, record.kind = about.name, about.organisation, about.kind
    record.country, record.language, record.round = about.country, about.language, about.round
    record.is_reviewed = about.is_reviewed
    record.is_invented = about.is_invented or about.is_example
    record.changed_at = now
    record.save()
    return record
