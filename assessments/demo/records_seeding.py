"""The published result of the invented process, with the reply of a group and the answer to it."""

from typing import TYPE_CHECKING

from django.conf import settings

from assessments.demo.earlier_seeding import days_ago
from assessments.demo.spec import PublishedSpec
from assessments.exceptions import NotAllowed
from assessments.models import Assessment, GroupReply, PublicRecord
from assessments.records.services.publishing import publish
from assessments.results.frozen import latest

if TYPE_CHECKING:
    from msgov.accounts.models import User


def seed_record(*, spec: PublishedSpec, assessment: Assessment, organiser: "User") -> PublicRecord | None:
    """Publish the result of a round as of an earlier day; None where the public record is switched off."""
    if not settings.PUBLIC_RECORD:
        return None
    assessment.refresh_from_db()
    result = latest(assessment)
    if result is None:
        raise NotAllowed("Nothing was submitted that could be published.")
    record = publish(
        assessment=assessment,
        user=organiser,
        on_behalf_of=spec.on_behalf_of,
        result_number=result.number,
        language=settings.LANGUAGE_CODE,
        at=days_ago(spec.days_ago),
    ).record
    for entry in spec.replies:
        GroupReply.objects.create(
            record=record,
            group=entry.group,
            text=entry.text,
            filed_by=entry.filed_by,
            capacity=entry.capacity,
            filed_at=days_ago(entry.days_ago),
            answer=entry.answer,
            answered_by_name=str(organiser) if entry.answer else "",
            answered_at=days_ago(entry.answered_days_ago) if entry.answer else None,
        )
    return record
