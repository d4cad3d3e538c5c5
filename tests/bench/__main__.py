"""`python -m tests.bench`: starts servers on data of their own, measures, prints a table, writes build/bench.json."""

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.bench import measure, panels, processes, table
from tests.bench.cases import Site, all_cases
from tests.database import start_postgres
from tests.serving import ROOT, THREADS, WORKERS, Server, Visitor, call_inside, environment, own_database

SETTINGS = "tests.bench.settings"
SMALL, LARGE, COMPARED = 10, 2000, 12
PARTS = ("pages", "weight", "server", "pdf", "panels")
RESPONSES, RESPONDENTS, QUICK_RESPONDENTS = 10_000, 2000, 200
USUAL_PAGES = {
    "one": ("home", "hub shipped", "question shipped", "results draft"),
    "all": ("list", "results", "comparison", "report"),
}


def main() -> int:
    """Measure what was asked for. Slow figures fail nothing; the exit status is 0 unless the bench itself breaks."""
    options = read_options()
    if sys.platform != "linux":
        say("Only what Linux tells in /proc is measured; run this on Linux or in a container.")
        return 0
    before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="msgov-bench-") as folder, ExitStack() as stack:
        found = measure_all(options, Path(folder), stack)
    report = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine(),
        "database": "PostgreSQL" if options.postgres else "SQLite",
        "quick": options.quick,
        "load_average": [round(before, 1), round(os.getloadavg()[0], 1)],
        **found,
    }
    target = ROOT / "build" / "bench.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    say(table.text(report))
    say(f"\nWritten to {target.relative_to(ROOT)}")
    return 0


def read_options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a quarter of the requests; for a first impression")
    parser.add_argument("--postgres", action="store_true", help="on PostgreSQL instead of SQLite")
    parser.add_argument("--only", metavar="NAME", help=f"a part ({', '.join(PARTS)}), or operations with NAME in them")
    parser.add_argument("--show-queries", action="store_true", help="print the statements of each operation")
    return parser.parse_args()


def machine() -> dict[str, Any]:
    """The machine in general words."""
    model = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    return {
        "cores": len(model) or None,
        "processor": model[0].partition(":")[2].strip() if model else platform.machine(),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
    }


def measure_all(options: argparse.Namespace, folder: Path, stack: ExitStack) -> dict[str, Any]:
    """Fill the databases, start the servers, and measure the parts that were asked for."""
    server_url = start_postgres() if options.postgres else ""

    def site_variables(size: int) -> dict[str, str]:
        data = folder / str(size)
        data.mkdir()
        database = stack.enter_context(own_database(server_url, f"msgov_bench_{size}"))
        return environment(data, database, SETTINGS)

    def site(size: int) -> Site:
        say(f"Filling a database with {size:,} processes …")
        variables = site_variables(size)
        made = dict(call_inside(variables, "tests.bench.world", size))
        server = stack.enter_context(Server(variables, folder / f"server-{size}.log"))
        found.setdefault("first_answer_s", round(server.wait("/account/login/"), 2))
        return Site(server, made)

    found: dict[str, Any] = {}
    if options.only in (None, "pdf"):
        say("Drawing PDFs …")
        variables = site_variables(COMPARED)
        call_inside(variables, "tests.bench.world", COMPARED)
        found["pdf"] = call_inside(variables, "tests.bench.pdf", 1 if options.quick else 5)
    if options.only in (None, "panels"):
        say("Closing a wave, and answering over HTTP …")
        variables = site_variables(1)
        call_inside(variables, "tests.bench.world", 1)
        respondents = QUICK_RESPONDENTS if options.quick else RESPONDENTS
        found["panels"] = panels.measure(variables, folder, responses=RESPONSES, respondents=respondents)
    if options.only not in ("pdf", "panels"):
        small, large = site(SMALL), site(LARGE)
        found["pages"] = pages(options, small, large)
        if options.only in (None, "weight"):
            found["weight"] = weight(large)
        if options.only in (None, "server"):
            found["memory"] = memory(large, folder / "server-memory.log")
    return found


def pages(options: argparse.Namespace, small: Site, large: Site) -> list[dict[str, Any]]:
    """Measure the operations over HTTP."""
    cases = all_cases(small, large)
    if options.only and options.only not in PARTS:
        cases = [case for case in cases if options.only in case.name or case.name.startswith(("floor", "least"))]
    elif options.only not in (None, "pages"):
        return []
    say(f"Measuring {len(cases)} operations …")
    measure.run(cases, turns=4 if options.quick else 12, requests=8 if options.quick else 12, warm_up=16)
    if options.show_queries:
        show_queries(cases)
    return table.judged(cases)


def show_queries(cases: list[measure.Case]) -> None:
    """Print what each operation asks of the database."""
    for case in cases:
        say("\n    ".join([f"{case.name}:", *measure.statements(case)]))


def weight(site: Site) -> dict[str, Any]:
    """What a first and a second question page weigh."""
    try:
        return measure.page_weight(
            site.server, site.session("one"), site.address("question shipped"), site.address("question next")
        )
    except (LookupError, RuntimeError) as error:
        return {"problem": str(error)}


def memory(site: Site, log: Path) -> list[dict[str, Any]]:
    """Memory of each worker, before and after it has served the usual pages, and whether it holds WeasyPrint.

    In a new server: the pages with 500 questions and the floors leave something behind as well.
    """
    with Server(site.server.variables, log) as server:
        server.wait("/account/login/")
        time.sleep(1)  # the other worker may still be starting
        before = [processes.memory(pid)["pss"] for pid in processes.children(server.pid)]
        for person, names in USUAL_PAGES.items():
            for _ in range(4 * WORKERS * THREADS):
                visitor = Visitor(server.port, {"sessionid": site.session(person)})
                for name in names:
                    measure.expect(visitor.get(site.address(name)), 200)
                visitor.close()
        return [
            {**processes.memory(pid), "pss_before": start, "has_pango": processes.has_loaded(pid, "libpango")}
            for pid, start in zip(processes.children(server.pid), before, strict=True)
        ]


def say(text: str) -> None:
    """Print at once, so that one sees how far it is."""
    print(text, flush=True)  # noqa: T201 (it talks to a person at a terminal)


if __name__ == "__main__":
    sys.exit(main())
