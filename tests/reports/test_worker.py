"""The real queue in real processes: the worker inside the web process, and one that is killed."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest
from django.urls import get_script_prefix, set_script_prefix
from pytest_django.fixtures import Settings

from assessments import worker
from tests.serving import call_inside, environment

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
STEPS = "tests.reports.queue_inside"
SETTINGS = "tests.unmigrated_settings"


@pytest.fixture(scope="module")
def waiting(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database file of a site with one report waiting, copied for each test."""
    folder = tmp_path_factory.mktemp("queue")
    call_inside(environment(folder, "", SETTINGS), STEPS, "prepare")
    return folder


@pytest.fixture
def site(waiting: Path, tmp_path: Path) -> dict[str, str]:
    """The environment of a site with one report waiting."""
    with sqlite3.connect(waiting / "msgov.sqlite3") as source, sqlite3.connect(tmp_path / "msgov.sqlite3") as target:
        source.backup(target)
    source.close()
    target.close()
    return environment(tmp_path, "", SETTINGS)


def wait_for(variables: Mapping[str, str], state: str) -> None:
    for _ in range(300):
        if call_state(variables) == state:
            return
        time.sleep(0.1)
    raise AssertionError(f"never {state}: {call_state(variables)}")


def call_state(variables: Mapping[str, str]) -> str:
    with closing(sqlite3.connect(Path(variables["MSGOV_DATA_DIR"]) / "msgov.sqlite3", timeout=20)) as database:
        return str(database.execute("SELECT state FROM assessments_report").fetchone()[0])


def test_report_of_a_killed_worker_is_taken_up_again(site: dict[str, str]) -> None:
    hanging = subprocess.Popen([sys.executable, "-m", "tests.inside", STEPS, "hang"], cwd=ROOT, env=site)
    try:
        wait_for(site, "rendering")
    finally:
        os.kill(hanging.pid, signal.SIGKILL)
        hanging.wait()
    assert call_inside(site, STEPS, "take_up") == ["0", "1", "ready", 2, "%PDF"]


def test_worker_inside_the_web_process_draws_and_starts_once(site: dict[str, str]) -> None:
    found = call_inside({**site, "EMBEDDED_WORKER": "1"}, STEPS, "embedded")
    assert found == [True, False, "ready", 1, "%PDF"]


def test_worker_is_not_started_where_it_is_not_wanted(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "_started", False)
    settings.EMBEDDED_WORKER = False
    assert worker.start_embedded_worker() is False
    settings.EMBEDDED_WORKER = True  # but the tests' queue runs everything at once
    assert worker.start_embedded_worker() is False


def test_worker_that_stops_is_started_again(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    runs, prefixes = [], set()
    settings.BASE_PATH = "/gov"

    class Enough(BaseException):
        pass

    def stop() -> None:
        runs.append(1)
        prefixes.add(get_script_prefix())
        if len(runs) == 3:
            raise Enough
        raise RuntimeError("the database is gone")

    monkeypatch.setattr(worker, "WAIT_AFTER_ERROR", 0)
    monkeypatch.setattr(worker.connections, "close_all", lambda: None)
    with pytest.raises(Enough):
        worker._for_ever("worker", stop)
    set_script_prefix("/")
    assert len(runs) == 3
    assert prefixes == {"/gov/"}  # links in mails are below it
