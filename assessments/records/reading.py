"""Reading the public record: what is frozen, and what stands beside it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import OuterRef, Subquery, TextField
from django.db.models.functions import Cast
from django.http import Http404

from assessments.documents.record import RecordAbout, RecordDocument, RecordFigures
from assessments.models import GroupReply, PublicRecord, RecordVersion

if TYPE_CHECKING:
    from django.db.models import QuerySet

REPLIES_SHOWN = 200


@dataclass(frozen=True)
class RecordRow:
    """A record in a list: what it is about in its newest version, and its attributes."""

    record: PublicRecord
    about: RecordAbout
    figures: list[RecordFigures]


def refuse_where_switched_off() -> None:
    """Answer 404 where the operator has switched the public record off."""
    if not settings.PUBLIC_RECORD:
        raise Http404


def version_for(number: str, version: int | None = None) -> RecordVersion:
    """Return a version of a record with the record, without its document: the newest or the one named; or answer 404.

    One query.
    """
    refuse_where_switched_off()
    found = RecordVersion.objects.select_related("record").defer("document").filter(record__number=number.upper())
    if version is not None:
        found = found.filter(version=version)
    row = found.order_by("-version").first()
    if row is None:
        raise Http404
    return row


def document_of(version: RecordVersion) -> RecordDocument:
    """Return what is frozen of a version that was not withdrawn. One query; the text is parsed once."""
    rows = RecordVersion.objects.filter(pk=version.pk).annotate(raw=Cast("document", TextField()))
    return RecordDocument.model_validate_json(rows.values_list("raw", flat=True).get())


def about_of(version: RecordVersion) -> RecordAbout:
    """Return what a version is called and about, also of one that was withdrawn. No query."""
    return RecordAbout.model_validate(version.about)


def replies_to(record: PublicRecord) -> list[GroupReply]:
    """Return the replies of groups, oldest first, also those whose words are not shown. One query."""
    return list(record.replies.all()[:REPLIES_SHOWN])


def with_newest(records: "QuerySet[PublicRecord]") -> "QuerySet[PublicRecord]":
    """The records with `newest_about` and `newest_figures`, of the newest version of each. No further query."""
    newest = RecordVersion.objects.filter(record=OuterRef("pk")).order_by("-version")
    return records.annotate(
        newest_about=Subquery(newest.values("about")[:1]), newest_figures=Subquery(newest.values("figures")[:1])
    )


def row_of(record: PublicRecord) -> RecordRow:
    """A record that was read `with_newest`."""
    about = RecordAbout.model_validate(record.newest_about)  # type: ignore[attr-defined]
    figures = [RecordFigures.model_validate(line) for line in record.newest_figures]  # type: ignore[attr-defined]
    return RecordRow(record, about, figures)
