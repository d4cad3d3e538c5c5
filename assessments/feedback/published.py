"""What is public of the wave that somebody was asked in: never more than a visitor without an account may read.

A process that is open to everyone shows what its public pages show; else what was published in the public record is
shown as it was frozen there. The restricted document of a panel is read by nothing here.
"""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from assessments.actions.reading import done_about
from assessments.documents.actions import ActionPart, DecisionPart
from assessments.documents.both_tracks import JointDocument
from assessments.models import Assessment, PublicRecord, Wave
from assessments.records.reading import document_of as record_document
from assessments.records.reading import version_for
from assessments.results.frozen import document_of, latest, panel_source


@dataclass(frozen=True)
class PublishedResult:
    """Both tracks as everybody may read them, and what was decided and promised on them.

    `is_open`: the pages of the process can be read without an account.
    """

    joint: JointDocument
    decision: DecisionPart | None
    actions: list[ActionPart]
    is_open: bool


def published_result(wave: Wave, record: PublicRecord | None) -> PublishedResult | None:
    """Return what is public of what was said in a wave; None where nothing is. At most six queries.

    Of an assessment that was asked about twice it is the later answer, as on its public pages.
    """
    if is_open_to_everyone(wave.assessment):
        return _from_pages(wave.assessment)
    return None if record is None else _from_record(record)


def is_open_to_everyone(assessment: Assessment) -> bool:
    """Whether a visitor without an account may read the result. One query."""
    return Assessment.objects.visible_to(AnonymousUser()).filter(pk=assessment.pk).exists()


def record_of(assessment: Assessment) -> PublicRecord | None:
    """Return the entry of the public record of an assessment, if it has one that was not withdrawn. One query."""
    if not settings.PUBLIC_RECORD:
        return None
    return PublicRecord.objects.published().filter(assessment=assessment).first()


def _from_pages(assessment: Assessment) -> PublishedResult | None:
    result, panel = latest(assessment), panel_source(assessment, restricted=False)
    if result is None or panel is None:
        return None
    decision, actions = done_about(assessment, public_only=True)
    return PublishedResult(joint=panel.numbers(document_of(result)), decision=decision, actions=actions, is_open=True)


def _from_record(record: PublicRecord) -> PublishedResult | None:
    """What is frozen in the newest version: it may have been published before the groups were asked."""
    document = record_document(version_for(record.number))
    if document.joint is None:
        return None
    return PublishedResult(
        joint=document.joint, decision=document.board.decided, actions=list(document.board.actions), is_open=False
    )
