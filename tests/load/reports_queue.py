"""Steps of the test of many reports on several workers: `python -m tests.inside tests.load.reports_queue STEP …`.

Nothing is drawn: a report takes a moment, so that what is measured and tested is the queue around it.
"""

import os
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db.models import Count, Max, Min, Sum
from django.utils import timezone

from assessments.models import IssuedReport, Report
from assessments.reports import drawing, jobs, tasks
from assessments.reports.render import RenderedPdf
from assessments.reports.tasks import enqueue_report
from assessments.vocabulary import ReportKind
from tests.builders import samples
from tests.builders.papers import paper

MOMENT = 0.02  # seconds that a report takes
BEFORE_HANGING = 10  # reports that the worker draws which is killed then; the other waits there until it hangs
STALE_SECONDS = 3


def main(step: str, *arguments: str) -> Any:
    """Do one step and return what it found. Every process takes a worker for dead after the same short time."""
    jobs.STALE_AFTER = timedelta(seconds=STALE_SECONDS)
    steps: dict[str, Callable[..., Any]] = {"fill": fill, "work": work, "hang": hang, "finish": finish}
    return steps[step](*arguments)


def fill(reports: str) -> float:
    """Ask for so many reports; return how many seconds that took."""
    call_command("migrate", run_syncdb=True, verbosity=0)
    call_command("createcachetable", verbosity=0)
    document = paper(samples.result(), kind="board", annexes=[])
    began = time.perf_counter()
    for number in range(int(reports)):
        own = document.model_copy(update={"brand": document.brand.model_copy(update={"name": f"No. {number}"})})
        report = Report.objects.create(
            kind=ReportKind.BOARD, document=own.model_dump(mode="json"), cache_key=f"{number:064}"
        )
        enqueue_report(report.pk)
    return round(time.perf_counter() - began, 2)


def work(mark: str) -> None:
    """Be a worker, until somebody ends it. Whichever starts first, some reports are left for the one that hangs."""

    def wait() -> None:
        while not Path(mark).exists():
            time.sleep(MOMENT)

    _be_a_worker(wait)


def hang(mark: str) -> None:
    """Be a worker that stops in the middle of a report, and leaves a mark when it has."""

    def stop() -> None:
        Path(mark).write_text(str(os.getpid()), encoding="ascii")
        time.sleep(600)

    _be_a_worker(stop)


def finish(reports: str, patience: str) -> dict[str, Any]:
    """Take up what dead workers have left, as cron does, until all is drawn or patience ends; return how it is then.

    One process that goes on looking: starting one for every look would take the cores from the workers.
    """
    deadline = time.monotonic() + float(patience)
    while (found := look())["states"] != {"ready": int(reports)} and time.monotonic() < deadline:
        time.sleep(2)
        tasks.sweep()
    return found


def look() -> dict[str, Any]:
    """How far all reports are, how often each was begun and made, and how long it took from first to last."""
    reports = Report.objects.all()
    times = reports.aggregate(first=Min("requested_at"), last=Max("finished_at"), attempts=Sum("attempts"))
    made = IssuedReport.objects.values("report").annotate(times=Count("pk"))
    return {
        "now": timezone.now().isoformat(),
        "states": dict(reports.values_list("state").annotate(count=Count("pk")).order_by()),
        "attempts": times["attempts"],
        "seconds": (times["last"] - times["first"]).total_seconds() if times["last"] else None,
        "numbers": len({row.number for row in IssuedReport.objects.all()}),
        "made": sorted({each["times"] for each in made}),
        "files": sum(report.file.storage.exists(report.file.name or "") for report in reports.exclude(file="")),
    }


def _be_a_worker(after_some: Callable[[], None]) -> None:
    drawn = []

    def draw(html: str, **how: Any) -> RenderedPdf:
        drawn.append(html)
        if len(drawn) > BEFORE_HANGING:
            after_some()
        return _in_a_moment(html, **how)

    drawing.render_pdf = draw  # type: ignore[assignment]
    call_command("db_worker", interval=0.05, startup_delay=False, verbosity=0)


def _in_a_moment(html: str, *, carried: Any, **how: Any) -> RenderedPdf:
    time.sleep(MOMENT)
    return RenderedPdf(b"%PDF-1.7 " + carried[0].content, 1)
