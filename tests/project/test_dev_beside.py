"""dev.py: checks and test runs beside each other, each told whole, and none left behind."""

import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import dev

# For a program that tests start: it gives up after a while instead of waiting for ever.
WAIT = """
import pathlib, sys, time
def wait_for(path):
    until = time.monotonic() + 60
    while not pathlib.Path(path).exists():
        if time.monotonic() > until: sys.exit("waited in vain")
        time.sleep(0.01)
"""


def job(name: str, code: str, *arguments: object) -> dev.Job:
    """A job that is a few lines of Python."""
    return name, [sys.executable, "-c", WAIT + code, *map(str, arguments)], {}


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look often, and give nobody time to tidy up."""
    monkeypatch.setattr(dev, "PAUSE", 0.01)
    monkeypatch.setattr(dev, "GRACE", 0.01)


def test_as_many_run_at_once_as_may(tmp_path: Path) -> None:
    meet = "pathlib.Path(sys.argv[1]).touch(); wait_for(sys.argv[2])"
    one, other = tmp_path / "one", tmp_path / "other"
    assert dev.beside_each_other([job("a", meet, one, other), job("b", meet, other, one)], at_once=2) == []


def test_no_more_run_at_once_than_may(tmp_path: Path) -> None:
    alone = "p = pathlib.Path(sys.argv[1]); p.mkdir(); time.sleep(0.05); p.rmdir()"  # a second one finds it there
    jobs = [job(name, alone, tmp_path / "running") for name in "abc"]
    assert dev.beside_each_other(jobs, at_once=1) == []


def test_each_is_shown_whole_in_its_turn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    over = tmp_path / "over"
    jobs = [
        job("first", "print('a', flush=True); wait_for(sys.argv[1]); print('b')", over),
        job("second", "print('c'); print('d', file=sys.stderr); pathlib.Path(sys.argv[1]).touch()", over),
    ]
    assert dev.beside_each_other(jobs, at_once=2) == []
    first, second = capsys.readouterr().out.split("\n── second ──\n")
    assert first == "\n── first ──\na\nb\n"
    assert sorted(second.split()) == ["c", "d"]


def test_whose_turn_it_is_is_shown_while_it_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    seen, read, text = tmp_path / "seen", tmp_path / "read", "64·"
    half = f"w = sys.stdout.buffer; b = {text!r}.encode(); w.write(b[:3]); w.flush(); "
    half += "wait_for(sys.argv[1]); w.write(b[3:]); w.flush(); wait_for(sys.argv[2])"
    shown = []

    def look(seconds: float) -> None:
        shown.append(capsys.readouterr().out)
        for ending, path in (("64", seen), (text, read)):
            if "".join(shown).endswith(ending):
                path.touch()

    monkeypatch.setattr(dev.time, "sleep", look)
    monkeypatch.setattr(dev.locale, "getpreferredencoding", lambda **_: "utf-8")
    assert dev.beside_each_other([job("one", half, seen, read)], at_once=1) == []
    assert "".join(shown) == f"\n── one ──\n{text}"  # the letter that came in two parts is one


def test_what_fails_is_named_and_does_not_stop_the_others(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fails, fine = "sys.exit('1 error')", "print('fine')"
    assert dev.beside_each_other([job("a", fails), job("b", fine), job("c", fails)], at_once=2) == ["a", "c"]
    assert "fine" in capsys.readouterr().out

    monkeypatch.setattr(dev, "install_for_tests", lambda options, **also: None)
    monkeypatch.setattr(dev, "static_checks", lambda: [job("mypy", fails), job("ruff", fine)])
    monkeypatch.setattr(dev, "PYTHON", sys.executable)
    stages = [("tests on SQLite", ["this"], {}), ("tests in a browser", ["no_such_module"], {})]
    monkeypatch.setattr(dev, "test_stages", lambda **_: stages)
    assert dev.command_test([]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[-1] == "Failed: mypy, tests in a browser"
    assert [line for line in said if "──" in line] == [
        f"── {name} ──" for name in ("mypy", "ruff", "tests on SQLite", "tests in a browser")
    ]


@pytest.mark.parametrize("checks_fail", [True, False])
def test_checks_alone_run_beside_each_other(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *, checks_fail: bool
) -> None:
    def beside(jobs: list[dev.Job], *, at_once: int) -> list[str]:
        assert len(jobs) == 8
        assert at_once == 3
        return ["mypy"] if checks_fail else []

    monkeypatch.setattr(dev, "ensure_environment", lambda purpose: None)
    monkeypatch.setattr(dev.os, "cpu_count", lambda: 3)
    monkeypatch.setattr(dev, "beside_each_other", beside)
    assert dev.command_lint([]) == int(checks_fail)
    assert capsys.readouterr().out.strip() == ("Failed: mypy" if checks_fail else "Nothing to complain about.")


def test_each_has_a_folder_for_data_that_is_gone_afterwards(capsys: pytest.CaptureFixture[str]) -> None:
    tell = "import os; print(os.environ['MSGOV_DATA_DIR'], pathlib.Path(os.environ['MSGOV_DATA_DIR']).is_dir())"
    dev.beside_each_other([job("a", tell), job("b", tell)], at_once=2)
    said = [line.split() for line in capsys.readouterr().out.splitlines() if line and "──" not in line]
    assert [there for _folder, there in said] == ["True", "True"]
    assert len({folder for folder, _there in said}) == 2
    assert not [folder for folder, _there in said if Path(folder).parent.exists()]


def test_what_a_run_leaves_behind_keeps_nobody_waiting(tmp_path: Path) -> None:
    stays = [sys.executable, "-c", f"{WAIT}wait_for(sys.argv[1]); pathlib.Path(sys.argv[2]).touch()"]
    leave = f"import subprocess; subprocess.Popen({stays!r} + sys.argv[1:])"
    told, heard = tmp_path / "told", tmp_path / "heard"
    assert dev.beside_each_other([job("leaves", leave, told, heard)], at_once=1) == []
    told.touch()
    exec(f"{WAIT}wait_for({str(heard)!r})", {})  # noqa: S102 - it was still there, and is gone now


@pytest.mark.parametrize("pressed", ["once", "again and again"])
def test_ctrl_c_ends_all(pressed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, begin, send = [], dev.Beside.__init__, subprocess.Popen.send_signal

    def note(self: dev.Beside, *how: Any) -> None:
        begin(self, *how)
        begun.append(self)

    def interrupt(_: object) -> None:
        if all(path.exists() for path in started):
            raise KeyboardInterrupt

    def interrupt_again(process: subprocess.Popen[bytes], number: int) -> None:
        if number == signal.SIGINT:
            raise KeyboardInterrupt
        send(process, number)

    started = [tmp_path / "a", tmp_path / "b"]
    deaf = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN); pathlib.Path(sys.argv[1]).touch(); "
    waits = "wait_for(sys.argv[1] + '-never')"
    monkeypatch.setattr(dev.Beside, "__init__", note)
    monkeypatch.setattr(dev.Beside, "show", interrupt)
    if pressed != "once":
        monkeypatch.setattr(dev.subprocess.Popen, "send_signal", interrupt_again)
    jobs = [job(path.name, deaf + waits, path) for path in started]
    with pytest.raises(KeyboardInterrupt):
        dev.beside_each_other([*jobs, job("c", "")], at_once=2)
    assert [each.runs() for each in begun] == [False, False]
