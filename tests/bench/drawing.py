"""Draws one report in a process of its own: `python -m tests.bench.drawing product|naive FILE.html`. Prints JSON."""

import json
import os
import sys
import time
from pathlib import Path

from tests.bench.processes import peak


def product(html: str) -> tuple[int, int, float]:
    """As the project draws, but with nothing loaded beforehand."""
    from assessments.reports import child  # noqa: PLC0415 (loading is part of what is measured)

    child.prepare()
    began = time.process_time()
    answer = child.attempt(html, 4 << 30, 600)
    if answer[0] != "pdf":
        raise RuntimeError(answer)
    return answer[2], len(answer[1]), time.process_time() - began


def naive(html: str) -> tuple[int, int, float]:
    """As the tutorial of WeasyPrint shows it: no tags, the machine's fonts, the whole style sheet read each time."""
    from weasyprint import CSS, HTML  # noqa: PLC0415 (loading is part of what is measured)

    from assessments.reports.child import STYLE  # noqa: PLC0415 (same)

    began = time.process_time()
    document = HTML(string=html).render(stylesheets=[CSS(string=STYLE)])
    content = document.write_pdf()
    return len(document.pages), len(content), time.process_time() - began


pages, size, drawing = {"product": product, "naive": naive}[sys.argv[1]](Path(sys.argv[2]).read_text(encoding="utf-8"))
json.dump(
    {
        "pages": pages,
        "bytes": size,
        "draw_cpu_s": drawing,
        "all_cpu_s": time.process_time(),
        "peak_mib": peak(os.getpid()),
    },
    sys.stdout,
)
