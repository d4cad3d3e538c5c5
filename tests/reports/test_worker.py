"""The real queue in real processes: the worker inside the web process, and one that is killed."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

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
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with all tables, copied for each test."""
    folder = tmp_path_factory.mktemp("queue")
    manage(environment(folder, "", SETTINGS), "migrate", "--run-syncdb", "--verbosity=0")
    return folder


@pytest.fixture
def site(empty: Path, tmp_path: Path) -> dict[str, str]:
    """The environment of a site with one report waiting."""
    with sqlite3.connect(empty / "msgov.sqlite3") as source, sqlite3.connect(tmp_path / "msgov.sqlite3") as target:
        source.backup(target)
    source.close()
    target.close()
    variables = environment(tmp_path, "", SETTINGS)
    call_inside(variables, STEPS, "prepare")
    return variables


def manage(variables: Mapping[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=variables, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def wait_for(variables: Mapping[str, str], state: str) -> None:
    for _ in range(300):
        if call_state(variables) == state:
            return
        time.sleep(0.1)
    raise AssertionError(f"never {state}: {call_state(variables)}")


def execute(variables: Mapping[str, str], statement: str) -> Any:
    connection = sqlite3.connect(Path(variables["MSGOV_DATA_DIR"]) / "msgov.sqlite3", timeout=20)
    try:
        with connection:
            return connection.execute(statement).fetchone()
    finally:
        connection.close()


def call_state(variables: Mapping[str, str]) -> str:
    return execute(variables, "SELECT state FROM assessments_report")[0]


def test_report_of_a_killed_worker_is_taken_up_again(site: dict[str, str]) -> None:
    hanging = subprocess.Popen([sys.executable, "-m", "tests.inside", STEPS, "hang"], cwd=ROOT, env=site)
    try:
        wait_for(site, "rendering")
    finally:
        os.kill(hanging.pid, signal.SIGKILL)
        hanging.wait()
    assert manage(site, "sweep_reports") == "0"  # its heart beat just now
    execute(site, "UPDATE assessments_report SET heartbeat_at = '2020-01-01 00:00:00'")
    assert manage(site, "sweep_reports") == "1"
    manage(site, "db_worker", "--batch", "--verbosity=0")
    assert call_inside(site, STEPS, "look") == ["ready", 2, "%PDF"]


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
