"""Asking for reports: once drawn, a report is served from storage until what it shows has changed.

The same document, language, templates, style, fonts and engine give the same bytes, so they are the same report."""

import hashlib
import logging
from collections.abc import Collection, Iterable, Sequence
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assessments.actions.services.actions import mark_as_shown
from assessments.comparing.arranged import Arrangement
from assessments.documents.report import ReportDocument
from assessments.documents.values import canonical_json
from assessments.exceptions import NotAllowed
from assessments.models import Assessment, Process, Report
from assessments.reports.content import report_comparing, report_on, report_over_time
from assessments.reports.issuing import record_again
from assessments.reports.signing import signing_name
from assessments.reports.tasks import enqueue_report
from assessments.results.last_time import earlier_round_of
from assessments.typefaces.choice import COMMON, choose_for_document
from assessments.vocabulary import Annex, Paper, ReportKind, ReportState

if TYPE_CHECKING:
    from msgov.accounts.models import User


logger = logging.getLogger(__name__)

MAX_WAITING = 5  # reports of one person at once
MAX_BY_ITSELF = 20  # that are drawn because somebody submitted: two for each result
MAX_WAITING_FOR_NOBODY = 10  # asked for without an account, all visitors together

ROOT = Path(__file__).parents[2]
# Everything that has a say in how a document looks on paper.
SOURCES = (
    "templates/assessments/pictures/*.html",
    "templates/assessments/reports/pdf/*.html",
    "static/css/pictures.css",
    "static/css/comparing-print.css",
    "static/css/reports.css",
    "assessments/**/*.py",
    "assessments/reports/fonts/*",
    "attributes/texts.py",
    "attributes/templatetags/texts.py",
    "locale/**/*.mo",
)
ENGINES = ("weasyprint", "pydyf", "fonttools", "tinycss2", "tinyhtml5", "django")


@transaction.atomic
def request_report(
    *,
    assessment: Assessment,
    user: "User | None",
    language: str,
    kind: ReportKind = ReportKind.FULL,
    restricted: bool = False,
    paper: Paper = Paper.A4,
    annexes: Collection[Annex] = (),
    most: int = MAX_WAITING,
) -> Report:
    """Return the board paper or full report on an assessment in a language, asked for if there is none yet.

    The same document in the same language is drawn once, whoever asks. A draft is drawn as it stands now.
    `restricted` asks for the version of the steering group; raises NotAllowed where there is nothing restricted, or
    where `most` of that person are waiting already.
    """
    _lock_assessments([assessment])
    document = report_on(assessment, kind=kind, restricted=restricted, paper=paper, annexes=annexes)
    if kind == ReportKind.ANNUAL:
        mark_as_shown(*filter(None, (assessment, earlier_round_of(assessment))))
    elif document.board.actions:
        mark_as_shown(assessment)
    return _request(
        assessments=[assessment],
        document=document,
        is_draft=not assessment.is_submitted,
        user=user,
        language=language,
        most=most,
    )


@transaction.atomic
def request_comparison(
    *,
    assessments: Sequence[Assessment],
    user: "User | None",
    language: str,
    paper: Paper = Paper.A4,
    arrangement: Arrangement | None = None,
) -> Report:
    """Return the comparison of 2 to 12 assessments, asked for if there is none yet. Raises NotAllowed."""
    _lock_assessments(assessments)
    return _request(
        assessments=assessments,
        document=report_comparing(assessments, paper=paper, arrangement=arrangement),
        is_draft=False,
        user=user,
        language=language,
    )


@transaction.atomic
def request_published(
    *, assessments: Sequence[Assessment], document: ReportDocument, user: "User | None", language: str
) -> Report:
    """Return the PDF of what was published for good, asked for if there is none (any more), from what is frozen of it.

    There is no assessment any more where its process was deleted since. Raises NotAllowed where too many are drawn.
    """
    return _request(
        assessments=assessments,
        document=document,
        is_draft=False,
        user=user,
        language=language,
        most=MAX_BY_ITSELF,
    )


@transaction.atomic
def request_over_time(
    *,
    process: Process,
    user: "User | None",
    language: str,
    codes: Sequence[str] = (),
    paper: Paper = Paper.A4,
) -> Report:
    """Return the report on the rounds of a process over time, or on those of these codes. Raises NotAllowed."""
    found = Assessment.objects.filter(process=process).select_related("process")
    _lock_assessments(list(found.filter(code__in=codes) if codes else found))
    document = report_over_time(process, codes, paper=paper)
    shown = {entry.code for entry in document.over_time.rounds} if document.over_time else set()
    return _request(
        assessments=list(found.filter(code__in=shown)),
        document=document,
        is_draft=False,
        user=user,
        language=language,
    )


@transaction.atomic
def retry_report(*, report: Report) -> Report:
    """Draw a failed report, or one whose file is gone, again.

    Raises NotAllowed while it is being drawn, or too many others of the same person are.
    """
    stored = Report.objects.select_for_update().get(pk=report.pk)
    if stored.state in (ReportState.QUEUED, ReportState.RENDERING):
        raise NotAllowed(_("This report is being drawn."))
    if stored.state == ReportState.READY and has_file(stored):
        raise NotAllowed(_("This report is ready."))
    _refuse_too_many(stored.requested_by)
    _queue_again(stored)
    return stored


def start_rendering_on_submit(assessment: Assessment, user: "User | None" = None) -> list[Report]:
    """Draw the papers of an assessment that was just submitted, so that a download finds them ready."""
    language = get_language() or settings.LANGUAGE_CODE
    return [
        request_report(assessment=assessment, user=user, language=language, kind=kind, most=MAX_BY_ITSELF)
        for kind in ReportKind.drawn_by_itself()
    ]


def draw_submitted(sender: object, *, assessment: Assessment, user: "User | None" = None, **kwargs: object) -> None:
    """Answer the signal that an assessment was submitted. What goes wrong here must not undo the submission."""
    try:
        start_rendering_on_submit(assessment, user)
    except Exception:
        logger.exception("No report was asked for when %s was submitted", assessment.code)


def has_file(report: Report) -> bool:
    """Whether the file of a report is where it was stored."""
    return bool(report.file.name) and report.file.storage.exists(report.file.name or "")


def _lock_assessments(assessments: Sequence[Assessment]) -> None:
    """Lock the assessments until the transaction ends, so that a double click asks for one report."""
    pks = [assessment.pk for assessment in assessments]
    list(Assessment.objects.select_for_update().filter(pk__in=pks).order_by("pk").values_list("pk"))


def _request(
    *,
    assessments: Sequence[Assessment],
    document: ReportDocument,
    is_draft: bool,
    user: "User | None",
    language: str,
    most: int = MAX_WAITING,
) -> Report:
    chosen = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    # The same result may be stored twice (an import), for other readers: each gets a report of its own.
    key = cache_key(document, chosen, of=[assessment.code for assessment in assessments])
    known = Report.objects.select_for_update().filter(cache_key=key).order_by("pk").first()
    if known is not None:
        if known.state == ReportState.FAILED or (known.state == ReportState.READY and not has_file(known)):
            _queue_again(known)
        elif known.state == ReportState.READY:
            record_again(report=known)
        return known
    _refuse_too_many(user, most)
    report = Report.objects.create(
        kind=document.kind,
        paper=document.paper,
        readers=document.readers,
        result_number=None if is_draft else _number_in(document),
        language=chosen,
        is_draft=is_draft,
        document=document.model_dump(mode="json"),
        cache_key=key,
        requested_by=user,
    )
    report.assessments.set(assessments)
    transaction.on_commit(partial(enqueue_report, report.pk))
    return report


def _number_in(document: ReportDocument) -> int | None:
    """The number of the result that a report shows; None where it shows several."""
    return document.evidence.assessment.number if document.result or document.joint or document.annual else None


def _refuse_too_many(user: "User | None", most: int = MAX_WAITING) -> None:
    """Leave room for others: drawing takes up to a minute, one after the other."""
    waiting = Report.objects.filter(requested_by=user, state__in=(ReportState.QUEUED, ReportState.RENDERING))
    if user is None and waiting.count() >= MAX_WAITING_FOR_NOBODY:
        raise NotAllowed(_("Many reports are being drawn for visitors. Ask again in a few minutes."))
    if user is not None and waiting.count() >= most:
        raise NotAllowed(
            _("%(max)s reports you asked for are still being drawn. Ask again when one of them is ready.")
            % {"max": most}
        )


def _queue_again(report: Report) -> None:
    report.state = ReportState.QUEUED
    report.attempts = 0
    report.error = report.progress = ""
    report.heartbeat_at = report.finished_at = None
    report.save(update_fields=["state", "attempts", "error", "progress", "heartbeat_at", "finished_at"])
    transaction.on_commit(partial(enqueue_report, report.pk))


def cache_key(document: ReportDocument, language: str, *, of: Iterable[str] = ()) -> str:
    """Return the key of the report, as 64 hexadecimal digits; `of` are the codes of the assessments it is about."""
    content = canonical_json(document)
    key = hashlib.sha256(content)
    # What else the file says of itself (`assessments.documents.manifest`).
    signed_by = signing_name() if settings.REPORT_SIGNING_KEY else ""
    carried = f"{settings.VERSION} {settings.SITE_ADDRESS} {signed_by}"
    key.update(f"\0{language}\0{look()}\0{' '.join(sorted(of))}\0{carried}".encode())
    # A font that was installed since may draw what could not be drawn before.
    if not COMMON.fullmatch(content.decode()):
        key.update(choose_for_document(document, language).mark.encode())
    return key.hexdigest()


@cache
def look() -> str:
    """Return a digest of templates, style, fonts and engine. Read once per process: they change with a release."""
    found = hashlib.sha256(" ".join(f"{name} {version(name)}" for name in ENGINES).encode())
    found.update(str(settings.USE_I18N).encode())
    for pattern in SOURCES:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file():
                found.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return found.hexdigest()
