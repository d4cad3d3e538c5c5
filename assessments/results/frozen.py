"""What is frozen of an assessment: its result, and the numbers of its panel as far as a reader may see them.

A document is read as that of the assessment it is stored with: the codes it was frozen with are those of the place
where it was first made, and there may be a copy of it beside its original.

The stored text is parsed once, straight into the document: half the time of going through JSONField.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, QuerySet, Subquery, TextField
from django.db.models.functions import Cast

from assessments.documents.both_tracks import ComparedTracks, JointDocument, StatementLine, compared
from assessments.documents.panel import PanelDocument
from assessments.documents.result import AttributeResult, ItemResult, ResultDocument, under_codes
from assessments.documents.themes import CommentLine
from assessments.models import (
    Action,
    Assessment,
    CommentTheme,
    FrozenResult,
    GroupStatement,
    PanelComment,
    PublicRecord,
    Wave,
    WaveSnapshot,
)
from assessments.models.assessment import AssessmentQuerySet
from assessments.results.both_tracks import read_together
from assessments.results.themes import NOTHING, ThemedComments, themed_comments
from assessments.vocabulary import CommentState, WaveState
from attributes.catalogue.types import CatalogueAttribute, CatalogueItem
from attributes.memory import Statement
from attributes.texts import TextMap


def latest(assessment: Assessment) -> FrozenResult | None:
    """Return the result of an assessment that holds now, without its document, or None. One query."""
    return FrozenResult.objects.filter(assessment=assessment).defer("document").order_by("-number").first()


_results: Statement[FrozenResult] = Statement(
    lambda pk: FrozenResult.objects.filter(assessment=pk).defer("document").order_by("number")
)


def results_of(assessment: Assessment) -> list[FrozenResult]:
    """Return the results of an assessment without their documents, the one that holds last. One query."""
    return _results(assessment.pk)


def document_of(result: FrozenResult) -> ResultDocument:
    """Return the document of a frozen result. One query, and none when the same row is asked again."""
    found: ResultDocument | None = vars(result).get("read_document")
    if found is None:
        (row,) = _with_document(result.pk)
        found = vars(result)["read_document"] = _document(row)
    return found


def latest_of(assessments: Iterable[Assessment]) -> dict[int, FrozenResult]:
    """Return the result of each assessment that holds now, without its document, by the assessment's primary key.

    One query for any number.
    """
    return {row.assessment_id: row for row in newest_results(assessments)}


def current_documents(assessments: Iterable[Assessment]) -> dict[int, ResultDocument]:
    """Return the document of each assessment that holds now, by the assessment's primary key. One query."""
    return {row.assessment_id: _document(row) for row in raw_documents(newest_results(assessments))}


def documents_of(results: Iterable[FrozenResult]) -> dict[int, ResultDocument]:
    """Return the documents of frozen results, by the assessment's primary key. One query for any number."""
    rows = raw_documents(FrozenResult.objects.filter(pk__in=[result.pk for result in results]))
    return {row.assessment_id: _document(row) for row in rows}


def newest_results(assessments: Iterable[Assessment]) -> QuerySet[Any]:
    """The result of each assessment that holds now, without its document."""
    newest = (
        FrozenResult.objects.filter(assessment=OuterRef("assessment"))
        .order_by()
        .values("assessment")
        .annotate(newest=Max("number"))
        .values("newest")
    )
    pks = [assessment.pk for assessment in assessments]
    rows = FrozenResult.objects.filter(assessment__in=pks, number=Subquery(newest))
    return rows.defer("document")


def raw_documents(results: QuerySet[FrozenResult]) -> QuerySet[Any]:
    """Return the rows with the text of their documents as `raw`, and the codes of what they are stored with."""
    return results.annotate(
        raw=Cast("document", TextField()),
        code_here=F("assessment__code"),
        process_code_here=F("assessment__process__code"),
    ).defer("document")


_with_document: Statement[Any] = Statement(lambda pk: raw_documents(FrozenResult.objects.filter(pk=pk)))


def _document(row: Any) -> ResultDocument:
    document = ResultDocument.model_validate_json(row.raw)
    return under_codes(document, assessment=row.code_here, process=row.process_code_here)


@dataclass(frozen=True)
class PanelSource:
    """The snapshot that holds for an assessment, without its document, and whether the reader sees group by item."""

    snapshot: WaveSnapshot
    restricted: bool

    @property
    def key(self) -> Hashable:
        """What a page drawn from its numbers can be kept by."""
        return (self.snapshot.digest if self.restricted else self.snapshot.public_digest, self.restricted)

    def document(self) -> PanelDocument:
        """The numbers as far as the reader may see them, as they were frozen for this kind of reader.

        One query, and none when the same source is asked again.
        """
        return self._document

    @cached_property
    def _document(self) -> PanelDocument:
        stored = "document" if self.restricted else "public"
        rows = WaveSnapshot.objects.filter(pk=self.snapshot.pk).annotate(raw=Cast(stored, TextField()))
        return PanelDocument.model_validate_json(rows.values_list("raw", flat=True).get())

    def comments(self) -> ThemedComments:
        """The comments after moderation that the reader may see, by theme. At most five queries; where nobody wrote
        any, none."""
        if not self.snapshot.is_commented:  # type: ignore[attr-defined]
            return NOTHING
        return themed_comments(self.snapshot.wave, public_only=not self.restricted)

    def compared(self, result: ResultDocument) -> ComparedTracks:
        """Both tracks side by side, without steps and without words of people. One query."""
        return compared(result, self.document())

    def numbers(self, result: ResultDocument) -> JointDocument:
        """Both tracks read together, without words of people. One query."""
        return read_together(result, self.document())

    def everything(self, result: ResultDocument) -> JointDocument:
        """What a report shows: both tracks, the comments, and who answered on the record. At most eight queries."""
        written, statements = self.comments(), statements_of(self.snapshot.wave_id)
        found = read_together(
            result, self.document(), themes=written.themes, comments=written.rest, statements=statements
        )
        waiting = comment_counts(self.snapshot)[CommentState.WAITING] if self.restricted else None
        return found.model_copy(update={"waiting": waiting})


def was_launched() -> Exists:
    """Whether stakeholders were asked: whoever reads it along with assessments needs no query to learn that not."""
    return Exists(Wave.objects.filter(assessment=OuterRef("pk")).exclude(state=WaveState.PREPARING))


@cache
def with_what_stands_beside() -> AssessmentQuerySet:
    """Assessments with what the page of a result tells beside its document, so that what is not there needs no query.

    Joined are the decision and the board paper; told is whether there are actions, reports and a public record, and
    whether stakeholders were asked. Put together once: that takes as long as the rest of the statement.
    """

    def of_it(rows: QuerySet[Any]) -> Exists:
        return Exists(rows.filter(assessment=OuterRef("pk")))

    return Assessment.objects.select_related("decided", "board_paper").annotate(
        has_actions=of_it(Action.objects.all()),
        has_reports=of_it(Assessment.reports.through.objects.all()),
        has_record=of_it(PublicRecord.objects.published()),
        is_launched=was_launched(),
    )


def panel_source(assessment: Assessment, *, restricted: bool) -> PanelSource | None:
    """Return the last snapshot of an assessment's latest closed wave, or None. One query, and none where the
    assessment was read `with_what_stands_beside` and nobody was asked.
    """
    if not getattr(assessment, "is_launched", True):
        return None
    snapshot = _last_snapshot.first(assessment.pk)
    return None if snapshot is None else PanelSource(snapshot, restricted)


def _read_last_snapshot(assessment: int) -> "QuerySet[WaveSnapshot]":
    of_it = {"wave": OuterRef("wave")}
    written = Exists(PanelComment.objects.filter(**of_it)) | Exists(CommentTheme.objects.filter(**of_it))
    return (
        WaveSnapshot.objects.filter(wave__assessment=assessment)
        .annotate(is_commented=written)
        .select_related("wave")
        .defer("document", "public", "tallies")
        .order_by("-wave__number", "-number")[:1]
    )


_last_snapshot = Statement(_read_last_snapshot)


def latest_panels(assessments: Iterable[Assessment], *, restricted: bool = False) -> dict[int, PanelDocument]:
    """Return the document that holds for each assessment, by primary key: its latest wave's last snapshot.

    The public one unless the restricted one is asked for. One query for any number.
    """
    pks = [assessment.pk for assessment in assessments]
    rows = (
        WaveSnapshot.objects.filter(wave__assessment__in=pks)
        .order_by("wave__number", "number")
        .values_list("wave__assessment", "document" if restricted else "public")
    )
    return {pk: PanelDocument.model_validate(raw) for pk, raw in dict(rows).items()}


def latest_digests(assessments: Iterable[Assessment]) -> dict[int, str]:
    """Return the fingerprint of the public numbers that `latest_panels` returns, by primary key. One query, and none
    where it was read along that nobody was asked (`was_launched`).
    """
    asked = [assessment.pk for assessment in assessments if getattr(assessment, "is_launched", True)]
    if not asked:
        return {}
    rows = WaveSnapshot.objects.filter(wave__assessment__in=asked)
    return dict(rows.order_by("wave__number", "number").values_list("wave__assessment", "public_digest"))


def comment_heads(
    attributes: Iterable[AttributeResult | CatalogueAttribute], items: Iterable[ItemResult | CatalogueItem]
) -> dict[str, TextMap]:
    """What a comment may be about, in order: an attribute, or an item that asks for words."""
    return {entry.code: entry.title for entry in attributes} | {item.code: item.short for item in items}


def remarks_by_head(
    remarks: Sequence[CommentLine], heads: Mapping[str, TextMap]
) -> list[tuple[TextMap | None, list[CommentLine]]]:
    """Comments under what they are about, by its text and in the order of `heads`; about nothing known: last."""
    grouped: list[tuple[TextMap | None, list[CommentLine]]] = [
        (head, [remark for remark in remarks if remark.about == code]) for code, head in heads.items()
    ]
    grouped.append((None, [remark for remark in remarks if remark.about not in heads]))
    return [(head, found) for head, found in grouped if found]


def comment_counts(snapshot: WaveSnapshot) -> dict[str, int]:
    """Return how many comments of a wave wait, are shown, are not shown. One query."""
    rows = PanelComment.objects.filter(wave_id=snapshot.wave_id).order_by().values("state")
    found = dict(rows.annotate(count=Count("pk")).values_list("state", "count"))
    return {state: found.get(state, 0) for state in CommentState.values}


def statements_of(wave_id: int) -> list[StatementLine]:
    """By whom the responses on the record were filed, which is public like their being given. One query."""
    rows = GroupStatement.objects.filter(group__wave=wave_id).select_related("group__wave")
    rows = rows.order_by("group__position", "pk")
    return [
        StatementLine(
            group=row.group.name,
            group_names=row.group.all_names,
            filed_by=row.filed_by,
            capacity=row.capacity,
            how_agreed=row.how_agreed,
            filed_on=row.filed_on.isoformat(),
            prepared_by=row.prepared_by,
            corrected_on=row.corrected_on.isoformat() if row.corrected_on else None,
        )
        for row in rows
    ]
