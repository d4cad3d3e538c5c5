"""Steps of the tests of the worker, each in a process of its own.

`python -m tests.inside tests.reports.queue_inside STEP`
"""

import io
import time
from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.db.models import F

from assessments.models import Report
from assessments.reports import drawing, services
from assessments.reports.tasks import enqueue_report
from assessments.vocabulary import ReportKind
from assessments.worker import start_embedded_worker
from tests.builders import samples
from tests.builders.papers import paper


def main(step: str) -> Any:
    """Do one step of a test and return what it found."""
    return {"prepare": prepare, "hang": hang, "take_up": take_up, "embedded": embedded}[step]()


def prepare() -> str:
    """Make the tables and ask for a report, with no assessment behind it."""
    call_command("migrate", run_syncdb=True, verbosity=0)
    document = paper(samples.result(), kind="board")
    report = Report.objects.create(
        kind=ReportKind.BOARD,
        document=document.model_dump(mode="json"),
        cache_key=services.cache_key(document, "en"),
    )
    enqueue_report(report.pk)
    return str(report.code)


def hang() -> None:
    """Be a worker that never comes to an end with its first report."""
    drawing.render_pdf = lambda *args, **kwargs: time.sleep(600)  # type: ignore[assignment]
    call_command("db_worker", interval=0.1, startup_delay=False, verbosity=0)


def take_up() -> list[Any]:
    """Look for reports whose worker died, once too soon, and draw what is found; return both numbers and `look`."""
    swept = [sweep()]  # its heart beat just now
    Report.objects.update(heartbeat_at=F("heartbeat_at") - timedelta(days=365))
    swept.append(sweep())
    call_command("db_worker", batch=True, verbosity=0)
    return [*swept, *look()]


def sweep() -> str:
    """What the command says that is run every minute."""
    told = io.StringIO()
    call_command("sweep_reports", stdout=told)
    return told.getvalue().strip()


def embedded() -> list[Any]:
    """Serve as a web process with a worker inside would, until the report is done."""
    started = [start_embedded_worker(), start_embedded_worker()]
    for _ in range(600):
        if look()[0] not in ("queued", "rendering"):
            break
        time.sleep(0.1)
    return [*started, *look()]


def look() -> list[Any]:
    """State, attempts and the first bytes of the file of the report."""
    report = Report.objects.get()
    if not report.file:
        return [report.state, report.attempts, ""]
    with report.file.open() as file:
        return [report.state, report.attempts, file.read(4).decode()]
