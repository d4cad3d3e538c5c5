"""What reports cost: `python -m tests.inside tests.bench.pdf TIMES`, on the database that `world` filled.

Each report is drawn three ways on the same HTML: warm (a child forked from the server that has the engine loaded, as
the background worker does it), cold (the same in a process started for it), and naive (WeasyPrint as its tutorial
shows it, with the same style sheet).
"""

import io
import json
import multiprocessing.forkserver
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import zlib
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.core.management import CommandError, call_command
from pypdf import PdfReader

from assessments.comparing.build import build_comparison
from assessments.documents.report import ReportDocument
from assessments.models import FrozenResult
from assessments.reports.drawing import draw_report
from assessments.reports.html import render_html
from assessments.reports.render import RenderError, render_pdf, warm_up
from assessments.results.frozen import document_of
from tests.bench import processes
from tests.builders.papers import paper

SIZES = {"board paper": 1, "single": 1, "comparison of 6": 6, "comparison of 12": 12}


def main(times: str) -> list[dict[str, Any]]:
    """Draw every report so many times each way, in turns."""
    runs = int(times)
    pages = {}
    found: dict[str, dict[str, Any]] = {name: {"name": name} for name in SIZES}
    for name, size in SIZES.items():
        try:
            pages[name] = document_of_report(name, size)
        except (CommandError, ObjectDoesNotExist) as error:
            found[name]["problem"] = str(error)
    warm_up()
    for name, document in pages.items():
        try:
            found[name] |= measure(document, runs)
        except RenderError as error:
            found[name]["problem"] = f"{error.reason} {error.detail}"
    return list(found.values())


def document_of_report(name: str, size: int) -> ReportDocument:
    """The report on the demonstration's invented process, or a comparison of `size` assessments."""
    results = FrozenResult.objects.order_by("pk")
    if size == 1:
        call_command("seed_demo", force=True, stdout=StringIO())
        shown = document_of(results.filter(assessment__process__is_invented=True).latest("pk"))
        return paper(shown, kind="board", annexes=[]) if name == "board paper" else paper(shown)
    compared = [document_of(result) for result in results[:size]]
    return paper(build_comparison(compared), sources=compared)


def measure(document: ReportDocument, runs: int) -> dict[str, Any]:
    """The medians of all ways to draw one report. Only the warm one carries its data, as the product has it.

    The least that a stored report can take: its pages without data, and the data packed as tightly as zlib does.
    """
    html = render_html(document, "en")
    bare = len(render_pdf(html).content)
    warm: list[tuple[float, float, float]] = []
    cold: list[dict[str, Any]] = []
    naive: list[dict[str, Any]] = []
    with tempfile.NamedTemporaryFile("w", suffix=".html", encoding="utf-8") as file:
        file.write(html)
        file.flush()
        for _ in range(runs):
            began = time.perf_counter()
            content, pages, cpu, peak = draw_warm(document)
            warm.append((cpu, peak, time.perf_counter() - began))
            cold.append(draw_alone("product", file.name))
            naive.append(draw_alone("naive", file.name))
    cpu = statistics.median(each[0] for each in warm)
    return {
        "pages": pages,
        "bytes": len(content),
        "least_bytes": bare + data_bytes(content),
        "html_bytes": len(html.encode()),
        "warm_cpu_s": round(cpu, 3),
        "warm_wall_s": round(statistics.median(each[2] for each in warm), 3),
        "ms_a_page": round(cpu * 1000 / pages, 1),
        "peak_mib": round(max(each[1] for each in warm), 1),
        "cold_cpu_s": middle(cold, "all_cpu_s"),
        "cold_peak_mib": middle(cold, "peak_mib"),
        "naive_cpu_s": middle(naive, "draw_cpu_s"),
        "naive_cold_cpu_s": middle(naive, "all_cpu_s"),
        "naive_peak_mib": middle(naive, "peak_mib"),
        "naive_pages": naive[0]["pages"],
        "naive_bytes": naive[0]["bytes"],
        "runs": runs,
    }


def data_bytes(pdf: bytes) -> int:
    """The size of what a PDF carries, packed."""
    files = PdfReader(io.BytesIO(pdf)).attachments
    return sum(len(zlib.compress(content, 9)) for contents in files.values() for content in contents)


def middle(found: list[dict[str, Any]], key: str) -> float:
    """The median of one figure."""
    return round(statistics.median(each[key] for each in found), 3)


def draw_warm(document: ReportDocument) -> tuple[bytes, int, float, float]:
    """Draw as the worker does; return the PDF, its pages, CPU seconds and peak memory (MiB) of the child."""
    server = multiprocessing.forkserver._forkserver._forkserver_pid  # type: ignore[attr-defined]
    before = processes.waited_for(server)
    watch = PeakWatch(server)
    with watch:
        pdf = draw_report(document, "en", assessments=[])
    time.sleep(0.1)  # until the fork server has taken note of the child's end
    return pdf.content, pdf.pages, processes.waited_for(server) - before, watch.peak


class PeakWatch:
    """Looks every few milliseconds how much memory the children of a process have held at most."""

    def __init__(self, parent: int) -> None:
        self.parent = parent
        self.peak = 0.0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *details: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(0.005):
            for child in processes.children(self.parent):
                try:
                    self.peak = max(self.peak, processes.peak(child))
                except OSError:
                    continue  # it has just ended


def draw_alone(way: str, path: str) -> dict[str, Any]:
    """Draw in a process started for it."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.drawing", way, path],
        stdout=subprocess.PIPE,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found
