"""The results of all processes somebody works on, on one page: attributes by processes, by alphabet."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext

from assessments.headlines.names import short_title
from assessments.models import Assessment, Process
from assessments.pictures import HeatCell, HeatRow, HeatTable
from assessments.results.letters import AttributeLetter, letters_of


@dataclass(frozen=True)
class Portfolio:
    """The table of those that have a result, None where none has; and those that have none yet."""

    heat: HeatTable | None
    without: list[Process]


def portfolio_of(processes: Sequence[Process]) -> Portfolio:
    """Return what the last results of these processes say. Two queries for any number."""
    latest = {assessment.process_id: assessment for assessment in _last_submitted(processes)}
    letters = letters_of(latest.values())
    with_result = [row for row in processes if row.pk in latest and latest[row.pk].pk in letters]
    without = [row for row in processes if row not in with_result]
    if not with_result:
        return Portfolio(None, without)
    columns = _columns(letters[latest[row.pk].pk] for row in with_result)
    rows = [_row(row, latest[row.pk], letters[latest[row.pk].pk], columns) for row in with_result]
    table = HeatTable(
        caption=gettext("The last result of each process"),
        sentence=gettext(
            "N not, P partly, L largely, F fully; + is the upper, - the lower half of a band. By alphabet: the order "
            "says nothing."
        ),
        columns=tuple(columns.values()),
        rows=tuple(rows),
        corner=gettext("Process"),
    )
    return Portfolio(table, without)


def _last_submitted(processes: Iterable[Process]) -> QuerySet[Assessment]:
    last = (
        Assessment.objects.submitted()
        .filter(process=OuterRef("process"))
        .order_by()
        .values("process")
        .annotate(last=Max("round"))
        .values("last")
    )
    found = Assessment.objects.submitted().filter(process__in=processes, round=Subquery(last))
    return found.only("code", "process", "round", "submitted_at")


def _columns(found: Iterable[Sequence[AttributeLetter]]) -> dict[str, str]:
    """The attributes of all results by what they are called: question sets have different ones."""
    columns: dict[str, str] = {}
    for letters in found:
        for entry in letters:
            columns.setdefault(entry.slug, short_title(entry))
    return columns


def _row(
    process: Process, assessment: Assessment, letters: Sequence[AttributeLetter], columns: Mapping[str, str]
) -> HeatRow:
    own = {entry.slug: entry for entry in letters}
    note = gettext("Round %(round)s") % {"round": assessment.round}
    if assessment.submitted_at:
        day = date_format(assessment.submitted_at.astimezone(process.zone), "SHORT_DATE_FORMAT")
        note = gettext("Round %(round)s, %(day)s") % {"round": assessment.round, "day": day}
    # Nobody may take an example for a finding.
    mark = gettext("Invented example") if process.is_invented else ""
    mark = mark or (gettext("Example, coded from one text") if process.is_example else "")
    return HeatRow(
        process.name,
        tuple(_cell(own.get(slug)) for slug in columns),
        reverse("assessments:assessment-results", args=[assessment.code]),
        " · ".join(part for part in (note, mark) if part),
    )


def _cell(own: AttributeLetter | None) -> HeatCell:
    if own is None:
        return HeatCell("", state="not_asked")
    if own.status == "not_applicable":
        return HeatCell("", state="not_applicable")
    if own.status == "withheld" or own.letter is None:
        return HeatCell("", state="withheld")
    return HeatCell(own.letter, gettext("early") if own.status == "provisional" else "")
