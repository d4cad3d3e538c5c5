"""Steps of the tests of the worker, each in a process of its own.

`python -m tests.inside tests.reports.queue_inside STEP`
"""

import time
from typing import Any

from assessments.models import Report
from assessments.reports import drawing, services
from assessments.reports.tasks import enqueue_report
from assessments.vocabulary import ReportKind
from assessments.worker import start_embedded_worker
from tests.builders import samples
from tests.builders.papers import paper


def main(step: str) -> Any:
    """Do one step of a test and return what it found."""
    return {"prepare": prepare, "hang": hang, "embedded": embedded, "look": look}[step]()


def prepare() -> str:
    """Ask for a report, with no assessment behind it."""
    document = paper(samples.result())
    report = Report.objects.create(
        kind=ReportKind.FULL,
        document=document.model_dump(mode="json"),
        cache_key=services.cache_key(document, "en"),
    )
    enqueue_report(report.pk)
    return str(report.code)


def hang() -> None:
    """Be a worker that never comes to an end with its first report."""
    from django.core.management import call_command  # noqa: PLC0415 (only this step)

    drawing.render_pdf = lambda *args, **kwargs: time.sleep(600)  # type: ignore[assignment]
    call_command("db_worker", interval=0.1, startup_delay=False, verbosity=0)


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
