"""What is published of an assessment: put together from what visitors of a public process may have."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from assessments.documents.both_tracks import JointDocument
from assessments.documents.last_time import LastTimePart
from assessments.documents.record import RecordAbout, RecordDocument
from assessments.documents.result import ResultDocument, as_frozen
from assessments.documents.values import document_digest
from assessments.exceptions import NotAllowed
from assessments.models import Assessment, PublicRecord
from assessments.records.licences import licence
from assessments.reports.content import board_part, brand_part, shown_of
from assessments.results.last_time import last_time_of
from assessments.statement import Publication, statement_of
from assessments.vocabulary import Readers


@dataclass(frozen=True)
class VersionWanted:
    """Which version of which record is to be published, on which day, and on whose behalf; `since` is that of v1."""

    number: str
    version: int
    on: date
    since: date
    by_name: str
    on_behalf_of: str


def record_document(assessment: Assessment, wanted: VersionWanted) -> RecordDocument:
    """Return what a record shows of an assessment as it stands now. Raises NotAllowed for what is no result."""
    if not assessment.is_submitted:
        raise NotAllowed(_("Only the result of a submitted assessment can be published."))
    shown = shown_of(assessment)
    result = shown.result if isinstance(shown, JointDocument) else shown
    panel = shown.panel if isinstance(shown, JointDocument) else None
    publication = Publication(wanted.number, wanted.since.isoformat())
    return RecordDocument(
        about=_about(result, wanted, has_groups=panel is not None),
        result=shown if isinstance(shown, ResultDocument) else None,
        # Published for good: what people wrote is not, it may have to be taken back.
        joint=shown.without_words() if isinstance(shown, JointDocument) else None,
        last=_last(assessment, result),
        board=board_part(assessment, Readers.PUBLIC),
        brand=brand_part(assessment.process),
        statement=statement_of(assessment, result, panel, published=publication),
    )


def _about(result: ResultDocument, wanted: VersionWanted, *, has_groups: bool) -> RecordAbout:
    return RecordAbout(
        number=wanted.number,
        version=wanted.version,
        name=result.process.name,
        organisation=result.process.organisation,
        published_for=wanted.on_behalf_of,
        published_on=wanted.on.isoformat(),
        round=result.assessment.round,
        submitted_on=result.assessment.submitted_on or "",
        kind=result.process.kind,
        country=result.process.country,
        language=result.process.language,
        question_set=result.question_set.title,
        question_set_version=result.question_set.version,
        method_version=result.method_version,
        is_reviewed=result.assessment.assurance == "reviewed",
        is_invented=result.process.is_invented,
        is_example=result.process.is_example,
        has_groups=has_groups,
        result_digest=document_digest(as_frozen(result)),
        licence=licence(),
    )


def _last(assessment: Assessment, result: ResultDocument) -> LastTimePart | None:
    """The round before, if it is published: who agrees to publish one round has not agreed to publish another."""
    last = None if assessment.is_first else last_time_of(assessment, result)
    if last is None:
        return None
    is_published = PublicRecord.objects.published().filter(assessment__code=last.code).exists()
    return last if is_published else None
