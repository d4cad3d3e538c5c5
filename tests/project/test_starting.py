"""dev.py says what makes a start fail before it takes time, and `doctor` says the same."""

import os
import shutil
import socket
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

import dev
from tests.project.conftest import Programs

RUN_NAMES = [
    "writable project folder",
    "temporary folder",
    "disk space",
    "secret key",
    "database",
    "free port 8000",
    "nobody else with DEBUG",
]


def problems(purpose: str = "run", host: str = "127.0.0.1", port: int = 0) -> list[str]:
    """What would stop a start."""
    return [check.problem for check in dev.checks(purpose, host, port) if check.problem]


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Make folders read-only, for root as well."""
    real, closed = dev.writable, []
    monkeypatch.setattr(dev, "writable", lambda path: path not in closed and real(path))
    return closed.append


@pytest.fixture
def listening() -> Iterator[int]:
    """A port somebody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def silent(listening: int) -> int:
    """A port nobody listens on: bound, but never listened on."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        return int(bound.getsockname()[1])


@pytest.mark.usefixtures("project")
def test_a_new_clone_on_a_good_computer_has_no_problem() -> None:
    assert problems() == []
    assert problems("test") == []


def test_a_port_that_is_taken_is_named_with_a_way_out(project: Path, programs: Programs, listening: int) -> None:
    with pytest.raises(SystemExit) as caught:
        dev.command_run(["--port", str(listening)])
    assert f"127.0.0.1 port {listening}: " in str(caught.value)
    assert f"--port {listening + 1}" in str(caught.value)
    assert programs.started == []
    assert not dev.VENV.exists()


def test_a_foreign_address_and_a_forbidden_port_have_hints_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    check = dev.free_port("192.0.2.1", 8000)
    assert check.problem.startswith("192.0.2.1 port 8000: ")
    assert "--host takes an address of this computer" in check.hint

    def forbidden(*arguments: object, **named: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(dev.socket, "create_server", forbidden)
    check = dev.free_port("127.0.0.1", 80)
    assert check.problem == "127.0.0.1 port 80: Permission denied"
    assert "below 1024" in check.hint


@pytest.mark.parametrize("text", ["", "DEBUG=1\nSECRET_KEY=x\n", "DEBUG=True\nSECRET_KEY=x\n"])
def test_debug_is_not_for_other_computers(project: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DEBUG", raising=False)
    if text:
        (project / ".env").write_text(text)
    assert problems(host="0.0.0.0") == ["DEBUG is for this computer only, and 0.0.0.0 would let others in"]  # noqa: S104
    assert problems(host="127.0.0.2") == problems(host="localhost") == []
    (project / ".env").write_text("DEBUG=0\nSECRET_KEY=x\n")
    assert problems(host="0.0.0.0") == []  # noqa: S104


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http"])
def test_a_port_has_to_be_one(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        dev.command_run([f"--port={port}"])
    assert "is not a number from 1 to 65535" in capsys.readouterr().err


def test_a_project_folder_that_cannot_be_written(project: Path, refused: Callable[[Path], None]) -> None:
    refused(project)
    assert problems("test") == [f"Nothing can be written into {project}"]
    # With .venv and .env in place nothing is written there any more.
    (project / ".env").write_text("SECRET_KEY=x")
    dev.PYTHON.parent.mkdir(parents=True)
    dev.PYTHON.touch()
    dev.STAMP.write_text(f'{{"python": "{dev.interpreter()}", "test": "{dev.fingerprint("test")}"}}')
    assert problems("test") == []
    dev.LOCKS["test"].write_text("another==1")
    refused(dev.VENV)
    assert problems("test") == [f"Nothing can be written into {dev.VENV}"]


@pytest.mark.parametrize("inside", ["", "media", "msgov.sqlite3"])
def test_a_data_folder_that_cannot_be_written(
    project: Path, refused: Callable[[Path], None], inside: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = project / "data"
    (data / "media").mkdir(parents=True)
    (data / "msgov.sqlite3").touch()
    refused(data / inside)
    assert problems() == []
    (project / ".env").write_text(f"SECRET_KEY=x\nMSGOV_DATA_DIR={data}\n")
    assert problems() == [f"Nothing can be written into {data / inside}"]
    assert problems("test") == []
    monkeypatch.setenv("MSGOV_DATA_DIR", "elsewhere")
    assert problems() == []


def test_a_data_folder_that_is_yet_to_be_made(project: Path, refused: Callable[[Path], None]) -> None:
    (project / ".env").write_text(f"SECRET_KEY=x\nMSGOV_DATA_DIR={project / 'a' / 'b'}\n")
    assert problems() == []
    (project / "a").mkdir()
    refused(project / "a")
    assert problems() == [f"Nothing can be written into {project / 'a'}"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    assert dev.writable(tmp_path)
    assert dev.writable(file)
    assert not dev.writable(file / "below")
    assert not dev.writable(tmp_path / "missing")


@pytest.mark.parametrize(("purpose", "free", "enough"), [("run", 399, 400), ("test", 999, 1000)])
@pytest.mark.usefixtures("project")
def test_a_full_disk(purpose: str, free: int, enough: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev.shutil, "disk_usage", lambda path: SimpleNamespace(free=free * 2**20))
    (problem,) = problems(purpose)
    assert f"{free} MB free" in problem
    assert f"{enough} MB are needed" in problem
    monkeypatch.setattr(dev.shutil, "disk_usage", lambda path: SimpleNamespace(free=enough * 2**20))
    assert problems(purpose) == []


@pytest.mark.usefixtures("project")
def test_no_temporary_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> str:
        raise FileNotFoundError

    monkeypatch.setattr(dev.tempfile, "gettempdir", none)
    assert problems("test") == ["There is no temporary folder that can be written"]


class OldSqlite(SimpleNamespace):
    """The part of sqlite3 that is looked at."""

    Error = sqlite3.Error
    sqlite_version = "3.30.1"
    sqlite_version_info = (3, 30, 1)


@pytest.mark.parametrize("purpose", ["run", "test"])
@pytest.mark.usefixtures("project")
def test_a_python_with_an_old_sqlite_or_none(purpose: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev.importlib, "import_module", lambda name: OldSqlite())
    assert problems(purpose) == ["This Python comes with SQLite 3.30.1, which is too old"]

    def no_json(name: str) -> OldSqlite:
        raise_error = SimpleNamespace(
            execute=lambda statement: (_ for _ in ()).throw(sqlite3.OperationalError), close=bool
        )
        return OldSqlite(sqlite_version_info=(3, 31, 0), connect=lambda name: raise_error)

    def none(name: str) -> OldSqlite:
        raise ImportError

    monkeypatch.setattr(dev.importlib, "import_module", no_json)
    assert problems(purpose) == ["This Python comes with SQLite 3.30.1 without JSON"]
    monkeypatch.setattr(dev.importlib, "import_module", none)
    assert problems(purpose) == ["This Python comes without SQLite"]


def test_sqlite_is_not_needed_beside_postgresql(project: Path, listening: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev.importlib, "import_module", lambda name: OldSqlite())
    monkeypatch.setenv("DATABASE_URL", f"postgres://u:p@127.0.0.1:{listening}/msgov")
    assert problems() == []


@pytest.mark.parametrize("text", ["", "SECRET_KEY=\n", "SECRET_KEY=''\n", "DEBUG=1\n"])
def test_an_env_file_without_a_key(project: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / ".env").write_text(text)
    assert problems() == ["There is a .env, but no SECRET_KEY can be read from it"]
    monkeypatch.setenv("SECRET_KEY", "from elsewhere")
    assert problems() == []


def test_a_key_in_a_file_of_its_own(project: Path) -> None:
    (project / ".env").write_text("SECRET_KEY_FILE=key.txt\n")
    assert problems() == ["There is a .env, but no SECRET_KEY can be read from it"]
    (project / "key.txt").write_text("secret\n")
    assert problems() == []


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgres://user:pa@ss@127.0.0.1:{silent}/msgov", "No PostgreSQL answers at 127.0.0.1 port {silent} ("),
        ("postgresql://127.0.0.1:{silent}", "No PostgreSQL answers at 127.0.0.1 port {silent} ("),
        ("psql://user@[::1]:{silent}/msgov", "No PostgreSQL answers at ::1 port {silent} ("),
        ("postgres://user:p@127.0.0.1:5432o/msgov", "No PostgreSQL answers at 127.0.0.1 port 5432o ("),
        ("postgres://user:p@127.0.0.1:70000/msgov", "No PostgreSQL answers at 127.0.0.1 port 70000 ("),
        ("mysql://user:p@127.0.0.1/msgov", "DATABASE_URL names neither PostgreSQL nor SQLite"),
        ("msgov.sqlite3", "DATABASE_URL names neither PostgreSQL nor SQLite"),
        ("sqlite:///{project}/missing/msgov.sqlite3", "DATABASE_URL names {project}/missing/msgov.sqlite3, which "),
        ("sqlite:///missing/msgov.sqlite3", "DATABASE_URL names {project}/missing/msgov.sqlite3, which "),
    ],
)
def test_a_database_that_cannot_be_reached(
    project: Path, silent: int, url: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / ".env").write_text(f'SECRET_KEY=x\nDATABASE_URL="{url.format(silent=silent, project=project)}"\n')
    (problem,) = problems()
    assert problem.startswith(expected.format(silent=silent, project=project))
    assert "pa@ss" not in problem
    assert problems("test") == []


@pytest.mark.parametrize(
    "url",
    [
        "",
        "sqlite://:memory:",
        "sqlite:///{project}/here.sqlite3",
        "sqlite:///var/msgov.sqlite3",  # the data folder, which is made when needed
        "postgres://u:p@127.0.0.1:{listening}/msgov?sslmode=disable",
        # Sockets in the file system, and several servers: psycopg2's business.
        "postgres:///msgov",
        "postgres://u:p@/msgov?host=/run/postgresql",
        "postgres://%2Frun%2Fpostgresql/msgov",
        "postgres://one.invalid:1,two.invalid:2/msgov",
    ],
)
def test_a_database_that_can_be_reached_or_is_not_for_dev_py_to_judge(project: Path, listening: int, url: str) -> None:
    (project / ".env").write_text(f"SECRET_KEY=x\nDATABASE_URL={url.format(listening=listening, project=project)}\n")
    assert problems() == []


def test_all_problems_are_said_at_once_and_nothing_is_started(
    project: Path, programs: Programs, silent: int, listening: int
) -> None:
    (project / ".env").write_text(f"DATABASE_URL=postgres://u:p@127.0.0.1:{silent}/msgov")
    with pytest.raises(SystemExit) as caught:
        dev.command_run(["--port", str(listening)])
    for part in ("SECRET_KEY", f"port {silent}", f"port {listening}"):
        assert part in str(caught.value)
    assert programs.started == []


@pytest.mark.parametrize("command", [dev.command_test, dev.command_setup, dev.command_manage, dev.command_bench])
def test_every_command_that_installs_looks_first(
    command: Callable[[list[str]], int], project: Path, programs: Programs, refused: Callable[[Path], None]
) -> None:
    refused(project)
    with pytest.raises(SystemExit, match="Nothing can be written into"):
        command([])
    assert programs.started == []


def test_doctor_tells_the_same(
    project: Path, silent: int, refused: Callable[[Path], None], capsys: pytest.CaptureFixture[str]
) -> None:
    (project / ".env").write_text(f"DATABASE_URL=postgres://u:p@127.0.0.1:{silent}/msgov")
    refused(project)
    assert dev.command_doctor([]) == 1
    text = capsys.readouterr().out
    for check in (each for purpose in ("run", "test") for each in dev.checks(purpose)):
        if check.problem:
            assert f"MISSING  {check.name}\n           {check.problem}.\n           {check.hint}" in text
        else:
            assert f"ok       {check.name}" in text
    assert [name for name in RUN_NAMES if name not in text] == []
    for need in dev.NEEDS.values():
        assert text.count(need.name) == 1


def test_a_problem_shows_in_a_process_of_its_own(tmp_path: Path) -> None:
    """As a person meets it: dev.py alone, in a folder of its own, with a .env that has no key."""
    shutil.copy(dev.__file__, tmp_path / "dev.py")
    (tmp_path / "tests").mkdir()
    for lock in ("requirements.txt", "tests/requirements.txt"):
        (tmp_path / lock).touch()
    (tmp_path / ".env").touch()
    environment = {name: value for name, value in os.environ.items() if name not in ("SECRET_KEY", "DATABASE_URL")}
    command = [dev.sys.executable, "-I", str(tmp_path / "dev.py"), "run", "--port", "1"]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60)
    assert done.returncode == 1
    assert "no SECRET_KEY can be read" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / ".venv").exists()
