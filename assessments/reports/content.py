"""What a report shows: one document, put together once and drawn from ever after."""

import base64
from collections.abc import Collection, Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.actions.reading import told_of, with_told
from assessments.annual.build import annual_document
from assessments.comparing.arranged import Arrangement
from assessments.comparing.build import MAXIMUM, MINIMUM
from assessments.comparing.stored import comparison_of_stored, named_by
from assessments.documents.both_tracks import JointDocument
from assessments.documents.report import BoardPart, BrandPart, ReportDocument, StatementPart, as_report
from assessments.documents.result import ResultDocument
from assessments.exceptions import NotAllowed
from assessments.models import Assessment, BoardPaper, Brand, Process
from assessments.over_time.stored import stored_rounds
from assessments.results import frozen as reading
from assessments.results.build import build_document
from assessments.results.last_time import last_time_of
from assessments.statement import statement_of
from assessments.vocabulary import Annex, Paper, Readers, ReportKind, Visibility
from assessments.zones import today_in, zone_named

READERS = {
    Visibility.PUBLIC: Readers.PUBLIC,
    Visibility.SIGNED_IN: Readers.ACCOUNTS,
    Visibility.PRIVATE: Readers.MEMBERS,
}
OUTSIDE = frozenset({Readers.ACCOUNTS, Readers.PUBLIC})
NARROWEST = (Readers.MEMBERS, Readers.ACCOUNTS, Readers.PUBLIC)


def result_of(assessment: Assessment) -> ResultDocument:
    """Return the frozen result of a submitted assessment, or the result of a draft as it stands now."""
    if not assessment.is_submitted:
        return build_document(assessment)
    frozen = reading.latest(assessment)
    if frozen is None:
        raise NotAllowed(_("This assessment has no stored result."))
    return reading.document_of(frozen)


def shown_of(assessment: Assessment, *, restricted: bool = False) -> ResultDocument | JointDocument:
    """Return what the report on an assessment shows: both tracks where a wave was closed.

    `restricted`: with group by item, barriers and comments; only for who has the right to them.
    """
    result = result_of(assessment)
    panel = reading.panel_source(assessment, restricted=restricted)
    return result if panel is None else panel.everything(result)


def report_on(
    assessment: Assessment,
    *,
    kind: ReportKind,
    restricted: bool = False,
    paper: Paper = Paper.A4,
    annexes: Collection[Annex] = (),
) -> ReportDocument:
    """Return the board paper, the full report or the annual page of an assessment. Only a full report has annexes.

    Raises NotAllowed where the restricted version is asked for and there is none. That of an annual page has the
    promises that are not public too.
    """
    if kind == ReportKind.ANNUAL:
        return _annual(assessment, Readers.STEERING if restricted else readers_of([assessment]), paper)
    shown = shown_of(assessment, restricted=restricted)
    result = shown if isinstance(shown, ResultDocument) else shown.result
    if restricted and isinstance(shown, ResultDocument):
        raise NotAllowed(_("There is no restricted version: no stakeholder panel of this assessment was closed."))
    readers = Readers.STEERING if restricted else readers_of([assessment])
    return as_report(
        shown,
        kind="board" if kind == ReportKind.BOARD else "full",
        paper=paper.value,
        readers=readers.value,
        annexes=[annex.value for annex in Annex if annex in annexes] if kind == ReportKind.FULL else [],
        last=None if assessment.is_first else last_time_of(assessment, result),
        board=board_part(assessment, readers),
        brand=brand_part(assessment.process),
        statement=statement_part(assessment, shown) if kind == ReportKind.FULL else None,
    )


def statement_part(assessment: Assessment, shown: ResultDocument | JointDocument) -> StatementPart:
    """Return the process statement of what a report shows: the same for all readers, from the public numbers."""
    if isinstance(shown, ResultDocument):
        return statement_of(assessment, shown, None)
    panel = reading.latest_panels([assessment])[assessment.pk] if shown.is_restricted else shown.panel
    return statement_of(assessment, shown.result, panel)


def _annual(assessment: Assessment, readers: Readers, paper: Paper) -> ReportDocument:
    today = today_in(zone_named(assessment.process.time_zone))
    shown = annual_document(assessment, result_of(assessment), public_only=readers in OUTSIDE, today=today)
    return as_report(shown, paper=paper.value, readers=readers.value, brand=brand_part(assessment.process))


def report_comparing(
    assessments: Sequence[Assessment], *, paper: Paper = Paper.A4, arrangement: Arrangement | None = None
) -> ReportDocument:
    """Return the comparison of 2 to 12 assessments. Raises NotAllowed if fewer than two can be compared."""
    chosen = list({assessment.pk: assessment for assessment in assessments}.values())
    if not MINIMUM <= len(chosen) <= MAXIMUM:
        raise NotAllowed(_("Choose %(min)s to %(max)s assessments.") % {"min": MINIMUM, "max": MAXIMUM})
    frozen = reading.current_documents(assessment for assessment in chosen if assessment.is_submitted)
    panels = reading.latest_panels(chosen)
    results = {row.pk: frozen[row.pk] if row.pk in frozen else result_of(row) for row in chosen}
    document = comparison_of_stored(chosen, results, panels, arrangement)
    if len(document.processes) < MINIMUM:
        count = len(document.processes)
        raise NotAllowed(
            ngettext(
                "Only %(count)s of these can be compared with others.",
                "Only %(count)s of these can be compared with others.",
                count,
            )
            % {"count": count}
        )
    named = {row.code: named_by(row, results[row.pk]) for row in chosen}
    sources = [named[process.code] for process in document.processes]
    return as_report(document, paper=paper.value, readers=readers_of(assessments).value, sources=sources)


def report_over_time(process: Process, codes: Sequence[str] = (), *, paper: Paper = Paper.A4) -> ReportDocument:
    """Return the rounds of a process over time, or those of these codes; for outside readers public actions only.

    Raises NotAllowed where fewer than two can stand side by side.
    """
    readers = READERS[Visibility(process.visibility)]
    rounds = stored_rounds(process, codes, public_only=readers in OUTSIDE)
    document = rounds.document()
    if document is None:
        raise NotAllowed(_("There are no two submitted rounds of this process that can stand side by side."))
    results = {result.assessment.code: result for result in reading.documents_of(rounds.results.values()).values()}
    sources = [results[each.code] for each in document.rounds]
    return as_report(document, paper=paper.value, readers=readers.value, brand=brand_part(process), sources=sources)


def readers_of(assessments: Iterable[Assessment]) -> Readers:
    """Who may read what is drawn of all of these, nothing restricted being in it."""
    rows = list(assessments)
    shared = {Readers.MEMBERS if row.is_draft else READERS[Visibility(row.process.visibility)] for row in rows}
    return next((readers for readers in NARROWEST if readers in shared), Readers.MEMBERS)


def board_part(assessment: Assessment, readers: Readers) -> BoardPart:
    """Return what the organiser wrote for those who decide, empty where nothing was.

    One query, and one more for the actions where there are any. Readers outside the process have the public ones only.
    """
    row = with_told(Assessment.objects.select_related("board_paper")).get(pk=assessment.pk)
    decided, actions = told_of(row, public_only=readers in OUTSIDE)
    paper = getattr(row, "board_paper", None) or BoardPaper()
    return BoardPart(
        decision=paper.decision,
        made_by=paper.made_by,
        checked_by=paper.checked_by,
        commissioned_by=paper.commissioned_by,
        decided=decided,
        actions=actions,
    )


def brand_part(process: Process) -> BrandPart:
    """Return how the papers of a process look. One query."""
    brand = Brand.objects.filter(process=process).first()
    if brand is None:
        return BrandPart()
    return BrandPart(name=brand.name, colour=brand.colour, logo=base64.b64encode(bytes(brand.logo)).decode("ascii"))
