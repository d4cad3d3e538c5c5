"""dev.py and the packages of the system: what it installs, for whom, after which question, and what it says if not."""

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import dev
from tests.project.conftest import Programs

pytestmark = pytest.mark.usefixtures("project")

APT = "env DEBIAN_FRONTEND=noninteractive apt-get"


class Computer:
    """What a computer has. Programs that are installed are there from then on, if they are real packages."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, programs: Programs) -> None:
        self.patch, self.programs = monkeypatch, programs
        self.missing = {"pango"}
        self.unknown: set[str] = set()
        self.answers: list[str] = []
        self.questions: list[str] = []

    def starts(self, *, system: str, root: bool, sudo: str, terminal: bool) -> None:
        """Be such a computer. `sudo`: "none", "asks" for a password, or "free"."""
        family = {"ubuntu": "debian", "rocky": "rhel centos fedora"}.get(system, "")
        self.patch.setattr(dev, "SYSTEM", "linux")
        self.patch.setattr(dev.platform, "freedesktop_os_release", lambda: {"ID": system, "ID_LIKE": family})
        self.patch.setattr(dev.os, "geteuid", lambda: 0 if root else 1000)
        has = ["apt-get", "dnf", "apk", "pacman", *(["sudo"] if sudo != "none" else [])]
        self.patch.setattr(dev.shutil, "which", lambda name: name if name in has else None)
        self.programs.codes["sudo -n true"] = 0 if sudo == "free" else 1
        for stream in (dev.sys.stdin, dev.sys.stdout):
            self.patch.setattr(stream, "isatty", lambda: terminal, raising=False)
        self.patch.setattr("builtins.input", self._asked)
        needs = {key: need._replace(missing=lambda key=key: key in self.missing) for key, need in dev.NEEDS.items()}
        self.patch.setattr(dev, "NEEDS", needs)

    def _asked(self, question: str) -> str:
        self.questions.append(question)
        return self.answers.pop(0)

    def installs(self, *, code: int = 0) -> None:
        """Let what is installed be there afterwards, unless its name is unknown."""
        run = self.programs

        def install(command: list[Any], **options: Any) -> Any:
            done = run(command, **options)
            words = list(map(str, command))
            if "install" in words or "add" in words or "-S" in words:
                if self.unknown & set(words):
                    done.returncode = 100
                else:
                    self.missing -= {key for key in dev.NEEDS if set(dev.packages_of(key).split()) & set(words)}
            return done

        self.patch.setattr(dev.subprocess, "run", install)


@pytest.fixture
def computer(monkeypatch: pytest.MonkeyPatch, programs: Programs) -> Computer:
    """A computer without Pango."""
    return Computer(monkeypatch, programs)


def options(*, yes: bool = False, no_system: bool = False) -> argparse.Namespace:
    return argparse.Namespace(yes=yes, no_system=no_system)


def installed(computer: Computer) -> list[str]:
    """The command lines that install."""
    return [line for line in computer.programs.started if line != "sudo -n true"]


def debian(computer: Computer, *, root: bool = False, sudo: str = "asks", terminal: bool = False) -> None:
    computer.starts(system="debian", root=root, sudo=sudo, terminal=terminal)
    computer.installs()


def test_root_installs_without_a_question(computer: Computer, capsys: pytest.CaptureFixture[str]) -> None:
    debian(computer, root=True, sudo="none")
    dev.get_system_packages("run", options())
    refresh, install = installed(computer)
    assert refresh == f"{APT} -qq -o DPkg::Lock::Timeout=300 update"
    assert install.startswith(f"{APT} install ")
    assert install.endswith(" libpangoft2-1.0-0 libharfbuzz-subset0")
    assert {"--yes", "--no-install-recommends"} < set(install.split())
    text = capsys.readouterr().out
    assert "libpangoft2-1.0-0" in text
    assert "Missing" not in text


def test_sudo_that_asks_nothing_is_used(computer: Computer) -> None:
    debian(computer, sudo="free")
    dev.get_system_packages("run", options())
    assert [line.split()[:4] for line in installed(computer)] == [["sudo", *APT.split()]] * 2


@pytest.mark.parametrize(("sudo", "terminal"), [("asks", False), ("none", False), ("none", True)])
@pytest.mark.parametrize("yes", [True, False])
def test_where_nothing_can_be_installed_the_line_to_type_is_printed(
    computer: Computer, sudo: str, terminal: bool, yes: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a terminal nobody could give sudo the password; without sudo there is nothing to give it to."""
    debian(computer, sudo=sudo, terminal=terminal)
    dev.get_system_packages("run", options(yes=yes))
    assert installed(computer) == []
    assert computer.questions == []
    text = capsys.readouterr().out
    assert "sudo apt-get install libpangoft2-1.0-0 libharfbuzz-subset0" in text
    assert "PDF reports cannot be drawn" in text


@pytest.mark.parametrize(("answer", "count"), [("y", 2), ("", 2), ("yes", 2), ("n", 0), ("what?", 0)])
def test_on_a_terminal_one_question_names_the_packages(computer: Computer, answer: str, count: int) -> None:
    debian(computer, terminal=True)
    computer.missing = {"pango", "gettext", "pdf"}
    computer.answers = [answer]
    dev.get_system_packages("test", options())
    (question,) = computer.questions
    assert "libpangoft2-1.0-0 libharfbuzz-subset0 gettext poppler-utils qpdf" in question
    assert len(installed(computer)) == count


def test_yes_answers_the_question(computer: Computer) -> None:
    debian(computer, terminal=True)
    dev.get_system_packages("run", options(yes=True))
    assert computer.questions == []
    assert len(installed(computer)) == 2


def test_once_the_environment_is_made_nobody_is_asked_again(
    computer: Computer, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dev.PYTHON.parent.mkdir(parents=True)
    dev.PYTHON.touch()
    dev.STAMP.write_text(json.dumps({"python": dev.interpreter(), "run": dev.fingerprint("run")}))
    debian(computer, terminal=True)
    dev.get_system_packages("run", options())
    assert (computer.questions, installed(computer)) == ([], [])
    assert "sudo apt-get install" in capsys.readouterr().out


@pytest.mark.parametrize("root", [True, False])
def test_no_system_installs_nothing(computer: Computer, root: bool, capsys: pytest.CaptureFixture[str]) -> None:
    debian(computer, root=root, sudo="free", terminal=True)
    dev.get_system_packages("run", options(no_system=True))
    assert computer.programs.started == []
    assert computer.questions == []
    assert "apt-get install" in capsys.readouterr().out


def test_nothing_is_asked_or_started_when_nothing_is_missing(
    computer: Computer, capsys: pytest.CaptureFixture[str]
) -> None:
    debian(computer, root=True, terminal=True)
    computer.missing = set()
    dev.get_system_packages("test", options(yes=True))
    assert computer.programs.started == []
    assert capsys.readouterr().out == ""


def test_what_only_tests_need_is_not_fetched_to_run(computer: Computer) -> None:
    debian(computer, root=True)
    computer.missing = {"chromium", "git", "gettext", "pdf"}
    dev.get_system_packages("run", options())
    assert installed(computer) == []
    dev.get_system_packages("test", options(), but=["chromium"])
    assert installed(computer)[1].endswith(" git gettext poppler-utils qpdf")


def test_an_unknown_name_costs_that_package_alone(computer: Computer, capsys: pytest.CaptureFixture[str]) -> None:
    debian(computer, root=True)
    computer.missing = {"pango", "git"}
    computer.unknown = {"libharfbuzz-subset0"}
    dev.get_system_packages("test", options())
    assert computer.missing == {"pango"}
    text = capsys.readouterr().out
    assert "could not all be installed" in text
    assert "tests that draw them fail" in text
    assert "Git" not in text


@pytest.mark.parametrize("purpose", ["run", "test"])
def test_without_a_network_it_says_so_and_goes_on(
    computer: Computer, purpose: str, capsys: pytest.CaptureFixture[str]
) -> None:
    debian(computer, root=True)
    computer.programs.codes["apt-get"] = 100
    computer.patch.setattr(dev.subprocess, "run", computer.programs)
    dev.get_system_packages(purpose, options())
    text = capsys.readouterr().out
    assert "Is there a network?" in text
    assert dev.NEEDS["pango"].without_it in text


@pytest.mark.parametrize(
    ("system", "line"),
    [
        ("debian", "apt-get install libpangoft2-1.0-0 libharfbuzz-subset0 git"),
        ("ubuntu", "apt-get install libpangoft2-1.0-0 libharfbuzz-subset0 git"),
        ("fedora", "dnf install pango git"),
        ("rocky", "dnf install pango git"),
        ("alpine", "apk add so:libpangoft2-1.0.so.0 so:libharfbuzz-subset.so.0 git"),
        ("arch", "pacman -S pango git"),
    ],
)
def test_every_family_of_distributions_has_its_line(computer: Computer, system: str, line: str) -> None:
    computer.starts(system=system, root=True, sudo="none", terminal=False)
    assert dev.to_get("pango", "git") == line
    computer.missing = {"pango", "git"}
    computer.installs()
    dev.get_system_packages("test", options())
    assert computer.missing == set()


def test_an_unknown_distribution_gets_a_sentence(computer: Computer) -> None:
    computer.starts(system="slackware", root=True, sudo="none", terminal=True)
    assert dev.package_manager() == ""
    assert dev.to_get("pango").startswith("install Pango ")
    dev.get_system_packages("run", options(yes=True))
    assert computer.programs.started == []


def test_homebrew_is_asked_without_sudo(computer: Computer, monkeypatch: pytest.MonkeyPatch) -> None:
    computer.starts(system="", root=False, sudo="free", terminal=False)
    computer.installs()
    monkeypatch.setattr(dev, "SYSTEM", "macos")
    monkeypatch.setattr(dev.shutil, "which", lambda name: name)
    dev.get_system_packages("run", options())
    assert computer.programs.started == []
    dev.get_system_packages("run", options(yes=True))
    assert computer.programs.started == ["brew install --quiet pango"]


def test_debian_keeps_venv_apart_from_python(computer: Computer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Python of another origin than the system's is not helped by the system's packages."""
    computer.starts(system="debian", root=True, sudo="none", terminal=False)
    assert dev.to_get("venv") in (
        f"apt-get install python3.{dev.sys.version_info[1]}-venv",
        "install Python anew, with pip and venv",
    )
    assert ("apt-get" in dev.to_get("venv")) == (dev.sys.base_prefix == "/usr")


def browser(computer: Computer, system: str, *, yes: bool = False, no_system: bool = False) -> list[str]:
    """What is started to get a browser, once the environment is there."""
    computer.starts(system=system, root=True, sudo="none", terminal=False)
    computer.missing = {"chromium"}
    dev.get_browser(options(yes=yes, no_system=no_system))
    return computer.programs.started


def test_ubuntu_gets_the_browser_from_playwright(computer: Computer, capsys: pytest.CaptureFixture[str]) -> None:
    """Its own package is a snap, which does not start in a container."""
    (line,) = browser(computer, "ubuntu")
    assert line == f"{dev.PYTHON} -m playwright install --with-deps chromium"
    text = capsys.readouterr().out
    assert "tests/e2e" in text  # since it is still missing


def test_where_there_is_a_package_playwright_is_not_asked(computer: Computer) -> None:
    assert browser(computer, "debian") == []


@pytest.mark.parametrize(
    ("ci", "has", "lacks"),
    [
        ("", [], True),
        ("", ["chromium"], False),
        ("true", ["chromium"], True),
        ("true", ["chromium", "chromium-headless-shell"], False),
    ],
)
def test_ci_fetches_the_quick_browser_beside_another(
    computer: Computer, monkeypatch: pytest.MonkeyPatch, ci: str, has: list[str], lacks: bool
) -> None:
    computer.starts(system="debian", root=True, sudo="none", terminal=False)
    monkeypatch.setattr(dev, "playwright_has_chromium", lambda: False)
    monkeypatch.setattr(dev.shutil, "which", lambda name: name if name in [*has, "apt-get"] else None)
    monkeypatch.setenv("CI", ci)
    monkeypatch.delenv("CHROMIUM", raising=False)
    assert dev.lacks_chromium() == lacks
    assert dev.find_chromium() == (has[-1] if has else None)


def test_no_system_fetches_no_browser(computer: Computer, capsys: pytest.CaptureFixture[str]) -> None:
    assert browser(computer, "ubuntu", no_system=True) == []
    assert "playwright install" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("command", "purpose"), [(dev.command_run, "run"), (dev.command_test, "test"), (dev.command_setup, "test")]
)
@pytest.mark.parametrize("arguments", [["--yes"], ["--no-system"], []])
def test_commands_take_both_answers(
    command: Callable[[list[str]], int], purpose: str, arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def note(asked_for: str, given: argparse.Namespace, **also: Any) -> None:
        asked.append((asked_for, given.yes, given.no_system))
        raise InterruptedError

    monkeypatch.setattr(dev, "stop_for_problems", lambda found: None)
    monkeypatch.setattr(dev, "get_system_packages", note)
    with pytest.raises(InterruptedError):
        command(arguments)
    assert asked == [(purpose, "--yes" in arguments, "--no-system" in arguments)]


def test_fast_tests_need_no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    left_out = []
    monkeypatch.setattr(dev, "stop_for_problems", lambda found: None)
    monkeypatch.setattr(dev, "get_system_packages", lambda purpose, given, but: left_out.append(list(but)))
    monkeypatch.setattr(dev, "ensure_environment", lambda purpose: None)
    monkeypatch.setattr(dev, "get_browser", lambda given: left_out.append("browser"))
    dev.install_for_tests(options(), browser=False)
    dev.install_for_tests(options())
    assert left_out == [["chromium", "driver"], [], "browser"]
