"""Holds figures against targets, and prints them."""

from typing import Any

from tests.bench.cases import FLOOR
from tests.bench.measure import Case

# What docs/performance.md promises, beyond single operations.
FIRST_LOAD = 60_000  # bytes, compressed, all assets
LATER = 15_000
WORKER_MIB = 80
FIRST_ANSWER = 2.0  # seconds
PDF_MS_A_PAGE = 80
PDF_MIB = 200
PDF_LEAST = 1.5  # times the size of the same pages without what the file carries
PDF_SECONDS = {"board paper": 0.3, "single": 1.2, "comparison of 6": 3.0, "comparison of 12": 6.0}

Rows = list[list[str]]


def judged(cases: list[Case]) -> list[dict[str, Any]]:
    """The figures of all cases, each beside the floor and its targets."""
    by_name = {case.name: case for case in cases if case.seconds}
    return [{**case.result(), **(against(case, by_name) if case.seconds else {})} for case in cases]


def against(case: Case, by_name: dict[str, Case]) -> dict[str, Any]:
    """How often a case takes the time of the floor, of the bare operation, and of the case it may not outgrow."""
    found: dict[str, Any] = {}
    targets: list[tuple[str, bool]] = []
    for key, name, most in (
        ("times_floor", FLOOR, case.ratio),
        ("times_least", case.least, case.times),
        ("times_other", *(case.compared or ("", None))),
    ):
        if other := by_name.get(name):
            found[key] = round(case.p50 / other.p50, 2)
            if most:
                targets.append((f"{most:g} × {other.name} ({found[key]:.2f})", found[key] <= most))
    figures = case.result()
    if floor := by_name.get(FLOOR):
        found["cpu_times_floor"] = round(figures["cpu_ms"] / floor.result()["cpu_ms"], 2)
    if case.queries is not None:
        targets.append((f"{case.queries} SQL", figures["queries"] <= case.queries))
    if case.commits is not None:
        targets.append((f"{case.commits} commit", figures["commits"] == case.commits))
    return {**found, "targets": [{"target": target, "met": met} for target, met in targets]}


def text(report: dict[str, Any]) -> str:
    """The whole report for a terminal."""
    where = report["machine"]
    before, after = report["load_average"]
    busy = before > where["cores"] / 2
    parts = [
        f"{report['database']}, {where['cores']} cores ({where['processor']}), Python {where['python']}, "
        f"{report['measured_at']}{', quick' if report['quick'] else ''}\n"
        f"load average {before} before, {after} after"
        + (": the machine was busy with other things, wall times are too high" if busy else "")
    ]
    if report.get("pages"):
        parts.append(aligned(page_rows(report["pages"])))
    others = other_rows(report)
    if len(others) > 1:
        parts.append(aligned(others))
    if report.get("panels"):
        parts.append(aligned(panel_rows(report["panels"])))
    if report.get("pdf"):
        parts.append(aligned(pdf_rows(report["pdf"])))
    return "\n\n".join(parts)


def panel_rows(found: dict[str, Any]) -> Rows:
    """Stakeholder panels: closing a large wave, and many people answering at once."""
    closing, answering, listing = found["closing"], found["answering"], found["listing"]
    steps = {
        "look": "looked at",
        "store": "stored",
        "page_of_links": "page of links",
        "page_of_counts": "page of counts",
    }
    in_time = round(600 * answering["per_second"])
    lost = answering["respondents"] - answering["frozen"]
    return [
        ["panel", "figure", "more", "target"],
        [
            f"closing a wave with {closing['responses']:,} responses",
            f"{closing['seconds']} s",
            f"{closing['cpu_seconds']} s CPU, {closing['queries']} SQL",
            "5 s",
        ],
        [
            f"{answering['respondents']:,} people answer {answering['requests']:,} pages",
            f"{answering['seconds']} s",
            f"p50 {answering['median_ms']} ms, p95 {answering['p95_ms']} ms",
            f"2,000 in 600 s; this is {in_time:,}",
        ],
        *(
            [
                f"{listing['people']:,} people in three languages: {words}",
                f"{listing[step]['seconds']} s",
                f"{listing[step]['cpu_seconds']} s CPU, {listing[step]['queries']} SQL",
                "2 s",
            ]
            for step, words in steps.items()
        ),
        ["answers lost, people who met an error", f"{lost}, {answering['failed']}", "", "0, 0"],
    ]


def page_rows(pages: list[dict[str, Any]]) -> Rows:
    """The operations over HTTP."""
    head = ["operation", "p50 ms", "p95 ms", "× floor", "× least", "× other", "CPU ms", "× floor", "SQL", "commits"]
    rows = [[*head, "kB", "kB sent", "targets"]]
    for page in pages:
        if "problem" in page:
            rows.append([page["name"], *["–"] * 11, page["problem"]])
            continue
        verdicts = [verdict(each["target"], each["met"]) for each in page["targets"]]
        ratios = [f"{page[key]:.2f}" if key in page else "–" for key in ("times_floor", "times_least", "times_other")]
        rows.append(
            [
                page["name"],
                f"{page['p50_ms']:.1f}",
                f"{page['p95_ms']:.1f}",
                *ratios,
                f"{page['cpu_ms']:.1f}",
                f"{page['cpu_times_floor']:.2f}" if "cpu_times_floor" in page else "–",
                str(page["queries"]) if page["queries"] >= 0 else "–",
                str(page["commits"]) if page["commits"] >= 0 else "–",
                f"{page['bytes'] / 1000:.1f}",
                f"{page['bytes_sent'] / 1000:.1f}",
                "; ".join(verdicts) or page["note"],
            ]
        )
    return rows


def other_rows(report: dict[str, Any]) -> Rows:
    """Weight, memory and start."""
    rows = [["of the server", "", "targets"]]
    weight = report.get("weight", {})
    if "problem" in weight:
        rows.append(["weight of a question page", "–", weight["problem"]])
    elif weight:
        first, later = weight["first_load"], weight["later"]
        files = f"{first / 1000:.1f} kB in {1 + len(weight['assets'])} requests"
        rows.append(["question page, first load", files, verdict("60 kB", first <= FIRST_LOAD)])
        rows.append(["question page, later", f"{later / 1000:.1f} kB", verdict("15 kB", later <= LATER)])
    for number, worker in enumerate(report.get("memory", []), 1):
        size = f"PSS {worker['pss']:.0f} ({worker['pss_before']:.0f} before), RSS {worker['rss']:.0f} MiB"
        rows.append([f"memory of worker {number}", size, verdict(f"PSS {WORKER_MIB} MiB", worker["pss"] <= WORKER_MIB)])
        loaded = "yes" if worker["has_pango"] else "no"
        rows.append([f"worker {number} has WeasyPrint loaded", loaded, verdict("no", not worker["has_pango"])])
    if "first_answer_s" in report:
        seconds = report["first_answer_s"]
        rows.append(["first answer after start", f"{seconds:.2f} s", verdict("2 s", seconds <= FIRST_ANSWER)])
    return rows


def pdf_rows(pdf: list[dict[str, Any]]) -> Rows:
    """The reports."""
    head = [
        "PDF",
        "pages",
        "kB",
        "warm CPU s",
        "naive CPU s",
        "× naive",
        "ms a page",
        "cold CPU s",
        "naive cold",
        "peak MiB",
    ]
    rows = [[*head, "naive MiB", "targets"]]
    for each in pdf:
        if "problem" in each:
            rows.append([each["name"], *["–"] * 10, each["problem"]])
            continue
        warm, page = each["warm_cpu_s"], each["ms_a_page"]
        most = PDF_SECONDS[each["name"]]
        verdicts = [
            verdict(f"{most:g} s", warm <= most),
            verdict(f"{PDF_MS_A_PAGE} ms a page", page <= PDF_MS_A_PAGE),
            verdict(f"{PDF_MIB} MiB", each["peak_mib"] <= PDF_MIB),
            verdict(
                f"{PDF_LEAST:g} × {each['least_bytes'] / 1000:.0f} kB", each["bytes"] <= PDF_LEAST * each["least_bytes"]
            ),
        ]
        rows.append(
            [
                each["name"],
                str(each["pages"]),
                f"{each['bytes'] / 1000:.0f}",
                f"{warm:.2f}",
                f"{each['naive_cpu_s']:.2f}",
                f"{warm / each['naive_cpu_s']:.2f}",
                f"{page:.0f}",
                f"{each['cold_cpu_s']:.2f}",
                f"{each['naive_cold_cpu_s']:.2f}",
                f"{each['peak_mib']:.0f}",
                f"{each['naive_peak_mib']:.0f}",
                ", ".join(verdicts),
            ]
        )
    return rows


def verdict(target: str, met: bool) -> str:
    """The target, and whether it is met."""
    return f"{target}: {'met' if met else 'NOT MET'}"


def aligned(rows: Rows) -> str:
    """Columns of equal width: the first and the last to the left, numbers to the right."""
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    last = len(widths) - 1
    return "\n".join(
        "  ".join(
            cell if n == last else cell.ljust(width) if n == 0 else cell.rjust(width)
            for n, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )
