"""dev.py: what a newcomer meets first has to work, or say what to do."""

import ast
import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from _pytest.mark.expression import Expression

import dev
from tests.project.conftest import Programs

SOURCE = Path(dev.__file__)
ROOT = SOURCE.parent


def test_old_pythons_can_read_the_file_as_far_as_their_message() -> None:
    ast.parse(SOURCE.read_text(), feature_version=(3, 6))


@pytest.mark.parametrize("version", ["3.6", "3.10"])
def test_an_old_python_is_told_what_is_needed(version: str) -> None:
    python = shutil.which(f"python{version}")
    works = python and not subprocess.run([python, "-V"], capture_output=True).returncode
    fake = f"import sys; sys.version_info = ({version.replace('.', ', ')}, 0); sys.argv = ['dev.py', 'run']; "
    code = fake + f"exec(compile(open({str(SOURCE)!r}, encoding='utf-8').read(), 'dev.py', 'exec'))"
    command = [python, str(SOURCE), "run"] if works else [sys.executable, "-c", code]
    result = subprocess.run(command, capture_output=True, text=True)
    assert result.returncode == 1
    assert result.stderr.startswith(f"msgov needs Python 3.11 or later; this is Python {version} (")
    assert "Traceback" not in result.stderr


def test_an_environment_is_made_once(programs: Programs) -> None:
    dev.ensure_environment("run")
    assert [line.split()[2] for line in programs.started] == ["venv", "install"]
    assert "--require-hashes" in programs.started[1]
    dev.ensure_environment("run")
    assert len(programs.started) == 2


def test_the_environment_of_the_tests_is_enough_to_run(programs: Programs) -> None:
    dev.ensure_environment("test")
    dev.ensure_environment("run")
    assert len(programs.started) == 2


def test_a_changed_lock_file_is_installed_into_the_same_environment(programs: Programs) -> None:
    dev.ensure_environment("run")
    dev.LOCKS["run"].write_text("another==1")
    dev.ensure_environment("run")
    assert [line.split()[2] for line in programs.started] == ["venv", "install", "install"]


def test_a_half_made_environment_is_made_anew(programs: Programs) -> None:
    programs.code = 1
    with pytest.raises(SystemExit, match="could not be installed"):
        dev.ensure_environment("run")
    programs.code = 0
    dev.ensure_environment("run")
    assert [line.split()[2] for line in programs.started] == ["venv", "install", "venv", "install"]
    assert "--clear" in programs.started[2]


@pytest.mark.parametrize("stamp", ["", "{", "[]", "{}", '{"python": "2.7 /usr /elsewhere"}'])
def test_a_stamp_of_another_python_or_place_or_a_broken_one_does_not_count(project: Path, stamp: str) -> None:
    dev.PYTHON.parent.mkdir(parents=True)
    dev.PYTHON.touch()
    dev.STAMP.write_text(stamp)
    assert dev.read_stamp() == {}


def test_a_stamp_without_an_interpreter_does_not_count(project: Path) -> None:
    dev.VENV.mkdir()
    dev.STAMP.write_text(json.dumps({"python": dev.interpreter(), "run": dev.fingerprint("run")}))
    assert dev.read_stamp() == {}


@pytest.mark.parametrize("module", ["", "venv"])
def test_without_any_installer_the_package_to_install_is_named(
    programs: Programs, module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev.shutil, "which", lambda name: None)
    monkeypatch.setattr(dev.importlib.util, "find_spec", lambda name: name == module or None)
    with pytest.raises(SystemExit) as caught:
        dev.ensure_environment("run")
    assert dev.to_get("venv") in str(caught.value)
    assert not dev.VENV.exists()


def test_a_pip_elsewhere_serves_a_python_without_one(programs: Programs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev.shutil, "which", lambda name: f"/bin/{name}" if name == "pip" else None)
    assert [command[:3] for command in dev.installers()] == [["/bin/pip", "--python", str(dev.PYTHON)]]


def test_ci_installs_with_the_pip_of_its_python_and_nothing_else(
    programs: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = [str(dev.PYTHON), "-m", "pip"]
    monkeypatch.setattr(dev.shutil, "which", lambda name: f"/bin/{name}")
    monkeypatch.setattr(dev.importlib.util, "find_spec", lambda name: True)
    assert [command[:3] for command in dev.installers()] == [["/bin/uv", "pip", "install"], own]
    monkeypatch.setenv("CI", "true")
    assert [command[:3] for command in dev.installers()] == [own]
    monkeypatch.setattr(dev.importlib.util, "find_spec", lambda name: True if name == "venv" else None)
    assert dev.installers() == []


def test_the_key_is_random_private_and_never_replaced(project: Path) -> None:
    dev.ensure_env_file()
    file = project / ".env"
    text = file.read_text()
    key = text.split("SECRET_KEY=")[1].strip()
    assert len(key) > 50
    assert "DEBUG=1" in text
    if os.name != "nt":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    dev.ensure_env_file()
    assert file.read_text() == text


def test_every_command_is_in_the_help() -> None:
    text = subprocess.run([sys.executable, str(SOURCE), "--help"], capture_output=True, text=True).stdout
    for name in dev.COMMANDS:
        assert f"\n  {name}" in text


def test_doctor_says_what_to_do_about_what_is_missing(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "missing_pango", lambda: ["libpango"])
    monkeypatch.setenv("MSGOV_DATA_DIR", str(project))
    assert dev.command_doctor([]) == 1
    text = capsys.readouterr().out
    assert "MISSING  Pango" in text
    assert dev.to_get("pango") in text


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], ["lint", "coverage", "sqlite", "postgres", "e2e"]),
        (["--fast"], ["fast"]),
        (["--fast", "answering"], ["fast"]),
        (["--changed"], ["fast"]),
        (["-k", "scoring"], ["sqlite", "postgres", "e2e"]),
    ],
)
def test_the_stages_of_a_test_run(arguments: list[Any], expected: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    names = {
        "unit tests": "fast",
        "tests on SQLite": "sqlite",
        "coverage of the scoring": "coverage",
        "tests on PostgreSQL": "postgres",
        "tests in a browser": "e2e",
    }
    ran = []
    monkeypatch.setattr(dev, "install_for_tests", lambda options, **also: None)
    monkeypatch.setattr(dev, "has_package", lambda name: True)
    monkeypatch.setattr(dev, "lint", lambda: ran.append("lint") or [])
    monkeypatch.setattr(dev, "stage", lambda name, *rest, **also: ran.append(names[name]) or True)
    monkeypatch.setattr(dev, "rooms", lambda chosen: chosen)
    assert dev.command_test(arguments) == 0
    assert ran == expected


@pytest.mark.parametrize("whole", [True, False])
def test_the_output_ends_with_the_browser(*, whole: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    for has_postgres in (True, False):
        monkeypatch.setattr(dev, "has_package", lambda name, found=has_postgres: found)
        monkeypatch.delenv("CI", raising=False)
        *_earlier, last = dev.test_stages(fast=False, whole=whole, many=False)
        assert last[0] == "tests in a browser"


def test_a_whole_run_tries_the_scoring_with_all_examples_once_and_watches_it_with_few(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(dev, "has_package", lambda name: True)

    def commands(whole: bool) -> dict[str, list[str]]:
        return {name: options for name, options, _variables in dev.test_stages(fast=False, whole=whole, many=False)}

    whole = commands(True)
    watched = {name for name, options in whole.items() if "--cov=assessments/scoring" in options}
    assert watched == {"coverage of the scoring"} == {name for name in whole if "tests/scoring" in whole[name]}
    assert {"--hypothesis-profile=few", "--cov-fail-under=100"} <= set(whole["coverage of the scoring"])
    assert not [word for word in whole["tests on SQLite"] if "scoring" in word or "hypothesis" in word]
    assert "--ignore=tests/scoring" in whole["tests on PostgreSQL"]
    assert "--ignore=tests/scoring" not in commands(False)["tests on PostgreSQL"]


def test_every_test_in_a_browser_is_where_a_whole_run_looks_for_it() -> None:
    marked = {file for file in (ROOT / "tests").rglob("test_*.py") if "pytest.mark.e2e" in file.read_text("utf-8")}
    assert {file.parent for file in marked - {Path(__file__)}} == {ROOT / "tests" / "e2e"}
    assert set((ROOT / "tests" / "e2e").glob("test_*.py")) <= marked


def test_large_rooms_share_the_cores_and_small_ones_do_not_wait_for_helpers() -> None:
    assert dev.has_many_tests(["tests/answering"])
    assert dev.has_many_tests(["tests/usage", "tests/respond"])
    assert not dev.has_many_tests(["tests/usage"])
    assert not dev.has_many_tests(["tests/respond/test_respond.py::test_link"])
    assert not dev.has_many_tests(["tests/answering", "--pdb"])
    for many in (True, False):
        ((_name, options, _variables),) = dev.test_stages(fast=True, whole=False, many=many)
        assert ("-n" in options) is many


def test_postgres_sees_what_is_about_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Quick tests that ask for a database, several processes on one, and slow tests that say they are about rows."""
    monkeypatch.setattr(dev, "has_package", lambda name: True)
    stages = {name: options for name, options, _variables in dev.test_stages(fast=False, whole=True, many=False)}
    assert "--no-migrations" not in stages["tests on PostgreSQL"]
    chosen = stages["tests on PostgreSQL"][stages["tests on PostgreSQL"].index("-m") + 1]
    seen = Expression.compile(chosen)
    expected = {
        ("database",): True,
        ("database", "slow"): False,
        ("database", "alike"): False,
        ("database", "slow", "everywhere"): True,
        ("load",): True,
        ("slow",): False,
        (): False,
        ("database", "e2e"): False,
    }
    assert {marks: seen.evaluate(lambda name, marks=marks, **_: name in marks) for marks in expected} == expected


def test_a_quick_run_takes_names_of_rooms(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(dev, "PYTHON", sys.executable)
    assert dev.rooms(["answering", "-k", "scoring"]) == ["tests/answering", "-k", "scoring"]
    with pytest.raises(SystemExit) as stopped:
        dev.rooms(["anwsering"])
    assert stopped.value.code == 2
    assert "no room “anwsering”. Rooms: " in capfd.readouterr().err


@pytest.mark.parametrize(
    ("printed", "said"), [("tests/answering\n-x\n", "Changed: tests/answering -x"), ("", "Changed: nothing")]
)
def test_a_run_of_what_changed_names_it_first(
    printed: str, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        dev.subprocess, "run", lambda command, **options: subprocess.CompletedProcess(command, 0, stdout=printed)
    )
    if printed:
        assert dev.rooms(["--changed", "-x"]) == ["tests/answering", "-x"]
    else:
        with pytest.raises(SystemExit) as stopped:
            dev.rooms(["--changed", "-x"])
        assert stopped.value.code == 0
    assert capsys.readouterr().out.strip() == said


def test_a_failed_stage_is_named_and_does_not_stop_the_others(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "install_for_tests", lambda options, **also: None)
    monkeypatch.setattr(dev, "has_package", lambda name: True)
    monkeypatch.setattr(dev, "lint", lambda: ["mypy"])
    monkeypatch.setattr(dev, "stage", lambda name, *rest, **also: name != "tests on SQLite")
    assert dev.command_test([]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "Failed: mypy, tests on SQLite"


def test_checks_run_beside_each_other_and_what_failed_says_all(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(command: list[Any], variables: Any, **options: Any) -> subprocess.CompletedProcess[str]:
        assert options["stderr"] == subprocess.STDOUT
        is_mypy = "mypy" in command
        return subprocess.CompletedProcess(command, int(is_mypy), "1 error\nof types\n" if is_mypy else "much\nfine\n")

    monkeypatch.setattr(dev, "run_alone", run)
    assert dev.lint() == ["mypy"]
    text = capsys.readouterr().out
    assert "── mypy ──\n1 error\nof types\n" in text
    assert text.count("──\nfine\n") == 8


def test_finding_no_test_is_a_failure_unless_one_was_looked_for() -> None:
    command = [sys.executable, "-c", "raise SystemExit(5)"]
    assert not dev.stage("empty", command, {})
    assert dev.stage("empty", command, {}, may_be_empty=True)


def test_no_stage_compiles_what_another_has_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    assert dev.stage("compiling", [sys.executable, "-c", "import sys; sys.exit(sys.dont_write_bytecode)"], {})
