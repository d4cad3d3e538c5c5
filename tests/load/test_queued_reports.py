"""Many reports wait, two workers draw them, one is killed in the middle of one: each is made, and made once."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.database import server_url
from tests.serving import ROOT, call_inside, environment, own_database

pytestmark = pytest.mark.load

# As many as show it: more than both workers draw before one hangs. All 200 of the promise take four minutes:
# REPORTS=200 pytest tests/load/test_queued_reports.py
REPORTS = int(os.environ.get("REPORTS", "24"))
STEPS = "tests.load.reports_queue"
PATIENCE = 300  # seconds


@contextmanager
def worker(variables: dict[str, str], *step: str) -> Iterator[subprocess.Popen[bytes]]:
    """A worker in a process of its own."""
    process = subprocess.Popen([sys.executable, "-m", "tests.inside", STEPS, *step], cwd=ROOT, env=variables)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_until(is_so: Any, what: str) -> None:
    """Wait for something that another process does."""
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline, f"never {what}"
        time.sleep(0.2)


def survive(variables: dict[str, str], folder: Path, reports: int) -> dict[str, Any]:
    """Draw them all on two workers of which one is killed with no time to say so; return how it ended."""
    call_inside(variables, STEPS, "fill", reports)
    mark = folder / "hangs"
    with ExitStack() as stack:
        doomed = stack.enter_context(worker(variables, "hang", str(mark)))
        stack.enter_context(worker(variables, "work", str(mark)))
        wait_until(lambda: mark.exists() or doomed.poll() is not None, "in the middle of a report")
        assert doomed.poll() is None, "the worker ended by itself"
        os.kill(doomed.pid, signal.SIGKILL)
        doomed.wait()
        return dict(call_inside(variables, STEPS, "finish", reports, PATIENCE))


def test_reports_survive_a_worker_that_is_killed_and_each_is_made_once(tmp_path: Path) -> None:
    with own_database(server_url(), f"load_{uuid4().hex[:12]}") as url:
        found = survive(environment(tmp_path, url, "tests.unmigrated_settings"), tmp_path, REPORTS)
    assert found["states"] == {"ready": REPORTS}
    assert (found["files"], found["numbers"], found["made"]) == (REPORTS, REPORTS, [1])
    # Only the one in the middle of which the worker was killed was begun again.
    assert found["attempts"] == REPORTS + 1
